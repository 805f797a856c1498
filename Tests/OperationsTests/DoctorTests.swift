import Casework
import Operations
import RecordExchange
import Testing
import Vocabulary

@Suite("Doctor: files and disks")
struct PlaceChecksTests {
    private func permissions(_ facts: [FileFacts?]) -> [Finding] {
        let paths = facts.indices.map { "/p\($0)" }
        return PlaceChecks.permissions(of: paths, user: 1_000) { path in
            facts[paths.firstIndex(of: path) ?? 0]
        }
    }

    private func fact(
        _ mode: UInt32,
        owner: UInt32 = 1_000,
        isFolder: Bool = false
    ) -> FileFacts {
        FileFacts(path: "/p0", isFolder: isFolder, mode: mode, owner: owner)
    }

    @Test func `closed files and folders are one line`() {
        let findings = permissions([
            fact(0o600), fact(0o700, isFolder: true), fact(0o440, owner: 0),
        ])
        #expect(findings == [.ok("permissions", "3 files and folders are closed to others")])
    }

    @Test(arguments: [0o604, 0o644, 0o777, 0o620, 0o602] as [UInt32])
    func `what is open to others is closed by the command shown`(mode: UInt32) {
        #expect(
            permissions([fact(mode)]) == [
                .fault(
                    "permissions",
                    "/p0 is open to others (mode \(String(mode, radix: 8)))",
                    cure: "chmod 600 /p0"
                )
            ]
        )
    }

    @Test func `every fault is shown, not only the first`() {
        let findings = permissions([
            nil, fact(0o755, isFolder: true), fact(0o600, owner: 33), fact(0o600),
        ])
        #expect(findings.count == 3)
        #expect(findings.allSatisfy { $0.isFault })
        #expect("\(findings[1])".contains("chmod 700"))
        #expect("\(findings[2])".contains("chown 1000"))
    }

    @Test func `facts are read from the disk`() throws {
        let folder = try TemporaryFolder()
        try folder.write("x", to: "open", mode: 0o644)
        let findings = PlaceChecks.permissions(
            of: ["\(folder.path)/open", "\(folder.path)/none"],
            user: FileFacts(path: folder.path)?.owner ?? 0
        )
        #expect(findings.count { $0.isFault } == 2)
    }

    @Test(
        arguments: [
            (nil, 1, "fault"), (1 << 30, 1, "fault"), (500 << 30, 0.01, "fault"),
            (10 << 30, 1, "warning"), (500 << 30, 1, "ok"),
        ] as [(Int64?, Double, String)]
    )
    func `little room is a warning, hardly any is a fault`(
        bytes: Int64?,
        share: Double,
        verdict: String
    ) {
        let finding = PlaceChecks.disk(at: "/data", space: bytes.map { ($0, share) })
        #expect(finding.word == verdict)
    }

    @Test func `the real disk has some room`() throws {
        let folder = try TemporaryFolder()
        let space = try #require(FileFacts.space(at: folder.path))
        #expect(space.bytes > 0)
        #expect((0...1).contains(space.shareOfFiles))
        #expect(FileFacts.space(at: "/no/such/place") == nil)
    }

    @Test func `missing templates name the places`() {
        let finding = PlaceChecks.templates(.failure(.init(looked: ["/a", "/b"])))
        #expect(finding.isFault)
        #expect("\(finding)".contains("/a, /b"))
    }
}

@Suite("Doctor: certificates and the clock")
struct CertificateChecksTests {
    private let now = Instant(millisecondsSince1970: 1_779_112_982_000)

    private func days(_ count: Int64) -> Instant { now.advanced(bySeconds: count * 86_400) }

    private func verdict(from: Int64, until: Int64) -> Finding {
        CertificateChecks.dates(
            "tls-certificate",
            .success(.init(from: days(from), until: days(until))),
            now: now,
            renewal: "renew it"
        )
    }

    @Test(
        arguments: [
            (-400, -35, "fault"), (-1, 0, "fault"), (1, 100, "fault"), (-1, 20, "warning"),
            (-1, 21, "ok"), (-1, 300, "ok"),
        ] as [(Int64, Int64, String)]
    )
    func `a certificate is judged by its dates`(from: Int64, until: Int64, verdict word: String) {
        #expect(verdict(from: from, until: until).word == word)
    }

    @Test func `the day of its end is named`() {
        #expect("\(verdict(from: -1, until: -1))".contains("expired on 2026-05-17"))
    }

    @Test func `one that does not load is a fault in its own words`() {
        let finding = CertificateChecks.dates(
            "gateway-certificate",
            .failure(CheckTrouble("no PEM in it")),
            now: now,
            renewal: "renew it"
        )
        #expect(finding == .fault("gateway-certificate", "no PEM in it", cure: "renew it"))
    }

    @Test func `keys that do not match are never cured by new ones`() {
        let finding = CertificateChecks.keys(.failure(CheckTrouble("they do not match")))
        #expect(finding.isFault)
        #expect("\(finding)".contains("new keys cannot open old records"))
        #expect(CertificateChecks.keys(.success("3 keys")) == .ok("gateway-keys", "3 keys"))
    }

    @Test(
        arguments: [
            (0, nil, nil, "ok"), (-1, nil, nil, "ok"), (86_400, nil, nil, "fault"),
            (-1, 60, nil, "ok"), (-1, 91, nil, "fault"), (-1, nil, 90, "ok"),
            (-1, nil, 91, "fault"), (-1, nil, -91, "fault"), (-1, -1_000_000, 0, "ok"),
        ] as [(Int64, Int64?, Int64?, String)]
    )
    func `a clock that cannot be right is found`(
        built: Int64,
        written: Int64?,
        reference: Int64?,
        verdict: String
    ) {
        let finding = CertificateChecks.clock(
            now: now,
            built: now.advanced(bySeconds: built),
            lastWritten: written.map { now.advanced(bySeconds: $0) },
            reference: reference.map { now.advanced(bySeconds: $0) }
        )
        #expect(finding.word == verdict)
    }
}

@Suite("Doctor: mail, database, directory, outbox")
struct ServiceChecksTests {
    private let now = Instant(millisecondsSince1970: 1_779_112_982_000)

    @Test func `the mail server's own words are passed on`() throws {
        let mail = try Samples.read(Samples.least).mail
        #expect(
            ServiceChecks.mailServer(mail, trouble: nil)
                == .ok("mail-server", "mail.ayuda.example:587 takes our mail")
        )
        let finding = ServiceChecks.mailServer(mail, trouble: "sign-in refused")
        #expect(finding.isFault)
        #expect("\(finding)".contains("sign-in refused"))
    }

    @Test func `the examples of the written file are noticed`() throws {
        let examples = try Samples.read(ConfigurationSample.yaml())
        let finding = ServiceChecks.addresses(examples)
        #expect(finding.word == "warning")
        #expect("\(finding)".contains("base_address, mail.host, mail.from_address"))
        let own = try Samples.read(
            Samples.least.replacing("ayuda.example", with: "ayuda-schools.us")
        )
        #expect(ServiceChecks.addresses(own).word == "ok")
    }

    @Test(
        arguments: [
            (true, 2, 5, "ok"), (true, 2, 4, "warning"), (true, 1, 5, "fault"),
            (false, 2, 5, "fault"),
        ]
    )
    func `the database must be whole and wait for the disk`(
        isWhole: Bool,
        synchronous: Int,
        version: Int,
        verdict: String
    ) {
        let facts = ServiceChecks.DatabaseFacts(
            isWhole: isWhole,
            synchronous: synchronous,
            version: version,
            newestVersion: 5
        )
        #expect(ServiceChecks.database(.success(facts)).word == verdict)
    }

    @Test func `a database that does not open says so in its own words`() {
        let finding = ServiceChecks.database(.failure(.busy))
        #expect(finding.isFault)
        #expect("\(finding)".contains("Another process is using the database"))
    }

    @Test func `a directory without schools is a fault`() {
        #expect(ServiceChecks.directory(schools: 0).isFault)
        #expect(ServiceChecks.directory(schools: 101_688) == .ok("directory", "101688 schools"))
    }

    @Test func `a child concealed before who may be named is a fault with its command`() {
        #expect(!ServiceChecks.concealed(withoutGuardian: 0).isFault)
        let finding = ServiceChecks.concealed(withoutGuardian: 2)
        #expect(finding.isFault)
        #expect("\(finding)".contains("mochila locator guard-concealed"))
    }

    private func account(
        _ role: StaffRole,
        _ organization: OrganizationID,
        _ status: StaffAccount.Status
    ) throws -> StaffAccount {
        StaffAccount(
            id: StaffID(rawValue: 1),
            email: try EmailAddress(parsing: "a@b.example"),
            name: "A",
            memberships: [.init(role: role, organization: organization)],
            status: status,
            createdAt: now
        )
    }

    @Test func `a state is watched only by somebody who can sign in as its contact`() throws {
        let texas = try #require(StateCode("TX"))
        let iowa = try #require(StateCode("IA"))
        let accounts = [
            try account(.stateContact, .state(texas), .active),
            try account(.stateContact, .state(iowa), .invited),
            try account(.administrator, .state(iowa), .active),
        ]
        let both = ServiceChecks.stateContacts(accounts: accounts, states: [texas, iowa])
        #expect(both.word == "warning")
        #expect("\(both)".contains("nobody watches the queue of IA"))
        let one = ServiceChecks.stateContacts(accounts: accounts, states: [texas])
        #expect(one == .ok("state-contacts", "1 states are watched"))
        let none = ServiceChecks.stateContacts(accounts: [], states: StateCode.all)
        #expect("\(none)".contains("and \(StateCode.all.count - 8) more"))
    }

    @Test func `without an administrator who signs in, the command that invites one is shown`()
        throws
    {
        let iowa = try #require(StateCode("IA"))
        let others = [
            try account(.administrator, .gateway, .invited),
            try account(.administrator, .gateway, .disabled),
            try account(.administrator, .state(iowa), .active),
            try account(.auditor, .gateway, .active),
        ]
        for accounts in [[], others] {
            let finding = ServiceChecks.administrators(accounts: accounts)
            #expect(finding.word == "warning")
            #expect(
                "\(finding)".contains(
                    "mochila user invite --role administrator --organization gateway"
                )
            )
        }
        let one = others + [try account(.administrator, .gateway, .active)]
        #expect(
            ServiceChecks.administrators(accounts: one)
                == .ok("administrators", "1 hear of troubles")
        )
    }

    private func effect(_ status: Effect.Status, hoursAgo: Int64, trouble: String) -> Effect {
        var effect = Effect(
            id: Effect.ID(rawValue: 1),
            work: .assemble(RecordBundle.ID(rawValue: 2)),
            due: now.advanced(bySeconds: -hoursAgo * 3_600)
        )
        effect.status = status
        effect.attempts = 1
        effect.trouble = trouble
        return effect
    }

    @Test(
        arguments: [
            ([], "ok"), ([(.waiting, 1)], "ok"), ([(.waiting, 3)], "warning"),
            ([(.failed, 0)], "warning"),
        ] as [([(Effect.Status, Int64)], String)]
    )
    func `what is retried for hours or given up is shown`(
        effects: [(Effect.Status, Int64)],
        verdict: String
    ) {
        let troubled = effects.map { effect($0.0, hoursAgo: $0.1, trouble: "disk full") }
        let finding = ServiceChecks.outbox(troubled: troubled, now: now)
        #expect(finding.word == verdict)
        if verdict == "warning" { #expect("\(finding)".contains("1 assemble (disk full)")) }
    }
}

@Suite("Doctor: the report")
struct DoctorReportTests {
    private let report = DoctorReport([
        .ok("disk", "plenty"), .warning("outbox", "2 mail", cure: "look"),
        .fault("gateway-keys", "a \"key\"\nis gone", cure: "restore"),
    ])

    @Test func `for people one line a check and its cure below`() {
        #expect(
            report.lines == [
                "ok       disk          plenty", "warning  outbox        2 mail",
                "                       → look", "FAULT    gateway-keys  a \"key\"\nis gone",
                "                       → restore", "1 to mend, 1 to look at.",
            ]
        )
    }

    @Test func `for programs one JSON object`() {
        #expect(
            report.json
                == #"{"faults":1,"warnings":1,"findings":["#
                + #"{"check":"disk","verdict":"ok","what":"plenty"},"#
                + #"{"check":"outbox","verdict":"warning","what":"2 mail","cure":"look"},"#
                + #"{"check":"gateway-keys","verdict":"fault","#
                + #""what":"a \"key\"\u000ais gone","cure":"restore"}]}"#
        )
    }

    @Test func `only a fault makes the exit code bad`() {
        #expect(report.exitCode == 1)
        #expect(DoctorReport([.warning("a", "b", cure: "c")]).exitCode == 0)
        #expect(DoctorReport([.warning("a", "b", cure: "c")]).lines.last?.hasPrefix("No f") == true)
        #expect(DoctorReport([.ok("a", "b")]).lines.last == "All 1 checks passed.")
    }
}

extension Finding {
    fileprivate var word: String {
        switch verdict {
        case .ok: "ok"
        case .warning: "warning"
        case .fault: "fault"
        }
    }
}
