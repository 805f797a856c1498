import Casework
import Operations
import Synchronization
import Testing
import Vocabulary

@Suite("The operator's watch") struct OperatorWatchTests {
    /// What was passed on, with what to run.
    private final class Told: Sendable {
        private let state = Mutex<[GatewayTrouble: String]>([:])

        var troubles: [GatewayTrouble: String] { state.withLock(\.self) }

        func add(_ troubles: [GatewayTrouble], _ command: (GatewayTrouble) -> String) {
            let told = troubles.map { ($0, command($0)) }
            state.withLock { state in for (trouble, command) in told { state[trouble] = command } }
        }
    }

    private struct Unreadable: Error {}

    private let day: Int64 = 86_400
    private let now = Instant(millisecondsSince1970: 1_800_000_000_000)
    private let folder: TemporaryFolder
    private let told = Told()

    init() throws { folder = try TemporaryFolder() }

    private func watch(
        _ dataFolder: String? = nil,
        backupDays: Int = 7,
        ends: @escaping @Sendable () throws -> [Instant] = { [] },
        others: [OperatorWatch.CertificateEnds] = [],
        outbox: [GatewayTrouble] = [],
        firstEntry: Instant? = nil
    ) -> OperatorWatch {
        let told = told
        let first: OperatorWatch.CertificateEnds = { try ends() }
        return OperatorWatch(
            place: Installation(folder: "/srv/mochila", dataFolder: dataFolder ?? folder.path),
            backupDays: backupDays,
            certificateEnds: [first] + others,
            outbox: { outbox },
            firstEntry: { firstEntry },
            tell: { told.add($0, $1) }
        )
    }

    private var withoutDisk: [GatewayTrouble: String] {
        told.troubles.filter { if case .diskFilling = $0.key { false } else { true } }
    }

    @Test func `what the outbox says is passed on, with the doctor to call`() async throws {
        try await watch(outbox: [.mailStuck(count: 3), .pushFailing(count: 1)]).look(at: now)
        #expect(
            withoutDisk == [
                .mailStuck(count: 3): "mochila doctor --at /srv/mochila",
                .pushFailing(count: 1): "mochila doctor --at /srv/mochila",
            ]
        )
    }

    @Test(arguments: [(13 * 86_400 + 5, 13), (0, 0), (-1, 0), (-40 * 86_400, 0)] as [(Int64, Int)])
    func `a certificate's end is told in whole days, and one that is over as none`(
        seconds: Int64,
        days: Int
    ) async throws {
        let end = now.advanced(bySeconds: seconds)
        try await watch(ends: { [end] }).look(at: now)
        #expect(Array(withoutDisk.keys) == [.certificateExpires(days: days)])
    }

    @Test func `every certificate is told of`() async throws {
        let ends = [now.advanced(bySeconds: 5 * day), now.advanced(bySeconds: 90 * day)]
        try await watch(ends: { ends }).look(at: now)
        #expect(
            Set(withoutDisk.keys) == [.certificateExpires(days: 5), .certificateExpires(days: 90)]
        )
    }

    @Test func `a certificate that cannot be read hides nothing else, and is a fault`()
        async throws
    {
        let watch = watch(ends: { throw Unreadable() }, outbox: [.mailStuck(count: 2)])
        await #expect(throws: Unreadable.self) { try await watch.look(at: now) }
        #expect(Array(withoutDisk.keys) == [.mailStuck(count: 2)])
    }

    @Test func `a certificate that cannot be read hides no other's end`() async throws {
        let end = now.advanced(bySeconds: 3 * day)
        let watch = watch(ends: { throw Unreadable() }, others: [{ [end] }])
        await #expect(throws: Unreadable.self) { try await watch.look(at: now) }
        #expect(Array(withoutDisk.keys) == [.certificateExpires(days: 3)])
    }

    @Test func `the ends are asked for anew each time`() async throws {
        let renewed = Mutex(false)
        let (early, late) = (now.advanced(bySeconds: day), now.advanced(bySeconds: 700 * day))
        let watch = watch(ends: { [renewed.withLock(\.self) ? late : early] })
        try await watch.look(at: now)
        #expect(Array(withoutDisk.keys) == [.certificateExpires(days: 1)])
        renewed.withLock { $0 = true }
        try await watch.look(at: now)
        #expect(
            Set(withoutDisk.keys) == [.certificateExpires(days: 1), .certificateExpires(days: 700)]
        )
    }

    @Test func `how full the disk is stands between nothing and everything`() async throws {
        try await watch().look(at: now)
        let percents = told.troubles.keys.compactMap { trouble -> Int? in
            if case .diskFilling(let percent) = trouble { percent } else { nil }
        }
        #expect(percents.count == 1 && percents.allSatisfy { (0...100).contains($0) })
    }

    @Test func `a folder that is not there says nothing of a disk`() async throws {
        try await watch("\(folder.path)/none").look(at: now)
        #expect(told.troubles.isEmpty)
    }

    @Test func `days without a copy count from the last, with the command that makes one`()
        async throws
    {
        try BackupMark.note(now.advanced(bySeconds: -8 * day), in: folder.path)
        try await watch(firstEntry: now.advanced(bySeconds: -300 * day)).look(at: now)
        #expect(
            withoutDisk == [
                .backupMissed(days: 8): "mochila backup --at /srv/mochila NEW-FOLDER"
            ]
        )
    }

    @Test func `without any copy they count from the first thing on file`() async throws {
        let watch = watch(firstEntry: now.advanced(bySeconds: -7 * day))
        try await watch.look(at: now)
        #expect(Array(withoutDisk.keys) == [.backupMissed(days: 7)])
    }

    @Test func `six days are not told of, nor an empty store, nor where nobody wants to know`()
        async throws
    {
        try await watch(firstEntry: now.advanced(bySeconds: -7 * day + 1)).look(at: now)
        try await watch().look(at: now)
        try await watch(backupDays: 0, firstEntry: now.advanced(bySeconds: -900 * day))
            .look(at: now)
        #expect(withoutDisk.isEmpty)
    }

    @Test func `a copy is noted over the one before, and over one that was cut short`() throws {
        try folder.write("garbage", to: "last-backup.part")
        for days in [3, 2] as [Int64] {
            let at = now.advanced(bySeconds: -days * day)
            try BackupMark.note(at, in: folder.path)
            #expect(BackupMark.last(in: folder.path) == at)
        }
        #expect(FileFacts(path: "\(folder.path)/last-backup.part") == nil)
        #expect(FileFacts(path: "\(folder.path)/last-backup")?.mode == 0o600)
    }

    @Test(arguments: ["", "\n", "yesterday", "12 days", "99999999999999999999"])
    func `a mark that nobody can read is none`(text: String) throws {
        try folder.write(text, to: "last-backup")
        #expect(BackupMark.last(in: folder.path) == nil)
    }

    @Test func `a copy that cannot be noted is a fault`() {
        #expect(throws: InstallationRefusal.self) {
            try BackupMark.note(now, in: "\(folder.path)/none")
        }
    }
}
