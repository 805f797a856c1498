import Casework
import Logging
import Operations
import ServiceLifecycle
import UnixSignals
import WebGateway

/// Everything that runs until the program is told to stop: requests under way are answered first.
struct Household {
    let server: GatewayServer
    let loop: BackgroundLoop
    let housekeeping: Housekeeping
    let dropRoom: DropRoom
    let locator: LivingLocator
    let logger: Logger
    /// The installation's data folder.
    let folder: String

    func run() async throws {
        guard let lock = try WorkLock(in: folder) else {
            throw UsageFailure("Another mochila runs on \(folder). Stop it first.")
        }
        defer { withExtendedLifetime(lock) {} }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [
                    .init(service: server),
                    .init(service: LoopService(run: loop.run)),
                    .init(service: LoopService(run: housekeeping.run)),
                    .init(service: LoopService(run: dropRoom.run)),
                    .init(service: LocatorService(locator: locator)),
                ],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            )
        )
        try await group.run()
    }
}

/// What goes on beside the answering of requests, as a service.
private struct LoopService: Service {
    let run: @Sendable () async -> Void

    func run() async throws {
        let run = run
        await cancelWhenGracefulShutdown { await run() }
    }
}

/// Keeps the locator's index up with the log of changes while nobody asks.
private struct LocatorService: Service {
    let locator: LivingLocator

    /// Another process' feed is in the index this much later at the latest.
    private static let rest = Duration.milliseconds(500)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                // Where the store cannot be read the next round tries again; every question does
                // so too, and says so where it fails.
                _ = try? await locator.follow()
                try? await Task.sleep(for: Self.rest)
            }
        }
    }
}
