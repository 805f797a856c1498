import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

/// Who is there in summer, and when.
@Suite("Summer contacts with dates") struct SummerContactTests {
    private static let fig = OrganizationID.district(School.maple.district)

    private func keep(
        _ world: World,
        _ box: String,
        of organization: OrganizationID = Cast.maple,
        from first: String?,
        until last: String?
    ) async throws {
        let term = first.flatMap { first in
            last.flatMap { Contact.Term(first: .on(first), last: .on($0)) }
        }
        try await world.desk.keepContact(
            ContactDraft(
                role: .summer,
                name: "Ines Verano",
                title: "",
                email: .of(box, at: "verano"),
                phone: nil,
                language: .spanish,
                isChecked: true,
                term: term
            ),
            of: organization,
            by: Cast.mapleDistrict.actor
        )
    }

    private func asked(_ world: World, _ box: String) -> Int {
        world.mails(to: .of(box, at: "verano"), named: "ask").count
    }

    @Test(arguments: [
        ("2026-07-06", true), ("2026-07-07", true), ("2026-07-08", true), ("2026-07-09", false),
        ("2026-07-02", false),
    ])
    func `one is asked from the first to the last day, and on no other`(
        day: String,
        isThere: Bool
    ) async throws {
        let world = try await World(on: day)
        try await keep(world, "ines", from: "2026-07-06", until: "2026-07-08")
        try await world.step("file") { try await world.file() }
        #expect(asked(world, "ines") == (isThere ? 1 : 0))
        // Whoever has no dates is there in every closure.
        #expect(world.mails(to: Cast.mapleSummer, named: "ask").count == 1)
    }

    @Test func `the district's own summer contact is asked in place of its office`() async throws {
        let world = try await World(on: "2026-07-07")
        try await keep(world, "ines", of: Self.fig, from: "2026-07-01", until: "2026-07-31")
        try await world.step("file") { try await world.file() }
        #expect(asked(world, "ines") == 1)
        #expect(world.mails(to: Cast.figDistrict, named: "ask").isEmpty)
        let story = try await world.desk.prospect(of: School.maple.id)
        #expect(story.parties.map(\.role) == [.summer, .project, .summer, .district])
    }

    @Test func `out of its days the district's office is asked`() async throws {
        let world = try await World(on: "2026-07-07")
        try await keep(world, "ines", of: Self.fig, from: "2026-08-01", until: "2026-08-15")
        try await world.file()
        #expect(asked(world, "ines") == 0)
        #expect(world.mails(to: Cast.figDistrict, named: "ask").count == 1)
    }

    @Test func `who is entered for today is asked about what waits, who comes later is not`()
        async throws
    {
        let world = try await World(on: "2026-07-07", contacts: [Cast.californiaDesk])
        try await world.file()
        try await world.step("later") {
            try await keep(world, "luis", from: "2026-08-01", until: "2026-08-15")
            try await world.settle()
        }
        #expect(asked(world, "luis") == 0)
        try await world.step("now") {
            try await keep(world, "ines", from: "2026-07-01", until: "2026-07-31")
            try await world.settle()
        }
        #expect(asked(world, "ines") == 1)
    }

    @Test func `a mailbox of another role has no days`() async throws {
        let draft = ContactDraft(
            role: .recordsOffice,
            name: "Lee Park",
            title: "",
            email: .of("lee", at: "maple"),
            phone: nil,
            language: .english,
            isChecked: false,
            term: Contact.Term(first: .on("2026-07-01"), last: .on("2026-07-31"))
        )
        #expect(draft.term == nil)
    }

    @Test(arguments: [
        ("2026-07-01,2026-07-31", true), ("2026-07-31,2026-07-01", false), ("2026-07-01,", false),
        (",2026-07-31", false), ("2026-02-29,2026-03-01", false), ("2028-02-29,2028-03-01", true),
        ("July,August", false), (",", true),
    ])
    func `a list names both days of a summer contact, in order`(
        days: String,
        isTaken: Bool
    ) throws {
        let text =
            "organization,role,name,email,from,until\n"
            + "\(School.maple.id),summer,Ines,ines@verano.example,\(days)\n"
        let row = try #require(try ContactFile(parsing: Array(text.utf8)).rows.first)
        if isTaken {
            #expect(throws: Never.self) { try row.content.get() }
        } else {
            #expect(throws: ContactFile.Refusal.termMalformed) { try row.content.get() }
        }
    }

    @Test func `in a list another role has no days`() throws {
        let text =
            "organization,role,name,email,from,until\n"
            + "\(School.maple.id),backup,Ines,ines@verano.example,2026-07-01,2026-07-31\n"
        let row = try #require(try ContactFile(parsing: Array(text.utf8)).rows.first)
        #expect(throws: ContactFile.Refusal.termMalformed) { try row.content.get() }
    }
}
