import BundleFormat
import Casework
import DropLayout
import Intake
import Logging
import Operations
import RecordExchange
import SFTPProtocol
import Sealing
import Vocabulary
import WebGateway

/// Takes in the extracts that partners' systems drop, one after the other, beside everything else,
/// and tells their senders what became of them.
struct FeedDropRoom: Sendable {
    let desk: Desk
    let drop: PartnerDrop
    /// Takes text in any encoding: what the bytes are is found out when rows are read.
    let inbox: Inbox
    let receipts: ReceiptRoom
    let logger: Logger

    /// Looks for work until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            let rest = await look()
            try? await Task.sleep(for: rest)
        }
    }

    /// Deals with what is due; how long to rest then.
    private func look() async -> Duration {
        var due: [DueFeedDrop] = []
        do { due = try await desk.dueFeedDrops() } catch { note(error) }
        var rest = Duration.seconds(1)
        var stuck: Set<SourceSystem.ID> = []
        for one in due where !stuck.contains(one.system.id) {
            guard !Task.isCancelled else { break }
            do {
                try await deal(with: one)
            } catch {
                // It stays as it is. Other systems do not wait for it; its own does: in another
                // order files would say something else.
                note(error)
                stuck.insert(one.system.id)
                rest = .seconds(30)
            }
        }
        return rest
    }

    private func note(_ error: any Error) {
        logger.error("a feed waits", metadata: ["trouble": "\(type(of: error))"])
    }

    private func deal(with due: DueFeedDrop) async throws {
        var drop = due.drop
        var refusals = drop.refusals
        if drop.status == .waiting || drop.status == .agreed {
            let reader = try inbox.open(drop.file.id)
            let work = try await desk.workOff(
                due,
                file: DroppedFeed(name: drop.name, reader: reader)
            ) { [logger] progress in
                guard progress.step != .reading, progress.done > 0 else { return }
                logger.info(
                    "a feed",
                    metadata: ["step": "\(progress.step.rawValue)", "done": "\(progress.done)"]
                )
            }
            drop = work.drop
            refusals = work.refusals
        }
        guard !drop.isReported else { return }
        let told = drop
        let rows = refusals
        try await SealingRoom.run { try report(told, of: due, rows) }
        try await desk.noteReported(told)
        if told.status.isFinal { try? inbox.remove(told.file.id) }
    }

    // MARK: In

    /// Moves an extract out of its sender's folder: from here on it is encrypted.
    func keep(
        _ file: SubmittedFile,
        named name: FeedFileName,
        from partner: Partner
    ) async throws {
        guard let reader = try await SealingRoom.run({ try drop.open(file) }) else { return }
        let arriving = try await inbox.receive(name: file.name.text, limit: .max)
        while true {
            let piece = try await SealingRoom.run { try reader.read(upTo: 1 << 20) }
            if piece.isEmpty { break }
            try await arriving.take(piece)
        }
        let kept = try await arriving.finish()
        do {
            let isNew = try await desk.keepFeedDrop(
                kept,
                named: file.name.text,
                mark: file.mark,
                of: name.system,
                mode: FeedMode(name.extent),
                from: partner.id
            )
            if !isNew { try? inbox.remove(kept.id) }
        } catch let failure as FeedFailure {
            try? inbox.remove(kept.id)
            try await refuse(kept, file, name.system, failure)
        }
        try await SealingRoom.run { try drop.settle(file) }
    }

    private func refuse(
        _ kept: DroppedFile,
        _ file: SubmittedFile,
        _ system: String,
        _ failure: FeedFailure
    ) async throws {
        let receipt = FeedReceipt(
            verdict: .refused,
            system: system,
            at: desk.time.now().iso8601,
            bytes: kept.byteCount,
            sha256: kept.digest.description,
            counts: [],
            reasons: [failure.words]
        )
        try await SealingRoom.run {
            let signed = try receipts.sign(Array(receipt.json.utf8))
            try drop.write(receipt: receipt.json, signature: signed.signature, for: file)
        }
    }

    // MARK: Out

    /// The list of refused rows first: whoever reads the receipt finds it.
    private func report(_ told: FeedDrop, of due: DueFeedDrop, _ rows: [RefusedRow]) throws {
        guard let account = PartnerAccount(due.partner.account),
            let name = try? DropName(told.name.utf8), let receipt = told.receipt(of: due.system)
        else { return }
        if let list = FeedReceipt.refusedName(for: name) {
            try drop.write(Array(rows.csv.utf8), asReceipt: list, to: account)
        }
        let signed = try receipts.sign(Array(receipt.json.utf8))
        try drop.write(
            receipt: receipt.json,
            signature: signed.signature,
            for: name,
            to: account
        )
    }
}

extension FeedMode {
    fileprivate init(_ extent: FeedFileName.Extent) {
        switch extent {
        case .snapshot: self = .snapshot
        case .changes: self = .changes
        }
    }
}

extension FeedDrop {
    /// `nil` while nothing is to be said.
    fileprivate func receipt(of system: SourceSystem) -> FeedReceipt? {
        guard let verdict = FeedReceipt.Verdict(rawValue: status.rawValue) else { return nil }
        return FeedReceipt(
            verdict: verdict,
            system: system.name,
            at: decidedAt.iso8601,
            bytes: file.byteCount,
            sha256: file.digest.description,
            counts: counts.map(\.words) ?? [],
            reasons: reasons
        )
    }

    private var reasons: [String] {
        switch status {
        case .waiting, .agreed, .applied: []
        case .held:
            (confirmation?.groundWords ?? [])
                + ["A person of your organisation has to look at it on the gateway's pages."]
        case .refused: failure.map { [$0.words] } ?? []
        case .declined: ["A person of your organisation decided against it. Nothing was changed."]
        case .superseded:
            ["A newer snapshot came before anybody decided. Nothing of this one was taken in."]
        }
    }
}

extension FeedCounts {
    fileprivate var words: [(word: String, count: Int)] {
        [
            ("read", rows), ("added", added), ("changed", changed), ("unchanged", unchanged),
            ("withdrawn", withdrawn), ("refused", refused),
        ]
    }
}
