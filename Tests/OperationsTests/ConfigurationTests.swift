import Operations
import SeededNumbers
import Testing
import Vocabulary

@Suite("Configuration")
struct ConfigurationTests {
    @Test func `what is required is enough`() throws {
        let configuration = try Samples.read(Samples.least)
        #expect(configuration.baseAddress == "https://records.ayuda.example")
        #expect(configuration.publicHost == "records.ayuda.example")
        #expect(configuration.listen.host == "0.0.0.0")
        #expect(configuration.listen.port == 8443)
        #expect(configuration.listen.certificatePort == nil)
        #expect(configuration.tls?.certificate == "/srv/mochila/keys/tls/certificate.pem")
        #expect(configuration.dataFolder == "/srv/mochila/data")
        #expect(configuration.shareFolder == nil)
        #expect(configuration.mail.port == 587)
        #expect(configuration.mail.security == .startTLS)
        #expect(configuration.mail.signIn == nil)
        #expect(configuration.uploads.largestFile == 1_008 << 20)
        #expect(configuration.sessions.staffIdle == 1_800)
        #expect(configuration.deadlines.header == .seconds(15))
        #expect(configuration.logLevel == .info)
    }

    @Test func `every key can be set and is used`() throws {
        let configuration = try Samples.read(
            """
            base_address: HTTPS://Records.Ayuda.example:8443/
            data_directory: /var/lib/mochila
            share_directory: /opt/mochila
            listen: {host: 127.0.0.1, port: 9000}
            tls:
              enabled: false
              certificate_file: a.pem
              key_file: /etc/b.pem
            mail:
              host: Mail.ayuda.example
              port: 465
              security: tls
              user: records
              password_file: keys/mail
              ca_file: keys/ca.pem
              from_name: Ayuda's records
              from_address: records@ayuda.example
              fax_senders: fax@lines.example, two@lines.example
            backup: {remind_after_days: 3}
            uploads: {largest_file_mib: 5, largest_answer_mib: 6, files_per_answer: 7}
            sessions:
              staff_idle_minutes: 5
              staff_hours: 1
              second_factor_minutes: 2
              answer_link_minutes: 15
            deadlines:
              handshake_seconds: 1
              header_seconds: 2
              idle_seconds: 6
              body_stall_seconds: 7
              body_bytes_per_second: 8
              response_stall_seconds: 9
              connections_per_address: 10
              connections: 11
            retention: {record_files_days: 12, unanswered_upload_hours: 13}
            locator: {person_per_hour: 21, person_per_day: 22, school_per_hour: 23, school_per_day: 24}
            help: {phone: 1-800-555-0100}
            log: {level: warning}
            """
        )
        #expect(configuration.baseAddress == "https://records.ayuda.example:8443")
        #expect(configuration.publicHost == "records.ayuda.example")
        #expect(configuration.dataFolder == "/var/lib/mochila")
        #expect(configuration.shareFolder == "/opt/mochila")
        #expect(configuration.listen.host == "127.0.0.1")
        #expect(configuration.listen.port == 9_000)
        #expect(configuration.tls == nil)
        #expect(configuration.mail.host == "mail.ayuda.example")
        #expect(configuration.mail.security == .tls)
        #expect(
            configuration.mail.faxSenders.map(\.description)
                == ["fax@lines.example", "two@lines.example"]
        )
        #expect(configuration.backupReminderDays == 3)
        #expect(configuration.mail.signIn?.user == "records")
        #expect(configuration.mail.signIn?.password.revealed == "s3cret")
        #expect(configuration.mail.authoritiesFile == "/srv/mochila/keys/ca.pem")
        #expect(configuration.mail.fromName == "Ayuda's records")
        #expect(configuration.uploads.largestFile == 5 << 20)
        #expect(configuration.uploads.largestAnswer == 6 << 20)
        #expect(configuration.uploads.filesPerAnswer == 7)
        #expect(configuration.sessions.staffIdle == 300)
        #expect(configuration.sessions.staff == 3_600)
        #expect(configuration.sessions.secondFactor == 120)
        #expect(configuration.sessions.answerLink == 900)
        #expect(configuration.deadlines.handshake == .seconds(1))
        #expect(configuration.deadlines.idle == .seconds(6))
        #expect(configuration.deadlines.bodyStall == .seconds(7))
        #expect(configuration.deadlines.bodyBytesPerSecond == 8)
        #expect(configuration.deadlines.responseStall == .seconds(9))
        #expect(configuration.deadlines.connectionsPerAddress == 10)
        #expect(configuration.deadlines.connections == 11)
        #expect(configuration.retention.recordFilesDays == 12)
        #expect(configuration.retention.unansweredUploadHours == 13)
        #expect(configuration.locator.personPerHour == 21)
        #expect(configuration.locator.personPerDay == 22)
        #expect(configuration.locator.schoolPerHour == 23)
        #expect(configuration.locator.schoolPerDay == 24)
        #expect(configuration.helpPhone == "1-800-555-0100")
        #expect(configuration.logLevel == .warning)
    }

    @Test(
        arguments: [
            ("mail.pasword_file", "mail.password_file"), ("mail.password", "mail.password_file"),
            ("base_adress", "base_address"), ("port", "listen.port"),
            ("tls.cert_file", "tls.certificate_file"), ("log.levle", "log.level"),
        ]
    )
    func `an unknown key names the one that was meant`(typed: String, meant: String) {
        let fields = typed.split(separator: ".")
        let line =
            fields.count == 2 ? "\(fields[0]): {\(fields[1]): x}" : "\(typed): x"
        // In a file of its own: the same section twice would be another mistake.
        let problems = Samples.problems(line)
        #expect(problems.contains("line 1: there is no key “\(typed)”; did you mean \(meant)?"))
    }

    @Test func `all problems are reported together with their lines`() {
        let problems = Samples.problems(
            """
            base_address: http://records.ayuda.example
            listen:
              port: 99999
              hots: 0.0.0.0
            mail:
              host: mail.ayuda.example
              security: ssl
              from_address: nobody
            sessions:
              staff_hours: 0
            log:
              level: loud
            """
        )
        #expect(
            problems == [
                "line 1: base_address must be https:// with a host and at most a port, without a "
                    + "path, such as https://records.example",
                "line 3: listen.port must be a whole number from 1 to 65535",
                "line 4: there is no key “listen.hots”; did you mean listen.host?",
                "line 7: mail.security must be one of starttls, tls, none",
                "line 8: mail.from_address must be a mail address, such as "
                    + "records@records.example",
                "line 10: sessions.staff_hours must be a whole number from 1 to 24",
                "line 12: log.level must be one of debug, info, notice, warning, error",
            ]
        )
    }

    @Test func `what is required and missing is named`() {
        #expect(
            Samples.problems("") == [
                "base_address is missing, for example https://records.example",
                "mail.host is missing, for example mail.example",
                "mail.from_address is missing, for example records@records.example",
            ]
        )
    }

    @Test(
        arguments: [
            "http://a.example", "https://", "https://a.example/path", "https://a.example?x",
            "https://user@a.example", "https://a.example:0", "https://a.example:99999",
            "https://a.example:", "https://a..example", "https://-a.example", "a.example",
            "https://a.example:80:80", "https://a.exa mple", "https://á.example",
        ]
    )
    func `an address links cannot be built from is refused`(address: String) {
        let yaml = Samples.least.replacing("https://records.ayuda.example", with: "'\(address)'")
        #expect(Samples.problems(yaml).count == 1)
    }

    @Test func `the port everybody means is not written`() throws {
        let yaml = Samples.least.replacing("ayuda.example\nmail", with: "ayuda.example:443/\nmail")
        #expect(try Samples.read(yaml).baseAddress == "https://records.ayuda.example")
    }

    @Test(arguments: ["0.0.0.0", "192.0.2.7", "::", "records.ayuda.example"])
    func `without TLS only this machine is listened to`(host: String) {
        let open = Samples.least + "\nlisten: {host: '\(host)'}\ntls: {enabled: false}"
        #expect(
            Samples.problems(open) == [
                "line 6: tls.enabled may be false only where listen.host is 127.0.0.1 or ::1"
            ]
        )
    }

    @Test(arguments: ["127.0.0.1", "::1", "localhost"])
    func `behind a proxy TLS may be its business`(host: String) throws {
        let yaml = Samples.least + "\nlisten: {host: '\(host)'}\ntls: {enabled: false}"
        #expect(try Samples.read(yaml).tls == nil)
    }

    @Test func `certificates are asked for on a port of their own, by ourselves`() throws {
        let good = Samples.least + "\nlisten: {port: 9000, certificate_port: 9001}"
        #expect(try Samples.read(good).listen.certificatePort == 9_001)
        let same = Samples.least + "\nlisten: {port: 9000, certificate_port: 9000}"
        #expect(
            Samples.problems(same) == [
                "line 5: listen.certificate_port must be another port than listen.port"
            ]
        )
        let bare =
            Samples.least
            + "\nlisten: {host: 127.0.0.1, certificate_port: 9001}\ntls: {enabled: false}"
        #expect(Samples.problems(bare) == ["line 5: listen.certificate_port needs tls.enabled"])
    }

    @Test func `mail goes unprotected only to this machine`() throws {
        let away = Samples.least + "\n  security: none"
        #expect(
            Samples.problems(away) == [
                "line 5: mail.security may be none only for a server on this machine"
            ]
        )
        let here = away.replacing("mail.ayuda.example", with: "127.0.0.1")
        #expect(try Samples.read(here).mail.security == .none)
    }

    @Test(
        arguments: [
            ("user: records", "line 5: mail.user needs mail.password_file as well"),
            ("password_file: p", "line 5: mail.password_file needs mail.user as well"),
        ]
    )
    func `half a sign-in is refused`(line: String, problem: String) {
        #expect(Samples.problems(Samples.least + "\n  \(line)") == [problem])
    }

    @Test func `a secret that cannot be read is a problem beside the others`() {
        let yaml = Samples.least + "\n  user: u\n  password_file: p\n  port: 0"
        let problems = Samples.problems(
            yaml,
            secret: .failure(.open(path: "/srv/mochila/p", mode: 0o644))
        )
        #expect(problems.count == 2)
        #expect(
            problems.contains(
                "line 6: mail.password_file names /srv/mochila/p, which others can read "
                    + "(mode 644): chmod 600 /srv/mochila/p"
            )
        )
    }

    @Test func `a file may not be larger than the answer that holds it`() {
        let yaml = Samples.least + "\nuploads: {largest_file_mib: 10, largest_answer_mib: 9}"
        #expect(
            Samples.problems(yaml) == [
                "line 5: uploads.largest_file_mib must not be more than uploads.largest_answer_mib"
            ]
        )
    }

    @Test(
        arguments: [
            "- a\n- b", "just words", "a: [", "base_address: [x]", "mail: 5", "'': x", "? [a]\n: b",
            "\u{0}", "base_address: a\nbase_address: b", "mail:\n  host: [a]", "\tx: y",
            "&a base_address: *b",
        ]
    )
    func `what is no configuration is refused and nothing falls over`(yaml: String) {
        #expect(!Samples.problems(yaml).isEmpty)
    }

    @Test func `a password never shows in a dump`() throws {
        let yaml = Samples.least + "\n  user: u\n  password_file: p"
        let configuration = try Samples.read(yaml)
        var dumped = ""
        dump(configuration, to: &dumped)
        #expect(!"\(configuration)\(dumped)".contains("s3cret"))
    }

    @Test func `random text never crashes the reader`() {
        var generator = SeededGenerator(seed: 7)
        let pieces = [
            "mail:", " host:", "\n", "  ", "- ", "{", "}", "[", "]", "'", "\"", "x", "&a", "*a",
            "!!int", "0x1F", "~", ": ", "#", "base_address", "\u{85}", "é", "|", ">", "?", "%",
        ]
        for _ in 0..<2_000 {
            let count = Int.random(in: 1...14, using: &generator)
            let yaml = (0..<count)
                .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            #expect(!Samples.problems(yaml).isEmpty)
        }
    }
}
