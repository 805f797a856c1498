import Casework
import Hummingbird
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

/// Many requests answered from the files of one export.
extension StaffRoom {
    /// What one hand-in may bring: texts only, so less than an answer with scans.
    private static let handIn = UploadForm.Limits(
        total: 64 << 20,
        file: AnswersFromFiles.largestFile,
        files: 200
    )

    /// `chosen`: the requests that are looked at; empty for all that the person may answer.
    func manyAnswers(
        _ visit: StaffVisit,
        chosen: [RequestNumber] = [],
        form: Form = .empty
    ) async throws -> Response {
        let isInPlace = isInPlace(visit)
        let page = ManyAnswersPage(
            chosen: chosen,
            stage: many.job(of: visit.actor.id).map { ManyStage($0) },
            isLost: try await many.hasLost(visit.actor.id),
            person: visit.actor.name,
            title: visit.actor.title,
            isInPlace: isInPlace,
            canCertify: !isInPlace && !visit.actor.title.isEmpty,
            fileLimit: ByteCount(Self.handIn.file),
            form: form
        )
        return frame.page(
            page,
            visit,
            door: isInPlace ? .queue : .answers,
            status: form.problems.isEmpty ? .ok : .unprocessableContent
        )
    }

    private func isInPlace(_ visit: StaffVisit) -> Bool {
        if case .stateContact? = Answerer(signedIn: visit.actor) { true } else { false }
    }

    func lookAtAnswers(_ visit: StaffVisit) async throws -> Response {
        let upload = try await visit.visit.upload().receive(into: many.drop, limits: Self.handIn)
        let files = upload.files.map(\.file)
        let chosen = upload.fields.all(FieldName.inquiry.rawValue)
            .compactMap { try? RequestNumber(parsing: $0) }
        var form = Form(problems: upload.refusals.map(\.problem))
        if files.isEmpty, form.problems.isEmpty {
            form.problems.append(FieldProblem(.files, .feedFileMissing))
        }
        guard form.problems.isEmpty,
            try await many.take(files, among: chosen, by: visit.actor)
        else {
            for file in files { try? many.drop.remove(file.id) }
            if form.problems.isEmpty {
                form.problems.append(FieldProblem(.files, .feedBusy))
            }
            return try await manyAnswers(visit, chosen: chosen, form: form)
        }
        return .seeOther(StaffRoute.manyAnswers.path())
    }

    func sendManyAnswers(_ visit: StaffVisit) async throws -> Response {
        let typed = visit.visit.form
        var choices: [Int: Inquiry.ID] = [:]
        for name in typed.names where name.hasPrefix("choice-") {
            guard let index = Int(name.dropFirst("choice-".count)), let text = typed[name],
                let inquiry = Inquiry.ID(text)
            else { continue }
            choices[index] = inquiry
        }
        let decision = AnswerWorker.Decision(
            choices: choices,
            isAll: typed[.complete] == "yes",
            isOfficial: typed[.certifies] == "yes"
        )
        guard many.send(typed["job"] ?? "", decision, by: visit.actor) else {
            // The page says that the files are gone, and what to do.
            if try await many.hasLost(visit.actor.id) {
                return .seeOther(StaffRoute.manyAnswers.path())
            }
            throw GatewayFailure.conflict
        }
        return .seeOther(StaffRoute.manyAnswers.path())
    }

    func discardAnswers(_ visit: StaffVisit) async throws -> Response {
        try await many.discard(visit.visit.form["job"] ?? "", by: visit.actor.id)
        return .seeOther(StaffRoute.manyAnswers.path())
    }
}

extension ManyStage {
    init(_ job: AnswerWorker.Job) {
        var plan = ManyAnswers()
        var results: [ManyAnswers.Result]?
        let word: ManyStageWord
        switch job.stage {
        case .waiting: word = .waiting
        case .looking(let progress): word = .looking(done: progress.done + 1, all: progress.all)
        case .looked(let seen):
            plan = seen
            word = .looked(
                certain: seen.lines.count(where: \.isCertain),
                doubtful: seen.lines.count(where: \.isDoubtful)
            )
        case .sending(let progress): word = .sending(done: progress.done, all: progress.all)
        case .sent(let seen, let outcomes):
            plan = seen
            results = outcomes
            let sent = Set(
                outcomes.filter { [.sent, .sentInPart].contains($0.outcome) }
                    .compactMap { $0.candidate?.inquiry }
            )
            word = .sent(
                count: sent.count,
                others: outcomes.count { ![.sent, .sentInPart].contains($0.outcome) }
            )
        case .tooManyOpen: word = .tooManyOpen
        case .interrupted: word = .interrupted
        }
        let isLooked = if case .looked = job.stage { true } else { false }
        self.init(
            job: job.id,
            word: word,
            isMoving: job.isMoving,
            canSend: isLooked && plan.lines.contains { $0.isCertain || $0.isDoubtful },
            isDone: results != nil,
            lines: plan.lines.enumerated().map { index, line in
                ManyLine(line, index, results.map { $0[index] })
            },
            refusals: plan.refusals.map(ManyRefusal.init)
        )
    }
}

extension ManyAnswers.Line {
    fileprivate var isCertain: Bool { if case .certain = match { true } else { false } }
    fileprivate var isDoubtful: Bool { if case .doubtful = match { true } else { false } }
}

extension ManyLine {
    private static let mostRows = 12

    fileprivate init(_ line: ManyAnswers.Line, _ index: Int, _ result: ManyAnswers.Result?) {
        var meant = result?.candidate
        if result == nil, !line.isDoubtful { meant = line.candidates.first }
        let rows = line.rows.prefix(Self.mostRows).map(String.init).joined(separator: ", ")
        self.init(
            index: String(index),
            files: line.files.joined(separator: ", "),
            rows: line.rows.count > Self.mostRows ? rows + " …" : rows,
            number: meant?.number,
            school: meant?.school ?? "",
            requester: meant?.requester ?? "",
            student: meant?.initials ?? "",
            grade: meant?.grade,
            word: result.map { ManyLineWord($0.outcome) } ?? ManyLineWord(line.match),
            parts: RecordPart.allCases.filter(line.parts.contains),
            lacking: line.lacking,
            problems: ProblemList(line.problems, unlisted: line.unlisted),
            choices: result == nil && line.isDoubtful ? line.candidates.map(ManyChoice.init) : []
        )
    }
}

extension ManyChoice {
    fileprivate init(_ candidate: ManyAnswers.Candidate) {
        self.init(
            value: candidate.inquiry.description,
            number: candidate.number,
            student: candidate.initials,
            grade: candidate.grade,
            school: candidate.school,
            requester: candidate.requester
        )
    }
}

extension ManyLineWord {
    fileprivate init(_ match: ManyAnswers.Match) {
        switch match {
        case .certain: self = .certain
        case .doubtful(.contradicts, _): self = .contradicts
        case .doubtful(.several, _): self = .several
        case .doubtful(.inPart, _): self = .inPart
        case .sentBefore: self = .sentBefore
        case .nobody: self = .nobody
        }
    }

    fileprivate init(_ outcome: ManyAnswers.Outcome) {
        switch outcome {
        case .sent: self = .sent
        case .sentInPart: self = .sentInPart
        case .sentBefore: self = .sentBefore
        case .notChosen: self = .notChosen
        case .nobody: self = .nobody
        case .notNow: self = .notNow
        case .unreadable: self = .unreadable
        case .failed: self = .failed
        }
    }
}

extension ManyRefusal {
    fileprivate init(_ refusal: ManyAnswers.Refusal) {
        let word: ManyRefusalWord =
            switch refusal.reason {
            case .notARecord: .notARecord
            case .rows(.nobodyNamed): .nobodyNamed
            case .rows(.requestMalformed): .requestMalformed
            case .rows(.birthDateMalformed): .birthDateMalformed
            case .rows(.cutOff): .cutOff
            case .rows(.tooManyStudents): .tooManyStudents
            }
        self.init(file: refusal.file, row: refusal.row, reason: word)
    }
}
