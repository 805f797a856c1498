import BundleFormat
import Casework
import DropLayout
import Intake
import Logging
import Operations
import RecordExchange
import SFTPProtocol
import Sealing
import StudentRecords
import Synchronization
import Vocabulary

/// Takes in what partners drop and hands out what is theirs: the one place where the drop, the
/// opening of bundles and the cases meet.
struct DropRoom: Sendable {
    let desk: Desk
    let drop: PartnerDrop
    let inbox: Inbox
    /// Where a bundle lies while it is checked.
    let bundles: SealedBundleDrop
    let keys: GatewayKeys
    let vault: FileVault
    /// Where the sealed files are.
    let sealing: SealingRoom
    let receipts: ReceiptRoom
    /// Where extracts go.
    let feeds: FeedDropRoom
    /// Looks through what came while its sender waits for the receipt.
    let inspect: @Sendable (RecordBundle.ID) async -> Void
    /// For what a running opening needs.
    let workFolder: String
    let logger: Logger
    private let noted = Noted()
    private let trials = OpeningTrials()
    private let turns = IntakeTurns()

    init(
        desk: Desk,
        drop: PartnerDrop,
        inbox: Inbox,
        bundles: SealedBundleDrop,
        keys: GatewayKeys,
        vault: FileVault,
        sealing: SealingRoom,
        receipts: ReceiptRoom,
        feeds: FeedDropRoom,
        inspect: @escaping @Sendable (RecordBundle.ID) async -> Void,
        workFolder: String,
        logger: Logger
    ) {
        self.desk = desk
        self.drop = drop
        self.inbox = inbox
        self.bundles = bundles
        self.keys = keys
        self.vault = vault
        self.sealing = sealing
        self.receipts = receipts
        self.feeds = feeds
        self.inspect = inspect
        self.workFolder = workFolder
        self.logger = logger
    }

    /// Looks after the drop until the task is cancelled.
    func run() async {
        // What an end in the middle left behind: its file is still in the queue.
        _ = try? bundles.sweep(olderThan: SystemClock.instant(), keeping: [])
        OpenedVault.sweep(workFolder)
        // Whatever one partner drops, a recall and everybody's receipts do not wait for it.
        async let handsOut: Void = handOut()
        await withDiscardingTaskGroup { group in
            var round = 0
            while !Task.isCancelled {
                // Whoever dropped something has rung; a look at everybody now and then makes good
                // what was cut off between the drop and its bell.
                for account in await whoseTurn(isFull: round % 60 == 0) {
                    group.addTask { await takeTurns(from: account) }
                }
                round += 1
                try? await Task.sleep(for: .seconds(1))
            }
        }
        await handsOut
    }

    private func handOut() async {
        var round = 0
        while !Task.isCancelled {
            await handOut(atEverybody: round % 60 == 0)
            round += 1
            try? await Task.sleep(for: .seconds(1))
        }
    }

    private func attempt(_ what: String, _ work: () async throws -> Void) async {
        do { try await work() } catch {
            logger.error("the drop: \(what)", metadata: ["trouble": "\(type(of: error))"])
        }
    }

    private func handOut(atEverybody isFull: Bool) async {
        // Nothing that fails elsewhere keeps another child's record where it lies.
        await attempt("what was withdrawn") { try await takeBackRecalled() }
        await attempt("laying out") { try await layOut() }
        await attempt("receipts") { try await receipts.signDue() }
        guard isFull else { return }
        await attempt("what lies there") {
            for account in try await blocking({ try drop.accounts() }) {
                await attempt("what lies there") { try await takeBack(from: account) }
            }
        }
    }

    private func whoseTurn(isFull: Bool) async -> [PartnerAccount] {
        do { return turns.begin(try await accounts(isFull)) } catch {
            logger.error("the drop: a look", metadata: ["trouble": "\(type(of: error))"])
            return []
        }
    }

    /// Whose files may wait.
    private func accounts(_ isFull: Bool) async throws -> [PartnerAccount] {
        if isFull { return try await blocking { try drop.accounts() } }
        let rung = try await blocking { try drop.rung() }
        let again = trials.accountsDue(at: SystemClock.instant())
            .compactMap { PartnerAccount($0) }
        return rung + again.filter { !rung.contains($0) }
    }

    private func takeTurns(from first: PartnerAccount) async {
        var account = first
        while true {
            let hasMore = await lookAt(account)
            guard let next = turns.end(account, hasMore: hasMore) else { return }
            account = next
        }
    }

    // MARK: Out

    /// Lays what is sealed for a partner into its folder.
    private func layOut() async throws {
        for order in try await desk.preparePickups() {
            guard let name = try? DropName(order.fileName.utf8) else { continue }
            let path = sealing.sealedFile(of: order.bundle)
            for account in order.accounts.compactMap({ PartnerAccount($0) }) {
                try await blocking { try drop.offer(path, as: name, to: account) }
            }
            try await desk.noteLaidOut(order)
        }
    }

    private func noteFetched(in account: PartnerAccount, by partner: Partner) async throws {
        for name in try await blocking({ try drop.fetched(by: account) })
        where noted.isNew("\(account)/\(name.text)") {
            try await desk.noteFetched(name.text, by: partner.id)
        }
    }

    /// Takes away at once what was recalled while it lay there.
    private func takeBackRecalled() async throws {
        for order in try await desk.recalledPickups() {
            guard let name = try? DropName(order.fileName.utf8) else { continue }
            for account in order.accounts.compactMap({ PartnerAccount($0) }) {
                try await blocking { drop.withdraw(name, from: account) }
            }
            try await desk.noteTakenBack(order)
        }
    }

    /// Takes away what was withdrawn since it was laid out.
    private func takeBack(from account: PartnerAccount) async throws {
        let names = try await blocking { try drop.offered(to: account) }
        for name in try await desk.withdrawn(names.map(\.text)) {
            if let name = try? DropName(name.utf8) { drop.withdraw(name, from: account) }
        }
    }

    /// - Returns: whether more waits than one turn has room for.
    private func lookAt(_ account: PartnerAccount) async -> Bool {
        do {
            let partner = try await desk.store.read { session in
                try session.partner(account: account.description)
            }
            guard let partner, partner.isActive else { return false }
            let now = SystemClock.instant()
            let due = try await blocking { try drop.waiting(in: account) }
                .filter { trials.isDue($0.mark, at: now) }
            let end = ContinuousClock.now + IntakeTurns.longest
            var taken = 0
            for file in due.prefix(IntakeTurns.files)
            where taken == 0 || ContinuousClock.now < end {
                guard !Task.isCancelled else { return false }
                taken += 1
                do { try await takeIn(file, from: partner) } catch is OpeningPostponed {
                    // The others do not wait for it.
                    logger.error(
                        "a bundle did not open and is tried again",
                        metadata: ["account": "\(account)"]
                    )
                }
            }
            try await noteFetched(in: account, by: partner)
            return due.count > taken
        } catch {
            // It stays in the queue and is looked at again with everybody else's.
            logger.error(
                "a partner's drop waits",
                metadata: ["account": "\(account)", "trouble": "\(type(of: error))"]
            )
            return false
        }
    }

    // MARK: In

    private func takeIn(_ file: SubmittedFile, from partner: Partner) async throws {
        if let name = FeedFileName(file.name, of: partner.feedSystems) {
            return try await feeds.keep(file, named: name, from: partner)
        }
        let copy = try await blocking { () -> Copy? in
            let sink = try bundles.create()
            guard let sealed = try drop.copy(file, into: sink) else { return nil }
            let digest = try PlainFileReader(path: bundles.path(of: sealed.id)).digest()
            return Copy(file: sealed, digest: digest, trial: file.mark)
        }
        guard let copy else { return }
        defer { try? bundles.remove(copy.file.id) }
        let verdict = try await verdict(on: copy, from: partner)
        let receipt = try await receipt(of: copy, verdict, partner)
        try await blocking {
            let json = receipt.json
            let signed = try receipts.sign(Array(json.utf8))
            try drop.write(receipt: json, signature: signed.signature, for: file)
            if case .incomplete = verdict { try drop.giveBack(file) } else { try drop.settle(file) }
        }
    }

    /// Opens, checks and files a bundle; throws where the fault is ours.
    func verdict(on copy: Copy, from partner: Partner) async throws -> DropReceipt.Verdict {
        do {
            let accepted = try await fileBundle(copy, from: partner)
            trials.forget(copy.trial)
            return .accepted(accepted)
        } catch let failure as BundleFailure where failure.isOurs {
            throw failure
        } catch let failure as BundleFailure where failure.mayBeOurs {
            // A machine that is short of time or memory brings the program down as well as a
            // hostile file does: only a bundle that does so each time is given up.
            let now = SystemClock.instant()
            guard trials.noteFailure(of: copy.trial, from: partner.account, at: now) else {
                return .refused(.unopened)
            }
            throw OpeningPostponed()
        } catch let failure as BundleFailure {
            trials.forget(copy.trial)
            return failure == .truncated ? .incomplete(.cut) : .refused(.init(failure))
        } catch let refusal as BundleRefusal {
            return .refused(.init(refusal))
        } catch let refusal as FileRefusal where refusal != .diskFull {
            return .refused(.init(refusal))
        }
    }

    /// A bundle where no partner can reach it, so that what is checked is what is kept.
    struct Copy: Sendable {
        let file: SealedBundleFile
        let digest: SHA256Digest
        /// Stands for it where openings that failed are counted.
        let trial: String
    }

    func receipt(
        of copy: Copy,
        _ verdict: DropReceipt.Verdict,
        _ partner: Partner
    ) async throws -> DropReceipt {
        let now = desk.time.now()
        switch verdict {
        case .accepted(let accepted):
            // What is on file says when, and which sealed copy came first: the same each time.
            let received = try await desk.store.read { session in
                try session.receivedBundle(manifest: accepted.manifestSHA256)
            }
            return DropReceipt(
                verdict: verdict,
                at: (received?.receivedAt ?? now).iso8601,
                sealedBytes: received?.sealedBytes ?? copy.file.byteCount,
                sealedSHA256: received?.sealedSHA256 ?? copy.digest.description
            )
        case .refused(let reason), .incomplete(let reason):
            try await desk.noteRefused(
                reason.word,
                digest: copy.digest.description,
                from: partner.id
            )
            return DropReceipt(
                verdict: verdict,
                at: now.iso8601,
                sealedBytes: copy.file.byteCount,
                sealedSHA256: copy.digest.description
            )
        }
    }

    /// Opens, checks and files one bundle.
    private func fileBundle(
        _ copy: Copy,
        from partner: Partner
    ) async throws -> DropReceipt.Accepted {
        let signers = try await signers(of: partner)
        let tries = trials.failures(of: copy.trial)
        let signed = try await blocking {
            try open(copy, from: partner, signers, patience: Int64(tries + 1))
        }
        defer { signed.files.abandon() }
        let content = try await keep(signed)
        let taken: TakenBundle
        do {
            taken = try await desk.takeBundle(
                opened(signed.manifest, copy, content, from: partner),
                from: partner.id
            )
        } catch let refusal as BundleRefusal {
            discard(content.files)
            throw refusal
        }
        // Where anything else was thrown the disk failed, and nobody knows what stood on it: a
        // commit that failed may be found whole by the next start, and its files with it. What no
        // answer names then is swept away.
        if taken.isRepeat { discard(content.files) }
        let received = taken.received
        await inspect(received.bundle)
        let kept = try await desk.kept(received.bundle)
        return DropReceipt.Accepted(
            number: kept?.bundle.receiptNumber ?? "",
            request: received.number.description,
            manifestSHA256: received.manifest,
            parts: (kept?.bundle.parts ?? []).map { ($0.part.rawValue, $0.status.word) },
            files: received.files.map { ($0.byteCount, $0.sha256) },
            held: Set((kept?.held ?? []).map(\.file.digest.description))
        )
    }

    struct Signed: Sendable {
        let manifest: SignedManifest
        let files: OpenedVault
    }

    /// Whose signature counts: the pinned one and those that `mochila keys` put on file since,
    /// unless revoked; the same is asked again in the transaction that files the bundle.
    private func signers(of partner: Partner) async throws -> [Certificate] {
        let pinned = try trustedKey(try Certificate(pem: partner.signerPEM), of: partner)
        let keys = try await desk.signers(of: partner.organization, pinned: pinned)
        guard !keys.isEmpty else { throw BundleRefusal.keyNotTrusted }
        return try keys.map { try Certificate(pem: $0.certificatePEM) }
    }

    private func open(
        _ copy: Copy,
        from partner: Partner,
        _ signers: [Certificate],
        patience: Int64
    ) throws -> Signed {
        let authority = try partner.authorityPEM.map { try Certificate(pem: $0) }
        // Read again each time: `mochila keys rotate` and `destroy` may have changed them meanwhile.
        let keys = try keys.reloaded()
        let scratch = "\(workFolder)/\(SystemSecrets().randomBits())"
        let files = OpenedVault(vault: vault, prefix: scratch, beside: inbox)
        let trust = signers + [keys.authority] + (authority.map { [$0] } ?? [])
        var program = try OpeningProgram.besideThisProgram()
        program.silence *= patience
        program.patience *= patience
        let manifest = try BundleOpener(trust: trust, program: program).open(
            try PlainFileReader(path: bundles.path(of: copy.file.id)),
            with: keys.opening,
            expecting: BundleExpectation(signers: Set(signers.map(\.fingerprint))),
            at: desk.time.now(),
            scratch: "\(scratch).zip",
            into: files
        )
        return Signed(manifest: manifest, files: files)
    }

    func blocking<Value: Sendable>(
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await SealingRoom.run(work)
    }
}

/// What was seen already, until the program ends.
private final class Noted: Sendable {
    private let seen = Mutex<Set<String>>([])

    func isNew(_ name: String) -> Bool { seen.withLock { $0.insert(name).inserted } }
}
