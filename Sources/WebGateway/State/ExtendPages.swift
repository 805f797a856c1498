import Casework
import Hummingbird
import RecordExchange
import Rendering
import Vocabulary

/// Giving a school more time.
extension StaffRoom {
    func extendPage(_ visit: StaffVisit) async throws -> Response {
        try await extendPage(visit, form: .empty)
    }

    private func extendPage(_ visit: StaffVisit, form: Form) async throws -> Response {
        let number = try number(visit)
        let offer = try await desk.extensionOffer(of: number, by: visit.actor)
        let page = ExtendPage(
            path: StaffRoute.submitQueueExtend.path(number.description).description,
            backPath: StaffRoute.queueRow.path(number.description).description,
            number: number,
            holder: offer.school.name,
            latest: offer.latest,
            law: offer.lawfulUntil,
            given: offer.givenUntil,
            promised: offer.promisedFor,
            form: form
        )
        return frame.page(
            page,
            visit,
            door: .queue,
            status: form.problems.isEmpty ? .ok : .unprocessableContent
        )
    }

    func extend(_ visit: StaffVisit) async throws -> Response {
        let number = try number(visit)
        let typed = visit.visit.form
        var form = Form(
            typed.typed(.extendedMonth, .extendedDay, .extendedYear, .extensionReason)
        )
        let offer = try await desk.extensionOffer(of: number, by: visit.actor)
        // Nothing is to be mended in the form: the page says what can be done instead.
        guard let latest = offer.latest else {
            return try await extendPage(visit, form: form)
        }
        var named: CivilDate?
        switch RequestDraft.date(
            month: typed[.extendedMonth],
            day: typed[.extendedDay],
            year: typed[.extendedYear]
        ) {
        case .missing: form.problems.append(FieldProblem(.extended, .promiseMissing))
        case .impossible: form.problems.append(FieldProblem(.extended, .promiseImpossible))
        case .day(let day) where day <= offer.today:
            form.problems.append(FieldProblem(.extended, .promiseInPast))
        case .day(let day) where day <= offer.after:
            form.problems.append(FieldProblem(.extended, .notAfterPromise(day: offer.after)))
        case .day(let day) where day > latest:
            form.problems.append(FieldProblem(.extended, .promiseTooFar(latest: latest)))
        case .day(let day): named = day
        }
        let reason = typed[.extensionReason]
        let limit = RequestDraft.longestMessage
        if !reason.utf8.contains(where: { $0 > 32 }) {
            form.problems.append(FieldProblem(.extensionReason, .noteMissing))
        } else if reason.utf8.count > limit {
            form.problems.append(FieldProblem(.extensionReason, .tooLong(limit: limit)))
        }
        guard form.problems.isEmpty, let named else {
            return try await extendPage(visit, form: form)
        }
        do {
            try await desk.extend(number, until: named, note: reason, by: visit.actor)
        } catch CaseworkFailure.alreadyThere {
            // The button was pressed twice.
            return seeOther(.queueRow, number.description, done: .nothingDone)
        }
        return seeOther(.queueRow, number.description, done: .extended)
    }
}
