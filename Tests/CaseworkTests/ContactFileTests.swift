import Casework
import RecordExchange
import SeededNumbers
import TestSupport
import Testing
import Vocabulary

@Suite("Contacts from a list") struct ContactFileTests {
    private static let head = "organization,role,name,email,phone,language\n"

    private func file(_ rows: String...) throws -> ContactFile {
        try ContactFile(parsing: Array((Self.head + rows.joined(separator: "\n")).utf8))
    }

    private func email(_ name: String) -> String { "\(EmailAddress.of(name, at: "maple"))" }

    @Test(arguments: [
        ("", ContactFile.Malformed.empty),
        ("Name , ROLE,x\n", .columnsMissing(["organization", "email"])),
        ("organization,role,name,email\n", .empty),
        ("organization,role,name,email\n\"open", .notRows(line: 2)),
    ])
    func `a list that is none is refused whole`(
        text: String,
        problem: ContactFile.Malformed
    ) {
        #expect(throws: problem) { try ContactFile(parsing: Array(text.utf8)) }
    }

    @Test func `each row that cannot be used says why, with its line`() async throws {
        let world = try await World()
        let maple = School.maple.id
        let list = try file(
            "999999999999,recordsOffice,Lee Park,\(email("a")),,",
            "\(maple),chief,Lee Park,\(email("b")),,",
            "\(maple),district,Lee Park,\(email("c")),,",
            "\(maple),backup,,\(email("d")),,",
            "\(maple),backup,Lee Park,nobody,,",
            "\(maple),backup,Lee Park,\(email("e")),12,",
            "\(maple),backup,Lee Park,\(email("f")),,fr",
            "\(School.oak.id),backup,Lee Park,\(email("g")),,",
            "\(maple),backup,Lee Park,\(email("h")),,es",
            "school:\(maple),backup,Lee P.,\(email("h")),,es"
        )
        let before = try await world.everything()
        let report = try await world.desk.checkContacts(list, by: Cast.mapleDistrict.actor)
        #expect(try await world.everything() == before)
        #expect(
            report.lines.map(\.outcome) == [
                .refused(.organizationUnknown), .refused(.roleUnknown), .refused(.roleNotThere),
                .refused(.nameMissing), .refused(.addressMalformed), .refused(.phoneMalformed),
                .refused(.languageUnknown), .refused(.notYours), .added, .refused(.twice),
            ]
        )
        #expect(report.refused.map(\.line) == [2, 3, 4, 5, 6, 7, 8, 9, 11])
        #expect(report.lines[8].organization == School.maple.name)
    }

    @Test func `what was shown is what is done, and the same list again changes nothing`()
        async throws
    {
        let world = try await World()
        let list = try file(
            "\(School.maple.id),recordsOffice,Lee Park,\(email("lee")),(555) 555-0142,es",
            "\(School.maple.id),summer,\"Park, Kim\",\(email("kim")),,"
        )
        let shown = try await world.desk.checkContacts(list, by: Cast.california.actor)
        let done = try await world.desk.importContacts(list, by: Cast.california.actor)
        #expect(shown == done && done.added == 2)
        let contacts = try await world.desk.contacts(of: Cast.maple)
        #expect(contacts.contains { $0.name == "Park, Kim" && $0.role == .summer })
        let lee = try #require(contacts.first { $0.name == "Lee Park" })
        #expect(lee.language == .spanish && lee.confirmedOn == nil)
        let before = try await world.everything()
        let again = try await world.desk.importContacts(list, by: nil)
        #expect(again.same == 2)
        #expect(try await world.everything() == before)
    }

    @Test func `an office that waited for an address is asked at once`() async throws {
        let world = try await World(contacts: [Cast.californiaDesk])
        let request = try await world.file()
        let list = try file("\(School.maple.id),recordsOffice,Lee Park,\(email("lee")),,")
        _ = try await world.desk.importContacts(list, by: nil)
        try await world.settle()
        #expect(world.mails(to: .of("lee", at: "maple"), named: "ask").count == 1)
        #expect(try await world.state(of: request) == .requested)
    }

    @Test func `no office has more mailboxes than are written to about a child`() async throws {
        let world = try await World()
        let most = ContactDraft.mostOfAnOffice
        let rows = (0...most).map { number in
            "\(School.maple.id),backup,Lee Park,\(email("lee\(number)")),,\n"
        }
        let list = try ContactFile(parsing: Array((Self.head + rows.joined()).utf8))
        let before = try await world.everything()
        for actor in [Cast.mapleDistrict.actor, nil] as [Actor?] {
            await #expect(throws: CaseworkFailure.tooLong) {
                try await world.desk.checkContacts(list, by: actor)
            }
            await #expect(throws: CaseworkFailure.tooLong) {
                try await world.desk.importContacts(list, by: actor)
            }
        }
        #expect(try await world.everything() == before)
        // With the one that is there already it is too many as well.
        let fewer = Self.head + rows.dropLast().joined()
        let full = try ContactFile(parsing: Array(fewer.utf8))
        await #expect(throws: CaseworkFailure.tooLong) {
            try await world.desk.importContacts(full, by: nil)
        }
        #expect(try await world.everything() == before)
    }

    @Test func `any bytes are read or refused`() {
        var random = SeededGenerator(seed: 7)
        let seeds = Array((Self.head + "\(School.maple.id),backup,\"Lee\",x\n").utf8)
        for _ in 0..<2_000 {
            var bytes = seeds
            for _ in 0...Int.random(in: 0..<8, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                bytes[place] = UInt8.random(in: 0...255, using: &random)
            }
            do {
                let file = try ContactFile(parsing: bytes)
                #expect(!file.rows.isEmpty)
            } catch {
                #expect(error != .tooManyRows)
            }
        }
    }
}
