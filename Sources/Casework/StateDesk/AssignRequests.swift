import RecordExchange
package import Vocabulary

extension Desk {
    /// Whom a state's requests can be given to: its contacts with an open account, by name.
    package func queuePeople(
        of state: StateCode,
        by actor: Actor
    ) async throws -> [QueuePerson] {
        guard actor.watchedStates.contains(state) else { throw CaseworkFailure.notAllowed }
        return try await read { try $0.queuePeople(of: state) }
    }

    /// Gives one request to a person, or back to nobody.
    ///
    /// Throws `notPossibleNow` where a look would say by now that nothing happens.
    func assign(
        _ number: RequestNumber,
        to assignee: Assignee,
        in state: StateCode,
        by actor: Actor
    ) async throws {
        try await write { transaction in
            guard try transaction.assigning(number, to: assignee, in: state, by: actor).isPossible
            else { throw CaseworkFailure.notPossibleNow }
            let request = try transaction.request(number, seenBy: actor)
            switch assignee {
            case .nobody: try transaction.session.endAssignment(of: request.id, in: state)
            case .person(let staff):
                try transaction.session.save(
                    Assignment(
                        request: request.id,
                        state: state,
                        staff: staff,
                        since: transaction.now
                    )
                )
            }
            try transaction.audit(
                .staff(actor.id),
                "request.assign",
                subject: request.number,
                detail: "\(state) \(assignee.staff?.description ?? "nobody")"
            )
        }
    }
}

extension CaseTransaction {
    func queuePeople(of state: StateCode) throws -> [QueuePerson] {
        try session.accounts(at: .state(state))
            .filter { $0.status == .active && Actor($0).watchedStates.contains(state) }
            .map { QueuePerson(id: $0.id, name: $0.name) }
            .sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    }

    /// What giving a request to somebody would do; `assignee`: `nil` before anybody was named.
    func assigning(
        _ number: RequestNumber,
        to assignee: Assignee?,
        in state: StateCode,
        by actor: Actor
    ) throws -> BulkLine {
        guard actor.watchedStates.contains(state) else { throw CaseworkFailure.notAllowed }
        let people = try queuePeople(of: state)
        func name(_ staff: StaffID?) -> String? {
            staff.flatMap { id in people.first { $0.id == id }?.name }
        }
        if let staff = assignee?.staff, name(staff) == nil { throw CaseworkFailure.notAllowed }
        func line(_ school: String, _ outcome: BulkLine.Outcome) -> BulkLine {
            BulkLine(number: number, school: school, outcome: outcome)
        }
        let request: RecordRequest
        do {
            request = try self.request(number, seenBy: actor)
        } catch CaseworkFailure.notFound {
            return line("", .cannot(.notYours))
        }
        let inquiries = try session.inquiries(of: request.id)
        let states = [request.requesterState] + inquiries.map(\.holderState)
        guard states.contains(state) else { return line("", .cannot(.notYours)) }
        let school = try inquiries.last(where: \.isLive).map { try self.school($0.school).name }
        guard request.isOpen else { return line(school ?? "", .cannot(.notNow)) }
        let held = try session.assignment(of: request.id, in: state)?.staff
        guard let assignee else { return line(school ?? "", .isHeld(by: name(held))) }
        guard assignee.staff != held else { return line(school ?? "", .cannot(.hasAlready)) }
        return line(school ?? "", .goes(to: name(assignee.staff)))
    }
}
