import Casework
import Hummingbird
import RecordExchange
import Rendering
import Vocabulary

/// Whoever sent records by a link corrects them after the end: nothing of the student is shown, so
/// what was said of each part stays as it was.
extension AnswerRoom {
    func correction(at seat: Seat, _ frame: Framing) async throws -> Response {
        let sent = try await desk.sentBundles(of: seat.inquiry, by: seat.answerer)
        return frame(try correctionPage(sent, seat, .empty), .ok)
    }

    func sendCorrection(
        _ visit: Visit,
        at seat: Seat,
        _ frame: Framing
    ) async throws -> Response {
        let sent = try await desk.sentBundles(of: seat.inquiry, by: seat.answerer)
        // Nothing is received in vain.
        guard sent.contains(where: \.canCorrect) else {
            return frame(try correctionPage(sent, seat, .empty), .unprocessableContent)
        }
        let upload = try await visit.upload().receive(into: drop, limits: limits)
        let fields = upload.fields
        let files = upload.files.map(\.file)
        let chosen = sent.first { $0.canCorrect && $0.id.description == fields[.corrected] }
        let problems = Self.problems(upload, hasChosen: chosen != nil)
        guard let chosen, problems.isEmpty else {
            for file in files { try? drop.remove(file.id) }
            let form = Form(
                fields.typed(.note, .name, .title, .corrected),
                problems: problems
            )
            return frame(try correctionPage(sent, seat, form), .unprocessableContent)
        }
        let (reading, _) = try structured(
            typed: [],
            uploads: files,
            from: source(chosen.holder)
        )
        let record = try await recordFile(reading)
        let stored = files + (record.map { [$0] } ?? [])
        let submission = AnswerSubmission(
            parts: chosen.parts,
            files: stored,
            isComplete: true,
            name: fields[.name],
            title: fields[.title],
            note: fields[.note],
            asCertifyingOfficial: false,
            replaces: [chosen.id]
        )
        do {
            let bundle = try await desk.answer(seat.inquiry, with: submission, by: seat.answerer)
            await inspect(bundle.id)
        } catch let refusal as CaseworkFailure {
            // Refused before anything was on file: no answer refers to them.
            for file in stored { try? drop.remove(file.id) }
            throw refusal
        }
        let page = AnswerDonePage(
            base: seat.base,
            number: chosen.number,
            outcome: .corrected(requester: chosen.requester.name),
            canAnswerStill: false,
            coverPath: ""
        )
        return frame(page, .ok)
    }

    private static func problems(_ upload: UploadOutcome, hasChosen: Bool) -> [FieldProblem] {
        let fields = upload.fields
        var problems = upload.refusals.map(\.problem)
        if !hasChosen { problems.append(FieldProblem(.corrected, .recalledMissing)) }
        if upload.files.isEmpty, upload.refusals.isEmpty {
            problems.append(FieldProblem(.files, .correctionMissing))
        }
        if !fields[.name].utf8.contains(where: { $0 > 32 }) {
            problems.append(FieldProblem(.name, .missing))
        }
        for field in [FieldName.name, .title, .note]
        where fields[field].utf8.count > RequestDraft.longestMessage {
            problems.append(FieldProblem(field, .tooLong(limit: RequestDraft.longestMessage)))
        }
        return problems
    }

    private func correctionPage(
        _ sent: [SentBundle],
        _ seat: Seat,
        _ form: Form
    ) throws -> CorrectAnswerPage {
        guard let first = sent.first else { throw CaseworkFailure.link(.closed) }
        let open = sent.filter(\.canCorrect)
        return CorrectAnswerPage(
            base: seat.base,
            number: first.number,
            requester: first.requester.name,
            rows: open.map { bundle in
                let id = bundle.id.description
                return CorrigibleRow(
                    bundle: id,
                    answeredAt: desk.time.local(bundle.answeredAt, in: bundle.holder.state),
                    files: bundle.files,
                    isChosen: form.values[.corrected] == id || open.count == 1
                )
            },
            form: form
        )
    }
}
