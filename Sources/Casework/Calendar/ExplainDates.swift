package import RecordExchange
package import Vocabulary

/// How one date of an inquiry came about.
package struct ExplainedDate: Hashable, Sendable {
    package let step: Ladder.Step
    package let on: CivilDate
    /// What was counted; `nil` where nothing is counted, as on a promised day.
    package let counted: Counted?

    /// So many working days, and the days between that did not count.
    package struct Counted: Hashable, Sendable {
        package let workingDays: Int
        package let after: CivilDate
        /// Holidays on weekdays in between.
        package let holidays: [CivilDate]
    }
}

/// Everything the dates of one inquiry rest on.
package struct ExplainedInquiry: Hashable, Sendable {
    package let inquiry: Inquiry
    package let school: School
    package let today: CivilDate
    /// Whose calendar counts; `nil` where nobody has one, so that the school counts as open.
    package let calendarOf: OrganizationID?
    package let closure: SchoolCalendar.Recess?
    package let reopens: CivilDate?
    package let policy: Ladder.Policy
    package let dates: [ExplainedDate]
    /// What the law of the holder's state says; it draws dates forward and puts none off.
    package let law: LawShown?
}

extension Desk {
    /// How each date of a request's inquiries came about.
    package func explainDates(of number: RequestNumber) async throws -> [ExplainedInquiry] {
        try await read { transaction in
            guard let request = try transaction.session.request(numbered: number) else {
                throw CaseworkFailure.notFound
            }
            return try transaction.session.inquiries(of: request.id)
                .map { try transaction.explained($0, of: request) }
        }
    }
}

extension CaseTransaction {
    fileprivate func explained(
        _ inquiry: Inquiry,
        of request: RecordRequest
    ) throws -> ExplainedInquiry {
        let school = try school(inquiry.school)
        let calendar = try calendar(of: school)
        let policy = try policy(of: school.state, for: request)
        let today = today(in: school.state)
        let owners: [OrganizationID] = [
            .school(school.id), .district(school.district), .state(school.state),
        ]
        // A change of column and a passed promise begin the count anew: each rung is counted from
        // where the clock stands when its turn comes.
        var clock = inquiry.clock
        let dates = Ladder.outlook(
            inquiry.clock,
            calendar: calendar,
            policy: policy,
            lawful: inquiry.lawfulUntil
        )
        .map { due in
            defer { clock.take(due.step, on: due.on, calendar: calendar) }
            return ExplainedDate(
                step: due.step,
                on: due.on,
                counted: Self.counted(due, after: clock.columnSince)
            )
        }
        return ExplainedInquiry(
            inquiry: inquiry,
            school: school,
            today: today,
            calendarOf: try owners.first { try session.calendar(of: $0) != nil },
            closure: calendar.closure(on: today),
            reopens: calendar.reopening(after: today),
            policy: policy,
            dates: dates,
            law: try lawShown(of: inquiry, request)
        )
    }

    private static func counted(
        _ due: Ladder.Due,
        after since: CivilDate
    ) -> ExplainedDate.Counted? {
        switch due.step {
        case .cap, .changeColumn, .promiseDue, .extensionDue, .confirmCancel, .remindLaw,
            .remindLawHalfway:
            return nil
        default: break
        }
        let between = stride(from: 1, through: max(0, since.days(to: due.on)), by: 1)
            .map { since.advanced(by: $0) }
        return ExplainedDate.Counted(
            workingDays: WorkingDays.count(after: since, through: due.on),
            after: since,
            holidays: between.filter { $0.weekday <= 5 && !WorkingDays.isWorkingDay($0) }
        )
    }
}
