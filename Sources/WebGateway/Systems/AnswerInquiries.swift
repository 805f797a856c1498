import Casework
import HTTPTypes
import Hummingbird
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

/// Answering for a holder.
extension SystemRoom {
    func inquiries(_ visit: SystemVisit) async throws -> Response {
        let asked = try pageAsked(visit)
        let page = try await desk.inbox(by: visit.actor, start: asked.start, limit: asked.limit)
        return .json(
            SystemView.List(
                items: page.items.map(SystemView.WaitingItem.init),
                next: page.after?.description
            )
        )
    }

    func inquiryView(
        _ inquiry: Inquiry.ID,
        _ visit: SystemVisit
    ) async throws -> SystemView.InquiryItem {
        SystemView.InquiryItem(try await desk.answerTask(inquiry, by: .staff(visit.actor)))
    }

    func promise(_ visit: SystemVisit) async throws -> Response {
        let inquiry: Inquiry.ID = try visit.identifier("inquiry")
        let (day, note) = try visit.read { reader in
            let typed = reader.text("date", isRequired: true)
            let day = CivilDate(iso8601: typed)
            if day == nil, !typed.isEmpty {
                reader.note("date", "must be a date such as 2026-07-08")
            }
            return (day, reader.text("note", limit: RequestDraft.longestMessage))
        }
        guard let day else { throw SystemProblem(.invalid) }
        let task = try await desk.answerTask(inquiry, by: .staff(visit.actor))
        let latest = desk.time.today(in: task.holder.state).advanced(by: AnswerRoom.longestPromise)
        guard day <= latest else {
            throw SystemProblem(
                .invalid,
                issues: [.init(pointer: "/date", detail: "must not lie after \(latest)")]
            )
        }
        try await desk.promise(inquiry, day: day, note: note, by: .staff(visit.actor))
        return .json(try await inquiryView(inquiry, visit))
    }

    func hold(_ visit: SystemVisit) async throws -> Response {
        let inquiry: Inquiry.ID = try visit.identifier("inquiry")
        let (condition, note) = try visit.read { reader in
            let code = reader.choice(
                "condition",
                of: HoldCondition.Code.self,
                isRequired: true
            )
            let typed = reader.text("until")
            let until = CivilDate(iso8601: typed)
            if until == nil, !typed.isEmpty {
                reader.note("until", "must be a date such as 2026-07-08")
            }
            if code == .now { reader.note("condition", "is none: promise a day instead") }
            if code == .afterSpecifiedDate, typed.isEmpty {
                reader.note("until", "is missing for afterSpecifiedDate")
            }
            let note = reader.text("note", limit: RequestDraft.longestMessage)
            if code == .other, !note.utf8.contains(where: { $0 > 32 }) {
                reader.note("note", "is missing for other")
            }
            return (code.flatMap { HoldCondition($0, until: until) }, note)
        }
        guard let condition else { throw SystemProblem(.invalid) }
        let task = try await desk.answerTask(inquiry, by: .staff(visit.actor))
        let latest = desk.time.today(in: task.holder.state).advanced(by: AnswerRoom.longestPromise)
        if let until = condition.until, until > latest {
            throw SystemProblem(
                .invalid,
                issues: [.init(pointer: "/until", detail: "must not lie after \(latest)")]
            )
        }
        try await desk.hold(inquiry, condition, note: note, by: .staff(visit.actor))
        return .json(try await inquiryView(inquiry, visit))
    }

    func refuse(_ visit: SystemVisit) async throws -> Response {
        let inquiry: Inquiry.ID = try visit.identifier("inquiry")
        let (reason, note, next, keeper) = try visit.read { reader in
            let reason = reader.choice("reason", of: ReasonCode.self, isRequired: true)
            let note = reader.text("note", limit: RequestDraft.longestMessage)
            if let reason, reason.family != .refusal {
                reader.note("reason", "must be one of E1 to E7 or M1 to M10")
            }
            if reason == .willNotSend, note.isEmpty { reader.note("note", "is missing for E3") }
            let typed = reader.text("movedTo")
            let school = typed.isEmpty ? nil : Self.school(typed)
            if !typed.isEmpty, school == nil {
                reader.note("movedTo", "must be a school's number")
            } else if school != nil, reason != .movedOn {
                reader.note("movedTo", "goes with M1 only")
            }
            let named = reader.text("keptBy")
            let keeper = OrganizationID(named)
            if !named.isEmpty, keeper == nil {
                reader.note("keptBy", "must be an organization such as district:4800001")
            } else if keeper != nil, reason != .schoolClosed {
                reader.note("keptBy", "goes with M2 only")
            }
            return (reason, note, school, keeper)
        }
        guard let reason else { throw SystemProblem(.invalid) }
        if reason == .movedOn {
            try await desk.answerMovedOn(inquiry, to: next, note: note, by: .staff(visit.actor))
        } else if let keeper {
            do {
                try await desk.answerSchoolClosed(
                    inquiry,
                    keptBy: keeper,
                    note: note,
                    by: .staff(visit.actor)
                )
            } catch CaseworkFailure.schoolUnknown {
                let detail = "must be the school's district or an archive of the directory"
                throw SystemProblem(.invalid, issues: [.init(pointer: "/keptBy", detail: detail)])
            }
        } else {
            try await desk.refuse(inquiry, reason: reason, note: note, by: .staff(visit.actor))
        }
        return Response(status: .noContent)
    }

    func ask(_ visit: SystemVisit) async throws -> Response {
        let inquiry: Inquiry.ID = try visit.identifier("inquiry")
        let question = try visit.read { reader in
            reader.text("question", isRequired: true, limit: RequestDraft.longestMessage)
        }
        try await desk.askRequester(inquiry, question: question, by: .staff(visit.actor))
        return .json(try await inquiryView(inquiry, visit))
    }

    /// Files as they arrive, then the fields that say what they are; or the beginning of them,
    /// where the caller wants to be able to continue.
    func sendRecords(_ visit: SystemVisit) async throws -> Response {
        let inquiry: Inquiry.ID = try visit.identifier("inquiry")
        if visit.request.headers[.uploadComplete] != nil {
            return try await begin(.records(inquiry), visit)
        }
        guard let form = visit.uploadForm else { throw SystemProblem(.malformed) }
        return try await counted(form, for: inquiry, visit)
    }

    /// What comes in one go counts towards the quota as what comes in pieces does.
    ///
    /// A body that does not say how long it is counts once it is there.
    private func counted(
        _ form: UploadForm,
        for inquiry: Inquiry.ID,
        _ visit: SystemVisit
    ) async throws -> Response {
        let fields = visit.request.headers
        let upload = try await desk.beginUpload(
            .records(inquiry),
            mediaType: fields[.contentType] ?? "",
            length: fields[.contentLength].flatMap(ResumableHead.integer),
            digest: nil,
            // The form has its own limits, which its boundaries do not count towards.
            limit: .max,
            by: visit.actor
        )
        do {
            let kept = try await keepRecords(form, for: inquiry, visit)
            _ = try await desk.noteAnswered(upload.id, kept.answer.kept, length: kept.byteCount)
            return kept.answer.response
        } catch {
            await forget(upload, arrived: upload.length, visit)
            throw error
        }
    }

    /// The same files a second time are the same answer, so a caller whose connection broke may
    /// simply send again.
    func keepRecords(
        _ form: UploadForm,
        for inquiry: Inquiry.ID,
        _ visit: SystemVisit
    ) async throws -> KeptRecords {
        let task = try await desk.answerTask(inquiry, by: .staff(visit.actor))
        let upload = try await form.receive(into: drop, limits: limits)
        let dropped = upload.files.map(\.file)
        let byteCount = dropped.reduce(0) { $0 + $1.byteCount }
        var record: DroppedFile?
        do {
            // What is a record becomes data, as a clerk's upload does; the files are kept either
            // way.
            let (reading, _) = try answers.structured(
                typed: [],
                uploads: dropped,
                from: answers.source(task),
                about: task.request.student
            )
            let told = SystemView.Reading(reading)
            let sent = Set(dropped.map(\.digest.description))
            let corrected = Set(upload.fields.all("replaces"))
            // What was made of them is none of the files that were sent.
            let twin = task.bundles.first { bundle in
                // Sent again, a correction is the same one and no second.
                guard upload.refusals.isEmpty,
                    Set((bundle.replaces ?? []).map(\.description)) == corrected
                else { return false }
                let held = task.held.filter { $0.bundle == bundle.id }
                let files = bundle.files.filter { $0 != bundle.recordFile }
                return Set(files.map(\.sha256) + held.map(\.file.digest.description)) == sent
            }
            if let twin {
                for file in dropped { try? drop.remove(file.id) }
                return KeptRecords(
                    answer: JSONAnswer(
                        SystemView.Bundle(twin, held: task.held, reading: told)
                    ),
                    byteCount: byteCount
                )
            }
            var submission = try submission(of: upload, holding: reading.record, for: task, visit)
            record = try await answers.recordFile(reading)
            if let record { submission.files.append(record) }
            let bundle = try await desk.answer(
                inquiry,
                with: submission,
                by: .staff(visit.actor)
            )
            await answers.inspect(bundle.id)
            let kept = try await desk.kept(bundle.id)
            return KeptRecords(
                answer: JSONAnswer(
                    SystemView.Bundle(
                        kept?.bundle ?? bundle,
                        held: kept?.held ?? [],
                        reading: told
                    ),
                    status: .created
                ),
                byteCount: byteCount
            )
        } catch {
            // Refused before anything was on file: no answer refers to them.
            if error is SystemProblem || error is CaseworkFailure {
                for file in dropped + [record].compactMap(\.self) { try? drop.remove(file.id) }
            }
            throw error
        }
    }

    /// `record` is what the files say as data: a part of it that nobody asked for is sent as well.
    private func submission(
        of upload: UploadOutcome,
        holding record: StudentRecord,
        for task: AnswerTask,
        _ visit: SystemVisit
    ) throws -> AnswerSubmission {
        var issues = upload.refusals.map { refusal in
            SystemProblem.Issue(pointer: "file", detail: refusal.words)
        }
        if upload.files.isEmpty, issues.isEmpty {
            issues.append(.init(pointer: "file", detail: "is missing: send one part or more"))
        }
        let known =
            ["complete", "note", "replaces", "withheldReason"]
            + RecordPart.allCases.map { "part-\($0.rawValue)" }
        for name in Set(upload.fields.names).subtracting(known).sorted() {
            issues.append(
                .init(pointer: name.utf8.count > 40 ? "" : name, detail: "is not known here")
            )
        }
        let complete = upload.fields["complete"]
        if complete != "true", complete != "false" {
            issues.append(.init(pointer: "complete", detail: "must be true or false"))
        }
        let note = upload.fields["note"] ?? ""
        if note.utf8.count > RequestDraft.longestMessage {
            issues.append(
                .init(
                    pointer: "note",
                    detail: "must have at most \(RequestDraft.longestMessage) bytes"
                )
            )
        }
        let corrected = Set(upload.fields.all("replaces"))
        let replaced = Set(task.corrigible.map(\.id).filter { corrected.contains($0.description) })
        if replaced.count != corrected.count {
            issues.append(
                .init(
                    pointer: "replaces",
                    detail: "must be an earlier answer to this inquiry that nothing replaced yet"
                )
            )
        }
        let why = upload.fields["withheldReason"]
        let reason = ReasonCode.forWithholding.first { $0.rawValue == why }
        if why != nil, reason == nil {
            let codes = ReasonCode.forWithholding.map(\.rawValue).joined(separator: ", ")
            issues.append(.init(pointer: "withheldReason", detail: "must be one of \(codes)"))
        }
        if reason == .feesOwed, task.request.isFreeOfFees {
            issues.append(
                .init(
                    pointer: "withheldReason",
                    detail: "cannot be M5: fees hold back nothing of this student's record"
                )
            )
        }
        let read = record.readableParts
        let parts = RecordPart.allCases.compactMap { part -> RecordBundle.Part? in
            let name = "part-\(part.rawValue)"
            let status: RecordBundle.PartStatus
            switch upload.fields[name] {
            case "sent": status = .sent
            case "noneOnFile": status = .noneOnFile
            case "toFollow": status = .toFollow(by: nil)
            case "withheld": status = .withheld(reason: reason ?? .willNotSend)
            case nil where task.request.parts.contains(part):
                issues.append(
                    .init(pointer: name, detail: "is missing: it was asked for")
                )
                return nil
            case nil where read.contains(part): status = .sent
            case nil: return nil
            default:
                issues.append(
                    .init(
                        pointer: name,
                        detail: "must be one of sent, noneOnFile, toFollow, withheld"
                    )
                )
                return nil
            }
            return RecordBundle.Part(part: part, status: status)
        }
        guard issues.isEmpty else {
            throw SystemProblem(.invalid, "Nothing was sent; no file was kept.", issues: issues)
        }
        return AnswerSubmission(
            parts: parts,
            files: upload.files.map(\.file),
            isComplete: complete == "true",
            name: visit.actor.name,
            title: visit.actor.title,
            note: note,
            // A program is no official; who certified stands in the record it sends.
            asCertifyingOfficial: false,
            replaces: replaced
        )
    }
}

/// What became of a form with records.
struct KeptRecords {
    let answer: JSONAnswer
    /// Of its files together.
    let byteCount: Int64
}

extension FileRefusal {
    // The file's name stays out: it may be a student's.
    fileprivate var words: String {
        switch self {
        case .empty: "is empty"
        case .tooLarge(_, let limit): "must have at most \(limit) bytes"
        case .typeNotAllowed: "is of a type that is not taken"
        case .lettersNotKnown: "is text in an encoding that is not taken; UTF-8 is"
        case .cutShort: "ended early"
        case .diskFull: "found no room"
        }
    }
}
