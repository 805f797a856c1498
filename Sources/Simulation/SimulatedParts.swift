import Casework
import RecordExchange
import SeededNumbers
import StudentRecords
import Synchronization
import Vocabulary

/// The edges of the gateway, modelled: everything inside them is the real thing.
final class SimulatedSecrets: SecretSource {
    private let random: Mutex<SeededGenerator>
    private let hash: @Sendable ([UInt8]) -> SHA256Digest

    init(seed: UInt64, hash: @escaping @Sendable ([UInt8]) -> SHA256Digest) {
        random = Mutex(SeededGenerator(seed: seed))
        self.hash = hash
    }

    func randomBits() -> UInt128 {
        random.withLock { UInt128($0.next()) << 64 | UInt128($0.next()) }
    }

    func digest(of bytes: [UInt8]) -> SHA256Digest { hash(bytes) }
}

/// Nobody signs in.
struct NoPasswords: PasswordHashing {
    let decoy = ""

    func hash(_ password: String) throws -> String { "" }
    func verify(_ password: String, against stored: String) -> Bool { false }
}

/// Nobody has an app.
struct NoCodes: OneTimeCodes {
    func makeSecret() -> [UInt8] { [] }
    func step(of code: String, secret: [UInt8], at instant: Instant) -> Int64? { nil }
    func now() -> Instant { Instant(millisecondsSince1970: 0) }
    func text(of secret: [UInt8]) -> String { "" }
}

/// Letters as what a reader does with them: their name, the link, its code, and how many requests
/// they name.
struct BareLetters: LetterWriter {
    /// In place of a link or a code that is not there.
    static let none = "-"

    func write(_ letter: Letter, in language: Language) throws -> LetterText {
        let facts: Letter.Ask? =
            switch letter {
            case .ask(let facts), .remind(let facts), .escalate(let facts), .newLink(let facts),
                .questionAnswered(let facts), .cancelAsked(let facts), .extended(let facts),
                .filesByMail(let facts, _, _), .filesHeld(let facts), .message(let facts),
                .passedOn(let facts, _):
                facts
            default: nil
            }
        var (link, code) = (facts?.link ?? "", facts?.code ?? "")
        var items = 1
        // The link of a mail with several lines opens the first.
        switch letter {
        case .notices(_, _, let total, let first, let word):
            items = total
            if !word.isEmpty { (link, code) = (first, word) }
        case .waiting(_, _, _, let total, let first, let word):
            (items, link, code) = (total, first, word)
        case .digest(_, _, let total, _, _): items = total
        default: break
        }
        let token = code.isEmpty ? nil : link.split(separator: "/").last.map(String.init)
        let text = "\(token ?? Self.none) \(code.isEmpty ? Self.none : code) \(items)"
        return LetterText(subject: letter.name, plainText: text, html: "")
    }
}

/// The mail servers of the world: some addresses do not exist, and some days nothing goes out.
final class SimulatedMail: MailCourier {
    private struct State {
        var wrong: Set<String> = []
        var isDown = false
        var new: [OutgoingMail] = []
        var times: [String: Int] = [:]
    }

    private let state = Mutex(State())

    func addWrong(_ address: EmailAddress) {
        state.withLock { _ = $0.wrong.insert(address.description) }
    }

    func set(isDown: Bool) { state.withLock { $0.isDown = isDown } }

    func send(_ mail: OutgoingMail) async -> MailOutcome {
        state.withLock { state in
            if state.isDown { return .deferred(reason: "no connection") }
            if state.wrong.contains(mail.to.description) {
                return .refused(reason: "no such mailbox")
            }
            state.times[mail.messageID, default: 0] += 1
            // A repeat after a cut is recognised by its Message-ID and read once.
            if state.times[mail.messageID] == 1 { state.new.append(mail) }
            return .accepted
        }
    }

    /// What arrived since the last call.
    func takeNew() -> [OutgoingMail] {
        state.withLock { state in
            defer { state.new = [] }
            return state.new
        }
    }

    /// Mails that arrived more than once.
    var repeats: Int { state.withLock { $0.times.values.reduce(0) { $0 + $1 - 1 } } }
}

/// Partners' servers: on some days they do not answer.
final class SimulatedServers: BundleCourier {
    private let isDown = Mutex(false)

    func set(isDown: Bool) { self.isDown.withLock { $0 = isDown } }

    func push(_ parcel: Parcel, to destination: PushDestination) async -> PushOutcome {
        isDown.withLock { $0 ? .deferred(reason: "no connection") : .delivered(bytes: 4_096) }
    }
}

/// Sealing costs no time here and is done elsewhere's tests.
struct SimulatedSeals: BundleAssembler {
    func assemble(_ order: BundleOrder) async throws -> RecordBundle.Seal {
        RecordBundle.Seal(
            byteCount: 4_096,
            sha256: String(repeating: "a", count: 64),
            recipients: order.recipientCertificates
        )
    }

    func inspect(_ order: BundleOrder) async throws {}
    func lockAway(_ file: DroppedFile.ID) throws {}
    func sealedFile(of bundle: RecordBundle.ID) -> String { "/sealed/\(bundle)" }
}

/// A transaction that was cut: before it was on file, or just after.
struct Cut: Error, Hashable {
    let wasOnFile: Bool
}

/// A store whose machine may fail at any commit.
final class CutStore: CaseStore {
    private struct State {
        var random: SeededGenerator
        var cuts = 0
        var isSafe = true
    }

    private let inner: any CaseStore
    private let perThousand: Int
    private let state: Mutex<State>

    init(_ inner: any CaseStore, perThousand: Int, seed: UInt64) {
        self.inner = inner
        self.perThousand = perThousand
        state = Mutex(State(random: SeededGenerator(seed: seed ^ 0xC0FFEE)))
    }

    var cuts: Int { state.withLock(\.cuts) }

    /// Nothing is cut while the world is being set up and looked at.
    func set(isSafe: Bool) { state.withLock { $0.isSafe = isSafe } }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any CaseSession) throws -> Result
    ) async throws -> Result {
        try await inner.read(body)
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any CaseSession) throws -> Result
    ) async throws -> Result {
        let fate = state.withLock { state -> Int in
            guard !state.isSafe, state.random.happens(perThousand) else { return 0 }
            state.cuts += 1
            return 1 + state.random.below(2)
        }
        if fate == 1 { throw Cut(wasOnFile: false) }
        let result = try await inner.write(body)
        if fate == 2 { throw Cut(wasOnFile: true) }
        return result
    }
}

/// Systems that take whatever they are told.
struct SimulatedSystems: WebhookCourier {
    func post(_ call: WebhookCall) async -> WebhookOutcome { .accepted }
}
