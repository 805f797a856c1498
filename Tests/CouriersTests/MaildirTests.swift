import Casework
import Couriers
import Foundation
import Testing
import Vocabulary

@Suite("Maildir") struct MaildirTests {
    @Test func `a missing folder is empty`() throws {
        let folder = try TemporaryFolder()
        #expect(Maildir(path: folder.path + "/mail").list().isEmpty)
    }

    @Test func `a mail is filed whole and read back`() async throws {
        let folder = try TemporaryFolder()
        let maildir = Maildir(path: folder.path + "/deep/mail")
        var sample = SampleMail()
        sample.subject = "RQ-7Q4K9-2PMXC: los documentos están listos"
        sample.plainText = "Entre como siempre.\n"

        #expect(await MaildirCourier(maildir: maildir).send(try sample.made()) == .accepted)

        let entry = try #require(maildir.list().first)
        #expect(entry.mail.subject == sample.subject)
        #expect(entry.mail.plainText == "Entre como siempre.\r\n")
        #expect(entry.mail.date == Instant(millisecondsSince1970: sample.milliseconds))
        #expect(maildir.read(entry.id) == entry.mail)
        #expect(try FileManager.default.contentsOfDirectory(atPath: maildir.path + "/tmp").isEmpty)
    }

    @Test func `a repeat is accepted and changes nothing`() async throws {
        let folder = try TemporaryFolder()
        let maildir = Maildir(path: folder.path)
        let courier = MaildirCourier(maildir: maildir)
        var repeated = SampleMail()
        _ = await courier.send(try repeated.made())
        let first = maildir.list()
        repeated.subject = "changed"

        #expect(await courier.send(try repeated.made()) == .accepted)

        #expect(maildir.list() == first)
    }

    @Test func `fifty attempts at once file one mail`() async throws {
        let folder = try TemporaryFolder()
        let maildir = Maildir(path: folder.path)
        let mail = try SampleMail().made()
        let outcomes = await withTaskGroup(of: MailOutcome.self) { group in
            for _ in 0..<50 {
                group.addTask { await MaildirCourier(maildir: maildir).send(mail) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.allSatisfy { $0 == .accepted })
        #expect(maildir.list().count == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/tmp").isEmpty)
    }

    @Test func `the list is newest first and leaves out what is no mail`() async throws {
        let folder = try TemporaryFolder()
        let maildir = Maildir(path: folder.path)
        for (number, day) in [3, 1, 2].enumerated() {
            var sample = SampleMail()
            sample.messageID = "m.\(number)@records.ayuda.example"
            sample.subject = "day \(day)"
            sample.milliseconds = Int64(day) * 86_400_000
            _ = await MaildirCourier(maildir: maildir).send(try sample.made())
        }
        try Data("no mail".utf8).write(to: folder.url.appending(path: "new/m-junk"))
        try Data("no mail".utf8).write(to: folder.url.appending(path: "new/.hidden"))
        #expect(maildir.list().map(\.mail.subject) == ["day 3", "day 2", "day 1"])
    }

    @Test(arguments: [
        "", "..", "../m-x", "m-/../../secret", "m-x\u{0}", "/etc/passwd", "m-ñ", "secret", "m-%2e",
    ])
    func `nothing outside the folder can be read`(id: String) async throws {
        let folder = try TemporaryFolder()
        let maildir = Maildir(path: folder.path)
        _ = await MaildirCourier(maildir: maildir).send(try SampleMail().made())
        try FileManager.default.copyItem(
            atPath: folder.path + "/new/" + (try #require(maildir.list().first)).id,
            toPath: folder.path + "/new/secret"
        )
        #expect(maildir.read(id) == nil)
    }

    @Test func `every Message-ID has a file of its own`() async throws {
        let folder = try TemporaryFolder()
        let maildir = Maildir(path: folder.path)
        let identifiers = ["a/b@x.example", "a=2Fb@x.example", "a_b@x.example", "A/B@x.example"]
        for identifier in identifiers {
            var sample = SampleMail()
            sample.messageID = identifier
            #expect(await MaildirCourier(maildir: maildir).send(try sample.made()) == .accepted)
        }
        #expect(Set(maildir.list().map(\.mail.messageID)) == Set(identifiers))
    }

    @Test func `a mail that cannot be written is refused`() async throws {
        let folder = try TemporaryFolder()
        var sample = SampleMail()
        sample.messageID = "not an identifier"
        let outcome = await MaildirCourier(maildir: Maildir(path: folder.path))
            .send(try sample.made())
        guard case .refused = outcome else {
            Issue.record("\(outcome)")
            return
        }
    }

    @Test func `a folder that cannot be made defers the mail`() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.makeFile("in-the-way", count: 10)
        let outcome = await MaildirCourier(maildir: Maildir(path: file + "/mail"))
            .send(try SampleMail().made())
        guard case .deferred = outcome else {
            Issue.record("\(outcome)")
            return
        }
    }
}
