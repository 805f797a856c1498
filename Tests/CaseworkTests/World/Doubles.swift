import Casework
import RecordExchange
import RecordLocator
import Synchronization
import Vocabulary

/// Letters as facts: the whole letter, so that a test can find a link, and search for a name.
struct FactLetters: LetterWriter {
    /// A letter nobody can write, to see what a failure leaves behind.
    struct Unwritable: Error {}

    let unwritable: Flag

    func write(_ letter: Letter, in language: Language) throws -> LetterText {
        if unwritable.isRaised { throw Unwritable() }
        let facts = "\(letter)"
        return LetterText(subject: letter.name, plainText: facts, html: facts)
    }
}

/// A switch that tests turn.
final class Flag: Sendable {
    private let state = Mutex(false)

    var isRaised: Bool {
        get { state.withLock(\.self) }
        set { state.withLock { $0 = newValue } }
    }
}

/// A mail server: takes everything, or nothing, or refuses some addresses.
final class MailServer: MailCourier {
    private struct State {
        var isDown = false
        var refused: Set<String> = []
        var arrived: [OutgoingMail] = []
        var attempts = 0
    }

    private let state = Mutex(State())

    var isDown: Bool {
        get { state.withLock(\.isDown) }
        set { state.withLock { $0.isDown = newValue } }
    }

    var arrived: [OutgoingMail] { state.withLock(\.arrived) }
    var attempts: Int { state.withLock(\.attempts) }

    func refuse(_ address: EmailAddress) {
        state.withLock { _ = $0.refused.insert(address.description) }
    }

    func send(_ mail: OutgoingMail) async -> MailOutcome {
        state.withLock { state in
            state.attempts += 1
            if state.isDown { return .deferred(reason: "no connection") }
            if state.refused.contains(mail.to.description) {
                return .refused(reason: "no such mailbox")
            }
            state.arrived.append(mail)
            return .accepted
        }
    }
}

/// Seals nothing: the seal is made of the bundle's number.
final class PaperAssembler: BundleAssembler {
    struct DiskFull: Error {}

    let isBroken = Flag()
    private let orders = Mutex<[BundleOrder]>([])
    private let found = Mutex<[DroppedFile.ID: String]>([:])
    private let lockedAway = Mutex<Set<DroppedFile.ID>>([])

    /// From now on the scanner finds something in a file.
    func infect(_ file: DroppedFile.ID, with name: String) {
        found.withLock { $0[file] = name }
    }

    /// What was moved out of sight.
    var locked: Set<DroppedFile.ID> { lockedAway.withLock(\.self) }

    func inspect(_ order: BundleOrder) async throws {
        if isBroken.isRaised { throw DiskFull() }
        let files = Set(order.bundle.files.map(\.id)).subtracting(order.cleared)
        let findings = found.withLock { found in
            found.filter { files.contains($0.key.description) }
        }
        if !findings.isEmpty { throw InfectedFiles(findings: findings) }
    }

    func lockAway(_ file: DroppedFile.ID) throws {
        lockedAway.withLock { _ = $0.insert(file) }
    }

    /// Every order carried out.
    var done: [BundleOrder] { orders.withLock(\.self) }

    func assemble(_ order: BundleOrder) async throws -> RecordBundle.Seal {
        try await inspect(order)
        orders.withLock { $0.append(order) }
        return RecordBundle.Seal(
            byteCount: 4_096,
            sha256: String(repeating: "a", count: 64),
            recipients: order.recipientCertificates
        )
    }

    func sealedFile(of bundle: RecordBundle.ID) -> String { "/sealed/\(bundle).cms" }
}

/// The locator over a few entries that are in no store.
final class SmallLocator: RecordFinder {
    private let index = Mutex(LocatorIndex())
    let guardsEverybody = Flag()
    private let guardedNames = Mutex<Set<PersonName>>([])

    /// From now on whoever has this name, as it is written, is a protected child.
    func protect(_ name: PersonName) {
        guardedNames.withLock { _ = $0.insert(name) }
    }

    func find(_ query: LocatorQuery) async -> LocatorAnswer {
        index.withLock { $0.search(query, limit: 10) }
    }

    func areGuarded(_ queries: [LocatorQuery]) async -> [Bool] {
        let names = guardedNames.withLock(\.self)
        return queries.map { guardsEverybody.isRaised || names.contains($0.name) }
    }

    func guards(of entries: [LocatorEntry]) async -> [[LocatorEntry]?] {
        entries.map { _ in nil }
    }

    func hanging(on query: LocatorQuery) async -> [LocatorEntry] {
        index.withLock { $0.hanging(on: query) }
    }

    func takeUp() async throws -> Int64 { .max }

    func add(_ entries: [LocatorEntry]) async {
        index.withLock { index in
            for entry in entries { index.insert(entry) }
        }
    }
}
