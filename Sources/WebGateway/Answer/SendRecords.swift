import Casework
import Hummingbird
package import RecordExchange
package import Rendering
import StudentRecords
import Vocabulary

extension AnswerRoom {
    func recordsPage(
        _ task: AnswerTask,
        _ seat: Seat,
        answers: FormFields = FormFields(),
        problems: [FieldProblem] = [],
        look: AnswerLook? = nil
    ) -> AnswerPage {
        var isStateContact = false
        var signedIn: Actor?
        switch seat.answerer {
        case .link, .partner, .family: break
        case .staff(let actor): signedIn = actor
        case .stateContact(let actor): (signedIn, isStateContact) = (actor, true)
        }
        var typed = answers.typed(.name, .title, .note, .colleagueName, .colleagueEmail)
        if let signedIn, problems.isEmpty, look == nil {
            typed[.name] = signedIn.name
            typed[.title] = signedIn.title
        }
        let student = task.request.student
        let asked = Set(task.asked)
        let parts = RecordPart.allCases.filter { $0 != .attachment }
        // As the receiver will read them: what it needs to enroll, then to place, then to graduate.
        let needed = RecordUse.graduation.parts.filter(asked.contains)
        let own = needed + parts.filter { asked.contains($0) && !needed.contains($0) }
        let headings = Dictionary(
            own.compactMap { part in
                RecordUse.allCases.first { $0.parts.contains(part) }.map { ($0, part) }
            },
            uniquingKeysWith: { first, _ in first }
        )
        func questions(_ parts: [RecordPart]) -> [PartQuestion] {
            parts.map { part in
                let use = headings.first { $0.value == part }?.key
                return question(part, under: use, task, answers, problems)
            }
        }
        return AnswerPage(
            base: seat.base,
            number: task.request.number,
            student: AnswerStudent(
                name: student.name.full,
                birthDate: student.birthDate,
                grade: student.grade,
                number: student.stateStudentID ?? ""
            ),
            holder: task.holder.name,
            requester: task.requester.name,
            answerBy: task.answerBy,
            law: task.law.map { LawTag($0) },
            hasMailed: task.hasMailed,
            message: task.messages.joined(separator: "\n\n"),
            parts: questions(own),
            others: task.isInPart ? [] : questions(parts.filter { !asked.contains($0) }),
            earlier: task.bundles.flatMap(\.files).map(FileRow.init),
            corrigible: corrigible(task, answers),
            held: task.held.map(FileRow.init),
            outcomes: outcomes(task),
            fileLimit: ByteCount(limits.file),
            complete: Choice.list(
                CompleteWord.allCases,
                chosen: CompleteWord(rawValue: answers[.complete]).map { [$0] } ?? []
            ),
            reasons: Choice.list(
                WithholdingWord.allCases,
                chosen: WithholdingWord(rawValue: answers[.reason]).map { [$0] } ?? []
            ),
            canCertify: signedIn != nil,
            isCertifying: answers[.certifies] == "yes",
            actsFor: isStateContact ? task.holder.name : "",
            cancelAsked: !task.isInPart && task.request.cancelRequested != nil
                && task.request.isOpen,
            typed: scribe.map { _ in TypedSection(answers, problems: problems) },
            isLate: task.isLate,
            canBeAway: task.contact != nil,
            isInPart: task.isInPart,
            isSentInPart: task.isSentInPart,
            colleagueEndings: PassingOn.endings(task),
            look: look,
            form: Form(typed, problems: problems)
        )
    }

    private func question(
        _ part: RecordPart,
        under use: RecordUse?,
        _ task: AnswerTask,
        _ answers: FormFields,
        _ problems: [FieldProblem]
    ) -> PartQuestion {
        let earlier = task.standing.said[part]
        let chosen = answers["part-\(part.rawValue)"].flatMap(PartAnswer.init(rawValue:))
        let canPassOn = !task.colleagueDomains.isEmpty && task.asked.contains(part)
        return PartQuestion(
            part: part,
            heading: use.map { SheetTitle($0) },
            choices: Choice.list(
                PartAnswer.allCases.filter { $0 != .colleague || canPassOn },
                chosen: chosen.map { [$0] } ?? []
            ),
            earlier: earlier.map(PartWord.init),
            notYetHeld: standing(part, task),
            troubles: problems.filter { $0.input == PartQuestion.input(part) }.map(\.trouble)
        )
    }

    /// That a part need not be held yet, where it is so.
    private func standing(_ part: RecordPart, _ task: AnswerTask) -> PartStanding? {
        part.heldFrom > task.phase ? .notYetHeld(phase: task.phase.rawValue) : nil
    }

    /// Takes the files as they arrive; nothing of them counts until the answer is on file.
    ///
    /// Where the form must come back, they are taken away again and the page says so.
    func sendRecords(
        _ visit: Visit,
        _ task: AnswerTask,
        _ seat: Seat,
        _ frame: Framing
    ) async throws -> Response {
        let upload = try await visit.upload().receive(into: drop, limits: limits)
        let fields = upload.fields
        var problems = upload.refusals.map(\.problem)
        let files = upload.files.map(\.file)
        var typed = TypedRecord(fields, from: source(task))
        typed.check(
            birth: task.request.student.birthDate,
            today: desk.time.today(in: task.holder.state)
        )
        if fields["look"] == "yes" { return frame(try look(upload, typed, task, seat), .ok) }
        problems += typed.problems
        let passing = PassingOn(fields, task)
        problems += passing.problems
        if files.isEmpty && typed.entries.isEmpty && problems.isEmpty {
            if let passed = passing.passed {
                return try await passOn(passed, task, seat, fields, frame)
            }
            problems.append(FieldProblem(.files, .filesMissing))
        }
        // Whoever has a part, or passes one on, cannot say that this is all.
        let complete =
            task.isInPart || passing.isAsked ? .no : CompleteWord(rawValue: fields[.complete])
        problems += Self.troubles(in: fields, complete, of: task.request)
        let (reading, hasOtherFiles) = try structured(
            typed: typed.entries,
            uploads: files,
            from: source(task),
            about: task.request.student
        )
        let parts = parts(fields, task, reading.record, hasOtherFiles)
        let replaced = Self.replaced(fields)
        if problems.isEmpty, complete == .yes {
            // Before anything is sent its sender sees what the receiver would lack.
            problems += lacking(parts, task, replacing: replaced).map { part in
                FieldProblem(.parts, .partNotSaid(part: part), at: PartQuestion.input(part))
            }
        }
        guard problems.isEmpty, let complete else {
            for file in files { try? drop.remove(file.id) }
            return frame(
                recordsPage(task, seat, answers: fields, problems: problems),
                .unprocessableContent
            )
        }
        let record = try await recordFile(reading)
        let stored = files + (record.map { [$0] } ?? [])
        let submission = AnswerSubmission(
            parts: parts,
            files: stored,
            isComplete: complete == .yes,
            name: fields[.name],
            title: fields[.title],
            note: fields[.note],
            asCertifyingOfficial: fields[.certifies] == "yes",
            passingOn: passing.passed,
            replaces: replaced
        )
        do {
            let bundle = try await desk.answer(
                seat.inquiry,
                with: submission,
                by: seat.answerer
            )
            await inspect(bundle.id)
        } catch let refusal as CaseworkFailure {
            // Refused before anything was on file: no answer refers to them.
            for file in stored { try? drop.remove(file.id) }
            throw refusal
        }
        let proof = record.map { "?sent=" + Self.proof(of: $0.digest.description) } ?? ""
        guard let receipt = LocalPath(seat.base + "/receipt" + proof) else {
            throw GatewayFailure.notFound
        }
        return .seeOther(receipt)
    }

    /// What is wrong with the words of an answer, whatever its files.
    static func troubles(
        in fields: FormFields,
        _ complete: CompleteWord?,
        of request: RecordRequest
    ) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        if complete == nil { problems.append(FieldProblem(.complete, .completeMissing)) }
        return problems + unnamed(fields) + unexplained(fields, request) + overlong(fields)
    }

    /// Nobody says that they sent it.
    static func unnamed(_ fields: FormFields) -> [FieldProblem] {
        let isNamed = fields[.name].utf8.contains { $0 > 32 }
        return isNamed ? [] : [FieldProblem(.name, .missing)]
    }

    /// Words for which there is no room.
    static func overlong(_ fields: FormFields) -> [FieldProblem] {
        let longest = RequestDraft.longestMessage
        return [FieldName.name, .title, .note].filter { fields[$0].utf8.count > longest }
            .map { FieldProblem($0, .tooLong(limit: longest)) }
    }

    /// What the holder says of each part, and what is there without a word.
    ///
    /// One of which nothing is said and nothing is there is left out, since unknown is not "none on
    /// file"; where a file may hold it, that is all that is said.
    func parts(
        _ fields: FormFields,
        _ task: AnswerTask,
        _ record: StudentRecord,
        _ hasOtherFiles: Bool
    ) -> [RecordBundle.Part] {
        let readable = record.readableParts
        return RecordPart.allCases.compactMap { part in
            let said = fields["part-\(part.rawValue)"].flatMap(PartAnswer.init(rawValue:))
            let status: RecordBundle.PartStatus? =
                switch said {
                case .inFiles: .sent
                case .some(.none): .noneOnFile
                case .toFollow, .colleague: .toFollow(by: nil)
                case .withheld: .withheld(reason: Self.reason(fields) ?? .willNotSend)
                case Optional.none:
                    readable.contains(part)
                        ? .sent
                        : hasOtherFiles && task.asked.contains(part) ? .unsaid : nil
                }
            return status.map { RecordBundle.Part(part: part, status: $0) }
        }
    }

    /// Whoever holds something back says why: the receiver must know whom to ask for what.
    private static func unexplained(
        _ fields: FormFields,
        _ request: RecordRequest
    ) -> [FieldProblem] {
        let withholds = RecordPart.allCases.contains { part in
            fields[PartQuestion.input(part)] == PartAnswer.withheld.rawValue
        }
        guard withholds else { return [] }
        switch reason(fields) {
        case nil: return [FieldProblem(.reason, .reasonMissing)]
        case .willNotSend where !fields[.note].utf8.contains(where: { $0 > 32 }):
            return [FieldProblem(.note, .noteMissing)]
        case .feesOwed where request.isFreeOfFees:
            return [FieldProblem(.reason, .feesHoldNothing)]
        default: return []
        }
    }

    private static func reason(_ fields: FormFields) -> ReasonCode? {
        ReasonCode(rawValue: fields[.reason]).flatMap { reason in
            ReasonCode.forWithholding.contains(reason) ? reason : nil
        }
    }

    /// What was asked for and of which neither this answer nor an earlier one says a word.
    ///
    /// What the state need not hold yet is not among it.
    func lacking(
        _ parts: [RecordBundle.Part],
        _ task: AnswerTask,
        replacing replaced: Set<RecordBundle.ID> = []
    ) -> [RecordPart] {
        let standing = task.standing.filter { !replaced.contains($0.id) }
        let said = Set((standing.flatMap(\.parts) + parts).map(\.part))
        return task.asked.filter { !said.contains($0) && $0.heldFrom <= task.phase }
    }

    /// What was sent before and may be corrected now; whoever is asked for nothing yet sees none.
    private func corrigible(_ task: AnswerTask, _ answers: FormFields) -> [CorrigibleRow] {
        let chosen = Self.replaced(answers)
        return task.corrigible.map { bundle in
            CorrigibleRow(
                bundle: bundle.id.description,
                answeredAt: desk.time.local(bundle.answeredAt, in: task.holder.state),
                files: bundle.files.count,
                isChosen: chosen.contains(bundle.id)
            )
        }
    }

    /// Which earlier answers this one corrects.
    ///
    /// One that may not be corrected is refused and not passed over: else a correction that is sent
    /// twice would be an answer beside its own first.
    static func replaced(_ fields: FormFields) -> Set<RecordBundle.ID> {
        Set(fields.all("replaces").compactMap { RecordBundle.ID($0) })
    }

    /// What became of the credits that were sent from here: the sender learns no more of the student
    /// than what it sent and the two days.
    func outcomes(_ task: AnswerTask) -> [OutcomeView] {
        task.outcomes.enumerated().map { index, outcome in
            OutcomeView(
                outcome,
                index: index,
                requester: task.requester.name,
                askedOn: task.request.filedOn,
                at: desk.time.local(outcome.at, in: task.holder.state),
                isBrief: task.contact != nil
            )
        }
    }
}

extension FileRow {
    init(_ locked: QuarantinedFile) {
        self.init(
            id: locked.id.description,
            name: locked.file.name,
            size: ByteCount(locked.file.byteCount),
            digest: DigestText(locked.file.digest.description)
        )
    }

    init(_ file: RecordBundle.File) {
        self.init(
            id: file.id,
            name: file.name,
            size: ByteCount(file.byteCount),
            digest: DigestText(file.sha256)
        )
    }
}

extension PartWord {
    package init(_ status: RecordBundle.PartStatus) {
        switch status {
        case .sent: self = .sent
        case .unsaid: self = .unsaid
        case .noneOnFile: self = .noneOnFile
        case .toFollow(let day?): self = .toFollowBy(day: day)
        case .toFollow(nil): self = .toFollow
        // What the note says, or of an answer from before reasons were asked for.
        case .withheld(.willNotSend): self = .withheld
        case .withheld(let reason): self = .withheldFor(reason: reason)
        }
    }
}
