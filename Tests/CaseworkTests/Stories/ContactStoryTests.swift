import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Keeping contacts") struct ContactStoryTests {
    private func draft(
        _ role: Contact.Role = .recordsOffice,
        name: String = "Lee Park",
        box: String = "lee",
        checked: Bool = false
    ) -> ContactDraft {
        ContactDraft(
            role: role,
            name: name,
            title: "Secretary",
            email: .of(box, at: "maple"),
            phone: "555-010-0199",
            language: .spanish,
            isChecked: checked
        )
    }

    private func contacts(_ world: World, _ role: Contact.Role) async throws -> [Contact] {
        try await world.desk.contacts(of: Cast.maple).filter { $0.role == role }
    }

    @Test(arguments: [Cast.clerk, Cast.mapleDistrict, Cast.california, Cast.administrator])
    func `an office's own people, its district, its state and administrators keep its contacts`(
        keeper: StaffAccount
    ) async throws {
        let world = try await World()
        try await world.step("keep") {
            try await world.desk.keepContact(draft(), of: Cast.maple, by: keeper.actor)
        }
        #expect(try await contacts(world, .recordsOffice).map(\.name).contains("Lee Park"))
    }

    @Test(arguments: [
        Cast.registrar, Cast.counselor, Cast.oakDistrict, Cast.texas, Cast.auditor,
        Cast.outsideClerk,
    ])
    func `nobody else changes them`(stranger: StaffAccount) async throws {
        let world = try await World()
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.notAllowed) {
            try await world.desk.keepContact(draft(), of: Cast.maple, by: stranger.actor)
        }
        await #expect(throws: CaseworkFailure.notAllowed) {
            try await world.desk.confirmContact(
                Cast.mapleOffice.id,
                of: Cast.maple,
                by: stranger.actor
            )
        }
        await #expect(throws: CaseworkFailure.notAllowed) {
            try await world.desk.endContact(
                Cast.mapleOffice.id,
                of: Cast.maple,
                by: stranger.actor
            )
        }
        #expect(try await world.everything() == before)
    }

    @Test func `a mailbox is for what its organisation does`() async throws {
        let world = try await World()
        let before = try await world.everything()
        for role in [Contact.Role.district, .project, .stateContact] {
            await #expect(throws: CaseworkFailure.notAllowed) {
                try await world.desk.keepContact(
                    draft(role),
                    of: Cast.maple,
                    by: Cast.california.actor
                )
            }
        }
        await #expect(throws: CaseworkFailure.notAllowed) {
            try await world.desk.keepContact(
                draft(),
                of: .gateway,
                by: Cast.administrator.actor
            )
        }
        #expect(try await world.everything() == before)
    }

    @Test func `a contact of another office is not reached through one's own`() async throws {
        let world = try await World()
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.endContact(
                Cast.willowOffice.id,
                of: Cast.maple,
                by: Cast.california.actor
            )
        }
        #expect(try await world.everything() == before)
    }

    @Test func `the same address is changed, not doubled`() async throws {
        let world = try await World()
        let actor = Cast.clerk.actor
        try await world.desk.keepContact(draft(), of: Cast.maple, by: actor)
        let first = try #require(
            try await contacts(world, .recordsOffice).first { $0.name == "Lee Park" }
        )
        #expect(first.confirmedOn == nil && first.language == .spanish)
        try await world.desk.keepContact(
            draft(name: "Lee Park Soto", checked: true),
            of: Cast.maple,
            by: actor
        )
        let changed = try await contacts(world, .recordsOffice).filter { $0.email == first.email }
        #expect(changed.map(\.id) == [first.id])
        #expect(changed.first?.name == "Lee Park Soto")
        #expect(changed.first?.confirmedOn == .on("2026-05-18"))
    }

    @Test func `saving what is there changes nothing`() async throws {
        let world = try await World()
        try await world.desk.keepContact(draft(), of: Cast.maple, by: Cast.clerk.actor)
        let before = try await world.everything()
        try await world.desk.keepContact(draft(), of: Cast.maple, by: Cast.clerk.actor)
        #expect(try await world.everything() == before)
    }

    @Test func `whoever else stands for the office hears of it, and the new one does not`()
        async throws
    {
        let world = try await World()
        try await world.desk.keepContact(draft(), of: Cast.maple, by: Cast.california.actor)
        try await world.settle()
        for contact in [Cast.mapleOffice, Cast.mapleBackup, Cast.mapleSummer, Cast.figDistrict] {
            #expect(world.mails(to: contact, named: "contactChanged").count == 1)
        }
        let added = try #require(
            try await contacts(world, .recordsOffice).first { $0.name == "Lee Park" }
        )
        #expect(world.mails(to: added, named: "contactChanged").isEmpty)
        #expect(world.mails(to: Cast.willowOffice, named: "contactChanged").isEmpty)
    }

    @Test func `what waits for an office that nobody could reach is mailed to the new address`()
        async throws
    {
        let world = try await World(contacts: [Cast.californiaDesk, Cast.texasDesk])
        let request = try await world.file()
        let row = try #require(
            try await world.desk.stateQueue(
                of: .california,
                all: false,
                by: Cast.california.actor
            ).first
        )
        #expect(row.why == .noContact)
        try await world.step("found") {
            try await world.desk.keepContact(
                draft(checked: true),
                of: Cast.maple,
                by: Cast.california.actor
            )
            try await world.settle()
        }
        let found = try #require(try await contacts(world, .recordsOffice).first)
        #expect(world.mails(to: found, named: "ask").count == 1)
        try await world.sendRecords(from: found)
        #expect(try await world.state(of: request) == .sent)
    }

    @Test func `nobody new is mailed about what somebody opened`() async throws {
        let world = try await World()
        try await world.file()
        _ = try await world.open()
        try await world.desk.keepContact(draft(), of: Cast.maple, by: Cast.clerk.actor)
        try await world.settle()
        let added = try #require(
            try await contacts(world, .recordsOffice).first { $0.name == "Lee Park" }
        )
        #expect(world.mails(to: added, named: "ask").isEmpty)
    }

    @Test(arguments: [("2026-05-18", Contact.Role.summer), ("2026-07-01", .recordsOffice)])
    func `a mailbox is mailed when it is its turn`(
        day: String,
        role: Contact.Role
    ) async throws {
        let world = try await World(on: day)
        try await world.file()
        try await world.desk.keepContact(draft(role), of: Cast.maple, by: Cast.clerk.actor)
        try await world.settle()
        let added = try #require(
            try await contacts(world, role).first { $0.name == "Lee Park" }
        )
        #expect(world.mails(to: added, named: "ask").isEmpty)
    }

    @Test func `in July a new summer contact is asked at once`() async throws {
        let world = try await World(on: "2026-07-01")
        try await world.file()
        try await world.desk.keepContact(draft(.summer), of: Cast.maple, by: Cast.clerk.actor)
        try await world.settle()
        let added = try #require(
            try await contacts(world, .summer).first { $0.name == "Lee Park" }
        )
        #expect(world.mails(to: added, named: "ask").count == 1)
    }

    @Test func `an address that bounced works again once somebody confirms it`() async throws {
        let world = try await World()
        var bounced = Cast.mapleOffice
        bounced.bouncedOn = .on("2026-05-18")
        let contact = bounced
        try await world.store.write { try $0.save(contact) }
        let request = try await world.file()
        #expect(world.mails(to: contact, named: "ask").isEmpty)
        try await world.step("confirm") {
            try await world.desk.confirmContact(
                contact.id,
                of: Cast.maple,
                by: Cast.mapleDistrict.actor
            )
            try await world.settle()
        }
        #expect(world.mails(to: contact, named: "ask").count == 1)
        #expect(
            try await world.story(of: request).events.contains { event in
                event.kind
                    == .mailQueued(to: .recordsOffice, organization: Cast.maple, letter: "ask")
            }
        )
    }

    @Test func `a mailbox that is asked no more gets no mail, and its links are dead`()
        async throws
    {
        let world = try await World()
        try await world.file()
        let key = try world.key(for: Cast.mapleOffice)
        try await world.step("end") {
            try await world.desk.endContact(
                Cast.mapleOffice.id,
                of: Cast.maple,
                by: Cast.mapleDistrict.actor
            )
        }
        await #expect(throws: CaseworkFailure.self) {
            try await world.desk.enter(code: key.code, token: key.token)
        }
        #expect(try await contacts(world, .recordsOffice).isEmpty)
        try await world.settle()
        #expect(world.mails(to: Cast.mapleOffice, named: "contactChanged").count == 1)
        let before = world.mails(to: Cast.mapleOffice).count
        try await world.walk(to: "2026-06-12")
        #expect(world.mails(to: Cast.mapleOffice).count == before)
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.confirmContact(
                Cast.mapleOffice.id,
                of: Cast.maple,
                by: Cast.mapleDistrict.actor
            )
        }
    }

    @Test func `a contact has a name, and nothing is longer than a line`() async throws {
        let world = try await World()
        let before = try await world.everything()
        let actor = Cast.clerk.actor
        await #expect(throws: CaseworkFailure.nameMissing) {
            try await world.desk.keepContact(draft(name: " \t"), of: Cast.maple, by: actor)
        }
        await #expect(throws: CaseworkFailure.tooLong) {
            try await world.desk.keepContact(
                draft(name: String(repeating: "é", count: 101)),
                of: Cast.maple,
                by: actor
            )
        }
        #expect(try await world.everything() == before)
    }
}
