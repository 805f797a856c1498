import Dispatch

/// Work that waits for the disk, kept away from the threads that everybody else runs on.
enum BlockingWork {
    private static let queue = DispatchQueue(label: "mochila.disk", attributes: .concurrent)

    static func run<Value: Sendable>(
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: work)) }
        }
    }
}
