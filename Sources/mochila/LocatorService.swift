import Casework
import Logging
import ServiceLifecycle
import Vocabulary

/// Keeps the locator's index up with the log of changes while nobody asks, and gives new entries
/// their person.
struct LocatorService: Service, CustomStringConvertible {
    var description: String { "locator" }
    let locator: LivingLocator
    let desk: Desk
    let logger: Logger

    /// Another process' feed is in the index this much later at the latest.
    private static let rest = Duration.milliseconds(500)
    /// Entries looked at in one transaction: short, for whoever wants to write meanwhile.
    private static let step = 100
    /// Changes between two words about how far it is.
    private static let interval = 50_000

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var looked = 0
            while !Task.isCancelled {
                // Where the store cannot be read the next round tries again; every question does
                // so too, and says so where it fails.
                _ = try? await locator.follow()
                let step = try? await desk.groupEntries(atMost: Self.step)
                let count = step?.looked ?? 0
                if count > 0, (looked + count) / Self.interval > looked / Self.interval {
                    await say(looked + count)
                }
                looked += count
                let assessed = (try? await desk.assessPeople(atMost: Self.step)) ?? 0
                if count + assessed == 0 { try? await Task.sleep(for: Self.rest) }
            }
        }
    }

    private func say(_ looked: Int) async {
        guard let left = try? await desk.ungroupedChanges() else { return }
        logger.notice(
            "grouping entries into people",
            metadata: ["looked": "\(looked)", "left": "\(left)"]
        )
    }
}
