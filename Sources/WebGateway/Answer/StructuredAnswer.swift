import Casework
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

extension AnswerRoom {
    /// The largest upload that is looked into for a record.
    private static let largestStructured: Int64 = 16 << 20

    private static let structuredTypes = [
        "application/json", "application/xml", "text/csv", "text/plain",
    ]

    /// Reads the records among the uploads and joins what was typed.
    ///
    /// - Returns: all of it, and whether a file is left that is no record, such as a scan.
    func structured(
        typed: [RecordEntry],
        uploads: [DroppedFile],
        from source: RecordSource
    ) throws -> (reading: RecordReading, hasOtherFiles: Bool) {
        var whole = RecordReading(record: StudentRecord(typed))
        guard let scribe else { return (whole, !uploads.isEmpty) }
        var taken = 0
        for file in uploads
        where Self.structuredTypes.contains(where: { file.mediaType.hasPrefix($0) }) {
            guard let bytes = try drop.open(file.id).whole(upTo: Self.largestStructured),
                let reading = scribe.read(bytes, from: source)
            else { continue }
            // The file itself travels with the answer; what of it could not be read is listed, so
            // that the clerk and the receiver know.
            whole.add(reading, of: file.name)
            taken += 1
        }
        whole.addContradictions(today: source.date)
        return (whole, taken < uploads.count)
    }

    /// Stores what was read as one encrypted `record.json`; `nil` where there is nothing.
    func recordFile(_ whole: RecordReading) async throws -> DroppedFile? {
        guard let scribe else { return nil }
        return try await drop.keep(whole, writtenBy: scribe, limit: limits.file)
    }

    /// What was wrong in the files of an answer.
    ///
    /// Everybody who holds the link may open the receipt, so only whoever comes from sending, which
    /// `proof` shows, and signed-in staff see the texts themselves.
    func problems(of bundle: RecordBundle, _ seat: Seat, proof: String?) throws -> ProblemList {
        guard let file = bundle.recordFile, let reading = try reading(of: bundle)
        else { return ProblemList() }
        let isOwn =
            switch seat.answerer {
            case .link: proof == Self.proof(of: file.sha256)
            case .staff, .stateContact, .partner, .family: true
            }
        return ProblemList(reading.problems, unlisted: reading.unlisted, showsFound: isOwn)
    }

    /// The elements that a receiver cannot do without and that no answer which counts gives, of the
    /// parts that came as data; what the state need not hold yet is not among them.
    ///
    /// Names of elements only: everybody who holds the link may open the receipt.
    func lacks(_ task: AnswerTask) throws -> [PartLacks] {
        let records = try task.standing.compactMap { try reading(of: $0)?.record }
        return PartLacks.all(
            of: Completeness(
                of: MergedRecord(records),
                parts: task.asked,
                phase: task.phase.rawValue
            )
        )
    }

    /// What an answer says as data; `nil` where it is files only.
    private func reading(of bundle: RecordBundle) throws -> RecordReading? {
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
