import Casework
import Hummingbird
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

/// Files that came by mail: whoever may answer says that they are the answer, or throws them away.
extension AnswerRoom {
    func mailedPage(
        _ task: AnswerTask,
        _ seat: Seat,
        answers: FormFields? = nil,
        problems: [FieldProblem] = []
    ) async throws -> MailedPage {
        let mails = try await desk.mailedFiles(seat.inquiry, by: seat.answerer)
        let page = recordsPage(task, seat, answers: answers ?? FormFields(), problems: problems)
        let chosen = answers.map { Set($0.all(FieldName.files.rawValue)) }
        return MailedPage(
            base: seat.base,
            number: page.number,
            student: page.student,
            holder: page.holder,
            requester: page.requester,
            files: mails.flatMap { mail in
                mail.files.map { file in
                    MailedPage.MailedRow(
                        id: file.id.description,
                        name: file.name,
                        size: ByteCount(file.byteCount),
                        cameAt: desk.time.local(mail.receivedAt, in: task.holder.state),
                        isChosen: chosen?.contains(file.id.description) ?? true
                    )
                }
            },
            refused: mails.flatMap(\.refused).map { refused in
                MailedPage.RefusedRow(name: refused.name, reason: refused.reason)
            },
            // Nothing is passed on here: that is for the page where records are added.
            parts: page.parts.map { $0.without(.colleague) },
            complete: page.complete,
            reasons: page.reasons,
            isInPart: task.isInPart,
            form: page.form
        )
    }

    /// The same answer as with an upload, made of what lies here already.
    func sendMailed(
        _ visit: Visit,
        _ task: AnswerTask,
        _ seat: Seat,
        _ frame: Framing
    ) async throws -> Response {
        let fields = visit.form
        let chosen = Self.chosenFiles(fields)
        let files = try await desk.mailedFiles(seat.inquiry, by: seat.answerer)
            .flatMap(\.files).filter { chosen.contains($0.id) }
        // Somebody else was faster; the page shows what is left.
        guard files.count == chosen.count else { throw CaseworkFailure.notPossibleNow }
        var problems = files.isEmpty ? [FieldProblem(.files, .mailedFilesMissing)] : []
        let complete = task.isInPart ? .no : CompleteWord(rawValue: fields[.complete])
        problems += Self.troubles(in: fields, complete, of: task.request)
        let (reading, hasOtherFiles) = try structured(
            typed: [],
            uploads: files,
            from: source(task),
            about: task.request.student
        )
        let parts = parts(fields, task, reading.record, hasOtherFiles)
        if problems.isEmpty, complete == .yes {
            problems += lacking(parts, task).map { part in
                FieldProblem(.parts, .partNotSaid(part: part), at: PartQuestion.input(part))
            }
        }
        guard problems.isEmpty, let complete else {
            let page = try await mailedPage(task, seat, answers: fields, problems: problems)
            return frame(page, .unprocessableContent)
        }
        let record = try await recordFile(reading)
        let submission = AnswerSubmission(
            parts: parts,
            files: files + (record.map { [$0] } ?? []),
            isComplete: complete == .yes,
            name: fields[.name],
            title: fields[.title],
            note: fields[.note],
            asCertifyingOfficial: false
        )
        do {
            _ = try await desk.answer(
                seat.inquiry,
                confirming: chosen,
                with: submission,
                by: seat.answerer
            )
        } catch let refusal as CaseworkFailure {
            // The files wait on; what was made of them is of no use.
            if let record { try? drop.remove(record.id) }
            throw refusal
        }
        let proof = record.map { "?sent=" + Self.proof(of: $0.digest.description) } ?? ""
        guard let receipt = LocalPath(seat.base + "/receipt" + proof) else {
            throw GatewayFailure.notFound
        }
        return .seeOther(receipt)
    }

    func discardMailed(
        _ visit: Visit,
        _ task: AnswerTask,
        _ seat: Seat,
        _ frame: Framing
    ) async throws -> Response {
        let chosen = Self.chosenFiles(visit.form)
        guard !chosen.isEmpty else {
            let problem = FieldProblem(.files, .mailedFilesMissing)
            let page = try await mailedPage(task, seat, answers: visit.form, problems: [problem])
            return frame(page, .unprocessableContent)
        }
        let gone = try await desk.discardMailed(chosen, of: seat.inquiry, by: seat.answerer)
        for file in gone { try? drop.remove(file) }
        guard let page = LocalPath(seat.base + "/mailed") else { throw GatewayFailure.notFound }
        return .seeOther(page)
    }

    private static func chosenFiles(_ fields: FormFields) -> Set<DroppedFile.ID> {
        Set(fields.all(FieldName.files.rawValue).compactMap { DroppedFile.ID($0) })
    }
}

extension PartQuestion {
    fileprivate func without(_ answer: PartAnswer) -> Self {
        Self(
            part: part,
            choices: choices.filter { $0.value != answer.rawValue },
            earlier: earlier,
            notYetHeld: notYetHeld,
            troubles: troubles
        )
    }
}
