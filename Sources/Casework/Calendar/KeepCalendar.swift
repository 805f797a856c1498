package import RecordExchange
package import Vocabulary

/// When an organisation is closed, and whose calendar says so.
package struct KeptCalendar: Hashable, Sendable {
    /// Its own, its district's or its state's; `nil` where nobody has one, so that it counts as
    /// open.
    package let owner: OrganizationID?
    package let calendar: SchoolCalendar
}

extension Desk {
    /// A calendar as it counts for an organisation; `nil` where it has none of its own.
    package func calendar(of organization: OrganizationID) async throws -> SchoolCalendar? {
        try await read { try $0.session.calendar(of: organization) }
    }

    /// The calendar that counts for an organisation, its own or the next one up.
    package func keptCalendar(of organization: OrganizationID) async throws -> KeptCalendar {
        try await read { try $0.keptCalendar(of: organization) }
    }

    /// Replaces an organisation's calendar.
    ///
    /// A school that closes or opens by it while requests wait changes the ladder of each at this
    /// moment.
    ///
    /// - Returns: how many waiting inquiries were looked at again.
    @discardableResult
    package func replaceCalendar(
        of organization: OrganizationID,
        with calendar: SchoolCalendar
    ) async throws -> Int {
        try await changeCalendar(of: organization, .system) { _ in calendar }
    }

    /// Replaces the calendar of an organisation that the person keeps, by a file that was looked at.
    ///
    /// - Returns: how many waiting inquiries were looked at again.
    @discardableResult
    package func replaceCalendar(
        of organization: OrganizationID,
        with calendar: SchoolCalendar,
        by actor: Actor
    ) async throws -> Int {
        guard
            CalendarReview(of: calendar, replacing: SchoolCalendar(recesses: [])).troubles.isEmpty
        else { throw CaseworkFailure.dateImpossible }
        return try await changeCalendar(of: organization, .staff(actor.id), by: actor) { _ in
            calendar
        }
    }

    /// Adds a closed stretch; where the organisation went by somebody else's calendar it has its
    /// own from now on.
    package func addClosure(
        _ closure: SchoolCalendar.Recess,
        of organization: OrganizationID,
        by actor: Actor
    ) async throws {
        guard closure.name.utf8.count <= ContactDraft.longestField else {
            throw CaseworkFailure.tooLong
        }
        guard closure.first.days(to: closure.last) < CalendarFile.longestSpan else {
            throw CaseworkFailure.dateImpossible
        }
        try await changeCalendar(of: organization, .staff(actor.id), by: actor) { calendar in
            guard !calendar.recesses.contains(closure) else { return calendar }
            guard calendar.recesses.count < CalendarFile.mostEvents else {
                throw CaseworkFailure.tooLong
            }
            var calendar = calendar
            calendar.recesses.append(closure)
            return calendar
        }
    }

    /// Takes every stretch from `first` through `last` out: the office is open after all.
    package func removeClosure(
        from first: CivilDate,
        through last: CivilDate,
        of organization: OrganizationID,
        by actor: Actor
    ) async throws {
        try await changeCalendar(of: organization, .staff(actor.id), by: actor) { calendar in
            var calendar = calendar
            calendar.recesses.removeAll { $0.first == first && $0.last == last }
            return calendar
        }
    }

    @discardableResult
    private func changeCalendar(
        of organization: OrganizationID,
        _ hand: CaseTransaction.Hand,
        by actor: Actor? = nil,
        _ change: @escaping @Sendable (SchoolCalendar) throws -> SchoolCalendar
    ) async throws -> Int {
        let waiting = try await write { transaction in
            if let actor, try !transaction.mayKeep(organization, by: actor) {
                throw CaseworkFailure.notAllowed
            }
            let before = try transaction.keptCalendar(of: organization).calendar
            let calendar = try change(before)
            try transaction.session.save(calendar, of: organization)
            try transaction.audit(
                hand,
                "calendar.replace",
                subject: organization,
                detail: "\(calendar.recesses.count) stretches"
            )
            return try transaction.inquiries(countedBy: organization)
        }
        for id in waiting {
            try await write { transaction in
                guard var inquiry = try transaction.session.inquiry(id), inquiry.isLive else {
                    return
                }
                try transaction.climb(
                    &inquiry,
                    for: try transaction.request(inquiry.request)
                )
            }
        }
        return waiting.count
    }
}

extension CaseTransaction {
    fileprivate func keptCalendar(of organization: OrganizationID) throws -> KeptCalendar {
        let owners: [OrganizationID]
        switch organization {
        case .school(let id):
            guard let school = try session.school(id) else { throw CaseworkFailure.notFound }
            owners = [organization, .district(school.district), .state(school.state)]
        case .district(let id):
            guard let district = try session.district(id) else { throw CaseworkFailure.notFound }
            owners = [organization, .state(district.state)]
        case .state: owners = [organization]
        case .project, .custodian, .gateway: throw CaseworkFailure.notFound
        }
        for owner in owners {
            guard let calendar = try session.calendar(of: owner) else { continue }
            return KeptCalendar(owner: owner, calendar: calendar)
        }
        return KeptCalendar(owner: nil, calendar: SchoolCalendar(recesses: []))
    }

    /// Live inquiries whose dates rest on an organisation's calendar.
    func inquiries(countedBy organization: OrganizationID) throws -> [Inquiry.ID] {
        let state: StateCode?
        switch organization {
        case .school(let id): state = try session.school(id)?.state
        case .district(let id): state = try session.district(id)?.state
        case .state(let code): state = code
        case .project, .custodian, .gateway: state = nil
        }
        guard let state else { throw CaseworkFailure.notFound }
        return try session.stateQueue(of: state, all: true, limit: 1_000_000)
            .filter { inquiry in
                guard inquiry.isLive, let school = try session.school(inquiry.school) else {
                    return false
                }
                return switch organization {
                case .school(let id): id == school.id
                case .district(let id): id == school.district
                default: true
                }
            }
            .map(\.id)
    }
}
