import Glibc
import RecordLocator

/// Answers a file of queries from a file of entries: how the locator is measured.
struct LocateFiles {
    let index: String
    let queries: String
    let results: String

    /// What a run measured.
    struct Figures {
        var entries = 0
        var queries = 0
        var buildSeconds = 0.0
        var residentBytes = 0
        /// Of each query, in ascending order.
        var milliseconds: [Double] = []

        func percentile(_ share: Double) -> Double {
            guard !milliseconds.isEmpty else { return 0 }
            let place = Int((Double(milliseconds.count - 1) * share).rounded())
            return milliseconds[place]
        }

        /// One JSON object on one line.
        var json: String {
            let numbers = [
                ("entries", "\(entries)"), ("queries", "\(queries)"),
                ("buildSeconds", Self.text(buildSeconds)), ("residentBytes", "\(residentBytes)"),
                ("p50Milliseconds", Self.text(percentile(0.5))),
                ("p95Milliseconds", Self.text(percentile(0.95))),
                ("p99Milliseconds", Self.text(percentile(0.99))),
                ("maxMilliseconds", Self.text(percentile(1))),
            ]
            return "{" + numbers.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
        }

        /// Three decimals, never an exponent.
        static func text(_ value: Double) -> String { decimal(value, places: 3) }
    }

    /// The most ranks that are written for a query.
    private static let ranks = 10

    /// Reads the entries, answers each query alone, and writes
    /// `query_id,rank,entry_id,score,ms`; a query that finds nobody has one row without an entry.
    func run() throws(TableReader.Unreadable) -> Figures {
        var figures = Figures()
        let clock = ContinuousClock()
        let begun = clock.now
        let (identities, ids) = try readIndex()
        figures.buildSeconds = seconds(clock.now - begun)
        figures.entries = identities.count
        figures.residentBytes = Self.residentBytes()

        var table = try TableReader(queries)
        let columns = try IdentityTable(table, id: "query_id")
        let output = try ResultFile(results)
        try output.write("query_id,rank,entry_id,score,ms\n")
        var text = IdentityText()
        while try table.next() {
            columns.read(table, into: &text)
            let asked = clock.now
            let people = identities.search(text, scoring: .fitted)
            let milliseconds = seconds(clock.now - asked) * 1_000
            figures.milliseconds.append(milliseconds)
            let time = decimal(milliseconds, places: 4)
            let query = quoted(table.bytes[table.range(columns.id)])
            var rank = 0
            for person in people {
                let score = decimal(person.likelihood, places: 9)
                for number in person.numbers where rank < Self.ranks {
                    rank += 1
                    try output.write("\(query),\(rank),\(quoted(ids[number])),\(score),\(time)\n")
                }
            }
            if rank == 0 { try output.write("\(query),1,,0,\(time)\n") }
        }
        try output.finish()
        figures.queries = figures.milliseconds.count
        figures.milliseconds.sort()
        return figures
    }

    private func readIndex() throws(TableReader.Unreadable) -> (IdentityIndex, EntryNames) {
        var table = try TableReader(index)
        let columns = try IdentityTable(table, id: "entry_id")
        var identities = IdentityIndex()
        var ids = EntryNames()
        var text = IdentityText()
        while try table.next() {
            columns.read(table, into: &text)
            identities.append(text, number: ids.append(table.bytes[table.range(columns.id)]))
        }
        identities.freeze()
        return (identities, ids)
    }

    private func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }

    private func quoted(_ text: ArraySlice<UInt8>) -> String {
        let plain = String(decoding: text, as: UTF8.self)
        let isPlain = !text.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
        if isPlain { return plain }
        return "\""
            + plain.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\""
    }

    /// The memory that this process holds, as the kernel counts it.
    private static func residentBytes() -> Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
        let text = String(
            decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)),
            as: UTF8.self
        )
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}

/// A number with so many decimals, never with an exponent.
private func decimal(_ value: Double, places: Int) -> String {
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let scaled = String(Int((value * scale).rounded()))
    let padded = String(repeating: "0", count: max(0, places + 1 - scaled.utf8.count)) + scaled
    return padded.dropLast(places) + "." + padded.suffix(places)
}

/// What the file calls its entries, in one buffer.
struct EntryNames {
    private var bytes: [UInt8] = []
    private var starts: [UInt32] = [0]

    /// Keeps a name; the number it has here.
    mutating func append(_ name: ArraySlice<UInt8>) -> UInt32 {
        bytes.append(contentsOf: name)
        starts.append(UInt32(bytes.count))
        return UInt32(starts.count - 2)
    }

    subscript(_ number: UInt32) -> ArraySlice<UInt8> {
        bytes[Int(starts[Int(number)])..<Int(starts[Int(number) + 1])]
    }
}

/// A file that is written from its beginning to its end, and has its name only then.
private final class ResultFile {
    private let path: String
    /// Where it stands until it is whole; `path` itself where that is a pipe or a terminal.
    private let partPath: String
    private let file: UnsafeMutablePointer<FILE>
    private var isWhole = false

    init(_ given: String) throws(TableReader.Unreadable) {
        var status = stat()
        let isStream = stat(given, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
        // Where a link stands for the file, what it stands for is replaced, and not the link.
        let path = isStream ? given : Self.resolved(given)
        let partPath = isStream ? path : path + ".part"
        guard let file = isStream ? fopen(path, "we") : Self.begin(partPath) else {
            throw Self.failure(partPath)
        }
        self.path = path
        self.partPath = partPath
        self.file = file
    }

    deinit {
        fclose(file)
        if !isWhole, partPath != path { unlink(partPath) }
    }

    func write(_ text: String) throws(TableReader.Unreadable) {
        guard fputs(text, file) >= 0 else { throw Self.failure(path) }
    }

    /// Makes sure that all of it is written and stays: a full disk is noticed here.
    func finish() throws(TableReader.Unreadable) {
        guard fflush(file) == 0 else { throw Self.failure(path) }
        if partPath != path {
            guard fsync(fileno(file)) == 0, rename(partPath, path) == 0 else {
                throw Self.failure(path)
            }
        }
        isWhole = true
    }

    private static func resolved(_ path: String) -> String {
        guard let found = realpath(path, nil) else { return path }
        defer { free(found) }
        return String(cString: found)
    }

    /// What somebody has put there under that name is not followed.
    private static func begin(_ path: String) -> UnsafeMutablePointer<FILE>? {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o666)
        guard descriptor >= 0 else { return nil }
        guard let file = fdopen(descriptor, "w") else {
            close(descriptor)
            return nil
        }
        return file
    }

    private static func failure(_ path: String) -> TableReader.Unreadable {
        TableReader.Unreadable(description: "\(path): \(String(cString: strerror(errno)))")
    }
}
