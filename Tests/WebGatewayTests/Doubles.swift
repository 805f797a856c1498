import Casework
import Foundation
import HTTPTypes
import Hummingbird
import Intake
import Logging
import RecordExchange
import SeededNumbers
import Synchronization
import Vocabulary
import WebGateway

/// Random bits by seed, and digests that only tell values apart.
final class SeededSecrets: SecretSource {
    private let generator: Mutex<SeededGenerator>

    init(seed: UInt64 = 1) { generator = Mutex(SeededGenerator(seed: seed)) }

    func randomBits() -> UInt128 {
        generator.withLock { UInt128($0.next()) << 64 | UInt128($0.next()) }
    }

    func digest(of bytes: [UInt8]) -> SHA256Digest {
        let words = (1...4).map { salt in
            bytes.reduce(UInt64(salt) &* 0x9E37_79B9_7F4A_7C15) { hash, byte in
                (hash ^ UInt64(byte)) &* 0x100_0000_01B3
            }
        }
        let all = words.flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
        }
        guard let digest = SHA256Digest(bytes: all) else { preconditionFailure("32 bytes") }
        return digest
    }
}

/// A clock that stands until it is moved.
final class ManualClock: Sendable {
    private let instant = Mutex(Instant(millisecondsSince1970: 1_780_000_000_000))

    var now: Instant { instant.withLock { $0 } }

    func advance(_ seconds: Int64) {
        instant.withLock { $0 = $0.advanced(bySeconds: seconds) }
    }
}

/// Sessions in memory.
final class MemorySessions: SessionStore {
    private let sessions = Mutex<[SHA256Digest: StoredSession]>([:])
    let touches = Mutex(0)

    var all: [StoredSession] { sessions.withLock { Array($0.values) } }

    func insert(_ session: StoredSession) async throws {
        sessions.withLock { $0[session.digest] = session }
    }

    func session(_ digest: SHA256Digest) async throws -> StoredSession? {
        sessions.withLock { $0[digest] }
    }

    func touch(_ digest: SHA256Digest, at instant: Instant) async throws {
        touches.withLock { $0 += 1 }
        sessions.withLock { $0[digest]?.lastUsedAt = instant }
    }

    func remove(_ digest: SHA256Digest) async throws {
        sessions.withLock { $0[digest] = nil }
    }

    func removeAll(ofAccount account: StaffID) async throws {
        sessions.withLock { sessions in
            sessions = sessions.filter { entry in
                if case .staff(account, _) = entry.value.holder { false } else { true }
            }
        }
    }

    func removeAll(ofInquiry inquiry: Inquiry.ID) async throws {
        sessions.withLock { sessions in
            sessions = sessions.filter { entry in
                if case .answerLink(_, inquiry) = entry.value.holder { false } else { true }
            }
        }
    }

    func removeUnused(since instant: Instant) async throws -> Int {
        sessions.withLock { sessions in
            let before = sessions.count
            sessions = sessions.filter { $0.value.lastUsedAt >= instant }
            return before - sessions.count
        }
    }
}

/// Pages that say which route answered, for whom, and with what form token.
struct EchoPages: PublicPages, SecondFactorPages, LinkPages, StaffPages, FailurePages {
    let drop: (any FileDrop)?
    /// How often a handler was reached.
    let calls = Calls()

    final class Calls: Sendable {
        private let number = Mutex(0)
        var count: Int { number.withLock { $0 } }
        func add() { number.withLock { $0 += 1 } }
    }

    func respond(to route: PublicRoute, _ visit: Visit) async throws -> Response {
        try await answer("public \(route.rawValue)", visit)
    }

    func respond(to route: SecondFactorRoute, _ visit: SecondFactorVisit) async throws -> Response {
        try await answer("half \(route.rawValue) \(visit.account)", visit.visit)
    }

    func respond(to route: LinkRoute, _ visit: LinkVisit) async throws -> Response {
        try await answer("link \(route.rawValue) \(visit.inquiry)", visit.visit)
    }

    func respond(to route: StaffRoute, _ visit: StaffVisit) async throws -> Response {
        try await answer("staff \(route.rawValue) \(visit.actor.id)", visit.visit)
    }

    func page(for failure: GatewayFailure, language: Language) -> String {
        "failure \(failure) \(language.rawValue)"
    }

    private func answer(_ text: String, _ visit: Visit) async throws -> Response {
        calls.add()
        var lines = [text, visit.language.rawValue, visit.formToken.description]
        if let drop, let upload = try? visit.upload() {
            let outcome = try await upload.receive(
                into: drop,
                limits: .init(total: 1 << 20, file: 300_000, files: 5, field: 1_000)
            )
            lines += outcome.files.map { "\($0.field) \($0.file.name) \($0.file.byteCount)" }
            lines += outcome.refusals.map { "refused \($0)" }
            lines += outcome.fields.names.dropFirst().map { "\($0)=\(outcome.fields[$0] ?? "")" }
        } else {
            lines += visit.form.names.map { "\($0)=\(visit.form[$0] ?? "")" }
        }
        return .page(lines.joined(separator: "\n"))
    }
}

/// A gateway with pages that echo, and people of every role.
struct Stage {
    let clock = ManualClock()
    let secrets = SeededSecrets()
    let store = MemorySessions()
    let pages: EchoPages
    let desk: SessionDesk
    let gateway: Gateway
    let site: SiteAddress
    let cookies: SessionCookies

    init(
        site: SiteAddress = .loopback,
        drop: (any FileDrop)? = nil,
        pages open: (any PublicPages)? = nil,
        systems: SystemGate = .closed,
        isDemonstration: Bool = true,
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    ) {
        let (clock, secrets, store) = (clock, secrets, store)
        self.site = site
        cookies = SessionCookies(isSecure: site.isSecure)
        pages = EchoPages(drop: drop)
        desk = SessionDesk(store: store, secrets: secrets, now: { clock.now })
        gateway = Gateway(
            site: site,
            pages: .init(
                open: open ?? pages,
                secondFactor: pages,
                link: pages,
                staff: pages,
                systems: systems,
                failures: pages
            ),
            desk: desk,
            person: { id in Self.person(id) },
            secrets: secrets,
            isDemonstration: isDemonstration,
            logger: logger
        )
    }

    var app: some ApplicationProtocol { Application(router: gateway.makeRouter()) }

    /// The account that holds just this role.
    static func account(_ role: StaffRole) -> StaffID {
        let index = StaffRole.allCases.firstIndex(of: role) ?? 0
        return StaffID(rawValue: UInt128(index + 1))
    }

    /// Where a role can be held.
    private static func organization(for role: StaffRole) -> OrganizationID {
        let school = SchoolID("530000000001").map(OrganizationID.school)
        let district = DistrictID("5300000").map(OrganizationID.district)
        let state = StateCode("WA").map(OrganizationID.state)
        let place: OrganizationID? =
            switch role {
            case .registrar, .counselor, .recordsClerk: school
            case .district: district
            case .stateContact: state
            case .administrator, .auditor: .gateway
            }
        return place ?? .gateway
    }

    static let disabledAccount = StaffID(rawValue: 999)

    static func person(_ id: StaffID) -> SessionPerson? {
        guard let role = StaffRole.allCases.first(where: { account($0) == id }),
            let email = try? EmailAddress(parsing: "\(role.rawValue)@example.org")
        else { return nil }
        let row = StaffAccount(
            id: id,
            email: email,
            name: "A. Person",
            memberships: [.init(role: role, organization: organization(for: role))],
            status: .active,
            createdAt: Instant(millisecondsSince1970: 0)
        )
        return SessionPerson(
            actor: Actor(row),
            organizationName: "Gateway",
            language: role == .counselor ? .spanish : .english
        )
    }

    static let inquiry = Inquiry.ID(rawValue: 7)
    static let otherInquiry = Inquiry.ID(rawValue: 8)

    /// Somebody at the door, with whatever cookies they carry.
    enum Visitor: Hashable, CustomStringConvertible {
        case nobody, someoneKnown
        case link(Inquiry.ID)
        case halfSignedIn
        case disabled
        case staff(StaffRole)

        static let all: [Self] =
            [
                .nobody, .someoneKnown, .link(Stage.inquiry), .link(Stage.otherInquiry),
                .halfSignedIn,
                .disabled,
            ]
            + StaffRole.allCases.map(Self.staff)

        var description: String {
            switch self {
            case .nobody: "nobody"
            case .someoneKnown: "somebody with a form cookie"
            case .link(let inquiry): "the link of \(inquiry.rawValue)"
            case .halfSignedIn: "half signed in"
            case .disabled: "a disabled account"
            case .staff(let role): role.rawValue
            }
        }
    }

    /// Signs a visitor in: the cookie header and the form token they would have.
    func enter(_ visitor: Visitor) async throws -> (cookie: String, csrf: String) {
        let token: SessionToken
        let purpose: SessionCookies.Purpose
        switch visitor {
        case .nobody: return ("", "")
        case .someoneKnown:
            (token, purpose) = (SessionToken(from: secrets), .form)
        case .link(let inquiry):
            let holder = SessionHolder.answerLink(.init(rawValue: 3), inquiry: inquiry)
            (token, purpose) = (try await desk.start(holder, replacing: nil), .answerLink)
        case .halfSignedIn:
            let holder = SessionHolder.staff(
                account: Self.account(.registrar),
                secondFactorPassed: false
            )
            (token, purpose) = (try await desk.start(holder, replacing: nil), .staff)
        case .disabled:
            let holder = SessionHolder.staff(
                account: Self.disabledAccount,
                secondFactorPassed: true
            )
            (token, purpose) = (try await desk.start(holder, replacing: nil), .staff)
        case .staff(let role):
            let holder = SessionHolder.staff(account: Self.account(role), secondFactorPassed: true)
            (token, purpose) = (try await desk.start(holder, replacing: nil), .staff)
        }
        let csrf = FormToken(for: token, by: secrets).description
        return ("\(cookies.name(purpose))=\(token.cookieValue)", csrf)
    }
}

/// A directory of its own for one test, removed at the end.
final class Scratch: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "mochila-web-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func inbox() throws -> Inbox {
        try Inbox(
            directory: path + "/in",
            protection: PlainProtection(),
            secrets: SeededSecrets(seed: 9),
            reserve: 0
        )
    }

    func entries(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path + "/" + folder).sorted()
    }
}

/// Stores plaintext.
struct PlainProtection: FileProtection {
    func makeWriter(creating path: String) throws -> any ProtectedFileWriter {
        PlainWriter(path: path)
    }

    func makeReader(of path: String) throws -> any ProtectedFileReader {
        MemoryReader(bytes: Array(try Data(contentsOf: URL(fileURLWithPath: path))))
    }
}

private final class PlainWriter: ProtectedFileWriter {
    private let path: String
    private let bytes = Mutex<[UInt8]>([])

    init(path: String) { self.path = path }

    func write(_ piece: UnsafeRawBufferPointer) throws {
        bytes.withLock { $0.append(contentsOf: piece) }
    }

    func finish() throws -> (bytes: Int64, digest: SHA256Digest) {
        let all = bytes.withLock { $0 }
        try Data(all).write(to: URL(fileURLWithPath: path))
        return (Int64(all.count), SeededSecrets().digest(of: all))
    }

    func abandon() { try? FileManager.default.removeItem(atPath: path) }
}

/// Reads from memory.
struct MemoryReader: ProtectedFileReader {
    let bytes: [UInt8]
    var byteCount: Int64 { Int64(bytes.count) }

    func read(from offset: Int64, upTo maximum: Int) throws -> [UInt8] {
        guard offset < byteCount else { return [] }
        return Array(bytes[Int(offset)...].prefix(maximum))
    }
}

extension SystemGate {
    /// Knows no key.
    static var closed: Self {
        Self(
            pages: NoCalls(),
            caller: { _ in nil },
            calls: RateLimiter(
                tries: 1_000,
                perSeconds: 1,
                now: { Instant(millisecondsSince1970: 0) }
            ),
            guesses: RateLimiter(
                tries: 1_000,
                perSeconds: 1,
                now: { Instant(millisecondsSince1970: 0) }
            )
        )
    }
}

private struct NoCalls: SystemPages {
    func respond(to route: SystemRoute, _ visit: SystemVisit) async throws -> Response {
        throw GatewayFailure.notFound
    }
}
