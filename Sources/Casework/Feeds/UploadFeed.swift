package import RecordExchange
import RecordLocator
package import Vocabulary

extension Desk {
    /// Registers a source system, or gives a registered one another mapping.
    ///
    /// The owner of a registered system stays as it is.
    @discardableResult
    package func registerSourceSystem(
        named name: String,
        owner: OrganizationID,
        mapping: FeedMapping,
        schoolNumbers: [String: SchoolID] = [:],
        by hand: FeedHand
    ) async throws -> SourceSystem {
        guard SourceSystem.isName(name) else { throw FeedFailure.nameUnusable }
        var problems = mapping.problems
        if mapping.school.by == .stateNumber, schoolNumbers.isEmpty {
            problems.append(.schoolNumbersMissing)
        }
        guard problems.isEmpty else { throw FeedFailure.mappingUnusable(problems) }
        return try await write { transaction in
            let earlier = try transaction.session.sourceSystem(named: name)
            guard hand.mayRegister(for: earlier?.owner ?? owner) else {
                throw FeedFailure.notAllowed
            }
            var system =
                earlier
                ?? SourceSystem(
                    id: transaction.secrets.makeIdentifier(),
                    name: name,
                    owner: owner,
                    mapping: mapping,
                    secret: transaction.freshSecret(),
                    registeredAt: transaction.now
                )
            if earlier != nil {
                system.mapping = mapping
                system.mappingVersion += 1
            }
            system.schoolNumbers = schoolNumbers
            try transaction.session.save(system)
            try transaction.audit(
                hand.hand,
                "feed.register",
                subject: system.id,
                detail: "name=\(name) owner=\(system.owner) mapping=\(system.mappingVersion)"
            )
            return system
        }
    }

    /// The source systems this hand may upload for, by name.
    package func sourceSystems(by hand: FeedHand) async throws -> [SourceSystem] {
        try await read { transaction in
            try transaction.session.allSourceSystems().filter { hand.mayUpload($0) }
        }
    }

    /// A source system's last uploads, newest first.
    package func uploads(
        of name: String,
        by hand: FeedHand,
        limit: Int = 20
    ) async throws -> [FeedUpload] {
        try await read { transaction in
            let system = try transaction.sourceSystem(named: name, for: hand)
            return try transaction.session.uploads(of: system.id, limit: limit)
        }
    }

    /// What a file would do; nothing is changed.
    package func checkFeed(
        _ file: any FeedFile,
        of name: String,
        mode: FeedMode,
        by hand: FeedHand,
        progress: @escaping @Sendable (FeedProgress) -> Void = { _ in }
    ) async throws -> FeedReport {
        let run = try await feedRun(file, of: name, mode: mode, by: hand, progress)
        let bytes = try await run.inspect()
        let outcome = try await run.walk(bytes, step: .checking)
        return run.report(bytes, outcome, upload: nil)
    }

    /// Applies a file: rows that can be used go in, batch by batch, and the report names the rest.
    ///
    /// The file is read to its end first, so that one that was cut off changes nothing. What a cut
    /// in our own power leaves undone goes on with the same file. `confirmed`: how many entries a
    /// person agreed to withdraw, as `FeedFailure.needsConfirmation` named them; `orFewer`: a
    /// smaller number will do.
    package func applyFeed(
        _ file: any FeedFile,
        of name: String,
        mode: FeedMode,
        confirmed: Int? = nil,
        orFewer: Bool = false,
        by hand: FeedHand,
        progress: @escaping @Sendable (FeedProgress) -> Void = { _ in }
    ) async throws -> FeedReport {
        let run = try await feedRun(file, of: name, mode: mode, by: hand, progress)
        let bytes = try await run.inspect()
        if let earlier = try await sameUpload(as: run, bytes) {
            var counts = FeedCounts()
            counts.rows = earlier.counts.rows
            counts.unchanged = earlier.counts.rows
            return run.report(bytes, FeedRun.Outcome(counts: counts), upload: earlier)
        }
        let planned = try await run.walk(bytes, step: .checking)
        guard planned.accepted > 0 || mode == .changes else { throw FeedFailure.noRows }
        if let confirmation = run.confirmation(planned) {
            let agreed = confirmed ?? -1
            let isAgreed =
                orFewer ? confirmation.withdrawals <= agreed : confirmation.withdrawals == agreed
            guard isAgreed else { throw FeedFailure.needsConfirmation(confirmation) }
        }
        var upload = try await begin(run, bytes, by: hand)
        let outcome = try await run.walk(bytes, step: .applying) { batch in
            try await apply(batch, upload)
        }
        if mode == .snapshot { try await withdrawUnseen(run, outcome, upload) }
        upload.counts = run.counts(outcome)
        upload.refusals = Array(outcome.refusals.prefix(FeedUpload.mostRefusalsKept))
        try await finish(upload, by: hand)
        return run.report(bytes, outcome, upload: upload, isNew: true)
    }

    // MARK: - Steps

    private func feedRun(
        _ file: any FeedFile,
        of name: String,
        mode: FeedMode,
        by hand: FeedHand,
        _ progress: @escaping @Sendable (FeedProgress) -> Void
    ) async throws -> FeedRun {
        let secrets = secrets
        return try await read { transaction in
            let system = try transaction.sourceSystem(named: name, for: hand)
            var before: [LocatorEntry.ID: Int64] = [:]
            try transaction.session.forEachEntry(of: system.id) { before[$0] = $1 }
            // One that lies further back is no measure any more.
            let uploads = try transaction.session.uploads(of: system.id, limit: 20)
            let last = uploads.first { $0.status == .applied && $0.mode == .snapshot }
            return FeedRun(
                file: file,
                system: system,
                mode: mode,
                schools: FeedSchools(of: system, among: try transaction.session.allSchools()),
                today: try transaction.today(at: system.owner),
                before: before,
                lastRows: last?.counts.rows ?? 0,
                digest: { secrets.digest(of: $0) },
                progress: progress
            )
        }
    }

    /// The last upload, where it was this very file, read the same way, with every row taken.
    private func sameUpload(
        as run: FeedRun,
        _ bytes: FeedRun.Bytes
    ) async throws -> FeedUpload? {
        let source = run.system.id
        let last = try await read { try $0.session.uploads(of: source, limit: 1).first }
        guard let last, last.status == .applied, last.digest == bytes.digest,
            last.mode == run.mode, last.mappingVersion == run.system.mappingVersion,
            last.counts.refused == 0
        else { return nil }
        return last
    }

    private func begin(
        _ run: FeedRun,
        _ bytes: FeedRun.Bytes,
        by hand: FeedHand
    ) async throws -> FeedUpload {
        try await write { transaction in
            let upload = FeedUpload(
                id: transaction.secrets.makeIdentifier(),
                source: run.system.id,
                mode: run.mode,
                fileName: run.file.name,
                digest: bytes.digest,
                mappingVersion: run.system.mappingVersion,
                by: hand.hand.text,
                startedAt: try transaction.afterLastUpload(of: run.system.id)
            )
            try transaction.session.save(upload)
            try transaction.audit(
                hand.hand,
                "feed.begin",
                subject: upload.id,
                detail: "system=\(run.system.name) mode=\(run.mode.rawValue)"
            )
            return upload
        }
    }

    private func apply(_ batch: FeedBatch, _ upload: FeedUpload) async throws {
        let asked = try await BatchGuards(of: batch, by: finder)
        try await write { transaction in
            try transaction.requireNewest(upload)
            let now = try asked.now(in: transaction.session)
            var rows: [FeedEntry] = []
            for added in batch.added {
                var entry = added.entry
                if !entry.isProtected, now.isGuarded(entry) { entry.protect(.anotherEntry) }
                rows.append(upload.row(entry, added.digest))
            }
            let system = try transaction.session.sourceSystem(upload.source)
            var kept = KeptProtection(
                session: transaction.session,
                known: asked.known,
                saysProtection: system?.mapping.columns[.protected] != nil
            )
            for changed in batch.changed {
                try kept.take(changed.entry, isFound: now.isGuarded(changed.entry))
            }
            try kept.liftWhatHungOnThem()
            for changed in batch.changed {
                var entry = kept.entry(changed.entry)
                if now.isBeside(entry) { entry.protect(.anotherEntry) }
                rows.append(upload.row(entry, changed.digest))
            }
            try transaction.session.save(
                try now.hidden(beside: kept.others, without: Set(rows.map(\.entry.id)))
            )
            try transaction.session.save(rows)
            for id in batch.withdrawn { try transaction.session.withdrawEntry(id) }
        }
    }

    private func withdrawUnseen(
        _ run: FeedRun,
        _ outcome: FeedRun.Outcome,
        _ upload: FeedUpload
    ) async throws {
        let unseen = run.before.keys.filter { !outcome.seen.contains($0) }.sorted()
        for start in stride(from: 0, to: unseen.count, by: FeedRun.batch) {
            try Task.checkCancellation()
            let batch = FeedBatch(
                withdrawn: Array(unseen[start..<min(start + FeedRun.batch, unseen.count)])
            )
            try await apply(batch, upload)
            run.progress(
                .init(
                    step: .withdrawing,
                    done: start + batch.withdrawn.count,
                    all: unseen.count
                )
            )
        }
    }

    private func finish(_ upload: FeedUpload, by hand: FeedHand) async throws {
        try await write { transaction in
            try transaction.requireNewest(upload)
            var done = upload
            done.status = .applied
            done.finishedAt = transaction.now
            try transaction.session.save(done)
            if var system = try transaction.session.sourceSystem(upload.source) {
                system.lastApplied = upload.id
                if upload.mode == .snapshot {
                    system.lastSnapshotOn = try transaction.today(at: system.owner)
                }
                try transaction.session.save(system)
            }
            let counts = upload.counts
            try transaction.audit(
                hand.hand,
                "feed.applied",
                subject: upload.id,
                detail: "rows=\(counts.rows) added=\(counts.added) changed=\(counts.changed) "
                    + "withdrawn=\(counts.withdrawn) refused=\(counts.refused)"
            )
        }
    }
}

extension FeedUpload {
    fileprivate func row(_ entry: LocatorEntry, _ digest: Int64) -> FeedEntry {
        FeedEntry(entry: entry, source: source, digest: digest, upload: id)
    }
}

extension LocatorQuery {
    /// Asks for whose entry it is.
    init(_ entry: LocatorEntry) {
        self.init(
            name: entry.name,
            birthDate: entry.birthDate,
            stateStudentID: entry.stateStudentID,
            particulars: entry.particulars
        )
    }
}

extension CaseTransaction {
    func sourceSystem(named name: String, for hand: FeedHand) throws -> SourceSystem {
        guard let system = try session.sourceSystem(named: name),
            hand.mayUpload(system)
        else { throw FeedFailure.systemUnknown }
        return system
    }

    fileprivate func freshSecret() -> [UInt8] {
        [secrets.randomBits(), secrets.randomBits()].flatMap { bits in
            (0..<16).map { UInt8(truncatingIfNeeded: bits >> UInt128(8 * $0)) }
        }
    }

    /// The day it is where an organisation is.
    func today(at organization: OrganizationID) throws -> CivilDate {
        let state: StateCode? =
            switch organization {
            case .state(let code): code
            case .district(let id): try session.district(id)?.state
            case .school(let id): try session.school(id)?.state
            case .project(let code): try session.project(code)?.state
            case .custodian, .gateway: nil
            }
        // Of no state: the day in the middle of the country.
        let seconds = now.millisecondsSince1970 / 1_000 - 6 * 3_600
        let elsewhere = CivilDate(dayNumber: Int(seconds / 86_400))
        return state.map(today(in:)) ?? elsewhere
    }

    /// The newest upload is the one that may write: an earlier one that still runs stops here.
    fileprivate func requireNewest(_ upload: FeedUpload) throws {
        guard try session.uploads(of: upload.source, limit: 1).first?.id == upload.id else {
            throw FeedFailure.overtaken
        }
    }

    /// Now, or later where a clock was set back: the newest upload must be the last one begun.
    fileprivate func afterLastUpload(of source: SourceSystem.ID) throws -> Instant {
        guard let last = try session.uploads(of: source, limit: 1).first else { return now }
        return max(now, Instant(millisecondsSince1970: last.startedAt.millisecondsSince1970 + 1))
    }
}
