import Casework
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import RecordExchange
import RecordLocator
import Rendering
import Synchronization
import TestSupport
import Vocabulary
import WebGateway

/// The real use cases and the real words behind the public's pages and the second factor's; the
/// pages of staff and links only echo.
struct PublicHouse {
    static let password = "a long and plain password"

    let stage = Stage()
    let store = MemoryCaseStore()
    let sessions = MemorySessionStore()
    let clock = ManualTimekeeper(day: .on("2026-05-18"))
    let letters = Letterbox()
    let desk: Desk
    let codes: CountingCodes
    let gateway: Gateway
    let registrar: StaffAccount
    let newcomer: StaffAccount

    /// `secondsPerLook`: what passes whenever a limit looks at its clock.
    init(secondsPerLook: Int64 = 0) async throws {
        let (clock, store, letters) = (clock, store, letters)
        let limitsClock = stage.clock
        codes = CountingCodes { clock.now() }
        desk = Desk(
            store: store,
            time: clock,
            secrets: SequentialSecrets(startingAt: 5_000),
            passwords: PlainPasswords(),
            oneTimeCodes: codes,
            letters: letters,
            finder: NobodyKnown(),
            settings: Desk.Settings(
                baseAddress: "http://localhost",
                mailFromName: "Mochila",
                mailFrom: .of("records", at: "mochila")
            )
        )
        registrar = try Self.account(1, "rosa", hasApp: true)
        newcomer = try Self.account(2, "nuevo", hasApp: false)
        let about = Rendering.Installation(
            name: "Ayuda Department of Education",
            host: "localhost",
            phone: "1-800-555-0100",
            email: "records@ayuda.example"
        )
        let frame = PageFrame(
            renderer: try Self.renderer.get(),
            installation: about,
            demoBar: { nil }
        )
        let schools = SchoolFinder(states: StateEntry.trees) { question, most in
            School.trees.filter { $0.name.lowercased().contains(question.name.lowercased()) }
                .prefix(most).map { $0 }
        }
        let sessionDesk = SessionDesk(
            store: sessions,
            secrets: stage.secrets,
            now: { limitsClock.now }
        )
        let limits = TryLimits(now: {
            if secondsPerLook > 0 { limitsClock.advance(secondsPerLook) }
            return limitsClock.now
        })
        let echo = EchoPages(drop: nil)
        let useCases = desk
        gateway = Gateway(
            site: .loopback,
            pages: .init(
                open: OpenRoom(
                    desk: desk,
                    frame: frame,
                    schools: schools,
                    sessions: sessionDesk,
                    cookies: stage.cookies,
                    limits: limits,
                    receipts: OneReceipt(),
                    proofs: OneProof(),
                    demo: nil,
                    familyPace: .zero
                ),
                secondFactor: SecondFactorRoom(
                    desk: desk,
                    frame: frame,
                    sessions: sessionDesk,
                    cookies: stage.cookies,
                    limits: limits,
                    demo: nil
                ),
                link: echo,
                staff: echo,
                systems: .closed,
                failures: FailureRoom(frame: frame)
            ),
            desk: sessionDesk,
            person: { id in
                guard let (actor, account) = try await useCases.actor(id) else { return nil }
                return SessionPerson(
                    actor: actor,
                    organizationName: "Oak School",
                    language: account.language
                )
            },
            secrets: stage.secrets,
            isDemonstration: false,
            logger: .init(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let (registrar, newcomer) = (registrar, newcomer)
        try await store.write { session in
            try session.save(StateEntry.trees)
            try session.save(School.trees.map(District.of))
            try session.save(School.trees)
            try session.save(.sample(11, of: School.maple.organization))
            try session.save(registrar)
            try session.save(newcomer)
        }
    }

    var app: some ApplicationProtocol { Application(router: gateway.makeRouter()) }

    /// Files a request; the letter to the holder has the link and its code.
    func askMaple() async throws -> (token: String, code: String) {
        let actor = Actor(registrar)
        var draft = try await desk.startDraft(for: nil, by: actor)
        draft.given = "Paloma"
        draft.paternalSurname = "Prueba"
        (draft.birthMonth, draft.birthDay, draft.birthYear) = ("3", "9", "2011")
        draft.place = .school(School.maple.id)
        try await desk.save(draft, by: actor)
        _ = try await desk.fileRequest(draft.id, by: actor)
        guard let ask = letters.asks.last else { throw NoLetter() }
        return (String(ask.link.split(separator: "/").last ?? ""), ask.code)
    }

    struct NoLetter: Error {}

    /// Reading all templates takes longer than any test, so it is done once.
    private static let renderer = Result {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return try Renderer(templates: root.appendingPathComponent("Templates").path)
    }

    private static func account(_ number: Int, _ name: String, hasApp: Bool) throws -> StaffAccount
    {
        var account = StaffAccount(
            id: .numbered(number),
            email: .of(name, at: "oak"),
            name: name,
            memberships: [.init(role: .registrar, organization: School.oak.organization)],
            status: .active,
            createdAt: .noon("2026-01-01")
        )
        account.passwordHash = PlainPasswords().line(for: password)
        account.oneTimeConfirmed = hasApp
        account.oneTimeSecret = hasApp ? Array(repeating: 7, count: 20) : nil
        return account
    }
}

/// Keeps what is asked for in letters.
final class Letterbox: LetterWriter {
    private let written = Mutex<[Casework.Letter]>([])

    var asks: [Casework.Letter.Ask] {
        written.withLock { letters in
            letters.compactMap { letter in
                switch letter {
                case .ask(let ask), .newLink(let ask): ask
                default: nil
                }
            }
        }
    }

    func write(_ letter: Casework.Letter, in language: Language) throws -> LetterText {
        written.withLock { $0.append(letter) }
        return LetterText(subject: "subject", plainText: "text", html: "<p>text</p>")
    }
}

/// A locator that knows nobody.
struct NobodyKnown: RecordFinder {
    func find(_ query: LocatorQuery) async -> LocatorAnswer { LocatorIndex().search(query) }
    func areGuarded(_ queries: [LocatorQuery]) async -> [Bool] { queries.map { _ in false } }
    func guards(of entries: [LocatorEntry]) async -> [[LocatorEntry]?] {
        entries.map { _ in nil }
    }
    func hanging(on query: LocatorQuery) async -> [LocatorEntry] { [] }
    func takeUp() async throws -> Int64 { .max }
}

/// A browser: keeps cookies, follows nothing, reads the form token off the page it was given.
final class Browser: Sendable {
    struct Page: Sendable {
        let status: HTTPResponse.Status
        let location: String?
        let text: String

        /// The value of the hidden field that guards forms.
        var csrf: String { between("name=\"csrf\" value=\"", "\"") }

        func between(_ start: String, _ end: String) -> String {
            guard let first = text.firstRange(of: start),
                let last = text[first.upperBound...].firstRange(of: end)
            else { return "" }
            return String(text[first.upperBound..<last.lowerBound])
        }
    }

    private let client: any TestClientProtocol
    private let jar = Mutex<[String: String]>([:])

    init(_ client: any TestClientProtocol) {
        self.client = client
    }

    var cookies: [String: String] { jar.withLock { $0 } }

    func get(_ path: String, method: HTTPRequest.Method = .get) async throws -> Page {
        try await send(path, method, headers: [:], body: "")
    }

    /// Posts a form with the token of `page`.
    func post(
        _ path: String,
        from page: Page,
        _ fields: KeyValuePairs<String, String> = [:]
    ) async throws -> Page {
        let pairs = [("csrf", page.csrf)] + fields.map { ($0.key, $0.value) }
        let body = pairs.map { name, value in
            name + "="
                + value.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }
                .joined()
        }.joined(separator: "&")
        return try await send(
            path,
            .post,
            headers: [.contentType: "application/x-www-form-urlencoded"],
            body: body
        )
    }

    /// Posts files, all in one field, with the token of `page`.
    func upload(
        _ path: String,
        from page: Page,
        _ field: String,
        _ files: KeyValuePairs<String, String>
    ) async throws -> Page {
        let start = "--line\r\nContent-Disposition: form-data; name="
        let body =
            "\(start)\"csrf\"\r\n\r\n\(page.csrf)\r\n"
            + files.map { name, text in
                "\(start)\"\(field)\"; filename=\"\(name)\"\r\n\r\n\(text)\r\n"
            }.joined() + "--line--\r\n"
        return try await send(
            path,
            .post,
            headers: [.contentType: "multipart/form-data; boundary=line"],
            body: body
        )
    }

    private func send(
        _ path: String,
        _ method: HTTPRequest.Method,
        headers: HTTPFields,
        body: String
    ) async throws -> Page {
        var headers = headers
        headers[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        return try await client.execute(
            uri: path,
            method: method,
            headers: headers,
            body: ByteBuffer(string: body)
        ) { [self] response in
            for line in response.headers[values: .setCookie] {
                let pair = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
                jar.withLock { jar in
                    jar[String(pair[0])] = pair.count == 2 ? String(pair[1]) : nil
                }
            }
            return Page(
                status: response.status,
                location: response.headers[.location],
                text: String(buffer: response.body)
            )
        }
    }
}

/// Knows one receipt: the text `ours` with the signature `signed`.
struct OneReceipt: ReceiptChecker {
    func check(_ text: [UInt8], signature: [UInt8]) async throws -> CheckedReceipt? {
        guard text == Array("ours".utf8), signature == Array("signed".utf8) else { return nil }
        let digest = ReferenceSHA256.digest(of: text)
        return CheckedReceipt(
            outcome: "accepted",
            request: nil,
            at: .noon("2026-05-18"),
            sealedDigest: digest,
            files: [.init(byteCount: 4, digest: digest)]
        )
    }
}

/// Knows one file, and what comes of a few words.
struct OneProof: ProofChecker {
    func receiver() -> any ProofReceiver { Receiver() }

    private final class Receiver: ProofReceiver {
        private let text = Mutex<[UInt8]>([])

        func verdict() async throws -> CheckedProof {
            let text = String(decoding: self.text.withLock { $0 }, as: UTF8.self)
            if let refusal = ProofRefusal(rawValue: text) { throw refusal }
            guard let standing = ProofStanding(rawValue: text) else { throw ProofRefusal.foreign }
            return CheckedProof(
                kind: .bundle,
                number: nil,
                signer: "Maple School",
                sender: "Maple School",
                recipient: "Oak School",
                at: .noon("2026-05-18"),
                standing: standing
            )
        }

        func receive(name: String, limit: Int64) async throws -> any IncomingFile {
            Incoming(receiver: self)
        }

        private struct Incoming: IncomingFile {
            let receiver: Receiver

            func write(_ bytes: UnsafeRawBufferPointer) async throws {
                let taken = Array(bytes)
                receiver.text.withLock { $0 += taken }
            }

            func finish() async throws -> DroppedFile {
                let text = receiver.text.withLock { $0 }
                return DroppedFile(
                    id: .numbered(1),
                    name: "",
                    mediaType: "",
                    byteCount: Int64(text.count),
                    digest: ReferenceSHA256.digest(of: text)
                )
            }

            func abandon() async {}
        }
    }
}
