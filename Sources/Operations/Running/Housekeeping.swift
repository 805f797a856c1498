package import Logging

/// Takes away, at the start and every hour, what nobody will use again.
package struct Housekeeping: Sendable {
    /// One thing to tidy, under the name that the log calls it by.
    package struct Chore: Sendable {
        let name: String
        let work: @Sendable () async throws -> Void

        package init(_ name: String, work: @escaping @Sendable () async throws -> Void) {
            self.name = name
            self.work = work
        }
    }

    private let chores: [Chore]
    private let logger: Logger
    private let sleep: @Sendable (Duration) async -> Void

    /// `sleep`: how the hour between two rounds is waited for.
    package init(
        _ chores: [Chore],
        logger: Logger,
        sleep: @escaping @Sendable (Duration) async -> Void = { try? await Task.sleep(for: $0) }
    ) {
        self.chores = chores
        self.logger = logger
        self.sleep = sleep
    }

    /// Works until the task is cancelled; a chore that fails is tried again with the next round and
    /// keeps none of the others from being done.
    package func run() async {
        while !Task.isCancelled {
            for chore in chores {
                do { try await chore.work() } catch {
                    // An error's own words could hold a path; its type says enough for the log.
                    logger.error(
                        "housekeeping failed",
                        metadata: ["on": "\(chore.name)", "trouble": "\(type(of: error))"]
                    )
                }
            }
            await sleep(.seconds(3_600))
        }
    }
}
