import Casework
import Glibc
import Logging
import Operations
import ServiceLifecycle
import UnixSignals
import WebGateway

/// Everything that runs until the program is told to stop: requests under way are answered first.
struct Household {
    let server: GatewayServer
    /// For systems that show a certificate; `nil` where there is no port for them.
    var certificateServer: GatewayServer?
    let loop: BackgroundLoop
    let feeds: FeedWorker
    let many: AnswerWorker
    let housekeeping: Housekeeping
    let dropRoom: DropRoom
    let feedDrops: FeedDropRoom
    let locator: LivingLocator
    let desk: Desk
    let logger: Logger
    /// The installation's data folder.
    let folder: String

    func run() async throws {
        FewHeaps.keep()
        guard let lock = try WorkLock(in: folder) else {
            throw UsageFailure("Another mochila runs on \(folder). Stop it first.")
        }
        defer { withExtendedLifetime(lock) {} }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: (certificateServer.map { [.init(service: $0)] } ?? []) + [
                    .init(service: server),
                    .init(service: LoopService("timers and mail", run: loop.run)),
                    .init(service: LoopService("housekeeping", run: housekeeping.run)),
                    .init(service: LoopService("partners' folders", run: dropRoom.run)),
                    .init(service: LoopService("feeds' folders", run: feedDrops.run)),
                    .init(service: LocatorService(locator: locator, desk: desk, logger: logger)),
                    .init(service: feeds),
                    .init(service: many),
                ],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            )
        )
        try await group.run()
    }
}

/// What goes on beside the answering of requests, as a service.
private struct LoopService: Service, CustomStringConvertible {
    let description: String
    let run: @Sendable () async -> Void

    init(_ name: String, run: @escaping @Sendable () async -> Void) {
        description = name
        self.run = run
    }

    func run() async throws {
        let run = run
        await cancelWhenGracefulShutdown { await run() }
    }
}

/// Tells the allocator to give back what large pieces of files took.
///
/// It gives each thread that finds the others busy a heap of its own, and after the first large
/// piece keeps the next ones in those heaps: downloading a gigabyte then held 64 to 116 MiB more.
private enum FewHeaps {
    private typealias Tune = @convention(c) (Int32, Int32) -> Int32
    // M_ARENA_MAX and M_MMAP_THRESHOLD of malloc.h, which the Glibc module leaves out.
    private static let mostHeaps: Int32 = -8
    private static let largePiece: Int32 = -3

    static func keep() {
        guard let found = dlsym(nil, "mallopt") else { return }
        let tune = unsafeBitCast(found, to: Tune.self)
        _ = tune(mostHeaps, 2)
        _ = tune(largePiece, 64 << 10)
    }
}
