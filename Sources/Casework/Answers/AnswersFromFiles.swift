package import RecordExchange
import StudentRecords
package import Vocabulary

/// Answers many requests from the files of one export: looks first, then sends each answer by the
/// ordinary use case, so that one that fails leaves the others sent.
package struct AnswersFromFiles: Sendable {
    /// The largest file that is taken apart, in bytes.
    package static let largestFile: Int64 = 16 << 20

    private let desk: Desk
    /// Where the uploaded files lie.
    private let uploads: any FileDrop
    /// Where what is sent goes.
    private let drop: any FileDrop
    private let scribe: any RecordScribe

    package init(
        desk: Desk,
        uploads: any FileDrop,
        drop: any FileDrop,
        scribe: any RecordScribe
    ) {
        self.desk = desk
        self.uploads = uploads
        self.drop = drop
        self.scribe = scribe
    }

    /// Which request gets what; nothing is changed.
    ///
    /// `numbers`: the requests that were chosen; empty for all that the person may answer.
    package func look(
        at files: [DroppedFile],
        among numbers: [RequestNumber],
        by actor: Actor,
        progress: @Sendable (ManyAnswers.Progress) -> Void = { _ in }
    ) async throws -> ManyAnswers {
        var plan = ManyAnswers()
        var sought: [PieceSought] = []
        var found: [ManyAnswers.Line] = []
        for (index, file) in files.enumerated() {
            try Task.checkCancellation()
            progress(.init(done: index, all: files.count))
            guard let pieces = try pieces(of: file) else {
                plan.refusals.append(.init(file: file.name, row: 0, reason: .notARecord))
                continue
            }
            plan.refusals += pieces.refusals.map { refusal in
                .init(file: file.name, row: refusal.row, reason: .rows(refusal.reason))
            }
            for (number, piece) in pieces.pieces.enumerated() {
                sought.append(
                    PieceSought(key: piece.key, digest: digest(of: piece))
                )
                found.append(line(piece, .init(file: index, piece: number), of: file))
            }
        }
        let matches = try await desk.match(sought, among: numbers, by: actor)
        plan.lines = Self.joined(zip(matches, sought.map(\.key)), found)
        for index in plan.lines.indices {
            guard case .certain(let candidate) = plan.lines[index].match,
                let task = try await task(candidate.inquiry, actor)
            else { continue }
            plan.lines[index].lacking = Self.lacking(plan.lines[index].parts, task)
        }
        return plan
    }

    /// Sends what `plan` says and what a person decided.
    ///
    /// `choices` has the inquiry of a doubtful line, counted from 0. `isAll`: the person says that what was asked for and is not in these
    /// files is not on file; otherwise such a request is answered in part.
    ///
    /// - Returns: what became of each line.
    package func answer(
        _ plan: ManyAnswers,
        from files: [DroppedFile],
        choosing choices: [Int: Inquiry.ID] = [:],
        isAll: Bool = false,
        certifying isOfficial: Bool = false,
        by actor: Actor,
        progress: @Sendable (ManyAnswers.Progress) -> Void = { _ in }
    ) async throws -> [ManyAnswers.Result] {
        guard let answerer = Answerer(signedIn: actor) else { throw CaseworkFailure.notAllowed }
        var results = plan.lines.map { ManyAnswers.Result(.nobody, $0.candidates.first) }
        // Two lines that a person gives to one request are one answer.
        var order: [Inquiry.ID] = []
        var lines: [Inquiry.ID: [Int]] = [:]
        for (index, line) in plan.lines.enumerated() {
            switch line.match {
            case .nobody: results[index] = .init(.nobody)
            case .sentBefore(let candidate): results[index] = .init(.sentBefore, candidate)
            case .certain, .doubtful:
                let chosen = line.candidates.first { candidate in
                    if case .certain = line.match { return true }
                    return candidate.inquiry == choices[index]
                }
                guard let chosen else {
                    results[index] = .init(.notChosen)
                    continue
                }
                results[index] = .init(.failed, chosen)
                if lines[chosen.inquiry] == nil { order.append(chosen.inquiry) }
                lines[chosen.inquiry, default: []].append(index)
            }
        }
        let sources = try Dictionary(
            uniqueKeysWithValues: files.indices.map { ($0, try pieces(of: files[$0])) }
        )
        for (done, inquiry) in order.enumerated() {
            try Task.checkCancellation()
            progress(.init(done: done, all: order.count))
            let own = lines[inquiry] ?? []
            let places = own.flatMap { plan.lines[$0].places }
            let pieces = places.compactMap { place -> (file: String, piece: StudentPiece)? in
                guard let source = sources[place.file], let parted = source,
                    parted.pieces.indices.contains(place.piece)
                else { return nil }
                return (files[place.file].name, parted.pieces[place.piece])
            }
            // Half an answer would look like a whole one.
            guard pieces.count == places.count else { continue }
            let outcome = await outcome(of: pieces, inquiry, isAll, isOfficial, answerer)
            for line in own { results[line] = .init(outcome, results[line].candidate) }
        }
        return results
    }

    // MARK: One answer

    private func outcome(
        of pieces: [(file: String, piece: StudentPiece)],
        _ inquiry: Inquiry.ID,
        _ isAll: Bool,
        _ isOfficial: Bool,
        _ answerer: Answerer
    ) async -> ManyAnswers.Outcome {
        do {
            return try await send(pieces, to: inquiry, isAll, isOfficial, by: answerer)
        } catch is CaseworkFailure {
            return .notNow
        } catch {
            // The others go on; the page says which did not.
            return .failed
        }
    }

    private func send(
        _ pieces: [(file: String, piece: StudentPiece)],
        to inquiry: Inquiry.ID,
        _ isAll: Bool,
        _ isOfficial: Bool,
        by answerer: Answerer
    ) async throws -> ManyAnswers.Outcome {
        let task = try await desk.answerTask(inquiry, by: answerer)
        guard !task.isLate else { return .notNow }
        let known = Set(task.standing.flatMap(\.files).map(\.sha256))
        let fresh = pieces.filter { !known.contains(digest(of: $0.piece)) }
        guard !fresh.isEmpty else { return .sentBefore }
        let source = RecordSource(
            school: task.holder.id,
            name: task.holder.name,
            date: desk.time.today(in: task.holder.state)
        )
        var whole = RecordReading()
        let student = task.request.student
        var strangers: [RecordProblem] = []
        for (file, piece) in fresh {
            guard let reading = scribe.read(piece.bytes, from: source) else { continue }
            whole.add(reading.located(by: piece), of: file)
            strangers += reading.record.differences(from: student).map { $0.inside(file) }
        }
        guard !whole.record.entries.isEmpty else { return .unreadable }
        whole.addContradictions(today: source.date, born: student.birthDate)
        whole.putFirst(strangers)
        let parts = Self.parts(of: whole.record)
        let lacking = Self.lacking(parts, task)
        let isComplete = isAll || lacking.isEmpty
        let (name, title) = answerer.signature
        var stored: [DroppedFile] = []
        do {
            for (file, piece) in fresh { stored.append(try await keep(piece.bytes, as: file)) }
            stored.append(
                try await keep(try scribe.write(whole), as: "record.json", isRecord: true)
            )
            _ = try await desk.answer(
                inquiry,
                with: AnswerSubmission(
                    parts: RecordPart.allCases.compactMap { part in
                        if parts.contains(part) { return .init(part: part, status: .sent) }
                        guard isAll, lacking.contains(part) else { return nil }
                        return .init(part: part, status: .noneOnFile)
                    },
                    files: stored,
                    isComplete: isComplete,
                    name: name,
                    title: title,
                    note: "",
                    asCertifyingOfficial: isOfficial
                ),
                by: answerer
            )
        } catch let error where error is CaseworkFailure || error is FileRefusal {
            // Refused before anything was on file: no answer refers to them. A commit that failed
            // may stand after all, and is swept away if it does not.
            for file in stored { try? drop.remove(file.id) }
            throw error
        }
        return isComplete ? .sent : .sentInPart
    }

    private func keep(
        _ bytes: [UInt8],
        as name: String,
        isRecord: Bool = false
    ) async throws -> DroppedFile {
        let file = try await drop.keep(bytes, named: name, limit: Self.largestFile * 2)
        guard isRecord else { return file }
        return DroppedFile(
            id: file.id,
            name: name,
            mediaType: RecordBundle.recordMediaType,
            byteCount: file.byteCount,
            digest: file.digest
        )
    }

    // MARK: Looking

    private func pieces(of file: DroppedFile) throws -> StudentPieces? {
        try uploads.open(file.id).whole(upTo: Self.largestFile)
            .flatMap { scribe.pieces(of: $0, named: file.name) }
    }

    private func digest(of piece: StudentPiece) -> String {
        desk.secrets.digest(of: piece.bytes).description
    }

    private func line(
        _ piece: StudentPiece,
        _ place: ManyAnswers.Place,
        of file: DroppedFile
    ) -> ManyAnswers.Line {
        let nobody = RecordSource(name: "", date: CivilDate(dayNumber: 0))
        let reading = scribe.read(piece.bytes, from: nobody)?.located(by: piece)
        return ManyAnswers.Line(
            match: .nobody,
            places: [place],
            files: [file.name],
            rows: piece.rows,
            parts: reading.map { Self.parts(of: $0.record) } ?? [],
            lacking: [],
            problems: reading?.problems.map { $0.inside(file.name) } ?? [],
            unlisted: reading?.unlisted ?? 0
        )
    }

    /// One line for each request; what is doubtful, or nobody's, stays by whom the file names.
    private static func joined(
        _ matches: Zip2Sequence<[ManyAnswers.Match], [StudentPiece.Key]>,
        _ found: [ManyAnswers.Line]
    ) -> [ManyAnswers.Line] {
        var lines: [ManyAnswers.Line] = []
        var certain: [Inquiry.ID: Int] = [:]
        var others: [StudentPiece.Key: Int] = [:]
        for ((match, key), piece) in zip(matches, found) {
            var earlier: Int?
            switch match {
            case .certain(let candidate): earlier = certain[candidate.inquiry]
            case .doubtful, .nobody: earlier = others[key]
            case .sentBefore: break
            }
            if let earlier {
                lines[earlier].places += piece.places
                lines[earlier].files += piece.files.filter { !lines[earlier].files.contains($0) }
                lines[earlier].rows += piece.rows
                lines[earlier].parts.formUnion(piece.parts)
                lines[earlier].problems += piece.problems
                lines[earlier].unlisted += piece.unlisted
                continue
            }
            switch match {
            case .certain(let candidate): certain[candidate.inquiry] = lines.count
            case .doubtful, .nobody: others[key] = lines.count
            case .sentBefore: break
            }
            lines.append(
                ManyAnswers.Line(
                    match: match,
                    places: piece.places,
                    files: piece.files,
                    rows: piece.rows,
                    parts: piece.parts,
                    lacking: [],
                    problems: piece.problems,
                    unlisted: piece.unlisted
                )
            )
        }
        return lines
    }

    private func task(_ inquiry: Inquiry.ID, _ actor: Actor) async throws -> AnswerTask? {
        guard let answerer = Answerer(signedIn: actor) else { return nil }
        do {
            return try await desk.answerTask(inquiry, by: answerer)
        } catch CaseworkFailure.notFound {
            return nil
        }
    }

    private static func parts(of record: StudentRecord) -> Set<RecordPart> {
        let read = Completeness(of: MergedRecord([record]), parts: RecordPart.allCases)
        return Set(
            read.rows.filter { [.there, .inFiles].contains($0.standing) }.map(\.part)
        )
    }

    /// What was asked for, must be held by now, and is neither here nor in an earlier answer.
    private static func lacking(_ parts: Set<RecordPart>, _ task: AnswerTask) -> [RecordPart] {
        let said = parts.union(task.standing.flatMap(\.parts).map(\.part))
        return task.asked.filter { !said.contains($0) && $0.heldFrom <= task.phase }
    }
}

extension RecordReading {
    /// The same, with its problems at the rows of the whole file.
    fileprivate func located(by piece: StudentPiece) -> Self {
        var reading = self
        reading.problems = problems.map(piece.located)
        return reading
    }
}

extension Answerer {
    /// Who answers, as their account says it.
    fileprivate var signature: (name: String, title: String) {
        switch self {
        case .staff(let actor), .stateContact(let actor), .family(let actor, _):
            (actor.name, actor.title)
        case .partner(_, let certification): (certification.name, certification.title)
        case .link: ("", "")
        }
    }
}

extension FileDrop {
    /// Puts bytes that are in memory into the drop.
    package func keep(
        _ bytes: [UInt8],
        named name: String,
        limit: Int64
    ) async throws -> DroppedFile {
        let file = try await receive(name: name, limit: limit)
        // A pointer across waits needs memory that stays where it is.
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        defer { buffer.deallocate() }
        buffer.copyBytes(from: bytes)
        do {
            try await file.write(UnsafeRawBufferPointer(buffer))
            return try await file.finish()
        } catch {
            await file.abandon()
            throw error
        }
    }
}
