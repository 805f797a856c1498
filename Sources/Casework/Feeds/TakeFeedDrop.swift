package import RecordExchange
import Vocabulary

/// What became of a drop, with every refused row: what is kept are the first of them.
package struct WorkedFeedDrop: Sendable {
    package let drop: FeedDrop
    package let refusals: [RefusedRow]
}

/// A drop as the loop works it off: with whose system and partner it is.
package struct DueFeedDrop: Sendable {
    package let drop: FeedDrop
    package let system: SourceSystem
    package let partner: Partner
}

extension Desk {
    /// Puts a dropped extract on file; its rows are read when its turn comes.
    ///
    /// `mark`: unique for the submission. Throws `FeedFailure.systemUnknown` where the account may
    /// not feed the system; then nothing is kept.
    ///
    /// - Returns: whether it is new; one that is on file already keeps its first file.
    package func keepFeedDrop(
        _ file: DroppedFile,
        named name: String,
        mark: String,
        of systemName: String,
        mode: FeedMode,
        from partner: Partner.ID
    ) async throws -> Bool {
        try await write { transaction in
            guard let partner = try transaction.session.partner(partner) else {
                throw FeedFailure.systemUnknown
            }
            let system = try transaction.sourceSystem(named: systemName, for: .partner(partner))
            guard try transaction.session.feedDrop(marked: mark) == nil else { return false }
            let open = try transaction.session.openFeedDrops(of: system.id)
            guard open.count < FeedDrop.mostOpen else { throw FeedFailure.tooManyWait }
            let drop = FeedDrop(
                id: transaction.secrets.makeIdentifier(),
                source: system.id,
                partner: partner.id,
                mark: mark,
                name: name,
                mode: mode,
                file: file,
                receivedAt: transaction.now
            )
            try transaction.session.save(drop)
            try transaction.audit(
                .partner(partner.id),
                "feed.drop",
                subject: drop.id,
                detail: "system=\(system.name) mode=\(mode.rawValue)"
            )
            return true
        }
    }

    /// Drops about which something is to be done, oldest first.
    ///
    /// Changes wait behind an older file of their system that a person has to look at: in another
    /// order they would say something else. A snapshot says everything, so it does not.
    package func dueFeedDrops(limit: Int = 5_000) async throws -> [DueFeedDrop] {
        try await read { transaction in
            var due: [DueFeedDrop] = []
            var held: [SourceSystem.ID: [FeedDrop]] = [:]
            for drop in try transaction.session.dueFeedDrops(limit: limit) {
                guard let system = try transaction.session.sourceSystem(drop.source),
                    let partner = try transaction.session.partner(drop.partner)
                else { continue }
                if drop.status == .waiting, drop.mode == .changes {
                    let waiting =
                        try held[drop.source]
                        ?? transaction.session.openFeedDrops(of: drop.source)
                        .filter { $0.status == .held }
                    held[drop.source] = waiting
                    if waiting.contains(where: { $0.isOlder(than: drop) }) { continue }
                }
                due.append(DueFeedDrop(drop: drop, system: system, partner: partner))
            }
            return due
        }
    }

    /// Reads a drop's rows and takes them in, or holds it for a person, or refuses it.
    ///
    /// What is thrown is a fault of ours: the drop stays as it is and comes again.
    @discardableResult
    package func workOff(
        _ due: DueFeedDrop,
        file: any FeedFile,
        progress: @escaping @Sendable (FeedProgress) -> Void = { _ in }
    ) async throws -> WorkedFeedDrop {
        let hand = FeedHand.partner(due.partner)
        var drop = due.drop
        var refusals = drop.refusals
        do {
            let isAgreed = try await isAgreed(drop)
            if !isAgreed {
                let report = try await checkFeed(
                    file,
                    of: due.system.name,
                    mode: drop.mode,
                    by: hand,
                    progress: progress
                )
                drop.take(report)
                refusals = report.refusals
                drop.confirmation = report.unattended(of: due.system)
            }
            guard isAgreed || drop.confirmation == nil else {
                return try await decide(drop, .held, refusals)
            }
            let report = try await applyFeed(
                file,
                of: due.system.name,
                mode: drop.mode,
                confirmed: drop.confirmation?.withdrawals,
                // What was withdrawn before a cut is not withdrawn again.
                orFewer: true,
                by: hand,
                progress: progress
            )
            drop.take(report)
            refusals = report.refusals
            return try await decide(drop, .applied, refusals)
        } catch FeedFailure.needsConfirmation(let confirmation) {
            // Entries came or went since somebody agreed: the number is another one.
            drop.confirmation = confirmation
            return try await decide(drop, .held, refusals)
        } catch let failure as FeedFailure {
            drop.failure = failure
            return try await decide(drop, .refused, refusals)
        }
    }

    /// Whether what somebody agreed to is still what would be done.
    private func isAgreed(_ drop: FeedDrop) async throws -> Bool {
        guard drop.status == .agreed else { return false }
        let last = try await read { try $0.session.uploads(of: drop.source, limit: 1).first }
        guard let last, last.startedAt > drop.decidedAt else { return true }
        // This very file, cut off in our own power, goes on; another one says something else.
        return last.status == .applying && last.fileName == drop.name && last.mode == drop.mode
            && last.by == CaseTransaction.Hand.partner(drop.partner).text
    }

    private func decide(
        _ drop: FeedDrop,
        _ status: FeedDrop.Status,
        _ refusals: [RefusedRow]
    ) async throws -> WorkedFeedDrop {
        let settled = try await write { transaction in
            var drop = drop
            // A person may have declined it meanwhile, or another process worked it off.
            guard let now = try transaction.session.feedDrop(drop.id),
                now.status == drop.status
            else { return drop }
            try transaction.settle(&drop, status, by: .partner(drop.partner))
            if drop.mode == .snapshot, status != .refused {
                try transaction.supersede(before: drop, alsoWaiting: status == .applied)
            }
            return drop
        }
        return WorkedFeedDrop(drop: settled, refusals: refusals)
    }

    /// Its sender was told how it stands.
    package func noteReported(_ drop: FeedDrop) async throws {
        try await write { transaction in
            guard var now = try transaction.session.feedDrop(drop.id),
                now.status == drop.status, now.decidedAt == drop.decidedAt
            else { return }
            now.isReported = true
            try transaction.session.save(now)
        }
    }

    // MARK: What people decide

    /// A source system's dropped extracts, newest first.
    package func feedDrops(
        of name: String,
        by hand: FeedHand,
        limit: Int = 20
    ) async throws -> [FeedDrop] {
        try await read { transaction in
            let system = try transaction.sourceSystem(named: name, for: hand)
            return try transaction.session.feedDrops(of: system.id, limit: limit)
        }
    }

    /// One dropped extract of a source system.
    package func feedDrop(
        _ id: FeedDrop.ID,
        of name: String,
        by hand: FeedHand
    ) async throws -> FeedDrop {
        try await read { transaction in
            let system = try transaction.sourceSystem(named: name, for: hand)
            guard let drop = try transaction.session.feedDrop(id), drop.source == system.id else {
                throw CaseworkFailure.notFound
            }
            return drop
        }
    }

    /// Agrees to take in a file that was held.
    ///
    /// `confirmed`: how many withdrawals the person saw. Throws where that is not what would be
    /// done, or another file of the system was taken in since it was looked through.
    package func agreeToFeed(
        _ id: FeedDrop.ID,
        of name: String,
        confirmed: Int,
        by hand: FeedHand
    ) async throws {
        try await decideHeld(id, of: name, .agreed, by: hand) { transaction, drop in
            guard drop.confirmation?.withdrawals == confirmed else {
                throw CaseworkFailure.notPossibleNow
            }
            let last = try transaction.session.uploads(of: drop.source, limit: 1).first
            guard last.map({ $0.startedAt <= drop.decidedAt }) ?? true else {
                throw CaseworkFailure.notPossibleNow
            }
        }
    }

    /// Leaves everything as it is.
    package func declineFeed(
        _ id: FeedDrop.ID,
        of name: String,
        by hand: FeedHand
    ) async throws {
        try await decideHeld(id, of: name, .declined, by: hand) { _, _ in }
    }

    private func decideHeld(
        _ id: FeedDrop.ID,
        of name: String,
        _ status: FeedDrop.Status,
        by hand: FeedHand,
        require: @escaping @Sendable (CaseTransaction, FeedDrop) throws -> Void
    ) async throws {
        try await write { transaction in
            let system = try transaction.sourceSystem(named: name, for: hand)
            guard var drop = try transaction.session.feedDrop(id), drop.source == system.id else {
                throw CaseworkFailure.notFound
            }
            guard drop.status == .held else { throw CaseworkFailure.notPossibleNow }
            try require(transaction, drop)
            try transaction.settle(&drop, status, by: hand.hand)
        }
    }
}

extension FeedDrop {
    fileprivate mutating func take(_ report: FeedReport) {
        counts = report.counts
        refusals = Array(report.refusals.prefix(FeedUpload.mostRefusalsKept))
    }
}

extension FeedReport {
    /// What a person has to look at where nobody watches the dry run.
    fileprivate func unattended(of system: SourceSystem) -> FeedConfirmation? {
        var grounds = confirmation?.grounds ?? []
        // Changes withdraw by name: nobody sees before that they withdraw everybody.
        let share = system.mapping.withdrawAtMostPercent
        if !grounds.contains(.tooMany), counts.withdrawn * 100 > entriesBefore * share {
            grounds.append(.tooMany)
        }
        if endsWithoutLineEnd, !grounds.contains(.endsWithoutLineEnd) {
            grounds.append(.endsWithoutLineEnd)
        }
        if counts.refused * 100 > counts.rows * system.mapping.refuseAtMostPercent {
            grounds.append(.manyRefused(counts.refused))
        }
        guard !grounds.isEmpty else { return nil }
        return FeedConfirmation(
            withdrawals: confirmation?.withdrawals ?? counts.withdrawn,
            entries: entriesBefore,
            grounds: grounds
        )
    }
}

extension CaseTransaction {
    fileprivate func settle(
        _ drop: inout FeedDrop,
        _ status: FeedDrop.Status,
        by hand: Hand
    ) throws {
        drop.status = status
        drop.decidedAt = now
        // Who agreed is about to hear what came of it.
        drop.isReported = status == .agreed
        try session.save(drop)
        try audit(hand, "feed.\(status.rawValue)", subject: drop.id)
    }

    /// A snapshot says everything: what older files would have said is out of date.
    ///
    /// `alsoWaiting`: the snapshot was taken in, so nothing older may come after it.
    fileprivate func supersede(before drop: FeedDrop, alsoWaiting: Bool) throws {
        for var other in try session.openFeedDrops(of: drop.source)
        where other.isOlder(than: drop) && (alsoWaiting || other.status == .held) {
            try settle(&other, .superseded, by: .system)
        }
    }
}
