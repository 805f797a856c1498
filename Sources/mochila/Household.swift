import Glibc
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
    let logger: Logger
    /// The installation's data folder.
    let folder: String

    func run() async throws {
        // The allocator gives each thread that finds the others busy a heap of its own and hands
        // little of it back. A busy machine downloading a gigabyte then held 116 MiB more.
        mallopt(M_ARENA_MAX, 2)
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
