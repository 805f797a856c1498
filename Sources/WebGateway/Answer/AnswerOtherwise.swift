import Casework
import Hummingbird
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

/// Answers without files: no records, moved on, more time, not the right person.
extension AnswerRoom {
    // What a clerk can say by one click; the full list of codes belongs to staff.
    private static let reasons: [ReasonCode] = [
        .neverEnrolled, .cannotIdentify, .destroyedUnderSchedule, .stillEnrolledHere, .willNotSend,
    ]

    func noRecordsPage(_ task: AnswerTask, _ seat: Seat, _ form: Form) -> NoRecordsPage {
        let chosen = form.values[.reason].flatMap(ReasonCode.init(rawValue:))
        return NoRecordsPage(
            base: seat.base,
            number: task.request.number,
            studentName: task.request.student.name.full,
            reasons: Choice.list(Self.reasons, chosen: chosen.map { [$0] } ?? []),
            form: form
        )
    }

    func sayNoRecords(
        _ visit: Visit,
        _ task: AnswerTask,
        _ seat: Seat,
        _ frame: Framing
    ) async throws -> Response {
        var form = Form(visit.form.typed(.reason, .note))
        let reason = ReasonCode(rawValue: visit.form[.reason])
        if reason.map(Self.reasons.contains) != true {
            form.problems.append(FieldProblem(.reason, .reasonMissing))
        }
        // "Will not be sent" always needs a word of why (X12 refusal E3).
        if reason == .willNotSend, visit.form[.note].isEmpty {
            form.problems.append(FieldProblem(.note, .noteMissing))
        }
        checkNote(&form)
        guard form.problems.isEmpty, let reason else {
            return frame(noRecordsPage(task, seat, form), .unprocessableContent)
        }
        try await desk.refuse(
            seat.inquiry,
            reason: reason,
            note: visit.form[.note],
            by: seat.answerer
        )
        let outcome = AnswerOutcome.noRecords(requester: task.requester.name)
        return frame(done(task, seat, outcome, canAnswerStill: false), .ok)
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
        let name = try await school.asyncMap { try await desk.school($0)?.name }
        let outcome: AnswerOutcome =
            switch name {
            case let name??: .movedOn(school: name)
            default: .movedOnSomewhere(requester: task.requester.name)
            }
        return frame(done(task, seat, outcome, canAnswerStill: false), .ok)
    }

    func moreTimePage(_ task: AnswerTask, _ seat: Seat, _ form: Form) -> MoreTimePage {
        MoreTimePage(
            base: seat.base,
            number: task.request.number,
            studentName: task.request.student.name.full,
            latest: desk.time.today(in: task.holder.state).advanced(by: Self.longestPromise),
            form: form
        )
    }

    func sayMoreTime(
        _ visit: Visit,
        _ task: AnswerTask,
        _ seat: Seat,
        _ frame: Framing
    ) async throws -> Response {
        var form = Form(visit.form.typed(.promiseMonth, .promiseDay, .promiseYear, .note))
        checkNote(&form)
        let today = desk.time.today(in: task.holder.state)
        let latest = today.advanced(by: Self.longestPromise)
        var promised: CivilDate?
        switch RequestDraft.date(
            month: visit.form[.promiseMonth],
            day: visit.form[.promiseDay],
            year: visit.form[.promiseYear]
        ) {
        case .missing: form.problems.append(FieldProblem(.promise, .promiseMissing))
        case .impossible: form.problems.append(FieldProblem(.promise, .promiseImpossible))
        case .day(let day) where day <= today:
            form.problems.append(FieldProblem(.promise, .promiseInPast))
        case .day(let day) where day > latest:
            form.problems.append(FieldProblem(.promise, .promiseTooFar(latest: latest)))
        case .day(let day): promised = day
        }
        guard form.problems.isEmpty, let promised else {
            return frame(moreTimePage(task, seat, form), .unprocessableContent)
        }
        try await desk.promise(
            seat.inquiry,
            day: promised,
            note: visit.form[.note],
            by: seat.answerer
        )
        return frame(done(task, seat, .promised(day: promised), canAnswerStill: true), .ok)
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

    private func checkNote(_ form: inout Form) {
        let limit = RequestDraft.longestMessage
        if (form.values[.note] ?? "").utf8.count > limit {
            form.problems.append(FieldProblem(.note, .tooLong(limit: limit)))
        }
    }
}

extension Optional {
    func asyncMap<Result>(_ transform: (Wrapped) async throws -> Result) async rethrows -> Result? {
        guard let self else { return nil }
        return try await transform(self)
    }
}
