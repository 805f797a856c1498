import Casework
import Hummingbird
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

/// Papers in the post, and an office with nobody in it.
extension AnswerRoom {
    func paperPage(_ task: AnswerTask, _ seat: Seat, _ form: Form) -> PaperPage {
        PaperPage(
            base: seat.base,
            number: task.request.number,
            studentName: task.request.student.name.full,
            form: form
        )
    }

    func mailPaper(
        _ visit: Visit,
        _ task: AnswerTask,
        _ seat: Seat,
        _ frame: Framing
    ) async throws -> Response {
        var form = Form(visit.form.typed(.mailedMonth, .mailedDay, .mailedYear, .note))
        checkNote(&form)
        let today = desk.time.today(in: task.holder.state)
        let mailed = day(
            in: visit,
            [.mailedMonth, .mailedDay, .mailedYear],
            of: .mailed,
            from: today,
            today: today,
            (.mailedMissing, .mailedImpossible, .mailedInPast),
            &form
        )
        guard form.problems.isEmpty, let mailed else {
            return frame(paperPage(task, seat, form), .unprocessableContent)
        }
        try await desk.mailPaper(
            seat.inquiry,
            on: mailed,
            note: visit.form[.note],
            by: seat.answerer
        )
        let page = done(
            task,
            seat,
            .paperMailed(day: mailed),
            canAnswerStill: true,
            coverPath: seat.base + "/cover"
        )
        return frame(page, .ok)
    }

    func coverSheetPage(_ task: AnswerTask, _ seat: Seat) -> CoverSheetPage {
        let number = task.request.number
        return CoverSheetPage(
            base: seat.base,
            number: number,
            barcode: Barcode(number.description),
            holder: task.holder.name,
            holderPlace: schools.place(task.holder),
            holderPhone: task.holder.phone ?? "",
            requester: task.requester.name,
            requesterPlace: schools.place(task.requester),
            requesterPhone: task.requester.phone ?? "",
            attention: task.requesterPerson
        )
    }

    func awayPage(_ task: AnswerTask, _ seat: Seat, _ form: Form) -> AwayPage {
        AwayPage(
            base: seat.base,
            number: task.request.number,
            holder: task.holder.name,
            form: form
        )
    }

    func sayAway(
        _ visit: Visit,
        _ task: AnswerTask,
        _ seat: Seat,
        _ frame: Framing
    ) async throws -> Response {
        var form = Form(visit.form.typed(.backMonth, .backDay, .backYear))
        let today = desk.time.today(in: task.holder.state)
        let back = day(
            in: visit,
            [.backMonth, .backDay, .backYear],
            of: .back,
            from: today.advanced(by: 1),
            today: today,
            (.backMissing, .backImpossible, .backInPast),
            &form
        )
        guard form.problems.isEmpty, let back else {
            return frame(awayPage(task, seat, form), .unprocessableContent)
        }
        try await desk.sayAway(seat.inquiry, until: back, by: seat.answerer)
        return frame(done(task, seat, .away(day: back), canAnswerStill: true), .ok)
    }

    private func day(
        in visit: Visit,
        _ boxes: [FieldName],
        of field: FieldName,
        from first: CivilDate,
        today: CivilDate,
        _ troubles: (missing: FieldTrouble, impossible: FieldTrouble, past: FieldTrouble),
        _ form: inout Form
    ) -> CivilDate? {
        let typed = boxes.map { visit.form[$0] }
        let latest = today.advanced(by: Desk.farthestDay)
        let trouble: FieldTrouble
        switch RequestDraft.date(month: typed[0], day: typed[1], year: typed[2]) {
        case .missing: trouble = troubles.missing
        case .impossible: trouble = troubles.impossible
        case .day(let day) where day < first: trouble = troubles.past
        case .day(let day) where day > latest: trouble = .dayTooFar(latest: latest)
        case .day(let day): return day
        }
        form.problems.append(FieldProblem(field, trouble))
        return nil
    }
}
