package import Casework
import RecordExchange
import ServiceLifecycle
import Synchronization
import Vocabulary

/// Reads the files that people hand in by page, one after the other, beside the answering of
/// requests; a page asks how far each is.
///
/// Each person has at most one file of a system here. What it holds is lost in a restart; what was
/// applied is not, and the same file goes on where it was cut off.
package final class FeedWorker: Service, CustomStringConvertible {
    package var description: String { "feeds" }

    /// Somebody's file of one system.
    struct Job: Sendable {
        let id: String
        let system: String
        let mode: FeedMode
        let actor: Actor
        let file: DroppedFile
        var stage: Stage
    }

    /// How far it is.
    enum Stage: Sendable {
        case waiting
        case moving(FeedProgress)
        case checked(FeedReport)
        case applied(FeedReport)
        case failed(FeedFailure)
        /// A fault of ours; nothing more is said to the person than that.
        case interrupted
    }

    private enum Work: Sendable {
        case check(Key)
        case apply(Key, confirmed: Int?)
    }

    struct Key: Hashable, Sendable {
        let person: StaffID
        let system: String
    }

    private let desk: Desk
    private let drop: any FileDrop
    private let jobs = Mutex<[Key: Job]>([:])
    private let work: AsyncStream<Work>
    private let orders: AsyncStream<Work>.Continuation

    package init(desk: Desk, drop: any FileDrop) {
        self.desk = desk
        self.drop = drop
        (work, orders) = AsyncStream.makeStream()
    }

    package func run() async throws {
        for await order in work.cancelOnGracefulShutdown() { await carryOut(order) }
    }

    // MARK: What pages ask

    func job(_ key: Key) -> Job? { jobs.withLock { $0[key] } }

    /// Takes a file in for a dry run, in place of the one before; `false` while that one moves.
    func take(_ file: DroppedFile, _ mode: FeedMode, _ key: Key, by actor: Actor) -> Bool {
        let job = Job(
            id: "\(file.id)",
            system: key.system,
            mode: mode,
            actor: actor,
            file: file,
            stage: .waiting
        )
        let earlier: Job?? = jobs.withLock { jobs in
            let earlier = jobs[key]
            guard earlier?.isMoving != true else { return nil }
            jobs[key] = job
            return .some(earlier)
        }
        guard let earlier else { return false }
        if let earlier { remove(earlier) }
        orders.yield(.check(key))
        return true
    }

    /// Applies what was checked; `false` where that is not what the person saw.
    func apply(_ id: String, _ key: Key, confirmed: Int?) -> Bool {
        let isReady = jobs.withLock { jobs in
            guard let job = jobs[key], job.id == id, case .checked = job.stage else { return false }
            jobs[key]?.stage = .waiting
            return true
        }
        if isReady { orders.yield(.apply(key, confirmed: confirmed)) }
        return isReady
    }

    /// Puts a file away that does not move.
    func discard(_ id: String, _ key: Key) {
        let job = jobs.withLock { jobs -> Job? in
            guard let job = jobs[key], job.id == id, !job.isMoving else { return nil }
            jobs[key] = nil
            return job
        }
        if let job { remove(job) }
    }

    // MARK: The work

    private func carryOut(_ order: Work) async {
        let key: Key
        switch order {
        case .check(let one), .apply(let one, _): key = one
        }
        guard let job = job(key) else { return }
        let stage = await stage(after: order, job, key)
        jobs.withLock { jobs in
            if jobs[key]?.id == job.id { jobs[key]?.stage = stage }
        }
        if case .applied = stage { remove(job) }
    }

    private func stage(after order: Work, _ job: Job, _ key: Key) async -> Stage {
        let note: @Sendable (FeedProgress) -> Void = { [self] progress in
            jobs.withLock { jobs in
                if jobs[key]?.id == job.id { jobs[key]?.stage = .moving(progress) }
            }
        }
        do {
            let file = DroppedFeed(name: job.file.name, reader: try drop.open(job.file.id))
            let hand = FeedHand.staff(job.actor)
            switch order {
            case .check:
                return .checked(
                    try await desk.checkFeed(
                        file,
                        of: job.system,
                        mode: job.mode,
                        by: hand,
                        progress: note
                    )
                )
            case .apply(_, let confirmed):
                return .applied(
                    try await desk.applyFeed(
                        file,
                        of: job.system,
                        mode: job.mode,
                        confirmed: confirmed,
                        by: hand,
                        progress: note
                    )
                )
            }
        } catch let failure as FeedFailure {
            return .failed(failure)
        } catch {
            return .interrupted
        }
    }

    private func remove(_ job: Job) { try? drop.remove(job.file.id) }
}

extension FeedWorker.Job {
    var isMoving: Bool {
        switch stage {
        case .waiting, .moving: true
        case .checked, .applied, .failed, .interrupted: false
        }
    }
}

/// A file of the drop as feeds read it.
package struct DroppedFeed: FeedFile {
    package let name: String
    private let reader: any ProtectedFileReader

    package init(name: String, reader: any ProtectedFileReader) {
        self.name = name
        self.reader = reader
    }

    package var byteCount: Int64 { reader.byteCount }

    package func read(from offset: Int64, upTo maximum: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        // A reader may hand out less than asked for; a feed's digest needs equal pieces.
        while bytes.count < maximum {
            let more = try reader.read(
                from: offset + Int64(bytes.count),
                upTo: maximum - bytes.count
            )
            if more.isEmpty { break }
            bytes += more
        }
        return bytes
    }
}
