import Casework
import RecordExchange
import StudentRecords
import Vocabulary

/// What the modelled people do when their turn comes.
extension SimulationRun {
    func answer(_ reader: Reader, _ token: String, _ code: String, _ tries: Int) async throws {
        let entered = try await attempt("enter") {
            let entry = try await desk.enter(code: code, token: token)
            return Answerer.link(entry.link, inquiry: entry.inquiry)
        }
        guard let entered, case .link(_, let id) = entered else { return }
        // A school whose office is open may have closed meanwhile; whoever opened it goes on.
        let task = try? await desk.answerTask(id, by: entered)
        guard let task else { return }
        let request = task.request
        if request.cancelRequested != nil, request.isOpen {
            _ = try await attempt("confirm") { try await desk.confirmCancel(id, by: entered) }
            return
        }
        let isHere = home[request.number] == task.holder.id
        try await say(entered, id, task, isHere: isHere)
        try await check("answer", [request.id])
    }

    private func say(
        _ answerer: Answerer,
        _ id: Inquiry.ID,
        _ task: AnswerTask,
        isHere: Bool
    ) async throws {
        let today = clock.today(in: task.holder.state)
        guard isHere else {
            if random.happens(500), let real = home[task.request.number] {
                _ = try await attempt("moved on") {
                    try await desk.answerMovedOn(id, to: real, note: "", by: answerer)
                }
            } else {
                try await refuse(id, .neverEnrolled, answerer)
            }
            return try await expectAttention(task.request)
        }
        switch random.below(100) {
        case 0..<84: try await send(id, complete: true, answerer, task)
        case 84..<88:
            try await send(id, complete: false, answerer, task)
            schedule(
                .sendRest(id, task.holder.id),
                at: later(2...6) { WorkingDays.isWorkingDay($0) }
            )
        case 88..<90:
            let day = today.advanced(by: random.within(2...15))
            _ = try await attempt("promise") {
                try await desk.promise(id, day: day, note: "", by: answerer)
            }
        case 90..<92:
            let codes = HoldCondition.Code.choices
            let until = random.happens(500) ? today.advanced(by: random.within(2...20)) : nil
            guard let condition = HoldCondition(codes[random.below(codes.count)], until: until)
            else { return }
            _ = try await attempt("hold") {
                try await desk.hold(id, condition, note: "", by: answerer)
            }
        case 92..<95:
            _ = try await attempt("question") {
                try await desk.askRequester(id, question: "Which?", by: answerer)
            }
            try await expectAttention(task.request)
        case 95..<97:
            _ = try await attempt("not me") {
                try await desk.notTheRightPerson(id, suggestion: .nothing, by: answerer)
            }
        default:
            let reasons: [ReasonCode] = [
                .missingChild, .protectiveOrder, .destroyedUnderSchedule, .neverEnrolled,
                .cannotIdentify, .stillEnrolledHere, .noGradesPosted, .schoolClosed,
            ]
            let reason = reasons[random.below(reasons.count)]
            if reason == .schoolClosed {
                _ = try await attempt("closed") {
                    try await desk.answerSchoolClosed(
                        id,
                        keptBy: .district(task.holder.district),
                        note: "",
                        by: answerer
                    )
                }
            } else {
                try await refuse(id, reason, answerer)
            }
            try await expectAttention(task.request)
        }
    }

    private func refuse(
        _ id: Inquiry.ID,
        _ reason: ReasonCode,
        _ answerer: Answerer
    ) async throws {
        let outcome = try await attempt("refuse \(reason)") {
            try await desk.refuse(id, reason: reason, note: "so", by: answerer)
        }
        // What ended takes the same message no second time; a question and a hold do.
        guard outcome == .ended, let request = try await store.read({ try $0.inquiry(id)?.request })
        else { return }
        try await repeated("refuse \(reason)", request) {
            _ = try await desk.refuse(id, reason: reason, note: "so", by: answerer)
        }
    }

    /// Sends, and sends the same again: nothing more may come of it.
    private func send(
        _ id: Inquiry.ID,
        complete: Bool,
        _ answerer: Answerer,
        _ task: AnswerTask
    ) async throws {
        let file = DroppedFile(
            id: DroppedFile.ID(rawValue: nextFile()),
            name: "record.pdf",
            mediaType: "application/pdf",
            byteCount: 4_096,
            digest: desk.secrets.digest(of: [1])
        )
        let submission = AnswerSubmission(
            parts: [.init(part: .transcript, status: .sent)],
            files: [file],
            isComplete: complete,
            name: "Clerk",
            title: "",
            note: "",
            asCertifyingOfficial: false
        )
        let first = try await attempt(complete ? "send" : "send some") {
            try await desk.answer(id, with: submission, by: answerer)
        }
        guard let first else {
            if task.isLate || task.inquiry.status == .timedOut || task.inquiry.status == .superseded
            {
                throw fault("send", ["5: a late answer was refused"])
            }
            return
        }
        if first.request != task.request.id {
            figures.linkedRequests += 1
            open.append(first.request)
        }
        let before = try await fingerprint(of: first.request)
        let second = try await attempt("send again") {
            try await desk.answer(id, with: submission, by: answerer)
        }
        let after = try await fingerprint(of: first.request)
        guard second?.id == first.id, before == after else {
            throw fault("send again", ["a repeated answer changed something"])
        }
        schedule(
            .look(task.request.number, task.request.requester),
            at: later(1...3) { WorkingDays.isWorkingDay($0) }
        )
    }

    func sendRest(_ id: Inquiry.ID, _ school: SchoolID) async throws {
        guard let state = world.schools.first(where: { $0.id == school })?.state,
            let contact = world.stateContacts[state]
        else { return }
        let answerer = Answerer.stateContact(Actor(contact))
        guard let task = try? await desk.answerTask(id, by: answerer), task.request.isOpen,
            task.inquiry.status == .partlySent
        else { return }
        try await send(id, complete: true, answerer, task)
        try await check("the rest", [task.request.id])
    }

    /// The requester turns to it on the next working day or so.
    private func expectAttention(_ request: RecordRequest) async throws {
        schedule(
            .attend(request.number, request.requester),
            at: later(1...2) { WorkingDays.isWorkingDay($0) }
        )
    }

    func attend(_ number: RequestNumber, _ school: SchoolID) async throws {
        guard let registrar = world.registrars[school] else { return }
        let actor = Actor(registrar)
        guard let story = try? await desk.story(of: number, by: actor) else { return }
        switch story.state {
        case .question:
            _ = try await attempt("answer the question") {
                try await desk.answerQuestion(
                    number,
                    of: story.openQuestions.first?.inquiry,
                    answer: "So",
                    by: actor
                )
            }
        case .endOfLocations:
            guard random.happens(700), let real = home[number],
                !story.inquiries.contains(where: { $0.school == real })
            else { return }
            _ = try await attempt("ask another") {
                try await desk.askAnotherSchool(number, real, by: actor)
            }
        default: return
        }
        try await check("attend", [story.request.id])
    }

    func look(_ number: RequestNumber, _ school: SchoolID) async throws {
        guard let registrar = world.registrars[school] else { return }
        let actor = Actor(registrar)
        guard let records = try? await desk.records(of: number, by: actor) else { return }
        for bundle in records.bundles where bundle.receivedAt == nil && bundle.withdrawnAt == nil {
            _ = try await attempt("take") {
                _ = try await desk.release(.archive, of: bundle.id, in: number, to: actor)
                try await desk.noteTaken(.archive, of: bundle.id, by: actor)
            }
        }
        switch random.below(100) {
        case 0..<2:
            guard let bundle = records.bundles.last else { return }
            _ = try await attempt("reject") {
                try await desk.rejectRecords(
                    number,
                    bundle: bundle.id,
                    reason: .unreadable,
                    note: "",
                    by: actor
                )
            }
        case 2..<80:
            _ = try await attempt("accept") { try await desk.acceptRecords(number, by: actor) }
        default: break
        }
        try await check("look", [records.request.id])
    }

    // MARK: The state contact's day

    func workQueue(_ state: StateCode) async throws {
        guard let account = world.stateContacts[state] else { return }
        let actor = Actor(account)
        let queue = try await desk.stateQueue(
            WorklistQuestion(.state(state), view: .told, limit: model.stateContactItems),
            by: actor
        )
        if queue.counts.told > 0 { figures.itemsPerStateContactDay.append(queue.counts.told) }
        for row in queue.page.items {
            try await work(row, actor)
        }
    }

    private func work(_ row: QueueRow, _ actor: Actor) async throws {
        guard let inquiry = row.inquiry, let holder = row.school else {
            // No school is left: a person finds the right one, or ends it.
            if random.happens(model.stateContactSettlesItem), let real = home[row.number] {
                _ = try await attempt("place") {
                    try await desk.askAnotherSchool(row.number, real, by: actor)
                }
            } else if row.waitedDays > 30 {
                try await close(row, actor)
            }
            return
        }
        let answerer = Answerer.stateContact(actor)
        guard random.happens(model.stateContactSettlesItem),
            let task = try? await desk.answerTask(inquiry.id, by: answerer)
        else {
            if row.level == .capped, row.waitedDays > 60 { try await close(row, actor) }
            return
        }
        let isHere = home[row.number] == holder.id
        if inquiry.status == .partlySent || inquiry.status == .timedOut {
            try await send(inquiry.id, complete: true, answerer, task)
        } else {
            try await say(answerer, inquiry.id, task, isHere: isHere)
        }
        try await check("state contact", [task.request.id])
    }

    private func close(_ row: QueueRow, _ actor: Actor) async throws {
        _ = try await attempt("close unfilled") {
            try await desk.closeUnfilled(row.number, reason: .noAnswerAtCap, note: "", by: actor)
        }
    }
}
