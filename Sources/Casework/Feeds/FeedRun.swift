import RecordExchange
import RecordLocator
package import Tabular
import Vocabulary

/// How far a feed is.
package struct FeedProgress: Hashable, Sendable {
    /// What is being done.
    package enum Step: String, Sendable {
        case reading, checking, applying, withdrawing
    }

    package let step: Step
    /// Rows done in this step; bytes while reading.
    package let done: Int
    /// In all, where that is known.
    package let all: Int?
}

/// What a feed did, or would do.
package struct FeedReport: Sendable {
    package let counts: FeedCounts
    /// Every reason for every row, in the order of rows, 200,000 at most: for the uploader's eyes.
    package let refusals: [RefusedRow]
    package let encoding: TextEncoding
    /// Entries of the system before.
    package let entriesBefore: Int
    /// The last row has no line end though all others have.
    let endsWithoutLineEnd: Bool
    /// What must be confirmed before it is applied; `nil` where nothing looks wrong.
    package let confirmation: FeedConfirmation?
    /// The same file was applied before by this upload: nothing was done.
    package let alreadyApplied: FeedUpload?
    package let upload: FeedUpload.ID?
}

/// Reads a feed's file to its end, twice: to see that it is whole, then to hand out what to write.
struct FeedRun: Sendable {
    let file: any FeedFile
    let system: SourceSystem
    let mode: FeedMode
    let schools: FeedSchools
    let today: CivilDate
    /// What is on file of the system.
    let before: [LocatorEntry.ID: Int64]
    /// Rows of the last snapshot that was applied; 0 where there is none.
    let lastRows: Int
    let digest: @Sendable ([UInt8]) -> SHA256Digest
    let progress: @Sendable (FeedProgress) -> Void

    /// Bytes read at a time.
    private static let piece = 1 << 20
    /// Rows written in one transaction.
    ///
    /// Each statement in it walks the list of pages that the transaction kept to go back to: with
    /// 2,000 rows that was most of the time of a feed into a store of a million.
    static let batch = 250
    /// The most reasons that are kept to be read; every refused row is counted.
    static let mostRefusals = 200_000
    /// Rows between two words of progress.
    private static let interval = 50_000

    /// What the bytes are, before anything is made of them.
    struct Bytes: Hashable, Sendable {
        let encoding: TextEncoding
        let mark: Int
        let digest: SHA256Digest
    }

    /// What the rows come to.
    struct Outcome: Sendable {
        var counts = FeedCounts()
        private(set) var refusals: [RefusedRow] = []
        /// Entries the file names, refused rows with a readable key among them.
        var seen: Set<LocatorEntry.ID> = []
        var unreadableKeys = 0
        var endsWithoutLineEnd = false
        /// Accepted rows.
        var accepted: Int { counts.added + counts.changed + counts.unchanged + counts.withdrawn }

        /// Counts a row, and keeps its reasons while there is room for them.
        mutating func refuse(_ reasons: [RefusedRow]) {
            counts.refused += 1
            refusals += reasons.prefix(FeedRun.mostRefusals - refusals.count)
        }
    }

    /// Reads all bytes: the encoding, and a digest that is the same for the same file.
    func inspect() async throws -> Bytes {
        var scan = EncodingScan()
        var chain: [UInt8] = []
        var offset: Int64 = 0
        while true {
            let bytes = try file.read(from: offset, upTo: Self.piece)
            guard !bytes.isEmpty else { break }
            bytes.withUnsafeBytes { scan.read($0) }
            chain = digest(chain + bytes).bytes
            offset += Int64(bytes.count)
            progress(.init(step: .reading, done: Int(offset), all: Int(file.byteCount)))
            await Task.yield()
            // A gateway that is told to stop does so; the file goes on where it was.
            try Task.checkCancellation()
        }
        let result: (encoding: TextEncoding, mark: Int)
        do { result = try scan.result() } catch { throw FeedFailure.unreadable(error) }
        if let wanted = system.mapping.encoding {
            // Plain ASCII is every one of the one-byte encodings.
            let isASCII = result.encoding == .utf8 && wanted == .windows1252
            guard wanted.encoding == result.encoding || isASCII else {
                throw FeedFailure.encodingDiffers(found: result.encoding)
            }
        }
        return Bytes(encoding: result.encoding, mark: result.mark, digest: digest(chain))
    }

    /// Reads all rows; hands those that change something to `write`, in batches.
    ///
    /// Throws where the file is not whole; a first run without `write` makes sure of that before
    /// anything is applied.
    func walk(
        _ bytes: Bytes,
        step: FeedProgress.Step,
        batch size: Int = Self.batch,
        write: (FeedBatch) async throws -> Void = { _ in }
    ) async throws -> Outcome {
        var walk = FeedWalk(run: self)
        var reader = DelimitedReader(delimiter: system.mapping.separator.byte)
        var decoder = TextDecoder(bytes.encoding, skipping: bytes.mark)
        var chain: [UInt8] = []
        var offset: Int64 = 0
        var reported = 0
        do {
            while true {
                let piece = try file.read(from: offset, upTo: Self.piece)
                guard !piece.isEmpty else { break }
                chain = digest(chain + piece).bytes
                offset += Int64(piece.count)
                try reader.read(decoder.decode(piece)) { try walk.take($0) }
                while let batch = walk.nextBatch(of: size) { try await write(batch) }
                if walk.outcome.counts.rows / Self.interval > reported {
                    reported = walk.outcome.counts.rows / Self.interval
                    progress(.init(step: step, done: walk.outcome.counts.rows, all: nil))
                }
                await Task.yield()
                // A gateway that is told to stop does so; the file goes on where it was.
                try Task.checkCancellation()
            }
            try reader.read(decoder.finish()) { try walk.take($0) }
            try reader.finish { try walk.take($0) }
        } catch let malformed as DelimitedReader.Malformed {
            throw FeedFailure.malformed(malformed)
        }
        guard digest(chain) == bytes.digest else { throw FeedFailure.changedWhileRead }
        try walk.finish()
        while let batch = walk.nextBatch(of: 1) { try await write(batch) }
        progress(.init(step: step, done: walk.outcome.counts.rows, all: walk.outcome.counts.rows))
        return walk.outcome
    }
}

/// What one transaction of a feed writes.
struct FeedBatch: Sendable {
    var added: [(entry: LocatorEntry, digest: Int64)] = []
    var changed: [(entry: LocatorEntry, digest: Int64)] = []
    var withdrawn: [LocatorEntry.ID] = []

    var count: Int { added.count + changed.count + withdrawn.count }
}

/// One walk over the rows.
private struct FeedWalk {
    private let run: FeedRun
    private var reader: FeedRowReader?
    private var trailer: (row: Int, said: Int?)?
    private var lastShort: (row: Int, columns: Int)?
    private var pending = FeedBatch()
    private(set) var outcome = FeedRun.Outcome()

    init(run: FeedRun) {
        self.run = run
        outcome.seen.reserveCapacity(run.before.count)
    }

    private var mapping: FeedMapping { run.system.mapping }

    mutating func take(_ row: borrowing DelimitedRow) throws {
        guard var reader else {
            reader = try makeReader(row)
            if !mapping.header { try take(row) }
            return
        }
        if let trailer = mapping.trailer, row.text(0) == trailer.marker {
            self.trailer = (row.number, trailer.countColumn.flatMap { Int(row.text($0 - 1)) })
            return
        }
        if trailer != nil { throw FeedFailure.rowAfterTrailer(row: row.number) }
        lastShort = row.count < reader.width ? (row.number, row.count) : nil
        outcome.endsWithoutLineEnd = row.isUnterminated
        outcome.counts.rows += 1
        let result = reader.read(row, mode: run.mode)
        self.reader = reader
        take(result, row: row.number)
    }

    private func makeReader(_ row: borrowing DelimitedRow) throws(FeedFailure) -> FeedRowReader {
        let names = (0..<row.count).map { index in
            mapping.header ? row.text(index).trimmedOfSpaces : String(index + 1)
        }
        return try FeedRowReader(
            of: run.system,
            header: names,
            schools: run.schools,
            today: run.today,
            digest: run.digest
        )
    }

    private mutating func take(_ result: FeedRow, row: Int) {
        switch result {
        case .refused(let problems, let id):
            outcome.refuse(problems)
            if let id { outcome.seen.insert(id) } else { outcome.unreadableKeys += 1 }
        case .withdrawal(let id):
            guard outcome.seen.insert(id).inserted else { return refuseRepeated(row) }
            guard run.before[id] != nil else {
                outcome.counts.unchanged += 1
                return
            }
            outcome.counts.withdrawn += 1
            pending.withdrawn.append(id)
        case .entry(let entry, let digest):
            guard outcome.seen.insert(entry.id).inserted else { return refuseRepeated(row) }
            switch run.before[entry.id] {
            case digest: outcome.counts.unchanged += 1
            case nil:
                outcome.counts.added += 1
                pending.added.append((entry, digest))
            default:
                outcome.counts.changed += 1
                pending.changed.append((entry, digest))
            }
        }
    }

    private mutating func refuseRepeated(_ row: Int) {
        let column = mapping.key.joined(separator: ", ")
        outcome.refuse([RefusedRow(row: row, column: column, reason: .repeatedKey)])
    }

    /// What waits to be written, where it is at least `size`.
    mutating func nextBatch(of size: Int) -> FeedBatch? {
        guard pending.count >= size else { return nil }
        defer { pending = FeedBatch() }
        return pending
    }

    mutating func finish() throws(FeedFailure) {
        outcome.counts.repaired = reader?.repaired ?? 0
        if let expected = mapping.trailer {
            guard let trailer else { throw .trailerMissing }
            if expected.countColumn != nil, trailer.said != outcome.counts.rows {
                throw .trailerCountDiffers(said: trailer.said ?? 0, found: outcome.counts.rows)
            }
            outcome.endsWithoutLineEnd = false
        } else if let lastShort, let width = reader?.width {
            throw .lastRowShort(row: lastShort.row, columns: lastShort.columns, of: width)
        }
        guard outcome.counts.rows > 0 else { throw .noRows }
    }
}

extension FeedEncoding {
    fileprivate var encoding: TextEncoding {
        switch self {
        case .utf8: .utf8
        case .utf16LittleEndian: .utf16LittleEndian
        case .utf16BigEndian: .utf16BigEndian
        case .windows1252: .windows1252
        }
    }
}

extension String {
    fileprivate var trimmedOfSpaces: String {
        split(separator: " ").joined(separator: " ")
    }
}
