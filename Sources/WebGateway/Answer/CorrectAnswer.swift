import Casework
import Hummingbird
package import RecordExchange
import Rendering
package import StudentRecords
import Vocabulary

/// Whoever sent records by a link corrects them after the end: nothing of the student is shown, so
/// what was said of parts that are not in files stays as it was.
extension AnswerRoom {
    func correction(
        _ visit: Visit,
        at seat: Seat,
        _ frame: Framing
    ) async throws -> Response {
        if let receipt = visit.query["sent"] {
            let sent = try await desk.sentCorrection(
                receipt,
                of: seat.inquiry,
                by: seat.answerer
            )
            return frame(try donePage(sent, seat, proof: visit.query["read"]), .ok)
        }
        if let page = try await answerPage(at: seat) { return .seeOther(page) }
        let sent = try await desk.sentBundles(of: seat.inquiry, by: seat.answerer)
        return frame(try correctionPage(sent, seat, .empty), .ok)
    }

    func sendCorrection(
        _ visit: Visit,
        at seat: Seat,
        _ frame: Framing
    ) async throws -> Response {
        if let page = try await answerPage(at: seat) { return .seeOther(page) }
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
            from: source(chosen.holder),
            about: nil
        )
        let record = try await recordFile(reading)
        let stored = files + (record.map { [$0] } ?? [])
        let submission = AnswerSubmission(
            parts: Self.parts(after: chosen.parts, in: reading.record),
            files: stored,
            isComplete: true,
            name: fields[.name],
            title: fields[.title],
            note: fields[.note],
            asCertifyingOfficial: false,
            replaces: [chosen.id]
        )
        let bundle: RecordBundle
        do {
            bundle = try await desk.answer(seat.inquiry, with: submission, by: seat.answerer)
        } catch let refusal as CaseworkFailure {
            // Refused before anything was on file: no answer refers to them.
            for file in stored { try? drop.remove(file.id) }
            throw refusal
        }
        await inspect(bundle.id)
        let proof = record.map { "&read=" + Self.proof(of: $0.digest.description) } ?? ""
        let path = seat.base + "/correct?sent=" + bundle.receiptNumber + proof
        guard let outcome = LocalPath(path) else { throw GatewayFailure.notFound }
        return .seeOther(outcome)
    }

    /// Where records are sent as long as they can be; `nil` after the end.
    private func answerPage(at seat: Seat) async throws -> LocalPath? {
        do {
            _ = try await desk.answerTask(seat.inquiry, by: seat.answerer)
        } catch CaseworkFailure.link(.closed) {
            return nil
        }
        return LocalPath(seat.base + "/records")
    }

    /// What is said of each part when other files take the place of those that held it.
    ///
    /// A part of which there was a file may be in the new ones, and what is read in them is there.
    package static func parts(
        after earlier: [RecordBundle.Part],
        in record: StudentRecord
    ) -> [RecordBundle.Part] {
        let readable = record.readableParts
        return RecordPart.allCases.compactMap { part in
            let said = earlier.first { $0.part == part }
            if readable.contains(part) { return RecordBundle.Part(part: part, status: .sent) }
            return said?.status == .sent ? RecordBundle.Part(part: part, status: .unsaid) : said
        }
    }

    /// Places name files, and those often hold the student's name: only the browser that comes from
    /// sending sees what could not be read.
    private func donePage(
        _ sent: SentCorrection,
        _ seat: Seat,
        proof: String?
    ) throws -> CorrectionDonePage {
        let isOwn = sent.bundle.recordFile.map { Self.proof(of: $0.sha256) } == proof
        return CorrectionDonePage(
            number: sent.number,
            receipt: sent.bundle.receiptNumber,
            outcome: .corrected(requester: sent.requester.name),
            held: sent.held,
            problems: try isOwn
                ? problems(
                    of: sent.bundle,
                    read: reading(of: sent.bundle),
                    seat,
                    proof: proof,
                    // A bound may be the student's birth date, and the request has ended.
                    showsDays: false
                ) : ProblemList()
        )
    }

    private static func problems(_ upload: UploadOutcome, hasChosen: Bool) -> [FieldProblem] {
        let fields = upload.fields
        var problems = upload.refusals.map(\.problem)
        if !hasChosen { problems.append(FieldProblem(.corrected, .recalledMissing)) }
        if upload.files.isEmpty, upload.refusals.isEmpty {
            problems.append(FieldProblem(.files, .correctionMissing))
        }
        return problems + unnamed(fields) + overlong(fields)
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
            fileLimit: ByteCount(limits.file),
            form: form
        )
    }
}
