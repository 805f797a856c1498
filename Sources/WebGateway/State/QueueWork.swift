import Casework
import Hummingbird
import RecordExchange
import Rendering
import Vocabulary

/// Many rows of the queue at once, and views under names of their own.
extension StaffRoom {
    func checkMany(_ visit: StaffVisit) async throws -> Response {
        if visit.visit.form["deed"] == "answer" {
            // Nothing is done yet: the page asks for the files.
            return try await manyAnswers(visit, chosen: numbers(visit))
        }
        let (deed, numbers) = try chosen(visit)
        let example = try deed.example(visit.actor)
        let lines = try await desk.checkMany(numbers, example, by: visit.actor)
        return try await bulkPage(visit, deed, lines, isDone: false)
    }

    func doMany(_ visit: StaffVisit) async throws -> Response {
        let (deed, numbers) = try chosen(visit)
        let typed = visit.visit.form
        var action = try deed.example(visit.actor)
        if deed == .close {
            guard let reason = ReasonCode(rawValue: typed[.reason]),
                Self.closingReasons.contains(reason)
            else { return try await again(visit, FieldProblem(.reason, .reasonMissing)) }
            let limit = RequestDraft.longestMessage
            guard typed[.note].utf8.count <= limit else {
                return try await again(visit, FieldProblem(.note, .tooLong(limit: limit)))
            }
            action = .close(reason, note: typed[.note])
        }
        if deed == .call {
            let limit = RequestDraft.longestMessage
            guard typed[.note].utf8.count <= limit else {
                return try await again(visit, FieldProblem(.note, .tooLong(limit: limit)))
            }
            action = .call(note: typed[.note])
        }
        if deed == .markClosed {
            switch openingDay(visit) {
            case .success(let day): action = .markClosed(until: day)
            case .failure(let refusal): return try await again(visit, refusal.problem)
            }
        }
        if case .assign(_, let state, _) = action {
            guard let assignee = QueueWho(typed, reader: visit.actor.id).assignee else {
                return try await again(visit, FieldProblem(.who, .whoMissing))
            }
            action = .assign(assignee, in: state, seen: seen(visit))
        }
        let lines: [BulkLine]
        do {
            lines = try await desk.doMany(numbers, action, by: visit.actor)
        } catch CaseworkFailure.notAllowed where deed == .assign {
            // Whoever left meanwhile is no choice any more.
            return try await again(visit, FieldProblem(.who, .whoLeft))
        }
        return try await bulkPage(
            visit,
            deed,
            lines,
            isDone: true,
            handovers: handovers(lines, visit)
        )
    }

    /// What would take back that these were given to somebody, each as `number now before`.
    private func handovers(_ lines: [BulkLine], _ visit: StaffVisit) -> [String] {
        let seen = seen(visit)
        return lines.compactMap { line in
            guard case .goes(let now) = line.outcome, let before = seen[line.number] else {
                return nil
            }
            let former = before.staff?.description ?? QueueWho.nobody
            return "\(line.number) \(QueueWho.value(of: now)) \(former)"
        }
    }

    /// Takes back that requests were given to somebody.
    func giveBack(_ visit: StaffVisit) async throws -> Response {
        guard let state = visit.actor.watchedStates.first else { throw GatewayFailure.forbidden }
        let handovers: [Handover] = visit.visit.form.all("handover").compactMap { text in
            let words = text.split(separator: " ").map(String.init)
            guard words.count == 3, let number = try? RequestNumber(parsing: words[0]),
                let now = QueueWho.parse(words[1]), let before = QueueWho.parse(words[2])
            else { return nil }
            return Handover(number: number, from: now, to: before)
        }
        guard !handovers.isEmpty else { throw GatewayFailure.malformed }
        let lines = try await desk.giveBack(handovers, in: state, by: visit.actor)
        return try await bulkPage(visit, .assign, lines, isDone: true)
    }

    /// Who had each of the requests when the page was shown.
    private func seen(_ visit: StaffVisit) -> [RequestNumber: Assignee] {
        var seen: [RequestNumber: Assignee] = [:]
        for text in visit.visit.form.all("seen") {
            let words = text.split(separator: " ").map(String.init)
            guard words.count == 2, let number = try? RequestNumber(parsing: words[0]) else {
                continue
            }
            seen[number] = QueueWho.parse(words[1])
        }
        return seen
    }

    private struct DayRefused: Error {
        let problem: FieldProblem
    }

    /// The day on which closed schools open again, as typed.
    private func openingDay(_ visit: StaffVisit) -> Result<CivilDate, DayRefused> {
        func refused(_ trouble: FieldTrouble) -> Result<CivilDate, DayRefused> {
            .failure(DayRefused(problem: FieldProblem(.back, trouble)))
        }
        let typed = visit.visit.form
        guard let state = visit.actor.watchedStates.first else { return refused(.backMissing) }
        let today = desk.time.today(in: state)
        let latest = today.advanced(by: CalendarFile.longestSpan - 1)
        switch RequestDraft.date(
            month: typed[.backMonth],
            day: typed[.backDay],
            year: typed[.backYear]
        ) {
        case .missing: return refused(.backMissing)
        case .impossible: return refused(.backImpossible)
        case .day(let day) where day <= today: return refused(.backInPast)
        case .day(let day) where day > latest: return refused(.dayTooFar(latest: latest))
        case .day(let day): return .success(day)
        }
    }

    private func again(_ visit: StaffVisit, _ problem: FieldProblem) async throws -> Response {
        let (deed, numbers) = try chosen(visit)
        let example = try deed.example(visit.actor)
        let lines = try await desk.checkMany(numbers, example, by: visit.actor)
        let form = Form(
            visit.visit.form.typed(.note, .reason, .backMonth, .backDay, .backYear, .who),
            problems: [problem]
        )
        return try await bulkPage(visit, deed, lines, isDone: false, form: form)
    }

    private func chosen(_ visit: StaffVisit) throws -> (BulkDeed, [RequestNumber]) {
        let form = visit.visit.form
        guard let deed = form["deed"].flatMap(BulkDeed.init(rawValue:)) else {
            throw GatewayFailure.malformed
        }
        return (deed, numbers(visit))
    }

    /// Each once; those of a whole school stand in one field, with blanks between them.
    private func numbers(_ visit: StaffVisit) -> [RequestNumber] {
        var seen: Set<RequestNumber> = []
        return visit.visit.form.all(FieldName.inquiry.rawValue)
            .flatMap { $0.split(separator: " ") }
            .compactMap { try? RequestNumber(parsing: String($0)) }
            .filter { seen.insert($0).inserted }
    }

    /// The list that the reader came from, at its page: as the page before said it, or as its
    /// filters say it.
    func listPath(_ visit: StaffVisit) -> String {
        let form = visit.visit.form
        let queue = StaffRoute.queue.path().description
        if let said = form["list"] ?? visit.visit.query["list"] {
            let isQueue = said == queue || said.hasPrefix(queue + "?")
            return isQueue ? LocalPath(said)?.description ?? queue : queue
        }
        guard form["view"] != nil else { return queue }
        return QueueQuery(form, reader: visit.actor.id)
            .address(visit.actor.id, PageStart(form).parameters)
    }

    private func bulkPage(
        _ visit: StaffVisit,
        _ deed: BulkDeed,
        _ lines: [BulkLine],
        isDone: Bool,
        handovers: [String] = [],
        form: Form = .empty
    ) async throws -> Response {
        let rows = lines.map { line in
            BulkRow(
                number: line.number,
                path: StaffRoute.queueRow.path(line.number.description).description,
                school: line.school,
                outcome: BulkWord(line.outcome),
                seen: line.outcome.holder
            )
        }
        let pairs = zip(lines, rows)
        var choices: [Choice<PersonWord>] = []
        if case .assign(_, let state, _) = try deed.example(visit.actor), !isDone {
            // Taking them is what is done most.
            let chosen = form.values[.who] ?? QueueWho.me
            choices = try await people(of: state, visit, chosen: chosen)
        }
        let page = BulkPage(
            deed: deed,
            isDone: isDone,
            possible: pairs.filter { $0.0.isPossible }.map(\.1),
            impossible: pairs.filter { !$0.0.isPossible }.map(\.1),
            reasons: Choice.list(
                Self.closingReasons,
                chosen: form.values[.reason].flatMap(ReasonCode.init(rawValue:)).map { [$0] } ?? []
            ),
            people: choices,
            handovers: handovers,
            listPath: listPath(visit),
            form: form
        )
        return frame.page(
            page,
            visit,
            door: .queue,
            status: form.problems.isEmpty ? .ok : .unprocessableContent
        )
    }

    // MARK: Views

    func ownViews(in state: StateCode, _ visit: StaffVisit) async throws -> [OwnView] {
        try await desk.queueViews(of: state, by: visit.actor).map { counted in
            OwnView(
                name: counted.view.name,
                count: counted.count,
                path: counted.view.path(visit.actor.id)
            )
        }
    }

    func saveQueueView(_ visit: StaffVisit) async throws -> Response {
        let typed = visit.visit.form
        let filter = QueueQuery(typed, reader: visit.actor.id).filter
        let view = SavedView(name: typed[.viewName], filter)
        let trouble: FieldTrouble
        do {
            try await desk.saveQueueView(view, by: visit.actor)
            let saved = view.pathWhenSaved(visit.actor.id)
            return .seeOther(LocalPath(saved) ?? StaffRoute.queue.path())
        } catch CaseworkFailure.nameMissing {
            trouble = .viewNameMissing
        } catch CaseworkFailure.tooLong {
            trouble = .tooLong(limit: SavedView.longestText)
        } catch CaseworkFailure.notPossibleNow {
            trouble = .tooManyViews
        }
        return try await queue(visit, typed, trouble: trouble)
    }

    func forgetQueueView(_ visit: StaffVisit) async throws -> Response {
        try await desk.forgetQueueView(visit.visit.form[.viewName], by: visit.actor)
        return seeOther(.queue, done: .viewForgotten)
    }
}

extension SavedView {
    fileprivate func path(_ reader: StaffID) -> String {
        QueueQuery(filter).address(reader)
    }

    fileprivate func pathWhenSaved(_ reader: StaffID) -> String {
        QueueQuery(filter).address(reader, [("done", PageNotice.viewSaved.rawValue)])
    }
}

extension BulkDeed {
    /// The action as far as it is chosen by its button.
    fileprivate func example(_ reader: Actor) throws -> BulkAction {
        switch self {
        case .remind: return .remind
        case .call: return .call(note: "")
        case .close: return .close(.noAnswerAtCap, note: "")
        case .markClosed: return .markClosed(until: nil)
        case .assign:
            guard let state = reader.watchedStates.first else { throw GatewayFailure.forbidden }
            return .assign(nil, in: state, seen: [:])
        }
    }
}

extension BulkLine.Outcome {
    /// Who was seen to have it, as the page sends it along.
    fileprivate var holder: String {
        if case .isHeld(let holder) = self { QueueWho.value(of: holder) } else { "" }
    }
}

extension BulkWord {
    fileprivate init(_ outcome: BulkLine.Outcome) {
        switch outcome {
        case .mails(let count): self = .mails(count: count)
        case .ends: self = .ends
        case .noted: self = .noted
        case .schoolCloses: self = .schoolCloses
        case .isHeld(let person?): self = .isHeld(name: person.name)
        case .isHeld(nil): self = .isNobodys
        case .goes(let person?): self = .goesTo(name: person.name)
        case .goes(nil): self = .goesToNobody
        case .changedHands(let person?): self = .takenSince(name: person.name)
        case .changedHands(nil): self = .freedSince
        case .cannot(.hasAlready): self = .hasAlready
        case .cannot(.hasLeft): self = .hasLeft
        case .cannot(.tooLate): self = .tooLate
        case .cannot(.closedAlready): self = .closedAlready
        case .cannot(.noSchool): self = .noSchool
        case .cannot(.notYours): self = .notYours
        case .cannot(.notNow): self = .notNow
        case .cannot(.askedJustNow): self = .askedJustNow
        case .cannot(.calledJustNow): self = .calledJustNow
        case .cannot(.nobodyToAsk): self = .nobodyToAsk
        }
    }
}
