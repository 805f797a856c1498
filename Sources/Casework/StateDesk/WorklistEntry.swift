package import RecordExchange
import StudentRecords
package import Vocabulary

/// A line of a worklist as it can be sorted, filtered and counted: nothing in it says who the
/// student is.
package struct WorklistEntry: Hashable, Sendable {
    /// Why it waits, as far as that holds while days pass.
    package enum Why: String, Hashable, Sendable, CaseIterable {
        /// Promised, on hold, partly sent, or a question is asked.
        case known
        /// The holder's clock runs in its closed column.
        case closed
        /// The holder is open and says nothing.
        case silent
        case withoutSchool
    }

    package let request: RecordRequest.ID
    /// `nil` where no school is left to ask.
    package let inquiry: Inquiry.ID?
    /// The state whose contact watches it.
    package let state: StateCode
    package let holder: OrganizationID?
    package let school: SchoolID?
    package let requester: SchoolID
    package let requesterState: StateCode
    package let stage: RequestState
    /// The holder can act on it.
    package let isWaiting: Bool
    package let level: ClockLevel
    package let isUrgent: Bool
    package let since: Instant
    /// When its timer rings.
    package let due: Instant?
    /// The last day in time by law.
    package let lawfulUntil: CivilDate?
    package let why: Why
    /// No mail to the holder arrives.
    package let isUnreachable: Bool
    /// Who of the state's contacts has the request; `nil`: nobody.
    package let assignee: StaffID?
    /// Who of the requester's state has it; `nil`: nobody.
    package let requesterAssignee: StaffID?
    package let band: GradeBand
    /// How far its own school is, whatever the request's others say.
    package let step: QueueStep

    /// Its school's number, for sorting.
    ///
    /// Schools of a district stand together, and what has no school behind every school.
    package var place: Int64 { school.flatMap { Int64($0.description) } ?? Self.never }

    /// Identifies the line: the inquiry, or the request where no school is left.
    package var id: String { inquiry?.description ?? request.description }

    package var isTold: Bool { level >= .state }

    /// Its place in an order; unique.
    package func position(in order: WorklistQuestion.Order) -> ListPosition {
        switch order {
        case .waiting:
            ListPosition(isUrgent ? 0 : 1, since.millisecondsSince1970, id: id)
        case .next:
            ListPosition(
                due?.millisecondsSince1970 ?? Self.never,
                since.millisecondsSince1970,
                id: id
            )
        case .law:
            ListPosition(lawKey, since.millisecondsSince1970, id: id)
        case .place:
            ListPosition(place, since.millisecondsSince1970, id: id)
        }
    }

    /// The number of the last day in time, for sorting; without one behind every day.
    package var lawKey: Int64 { lawfulUntil.map { Int64($0.dayNumber) } ?? Self.never }

    /// What comes due never sorts behind every instant.
    package static let never = Int64.max

    package func belongs(to view: WorklistQuestion.View) -> Bool {
        switch view {
        case .all: true
        case .told: isTold
        case .closedSchools: why == .closed
        case .unreachable: why == .silent && isUnreachable
        case .withoutSchool: why == .withoutSchool
        }
    }

    /// The lines of one request; none once it ended.
    ///
    /// Its live inquiries and those that timed out (a late answer is a good answer), and itself
    /// where nobody is live or has sent.
    package static func entries(
        of request: RecordRequest,
        inquiries: [Inquiry],
        bundles: [RecordBundle],
        timer: (Inquiry.ID) throws -> Instant?,
        contacts: (OrganizationID) throws -> [Contact],
        assignee: (StateCode) throws -> StaffID?
    ) rethrows -> [Self] {
        guard request.isOpen else { return [] }
        let stage = RequestState.derive(request, inquiries: inquiries, bundles: bundles)
        let isUrgent = !request.urgentGrounds.isEmpty
        let requesterAssignee = try assignee(request.requesterState)
        let band = GradeBand(request.student.grade)
        var entries: [Self] = []
        for inquiry in inquiries where inquiry.isLive || inquiry.status == .timedOut {
            entries.append(
                Self(
                    request: request.id,
                    inquiry: inquiry.id,
                    state: inquiry.holderState,
                    holder: inquiry.holder,
                    school: inquiry.school,
                    requester: request.requester,
                    requesterState: request.requesterState,
                    stage: stage,
                    isWaiting: inquiry.isLive,
                    level: inquiry.clock.level,
                    isUrgent: isUrgent,
                    since: inquiry.askedAt,
                    due: try timer(inquiry.id),
                    lawfulUntil: inquiry.isLive ? inquiry.lawfulUntil : nil,
                    why: why(inquiry),
                    isUnreachable: isUnreachable(try contacts(inquiry.holder)),
                    assignee: try assignee(inquiry.holderState),
                    requesterAssignee: requesterAssignee,
                    band: band,
                    step: QueueStep(inquiry, isCancelling: request.cancelRequested != nil)
                )
            )
        }
        guard !inquiries.contains(where: { $0.isLive || $0.status == .sent }) else {
            return entries
        }
        entries.append(
            Self(
                request: request.id,
                inquiry: nil,
                state: request.requesterState,
                holder: nil,
                school: nil,
                requester: request.requester,
                requesterState: request.requesterState,
                stage: stage,
                isWaiting: false,
                level: .state,
                isUrgent: isUrgent,
                since: request.filedAt,
                due: nil,
                lawfulUntil: nil,
                why: .withoutSchool,
                isUnreachable: false,
                assignee: requesterAssignee,
                requesterAssignee: requesterAssignee,
                band: band,
                step: .withoutSchool
            )
        )
        return entries
    }

    /// Whether none of a holder's contacts can be written to.
    package static func isUnreachable(_ contacts: [Contact]) -> Bool {
        !contacts.contains(where: \.isUsable)
    }

    private static func why(_ inquiry: Inquiry) -> Why {
        switch inquiry.status {
        case .accepted where inquiry.promisedFor != nil, .onHold, .question, .partlySent: .known
        default: inquiry.clock.column == .closed ? .closed : .silent
        }
    }
}
