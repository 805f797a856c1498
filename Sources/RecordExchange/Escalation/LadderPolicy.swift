package import Vocabulary

extension Ladder {
    /// The numbers of one state.
    ///
    /// Defaults are the plan's.
    package struct Policy: Hashable, Sendable, Codable {
        /// Working days on the service clock.
        package var backupAfter = 1
        package var remindAfter = 2
        /// Working days before the law's date on which whoever was asked is reminded of it; 0 for
        /// never.
        package var lawReminderBefore = 1
        /// How much of the law's time is over when they are reminded of it first; 0 for never.
        package var lawReminderAtPercent = 50
        package var districtAfter = 4
        /// Working days; the statutory clock.
        package var stateAfter = 10
        package var stateAfterWhenClosed = 1
        package var remindStateAfterWhenClosed = 2
        /// Calendar days, whatever any calendar says.
        package var capAfter = 20
        /// The same for requests on urgent grounds, where they are less.
        package var urgentRemindAfter = 1
        package var urgentDistrictAfter = 2
        package var urgentStateAfter = 5
        package var urgentCapAfter = 20
        /// The rule behind `stateAfter`, and whether somebody checked it.
        package var citation = ""
        package var isVerified = false
        /// Working days after which a condition without a date is looked at again.
        package var holdReviewAfter = 10
        /// Working days a holder has to say that it sends after all, before a cancellation stands.
        package var cancelAfter = 3
        /// Working days after which the requester is told again that records are ready.
        package var collectAfter = 3
        /// Working days after which records that arrived, and that nobody judged, count as
        /// accepted.
        package var completeAfter = 10
        /// Who is told at once of a missing child's flag; the state contacts where there is none.
        package var authority: Authority?

        package init() {}

        package static let standard = Policy()

        /// The numbers for a request: on urgent grounds it climbs faster, never more slowly.
        package func paced(for grounds: [UrgentGround]) -> Self {
            guard !grounds.isEmpty else { return self }
            var faster = self
            faster.backupAfter = min(backupAfter, urgentRemindAfter)
            faster.remindAfter = min(remindAfter, urgentRemindAfter)
            faster.districtAfter = min(districtAfter, urgentDistrictAfter)
            faster.stateAfter = min(stateAfter, urgentStateAfter)
            faster.capAfter = min(capAfter, urgentCapAfter)
            return faster
        }
    }

    /// The office that a state's law names for a missing child, such as its clearinghouse.
    package struct Authority: Hashable, Sendable, Codable {
        package let name: String
        package let email: EmailAddress

        package init(name: String, email: EmailAddress) {
            self.name = name
            self.email = email
        }
    }
}

extension Ladder.Policy {
    /// Rows written by an older program lack what was added since; they keep the default.
    package init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        func number(_ key: CodingKeys, _ standard: Int) throws -> Int {
            try row.decodeIfPresent(Int.self, forKey: key) ?? standard
        }
        self.init()
        backupAfter = try number(.backupAfter, backupAfter)
        remindAfter = try number(.remindAfter, remindAfter)
        lawReminderBefore = try number(.lawReminderBefore, lawReminderBefore)
        lawReminderAtPercent = try number(.lawReminderAtPercent, lawReminderAtPercent)
        districtAfter = try number(.districtAfter, districtAfter)
        stateAfter = try number(.stateAfter, stateAfter)
        stateAfterWhenClosed = try number(.stateAfterWhenClosed, stateAfterWhenClosed)
        remindStateAfterWhenClosed = try number(
            .remindStateAfterWhenClosed,
            remindStateAfterWhenClosed
        )
        capAfter = try number(.capAfter, capAfter)
        urgentRemindAfter = try number(.urgentRemindAfter, urgentRemindAfter)
        urgentDistrictAfter = try number(.urgentDistrictAfter, urgentDistrictAfter)
        urgentStateAfter = try number(.urgentStateAfter, urgentStateAfter)
        urgentCapAfter = try number(.urgentCapAfter, urgentCapAfter)
        citation = try row.decodeIfPresent(String.self, forKey: .citation) ?? ""
        isVerified = try row.decodeIfPresent(Bool.self, forKey: .isVerified) ?? false
        holdReviewAfter = try number(.holdReviewAfter, holdReviewAfter)
        cancelAfter = try number(.cancelAfter, cancelAfter)
        collectAfter = try number(.collectAfter, collectAfter)
        completeAfter = try number(.completeAfter, completeAfter)
        authority = try row.decodeIfPresent(Ladder.Authority.self, forKey: .authority)
    }
}
