package import RecordExchange
package import Vocabulary

/// What a state contact does to many rows of the queue at once.
package enum BulkAction: Hashable, Sendable {
    case remind
    case close(ReasonCode, note: String)
    /// Somebody called about them, and what came of it.
    case call(note: String)
    /// The schools are closed from today and open again on this day.
    ///
    /// `nil` before anybody named the day.
    case markClosed(until: CivilDate?)
    /// Somebody has them from now on, or nobody, among the contacts of a state that the actor
    /// watches.
    ///
    /// `nil` before anybody was named. `seen`: who had each when the actor looked; whatever changed
    /// hands since, or was not looked at, is left alone.
    case assign(Assignee?, in: StateCode, seen: [RequestNumber: Assignee])
}

/// One request of many: what happens to it.
package struct BulkLine: Hashable, Sendable {
    /// What is done.
    package enum Outcome: Hashable, Sendable {
        /// So many people are written to.
        case mails(Int)
        case ends
        /// The call stands in its story.
        case noted
        /// The school counts as closed, and its summer contacts are asked.
        case schoolCloses
        /// Who has it now, before anybody was named; `nil`: nobody.
        case isHeld(by: QueuePerson?)
        /// Who has it from now on; `nil`: nobody.
        case goes(to: QueuePerson?)
        /// Left alone: whoever has it now took it after the look; `nil`: it was given back.
        case changedHands(to: QueuePerson?)
        case cannot(Obstacle)
    }

    /// Why nothing is done.
    package enum Obstacle: String, Hashable, Sendable, CaseIterable {
        /// There is no such request, or it is another state's.
        case notYours
        /// It ended, was answered or moved on meanwhile.
        case notNow
        /// Everybody was written to in the last four hours.
        case askedJustNow
        /// The same call by the same person stands in its story already, from these minutes.
        case calledJustNow
        /// There is no address that works.
        case nobodyToAsk
        /// Its calendar says so already.
        case closedAlready
        /// No school of this state is asked.
        case noSchool
        /// Whoever was named has it, or nobody has it, as it was asked for.
        case hasAlready
        /// Whoever had it before is no contact of the state any more.
        case hasLeft
        /// It changed hands too long ago to be taken back.
        case tooLate
    }

    package let number: RequestNumber
    /// Empty where no school is asked.
    package let school: String
    package let outcome: Outcome

    package var isPossible: Bool {
        switch outcome {
        case .cannot, .changedHands: false
        case .mails, .ends, .noted, .schoolCloses, .isHeld, .goes: true
        }
    }
}

extension Desk {
    /// The most rows one action takes.
    package static let mostAtOnce = 200

    /// What an action would do to each of these requests; nothing is done.
    package func checkMany(
        _ numbers: [RequestNumber],
        _ action: BulkAction,
        by actor: Actor
    ) async throws -> [BulkLine] {
        guard !actor.watchedStates.isEmpty else { throw CaseworkFailure.notAllowed }
        let numbers = Self.once(numbers)
        return try await read { transaction in
            try numbers.map { try transaction.line($0, action, by: actor) }
        }
    }

    /// Does to each what can still be done to it, each in a transaction of its own; whoever is given
    /// many has all or none of them.
    package func doMany(
        _ numbers: [RequestNumber],
        _ action: BulkAction,
        by actor: Actor
    ) async throws -> [BulkLine] {
        guard !actor.watchedStates.isEmpty else { throw CaseworkFailure.notAllowed }
        if case .call(let note) = action, note.utf8.count > RequestDraft.longestMessage {
            throw CaseworkFailure.tooLong
        }
        if case .markClosed(let day) = action {
            guard let day else { throw CaseworkFailure.dateImpossible }
            let planned = try await checkMany(numbers, action, by: actor)
            return try await markSchoolsClosed(planned, until: day, by: actor)
        }
        if case .assign(let assignee, let state, let seen) = action {
            guard let assignee else { throw CaseworkFailure.nameMissing }
            return try await assign(
                Self.once(numbers),
                to: assignee,
                in: state,
                seen: seen,
                by: actor
            )
        }
        var lines: [BulkLine] = []
        for number in Self.once(numbers) {
            let line = try await read { try $0.line(number, action, by: actor) }
            guard line.isPossible else {
                lines.append(line)
                continue
            }
            do {
                switch action {
                case .remind: try await remindHolder(number, by: actor)
                case .close(let reason, let note):
                    try await closeUnfilled(number, reason: reason, note: note, by: actor)
                case .call(let note):
                    guard try await logCallOnce(number, note: note, by: actor) else {
                        let outcome = BulkLine.Outcome.cannot(.calledJustNow)
                        lines.append(
                            BulkLine(number: number, school: line.school, outcome: outcome)
                        )
                        continue
                    }
                // These were done together, before.
                case .markClosed, .assign: break
                }
                lines.append(line)
            } catch CaseworkFailure.notPossibleNow, CaseworkFailure.notFound {
                // Somebody was faster between the look and the deed.
                lines.append(
                    BulkLine(number: number, school: line.school, outcome: .cannot(.notNow))
                )
            }
        }
        return lines
    }

    /// Writes a call down unless it was just written: a form that is sent twice is one call.
    private func logCallOnce(
        _ number: RequestNumber,
        note: String,
        by actor: Actor
    ) async throws -> Bool {
        try await write { transaction in
            let request = try transaction.request(number, seenBy: actor)
            guard request.isOpen else { throw CaseworkFailure.notPossibleNow }
            guard try !transaction.hasJustCalled(about: request, note: note, by: actor) else {
                return false
            }
            try transaction.logCall(about: request, note: note, by: actor)
            return true
        }
    }

    /// Closes each school once, however many of its rows were chosen.
    private func markSchoolsClosed(
        _ planned: [BulkLine],
        until day: CivilDate,
        by actor: Actor
    ) async throws -> [BulkLine] {
        var isClosed: [SchoolID: Bool] = [:]
        var lines: [BulkLine] = []
        for line in planned {
            guard line.isPossible else {
                lines.append(line)
                continue
            }
            let school = try await read { transaction in
                let request = try transaction.request(line.number, seenBy: actor)
                return try transaction.schoolAsked(by: request, in: actor.watchedStates)
            }
            if let school, isClosed[school.id] == nil {
                isClosed[school.id] = try await close(school, until: day, by: actor)
            }
            if let school, isClosed[school.id] == true {
                lines.append(line)
            } else {
                // Somebody was faster, or the calendar is full.
                lines.append(
                    BulkLine(number: line.number, school: line.school, outcome: .cannot(.notNow))
                )
            }
        }
        return lines
    }

    private func close(
        _ school: School,
        until day: CivilDate,
        by actor: Actor
    ) async throws -> Bool {
        let closure = SchoolCalendar.Recess(
            kind: .longBreak,
            name: "Closed",
            first: time.today(in: school.state),
            last: day.advanced(by: -1)
        )
        do {
            try await addClosure(closure, of: .school(school.id), by: actor)
            return true
        } catch CaseworkFailure.tooLong, CaseworkFailure.notAllowed {
            return false
        }
    }

    private static func once(_ numbers: [RequestNumber]) -> [RequestNumber] {
        var seen: Set<RequestNumber> = []
        return Array(numbers.filter { seen.insert($0).inserted }.prefix(mostAtOnce))
    }
}

extension CaseTransaction {
    fileprivate func line(
        _ number: RequestNumber,
        _ action: BulkAction,
        by actor: Actor
    ) throws -> BulkLine {
        if case .assign(_, let state, _) = action { return try held(number, in: state, by: actor) }
        func line(_ school: String, _ outcome: BulkLine.Outcome) -> BulkLine {
            BulkLine(number: number, school: school, outcome: outcome)
        }
        let request: RecordRequest
        do {
            request = try self.request(number, seenBy: actor)
        } catch CaseworkFailure.notFound {
            return line("", .cannot(.notYours))
        }
        let live = try session.inquiries(of: request.id).last(where: \.isLive)
        let school = try live.map { try self.school($0.school).name } ?? ""
        if case .markClosed(let day) = action {
            guard let asked = try schoolAsked(by: request, in: actor.watchedStates) else {
                return line("", .cannot(.noSchool))
            }
            guard let day else { return line(asked.name, .schoolCloses) }
            let today = today(in: asked.state)
            guard day > today, today.days(to: day) < CalendarFile.longestSpan else {
                throw CaseworkFailure.dateImpossible
            }
            let calendar = try calendar(of: asked)
            let isClosed =
                calendar.closure(on: today) != nil
                && (calendar.reopening(after: today) ?? day) >= day
            return line(asked.name, isClosed ? .cannot(.closedAlready) : .schoolCloses)
        }
        if case .call = action {
            return line(school, request.isOpen ? .noted : .cannot(.notNow))
        }
        let deed: RequestLifecycle.Action =
            switch action {
            case .remind: .remind
            case .close, .call, .markClosed, .assign: .closeUnfilled
            }
        do {
            try permit(deed, on: request, by: actor)
        } catch CaseworkFailure.notPossibleNow {
            return line(school, .cannot(.notNow))
        }
        guard case .remind = action else { return line(school, .ends) }
        let (now, justAsked) = try reminders(about: request)
        if now.isEmpty {
            return line(school, .cannot(justAsked > 0 ? .askedJustNow : .nobodyToAsk))
        }
        return line(school, .mails(now.count))
    }

    /// The school that is asked now, where it is in one of these states.
    fileprivate func schoolAsked(
        by request: RecordRequest,
        in states: [StateCode]
    ) throws -> School? {
        try session.inquiries(of: request.id).last(where: \.isLive)
            .map { try school($0.school) }
            .flatMap { states.contains($0.state) ? $0 : nil }
    }

    /// Whom a state contact's reminder goes to, and how many were written to in the last four
    /// hours and are left alone.
    func reminders(
        about request: RecordRequest
    ) throws -> (now: [(inquiry: Inquiry, contact: Contact)], justAsked: Int) {
        var now: [(inquiry: Inquiry, contact: Contact)] = []
        var justAsked = 0
        let roles: Set<Contact.Role> = [.recordsOffice, .backup, .summer, .project, .district]
        for inquiry in try session.inquiries(of: request.id) where inquiry.isLive {
            let school = try school(inquiry.school)
            let projects = try session.projects(serving: school.district)
            let organizations =
                [inquiry.holder, .district(school.district)]
                + projects.map { .project($0.code) }
            for organization in organizations {
                for contact in try contacts(of: organization, roles, for: inquiry) {
                    if try mayMail(contact, about: inquiry, everySeconds: 4 * 3_600) {
                        now.append((inquiry, contact))
                    } else {
                        justAsked += 1
                    }
                }
            }
        }
        return (now, justAsked)
    }
}
