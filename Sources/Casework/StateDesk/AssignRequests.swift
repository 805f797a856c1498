package import RecordExchange
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

    /// Somebody of a state's office, also after the account was closed; `nil` for anybody else.
    package func queuePerson(
        _ id: StaffID,
        of state: StateCode,
        by actor: Actor
    ) async throws -> QueuePerson? {
        guard actor.watchedStates.contains(state) else { throw CaseworkFailure.notAllowed }
        return try await read { transaction in
            try transaction.session.accounts(at: .state(state)).first { $0.id == id }
                .map { QueuePerson(id: $0.id, name: $0.name) }
        }
    }

    /// Gives requests to a person, who hears of it, or back to nobody: all in one transaction, so
    /// that nobody leaves or takes one of them in between.
    ///
    /// Throws `notAllowed` where the person is none of the state's contacts, or is no more; nothing
    /// is done then.
    func assign(
        _ numbers: [RequestNumber],
        to assignee: Assignee,
        in state: StateCode,
        seen: [RequestNumber: Assignee],
        by actor: Actor
    ) async throws -> [BulkLine] {
        try await write { transaction in
            guard actor.watchedStates.contains(state) else { throw CaseworkFailure.notAllowed }
            let people = try transaction.queuePeople(of: state)
            let person = assignee.staff.flatMap { id in people.first { $0.id == id } }
            guard person?.id == assignee.staff else { throw CaseworkFailure.notAllowed }
            let lines = try numbers.map { number in
                try transaction.give(number, to: person, in: state, seen: seen[number], by: actor)
            }
            let given = lines.count(where: \.isPossible)
            if given > 0, let person, person.id != actor.id {
                try transaction.mail(person, that: given, in: state)
            }
            return lines
        }
    }
}

/// A request that changed hands, to be given back.
package struct Handover: Hashable, Sendable {
    package let number: RequestNumber
    /// Who has it now.
    package let from: Assignee
    /// Who had it before.
    package let to: Assignee

    package init(number: RequestNumber, from: Assignee, to: Assignee) {
        self.number = number
        self.from = from
        self.to = to
    }
}

extension Desk {
    /// For so long it is taken back that somebody was given requests.
    private static let secondsToTakeBack: Int64 = 3_600

    /// Takes back that requests were given to somebody: each goes to whoever had it before.
    ///
    /// What changed hands since is left alone, and so is what belonged to somebody who left, and
    /// what somebody has for an hour: it may be worked on. Whoever gets them hears of it, as of
    /// any that are given; nobody's carry no hour, and to take those is open to everybody.
    package func giveBack(
        _ handovers: [Handover],
        in state: StateCode,
        by actor: Actor
    ) async throws -> [BulkLine] {
        try await write { transaction in
            guard actor.watchedStates.contains(state) else { throw CaseworkFailure.notAllowed }
            let people = try transaction.queuePeople(of: state)
            var given: [QueuePerson: Int] = [:]
            let lines = try handovers.prefix(Self.mostAtOnce).map { handover in
                let person = handover.to.staff.flatMap { id in people.first { $0.id == id } }
                guard person?.id == handover.to.staff else {
                    let line = try transaction.held(handover.number, in: state, by: actor)
                    return BulkLine(
                        number: handover.number,
                        school: line.school,
                        outcome: line.isPossible ? .cannot(.hasLeft) : line.outcome
                    )
                }
                let line = try transaction.give(
                    handover.number,
                    to: person,
                    in: state,
                    seen: handover.from,
                    withinSeconds: Self.secondsToTakeBack,
                    by: actor
                )
                if let person, person.id != actor.id, line.isPossible {
                    given[person, default: 0] += 1
                }
                return line
            }
            for (person, count) in given.sorted(by: { $0.key.id < $1.key.id }) {
                try transaction.mail(person, that: count, in: state)
            }
            return lines
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

    /// Who of a state's contacts has a request now.
    func held(
        _ number: RequestNumber,
        in state: StateCode,
        by actor: Actor
    ) throws -> BulkLine {
        guard actor.watchedStates.contains(state) else { throw CaseworkFailure.notAllowed }
        return try standing(of: number, in: state, by: actor).line
    }

    /// A request with its line; absent where nobody of the state can be given it.
    private func standing(
        of number: RequestNumber,
        in state: StateCode,
        by actor: Actor
    ) throws -> (request: RecordRequest?, holder: QueuePerson?, line: BulkLine) {
        func refused(_ school: String, _ obstacle: BulkLine.Obstacle) -> BulkLine {
            BulkLine(number: number, school: school, outcome: .cannot(obstacle))
        }
        let request: RecordRequest
        do {
            request = try self.request(number, seenBy: actor)
        } catch CaseworkFailure.notFound {
            return (nil, nil, refused("", .notYours))
        }
        let inquiries = try session.inquiries(of: request.id)
        let states = [request.requesterState] + inquiries.map(\.holderState)
        guard states.contains(state) else { return (nil, nil, refused("", .notYours)) }
        let asked = try inquiries.last(where: \.isLive).map { try self.school($0.school).name }
        let school = asked ?? ""
        guard request.isOpen else { return (nil, nil, refused(school, .notNow)) }
        let holder = try session.assignment(of: request.id, in: state)
            .flatMap { try session.account($0.staff) }
            .map { QueuePerson(id: $0.id, name: $0.name) }
        let line = BulkLine(number: number, school: school, outcome: .isHeld(by: holder))
        return (request, holder, line)
    }

    fileprivate func give(
        _ number: RequestNumber,
        to person: QueuePerson?,
        in state: StateCode,
        seen: Assignee?,
        withinSeconds limit: Int64? = nil,
        by actor: Actor
    ) throws -> BulkLine {
        let (request, holder, line) = try standing(of: number, in: state, by: actor)
        guard let request else { return line }
        func becomes(_ outcome: BulkLine.Outcome) -> BulkLine {
            BulkLine(number: number, school: line.school, outcome: outcome)
        }
        guard person?.id != holder?.id else { return becomes(.cannot(.hasAlready)) }
        guard let seen, seen.staff == holder?.id else { return becomes(.changedHands(to: holder)) }
        if let limit, let since = try session.assignment(of: request.id, in: state)?.since,
            since.seconds(to: now) >= limit
        {
            return becomes(.cannot(.tooLate))
        }
        if let person {
            try session.save(
                Assignment(request: request.id, state: state, staff: person.id, since: now)
            )
        } else {
            try session.endAssignment(of: request.id, in: state)
        }
        try audit(
            .staff(actor.id),
            "request.assign",
            subject: request.number,
            detail: "\(state) \(person?.id.description ?? "nobody")"
        )
        return becomes(.goes(to: person))
    }

    /// One mail however many they are, and no word of any student.
    fileprivate func mail(_ person: QueuePerson, that count: Int, in state: StateCode) throws {
        guard let account = try session.account(person.id) else { return }
        try mail(
            .assigned(
                recipient: account.name,
                count: count,
                link: "\(desk.settings.baseAddress)\(Self.pathOfGivenRequests)"
            ),
            to: account,
            about: nil,
            in: state,
            counting: count
        )
    }

    /// Where whoever was given requests finds them.
    static let pathOfGivenRequests = "/queue?who=me"
}
