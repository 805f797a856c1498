import Casework
import Hummingbird
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

/// Answers without files: no records, moved on, more time, not the right person.
extension AnswerRoom {
    func noRecordsPage(_ task: AnswerTask, _ seat: Seat, _ form: Form) -> NoRecordsPage {
        let chosen = form.values[.reason].flatMap(ReasonCode.init(rawValue:))
        func choices(_ reasons: [ReasonCode]) -> [Choice<ReasonCode>] {
            Choice.list(reasons, chosen: chosen.map { [$0] } ?? [])
        }
        let isRest = task.isSentInPart
        return NoRecordsPage(
            base: seat.base,
            number: task.request.number,
            studentName: task.request.student.name.full,
            reasons: choices(isRest ? ReasonCode.forRest : ReasonCode.forRefusing),
            others: isRest ? [] : choices(ReasonCode.forRefusingSeldom),
            concealed: isRest ? [] : choices(ReasonCode.forRefusingConcealed),
            keepers: isRest
                ? [] : Choice.list(task.keepers, chosen: keeper(form.values[.keptBy])),
            isRest: isRest,
            form: form
        )
    }

    func sayNoRecords(
        _ visit: Visit,
        _ task: AnswerTask,
        _ seat: Seat,
        _ frame: Framing
    ) async throws -> Response {
        var form = Form(visit.form.typed(.reason, .keptBy, .note))
        let reason = ReasonCode(rawValue: visit.form[.reason])
        let chosen = keeper(visit.form[.keptBy]).first
        let offered =
            task.isSentInPart
            ? ReasonCode.forRest
            : ReasonCode.forRefusing + ReasonCode.forRefusingSeldom
                + ReasonCode.forRefusingConcealed
        if reason.map(offered.contains) != true {
            form.problems.append(FieldProblem(.reason, .reasonMissing))
        }
        // "Will not be sent" always needs a word of why (X12 refusal E3).
        if reason == .willNotSend, visit.form[.note].isEmpty {
            form.problems.append(FieldProblem(.note, .noteMissing))
        }
        if reason == .feesOwed, task.request.isFreeOfFees {
            form.problems.append(FieldProblem(.reason, .feesHoldNothing))
        }
        if reason == .schoolClosed, !task.isSentInPart {
            switch chosen {
            case nil: form.problems.append(FieldProblem(.keptBy, .keeperMissing))
            case .elsewhere where visit.form[.note].isEmpty:
                form.problems.append(FieldProblem(.note, .noteMissing))
            case .district, .elsewhere: break
            }
        }
        checkNote(&form)
        guard form.problems.isEmpty, let reason else {
            return frame(noRecordsPage(task, seat, form), .unprocessableContent)
        }
        let note = visit.form[.note]
        let result =
            reason == .schoolClosed && chosen == .district && !task.isSentInPart
            ? try await desk.answerSchoolClosed(
                seat.inquiry,
                keptBy: .district(task.holder.district),
                note: note,
                by: seat.answerer
            ) : try await desk.refuse(seat.inquiry, reason: reason, note: note, by: seat.answerer)
        let (outcome, isOpen) = outcome(task, result)
        return frame(done(task, seat, outcome, canAnswerStill: isOpen), .ok)
    }

    /// What the clerk reads, and whether they can still answer.
    private func outcome(
        _ task: AnswerTask,
        _ result: RefusalOutcome
    ) -> (AnswerOutcome, isOpen: Bool) {
        let requester = task.requester.name
        return switch result {
        case .ended where task.isSentInPart: (.restNotComing(requester: requester), false)
        case .ended: (.noRecords(requester: requester), false)
        case .asksRequester: (.askedFirst(requester: requester), true)
        case .waits(let day): (.onHold(day: day), true)
        case .asksKeeper: (.keptElsewhere(keeper: task.holder.districtName), false)
        }
    }

    func movedOnPage(
        _ task: AnswerTask,
        _ seat: Seat,
        _ visit: Visit,
        _ form: Form
    ) async throws -> MovedOnPage {
        MovedOnPage(
            base: seat.base,
            number: task.request.number,
            studentName: task.request.student.name.full,
            search: try await schools.search(visit),
            form: form
        )
    }

    func sayMovedOn(
        _ visit: Visit,
        _ task: AnswerTask,
        _ seat: Seat,
        _ frame: Framing
    ) async throws -> Response {
        var form = Form(visit.form.typed(.school, .note))
        checkNote(&form)
        let typed = visit.form[.school]
        let school = SchoolID(typed)
        if !typed.isEmpty, school == nil {
            form.problems.append(FieldProblem(.school, .schoolUnknown))
        }
        guard form.problems.isEmpty else {
            let page = try await movedOnPage(task, seat, visit, form)
            return frame(page, .unprocessableContent)
        }
        do {
            try await desk.answerMovedOn(
                seat.inquiry,
                to: school,
                note: visit.form[.note],
                by: seat.answerer
            )
        } catch CaseworkFailure.schoolUnknown {
            form.problems.append(FieldProblem(.school, .schoolUnknown))
            let page = try await movedOnPage(task, seat, visit, form)
            return frame(page, .unprocessableContent)
        }
        let outcome = try await outcome(task, movedTo: school)
        return frame(done(task, seat, outcome, canAnswerStill: false), .ok)
    }

    /// Whether the school that was named is asked by itself depends on how sure the locator is.
    private func outcome(
        _ task: AnswerTask,
        movedTo school: SchoolID?
    ) async throws -> AnswerOutcome {
        let requester = task.requester.name
        guard let school, let name = try await desk.school(school)?.name else {
            return .movedOnSomewhere(requester: requester)
        }
        return try await desk.isAsked(school, alsoFor: task.inquiry.id)
            ? .movedOn(school: name) : .movedOnPerhaps(school: name, requester: requester)
    }

    func moreTimePage(_ task: AnswerTask, _ seat: Seat, _ form: Form) -> MoreTimePage {
        MoreTimePage(
            base: seat.base,
            number: task.request.number,
            studentName: task.request.student.name.full,
            latest: desk.time.today(in: task.holder.state).advanced(by: Self.longestPromise),
            waits: Choice.list(
                HoldCondition.Code.allCases,
                chosen: form.values[.waits].flatMap(HoldCondition.Code.init(rawValue:))
                    .map { [$0] } ?? []
            ),
            form: form
        )
    }

    func sayMoreTime(
        _ visit: Visit,
        _ task: AnswerTask,
        _ seat: Seat,
        _ frame: Framing
    ) async throws -> Response {
        var form = Form(visit.form.typed(.waits, .promiseMonth, .promiseDay, .promiseYear, .note))
        checkNote(&form)
        let today = desk.time.today(in: task.holder.state)
        let latest = today.advanced(by: Self.longestPromise)
        var named: CivilDate?
        let waits = HoldCondition.Code(rawValue: visit.form[.waits])
        if waits == nil { form.problems.append(FieldProblem(.waits, .waitsMissing)) }
        if waits == .other, !visit.form[.note].utf8.contains(where: { $0 > 32 }) {
            form.problems.append(FieldProblem(.note, .noteMissing))
        }
        switch RequestDraft.date(
            month: visit.form[.promiseMonth],
            day: visit.form[.promiseDay],
            year: visit.form[.promiseYear]
        ) {
        case .missing where waits == .now || waits == .afterSpecifiedDate:
            form.problems.append(FieldProblem(.promise, .promiseMissing))
        case .missing: break
        case .impossible: form.problems.append(FieldProblem(.promise, .promiseImpossible))
        case .day(let day) where day <= today:
            form.problems.append(FieldProblem(.promise, .promiseInPast))
        case .day(let day) where day > latest:
            form.problems.append(FieldProblem(.promise, .promiseTooFar(latest: latest)))
        case .day(let day): named = day
        }
        guard form.problems.isEmpty, let waits else {
            return frame(moreTimePage(task, seat, form), .unprocessableContent)
        }
        let note = visit.form[.note]
        if let condition = HoldCondition(waits, until: named) {
            try await desk.hold(seat.inquiry, condition, note: note, by: seat.answerer)
            let again = try await desk.answerTask(seat.inquiry, by: seat.answerer).answerBy
            return frame(done(task, seat, .onHold(day: again), canAnswerStill: true), .ok)
        }
        guard let named else { return frame(moreTimePage(task, seat, form), .unprocessableContent) }
        try await desk.promise(seat.inquiry, day: named, note: note, by: seat.answerer)
        return frame(done(task, seat, .promised(day: named), canAnswerStill: true), .ok)
    }

    func questionPage(_ task: AnswerTask, _ seat: Seat, _ form: Form) -> AskBackPage {
        AskBackPage(
            base: seat.base,
            number: task.request.number,
            studentName: task.request.student.name.full,
            requester: task.requester.name,
            form: form
        )
    }

    func askQuestion(
        _ visit: Visit,
        _ task: AnswerTask,
        _ seat: Seat,
        _ frame: Framing
    ) async throws -> Response {
        var form = Form(visit.form.typed(.note))
        checkNote(&form)
        if !visit.form[.note].utf8.contains(where: { $0 > 32 }) {
            form.problems.append(FieldProblem(.note, .noteMissing))
        }
        guard form.problems.isEmpty else {
            return frame(questionPage(task, seat, form), .unprocessableContent)
        }
        try await desk.askRequester(
            seat.inquiry,
            question: visit.form[.note],
            by: seat.answerer
        )
        let outcome = AnswerOutcome.questionAsked(requester: task.requester.name)
        return frame(done(task, seat, outcome, canAnswerStill: true), .ok)
    }

    func notMePage(_ task: AnswerTask, _ seat: Seat) -> NotMePage {
        NotMePage(
            path: seat.base + "/not-me",
            backPath: seat.base + "/records",
            holder: task.holder.name,
            number: task.request.number
        )
    }

    func checkNote(_ form: inout Form) {
        let limit = RequestDraft.longestMessage
        if (form.values[.note] ?? "").utf8.count > limit {
            form.problems.append(FieldProblem(.note, .tooLong(limit: limit)))
        }
    }
}

/// What was chosen of who keeps the records: a list of one at most.
private func keeper(_ typed: String?) -> [Keeper] {
    typed.flatMap(Keeper.init(rawValue:)).map { [$0] } ?? []
}

extension AnswerTask {
    /// Who may keep the records of a school that closed: its district, unless that is asked here.
    fileprivate var keepers: [Keeper] {
        inquiry.holder == .district(holder.district) ? [.elsewhere] : Keeper.allCases
    }

    /// Some of it came: whoever sends nothing more speaks of the rest.
    var isSentInPart: Bool { inquiry.status == .partlySent }
}
