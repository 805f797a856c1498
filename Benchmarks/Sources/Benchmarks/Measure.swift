import Glibc

/// The processor time this process has used in its own code, in seconds: what the kernel does for
/// it, such as writing to disk, is not in it.
func userTime() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) / 1_000_000
}

/// What `body` took of that, and what it gave back.
func userTime<Value>(of body: () throws -> Value) rethrows -> (seconds: Double, value: Value) {
    let start = userTime()
    let value = try body()
    return (userTime() - start, value)
}

/// What `body` took by the clock, in seconds.
func clockTime(of body: () throws -> Void) rethrows -> Double {
    let (seconds, attoseconds) = try ContinuousClock().measure(body).components
    return Double(seconds) + Double(attoseconds) * 1e-18
}

/// Runs a line of `sh`, which must succeed.
func shell(_ line: String) throws {
    let status = system(line)
    guard status == 0 else { throw ShellFailure(line: line, status: status) }
}

struct ShellFailure: Error {
    let line: String
    let status: Int32
}

/// How many times a second `body` was done, `count` times, by `tasks` tasks at once.
func rate(
    _ count: Int,
    tasks: Int,
    _ body: @escaping @Sendable (Int) async throws -> Void
) async throws -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    try await withThrowingTaskGroup(of: Void.self) { group in
        for task in 0..<tasks {
            group.addTask {
                for position in stride(from: task, to: count, by: tasks) {
                    try await body(position)
                }
            }
        }
        try await group.waitForAll()
    }
    let (seconds, attoseconds) = (clock.now - start).components
    return Double(count) / (Double(seconds) + Double(attoseconds) * 1e-18)
}

extension [Double] {
    var median: Double { isEmpty ? 0 : sorted()[count / 2] }
}

/// With so many digits after the point.
func text(_ value: Double, _ digits: Int = 2) -> String {
    let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
    let scaled = Int((value * scale).rounded())
    guard digits > 0 else { return "\(scaled)" }
    let fraction = String(scaled % Int(scale))
    let zeros = String(repeating: "0", count: digits - fraction.utf8.count)
    return "\(scaled / Int(scale)).\(zeros)\(fraction)"
}
