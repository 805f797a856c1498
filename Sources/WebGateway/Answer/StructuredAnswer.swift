import Casework
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

extension AnswerRoom {
    /// The largest upload that is looked into for a record.
    private static let largestStructured: Int64 = 16 << 20

    /// Reads the records among the uploads and joins what was typed.
    ///
    /// `student`: whom the request is about; `nil` where nothing of the student may be shown.
    ///
    /// - Returns: all of it, and whether a file is left that is no record, such as a scan.
    func structured(
        typed: [RecordEntry],
        uploads: [DroppedFile],
        from source: RecordSource,
        about student: StudentIdentity?
    ) throws -> (reading: RecordReading, hasOtherFiles: Bool) {
        var whole = RecordReading(record: StudentRecord(typed))
        guard let scribe else { return (whole, !uploads.isEmpty) }
        var taken = 0
        var strangers: [RecordProblem] = []
        for file in uploads
        where RecordBundle.typesOfData.contains(where: { file.mediaType.hasPrefix($0) }) {
            let content = try drop.open(file.id).whole(upTo: Self.largestStructured)
            guard let bytes = content, let reading = scribe.read(bytes, from: source) else {
                // Data of which nothing was read looks like data that was: its sender is told.
                if let problem = Self.refusal(of: file, content, by: scribe) {
                    whole.add(RecordReading(problems: [problem]), of: file.name)
                }
                continue
            }
            // The file itself travels with the answer; what of it could not be read is listed, so
            // that the clerk and the receiver know.
            whole.add(reading, of: file.name)
            if let student {
                strangers += reading.record.differences(from: student).map {
                    $0.inside(file.name)
                }
            }
            taken += 1
        }
        whole.addContradictions(today: source.date, born: student?.birthDate)
        whole.putFirst(strangers)
        return (whole, taken < uploads.count)
    }

    /// Why a file that is data by its type, or by its name where it is plain text, is not read.
    private static func refusal(
        of file: DroppedFile,
        _ bytes: [UInt8]?,
        by scribe: any RecordScribe
    ) -> RecordProblem? {
        let endings = [".csv", ".tsv", ".json", ".xml"]
        let isNamedData = endings.contains { file.name.lowercased().hasSuffix($0) }
        guard isNamedData || !file.mediaType.hasPrefix("text/plain") else { return nil }
        guard let bytes else {
            return RecordProblem(nil, at: "file", found: "", allowed: .form(.ordinaryFile))
        }
        return scribe.refusal(of: bytes)
    }

    /// Stores what was read as one encrypted `record.json`; `nil` where there is nothing.
    func recordFile(_ whole: RecordReading) async throws -> DroppedFile? {
        guard let scribe else { return nil }
        return try await drop.keep(whole, writtenBy: scribe, limit: limits.file)
    }

    /// What was wrong in the files of an answer, as it was read.
    ///
    /// Everybody who holds the link may open the receipt, so only whoever comes from sending, which
    /// `proof` shows, and signed-in staff see the texts themselves.
    func problems(
        of bundle: RecordBundle,
        read reading: RecordReading?,
        _ seat: Seat,
        proof: String?,
        showsDays: Bool = true
    ) -> ProblemList {
        guard let file = bundle.recordFile, let reading else { return ProblemList() }
        let isOwn =
            switch seat.answerer {
            case .link: proof == Self.proof(of: file.sha256)
            case .staff, .stateContact, .partner, .family: true
            }
        return ProblemList(
            reading.problems,
            unlisted: reading.unlisted,
            showsFound: isOwn,
            showsDays: showsDays
        )
    }

    /// What each of these answers says as data; each file is read once.
    func readings(of bundles: [RecordBundle]) throws -> [RecordBundle.ID: RecordReading] {
        var readings: [RecordBundle.ID: RecordReading] = [:]
        for bundle in bundles { readings[bundle.id] = try reading(of: bundle) }
        return readings
    }

    /// The same form again with what the receiver will still lack, before anything is sent.
    ///
    /// Nothing is kept: it is a look, and no step on the way to sending. A file that was refused and
    /// what was typed and cannot be read is named all the same, or it would be missed unseen.
    func look(
        _ upload: UploadOutcome,
        _ typed: TypedRecord,
        _ task: AnswerTask,
        _ seat: Seat
    ) throws -> AnswerPage {
        let files = upload.files.map(\.file)
        defer { for file in files { try? drop.remove(file.id) } }
        let (reading, hasOtherFiles) = try structured(
            typed: typed.entries,
            uploads: files,
            from: source(task),
            about: task.request.student
        )
        let replaced = Self.replaced(upload.fields)
        let counting = task.standing.filter { !replaced.contains($0.id) }
        let completeness = task.completeness(
            of: try readings(of: counting).values.map(\.record) + [reading.record],
            adding: parts(upload.fields, task, reading.record, hasOtherFiles),
            hasUnreadFiles: hasOtherFiles,
            replacing: replaced
        )
        return recordsPage(
            task,
            seat,
            answers: upload.fields,
            problems: upload.refusals.map(\.problem) + typed.problems,
            look: AnswerLook(
                completeness,
                phase: task.phase,
                hadFiles: !files.isEmpty || !upload.refusals.isEmpty,
                problems: ProblemList(reading.problems, unlisted: reading.unlisted)
            )
        )
    }

    /// What an answer says as data; `nil` where it is files only.
    func reading(of bundle: RecordBundle) throws -> RecordReading? {
        guard let scribe, let file = bundle.recordFile, let id = DroppedFile.ID(file.id),
            let bytes = try drop.open(id).whole(upTo: Self.largestStructured)
        else { return nil }
        return scribe.read(bytes, from: RecordSource(name: "", date: Self.noDay))
    }

    /// Known to the browser that was sent to the receipt, and to nobody who did not send it.
    static func proof(of digest: String) -> String { String(digest.suffix(24)) }

    private static let noDay = CivilDate(dayNumber: 0)

    /// Who says what is typed and uploaded here: the school that was asked, today.
    func source(_ task: AnswerTask) -> RecordSource { source(task.holder) }

    func source(_ holder: School) -> RecordSource {
        RecordSource(
            school: holder.id,
            name: holder.name,
            date: desk.time.today(in: holder.state)
        )
    }
}
