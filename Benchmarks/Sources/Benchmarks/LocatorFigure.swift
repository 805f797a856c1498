import Glibc
import RecordLocator

/// The student record locator over a set that `Benchmarks/locator/gen.py` made.
struct LocatorFigure {
    /// Holds `students.csv` and `queries.csv`.
    let folder: String
    let added = 20_000

    struct Result {
        var entries = 0
        /// By the clock, reading the file included.
        var buildSeconds = 0.0
        /// What the process grew by.
        var mebibytes = 0.0
        /// Processor time of each question and of each entry that was added, in ascending order.
        var questions: [Double] = []
        var additions: [Double] = []
    }

    func run() throws -> Result {
        var result = Result()
        let clock = ContinuousClock()
        let empty = Self.residentMebibytes()
        let begun = clock.now
        var index = IdentityIndex()
        var text = IdentityText()
        var students = try TableReader("\(folder)/students.csv")
        let columns = try IdentityTable(students, id: "entry_id")
        var number: UInt32 = 0
        while try students.next() {
            columns.read(students, into: &text)
            index.append(text, number: number)
            number += 1
        }
        index.freeze()
        let (seconds, attoseconds) = (clock.now - begun).components
        result.buildSeconds = Double(seconds) + Double(attoseconds) * 1e-18
        result.mebibytes = Self.residentMebibytes() - empty
        result.entries = index.count

        var queries = try TableReader("\(folder)/queries.csv")
        let asked = try IdentityTable(queries, id: "query_id")
        while try queries.next() {
            asked.read(queries, into: &text)
            result.questions.append(
                Self.milliseconds { _ = index.search(text, scoring: .fitted) }
            )
        }
        // The same children again: names that stand in the index, as new entries mostly do.
        var more = try TableReader("\(folder)/students.csv")
        while result.additions.count < added, try more.next() {
            columns.read(more, into: &text)
            result.additions.append(Self.milliseconds { index.insert(text, number: number) })
            number += 1
        }
        result.questions.sort()
        result.additions.sort()
        return result
    }

    private static func milliseconds(_ body: () -> Void) -> Double {
        let start = processorTime()
        body()
        return processorTime() - start
    }

    // Of this thread: the clock also counts what others do meanwhile.
    private static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1_000 + Double(time.tv_nsec) / 1_000_000
    }

    private static func residentMebibytes() -> Double {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
        let text = String(
            decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)),
            as: UTF8.self
        )
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return Double(pages * Int(sysconf(Int32(_SC_PAGESIZE)))) / 1_048_576
    }
}

extension [Double] {
    /// The value below which this share of them lies; they stand in ascending order.
    func percentile(_ share: Double) -> Double {
        isEmpty ? 0 : self[Int((Double(count - 1) * share).rounded())]
    }
}
