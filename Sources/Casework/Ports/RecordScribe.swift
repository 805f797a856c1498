package import RecordExchange
package import StudentRecords
package import Vocabulary

/// Reads students' records from files and writes them; the formats are known behind it.
package protocol RecordScribe: Sendable {
    /// Everything that can be read of a file and all its problems; `nil` for a file that is no
    /// record, such as a scan. `source` speaks for what the file does not say itself.
    func read(_ bytes: [UInt8], from source: RecordSource) -> RecordReading?
    /// Why nothing is read of data such as a table; `nil` for a record.
    func refusal(of bytes: [UInt8]) -> RecordProblem?
    /// What a file says of each student, and which of its rows go to nobody; `nil` for a file that
    /// is no record.
    func pieces(of bytes: [UInt8], named name: String) -> StudentPieces?
    /// `record.json`, as it is stored and bundled, with what was wrong in the files behind it.
    func write(_ reading: RecordReading) throws -> [UInt8]
    /// The record in a form that other systems read; throws `CopyLacking`.
    func copy(_ record: StudentRecord, as form: RecordCopy) throws -> [UInt8]
    /// The vaccines and courses of the federal lists.
    var codes: StandardCodes { get }
    /// The graduation plans that states and schools entered.
    var plans: [GraduationPlan] { get }
}

/// A form in which a reader takes a record along.
package enum RecordCopy: Hashable, Sendable {
    /// From which school to which, under which number and on which day.
    package struct Transmission: Hashable, Sendable {
        package let from: SchoolPlace
        package let to: SchoolPlace
        package let document: String
        package let on: CivilDate
        /// What the sending school prints on its transcripts; may be empty.
        package let legend: String

        package init(
            from: SchoolPlace,
            to: SchoolPlace,
            document: String,
            on: CivilDate,
            legend: String = ""
        ) {
            self.from = from
            self.to = to
            self.document = document
            self.on = on
            self.legend = legend
        }
    }

    /// With what the schools print on their transcripts, where they said it.
    case json(legend: String?)
    /// The entries of one group as a table.
    case csv(ElementGroup)
    case pesc(Transmission)
    case edFi
}

/// Why a form of a record is not given out: nothing is made up for it.
package struct CopyLacking: Error, Hashable, Sendable {
    /// What the form demands and the record does not say.
    package let problems: [RecordProblem]
    /// What the schema said that an operator gave; `nil` where it was not asked.
    package let schema: SchemaRefusal?

    package init(problems: [RecordProblem], schema: SchemaRefusal? = nil) {
        self.problems = problems
        self.schema = schema
    }
}

/// Why a schema did not let a form pass.
package enum SchemaRefusal: Hashable, Sendable {
    /// Each with its line and element, as the schema's reader words it, in English.
    case differs([SchemaDifference])
    /// The schema itself cannot be read.
    case unreadable
}

/// One place at which a file differs from its schema.
package struct SchemaDifference: Hashable, Sendable {
    /// From 1; 0 where none is known.
    package let line: Int
    /// Empty where none is known.
    package let element: String
    /// They may quote the record: for who may read it, never for a log.
    package let words: String

    package init(line: Int, element: String, words: String) {
        self.line = line
        self.element = element
        self.words = words
    }
}

extension RecordBundle {
    /// The media type that only a record of our own making is stored with; no upload gets it.
    package static let recordMediaType = "application/vnd.mochila.record+json"

    /// The structured record among the files; bundles from before had none.
    package var recordFile: File? { files.first { $0.mediaType == Self.recordMediaType } }
}

extension FileDrop {
    /// Stores what was read as one encrypted `record.json`; `nil` where there is nothing.
    package func keep(
        _ reading: RecordReading,
        writtenBy scribe: some RecordScribe,
        limit: Int64
    ) async throws -> DroppedFile? {
        guard !reading.record.entries.isEmpty || !reading.problems.isEmpty else { return nil }
        let stored = try await keep(
            try scribe.write(reading),
            named: "record.json",
            limit: limit
        )
        return DroppedFile(
            id: stored.id,
            name: "record.json",
            mediaType: RecordBundle.recordMediaType,
            byteCount: stored.byteCount,
            digest: stored.digest
        )
    }
}

extension StudentRecord {
    /// The parts of which something can be read as data.
    package var readableParts: Set<RecordPart> {
        let read = Completeness(of: MergedRecord([self]), parts: RecordPart.allCases)
        return Set(read.rows.filter { [.there, .inFiles].contains($0.standing) }.map(\.part))
    }
}

extension ProtectedFileReader {
    /// The whole file; `nil` where it is longer than `limit`.
    package func whole(upTo limit: Int64) throws -> [UInt8]? {
        guard byteCount <= limit else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(byteCount))
        while Int64(bytes.count) < byteCount {
            let next = try read(from: Int64(bytes.count), upTo: 1 << 20)
            guard !next.isEmpty else { break }
            bytes += next
        }
        return bytes
    }
}
