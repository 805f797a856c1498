import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("A school says where it answers, and somebody who knows agrees") struct OfficeClaimTests {
    private static let address = EmailAddress.of("registros", at: "school")

    private func claim(
        _ world: World,
        _ email: EmailAddress = Self.address,
        name: String = "Marta Mora"
    ) async throws {
        try await world.desk.claimOffice(
            School.maple.id,
            name: name,
            title: "Registrar",
            email: email,
            phone: nil,
            language: .spanish
        )
        try await world.settle()
    }

    private func confirmed(_ world: World) async throws -> Contact.ID {
        try await claim(world)
        let key = try world.mailboxKey(to: Self.address)
        try await world.desk.confirmMailbox(token: key.token, code: key.code)
        try await world.settle()
        let claims = try await world.desk.officeClaims(by: Cast.mapleDistrict.actor)
        return try #require(claims.first?.contact.id)
    }

    private func listed(_ world: World) async throws -> [EmailAddress] {
        try await world.desk.contacts(of: Cast.maple).map(\.email)
    }

    @Test func `a claim changes nothing until its owner typed the code and the district agreed`()
        async throws
    {
        let world = try await World()
        let request = try await world.file()
        let before = try await listed(world)
        try await claim(world)
        #expect(world.mails(to: Self.address).count == 1)
        #expect(try await listed(world) == before)
        // Nobody decides on what nobody confirmed.
        #expect(try await world.desk.officeClaims(by: Cast.mapleDistrict.actor).isEmpty)

        let key = try world.mailboxKey(to: Self.address)
        let door = try await world.desk.mailboxDoor(token: key.token)
        #expect(door.kind == .claim && door.name == "Marta Mora")
        try await world.desk.confirmMailbox(token: key.token, code: key.code)
        try await world.settle()
        #expect(try await listed(world) == before)
        #expect(world.mails(to: Self.address).count == 1)
        let told = world.mails(to: Cast.figDistrict, named: "officeClaimed")
        #expect(told.count == 1)
        // The link opens once.
        await #expect(throws: CaseworkFailure.link(.unknown)) {
            _ = try await world.desk.mailboxDoor(token: key.token)
        }

        let waiting = try await world.desk.officeClaims(by: Cast.mapleDistrict.actor)
        #expect(waiting.map(\.school.id) == [School.maple.id])
        #expect(waiting.map(\.isAtKnownDomain) == [true])
        let id = try #require(waiting.first?.contact.id)
        try await world.desk.approveClaim(id, by: Cast.mapleDistrict.actor)
        try await world.settle()
        #expect(Set(try await listed(world)) == Set(before + [Self.address]))
        // What waits is mailed there at once, and the others hear of it, and whoever claimed.
        #expect(world.mails(to: Self.address, named: "ask").count == 1)
        #expect(world.mails(to: Cast.mapleOffice, named: "contactChanged").count == 1)
        let decided = world.mails(to: Self.address, named: "claimDecided")
        #expect(decided.count == 1)
        #expect(decided.first?.plainText.contains("isApproved: true") == true)
        #expect(try await world.desk.officeClaims(by: Cast.california.actor).isEmpty)
        #expect(request.isOpen)
        try await Invariants.check(world)
    }

    @Test func `a declined claim leaves the list as it was, and its owner hears what else to do`()
        async throws
    {
        let world = try await World()
        try await world.file()
        let before = try await listed(world)
        let id = try await confirmed(world)
        let sent = world.mails(to: Self.address).count
        try await world.desk.declineClaim(id, by: Cast.california.actor)
        try await world.settle()
        #expect(try await listed(world) == before)
        #expect(world.mails(to: Self.address).count == sent + 1)
        let mail = try #require(world.mails(to: Self.address, named: "claimDecided").last)
        #expect(mail.plainText.contains("isApproved: false"))
        #expect(mail.plainText.contains(School.maple.districtName))
        // They typed the name, and an account is asked for by another one.
        #expect(!mail.plainText.contains("Marta") && mail.toName == School.maple.name)
        await #expect(throws: CaseworkFailure.notFound) {
            try await world.desk.approveClaim(id, by: Cast.california.actor)
        }
    }

    @Test func `where the district has nobody, the state contact is told`() async throws {
        let contacts = Cast.contacts.filter { $0.id != Cast.figDistrict.id }
        let world = try await World(contacts: contacts)
        _ = try await confirmed(world)
        #expect(world.mails(to: Cast.californiaDesk, named: "officeClaimed").count == 1)
    }

    @Test func `an address that is on the list already is confirmed by it, not doubled`()
        async throws
    {
        let world = try await World()
        try await world.store.write { session in
            var office = Cast.mapleOffice
            office.bouncedOn = .on("2026-05-10")
            try session.save(office)
        }
        let before = try await listed(world)
        try await claim(world, Cast.mapleOffice.email)
        let key = try world.mailboxKey(to: Cast.mapleOffice.email)
        try await world.desk.confirmMailbox(token: key.token, code: key.code)
        let claims = try await world.desk.officeClaims(by: Cast.california.actor)
        try await world.desk.approveClaim(
            try #require(claims.first?.contact.id),
            by: Cast.california.actor
        )
        #expect(try await listed(world) == before)
        let office = try await world.store.read { try $0.contact(Cast.mapleOffice.id) }
        #expect(office?.isUsable == true && office?.confirmedOn == .on("2026-05-18"))
        try await world.settle()
        #expect(world.mails(to: Cast.mapleOffice, named: "claimDecided").count == 1)
    }

    @Test func `an address elsewhere is shown as such`() async throws {
        let world = try await World()
        let stranger = EmailAddress.of("marta", at: "anybody")
        try await claim(world, stranger)
        let key = try world.mailboxKey(to: stranger)
        try await world.desk.confirmMailbox(token: key.token, code: key.code)
        let claims = try await world.desk.officeClaims(by: Cast.california.actor)
        #expect(claims.map(\.isAtKnownDomain) == [false])
    }

    @Test func `five wrong codes close the link, and the claim never takes effect`()
        async throws
    {
        let world = try await World()
        try await claim(world)
        let key = try world.mailboxKey(to: Self.address)
        for left in [4, 3, 2, 1] {
            await #expect(throws: CaseworkFailure.wrongCode(triesLeft: left)) {
                try await world.desk.confirmMailbox(token: key.token, code: "AAAAAA")
            }
        }
        await #expect(throws: CaseworkFailure.link(.tooManyWrongCodes)) {
            try await world.desk.confirmMailbox(token: key.token, code: "AAAAAA")
        }
        await #expect(throws: CaseworkFailure.link(.tooManyWrongCodes)) {
            try await world.desk.confirmMailbox(token: key.token, code: key.code)
        }
        #expect(try await world.desk.officeClaims(by: Cast.california.actor).isEmpty)
    }

    @Test func `nobody decides on a claim of their own`() async throws {
        let world = try await World()
        try await claim(world, Cast.mapleDistrict.email)
        let key = try world.mailboxKey(to: Cast.mapleDistrict.email)
        try await world.desk.confirmMailbox(token: key.token, code: key.code)
        let claims = try await world.desk.officeClaims(by: Cast.mapleDistrict.actor)
        let id = try #require(claims.first?.contact.id)
        await #expect(throws: CaseworkFailure.notAllowed) {
            try await world.desk.approveClaim(id, by: Cast.mapleDistrict.actor)
        }
        try await world.desk.approveClaim(id, by: Cast.california.actor)
        #expect(try await listed(world).contains(Cast.mapleDistrict.email))
    }

    @Test func `nor does anybody whose account is written with capitals`() async throws {
        let world = try await World()
        let account = StaffAccount.sample(
            926,
            role: .district,
            at: .district(School.maple.district),
            email: try EmailAddress(parsing: "Lee.Park@Fig.example")
        )
        try await world.store.write { try $0.save(account) }
        let own = EmailAddress.of("lee.park", at: "fig")
        try await claim(world, own)
        let key = try world.mailboxKey(to: own)
        try await world.desk.confirmMailbox(token: key.token, code: key.code)
        let claims = try await world.desk.officeClaims(by: account.actor)
        let id = try #require(claims.first?.contact.id)
        await #expect(throws: CaseworkFailure.notAllowed) {
            try await world.desk.approveClaim(id, by: account.actor)
        }
    }

    @Test func `a mailbox waits once, however many mails it has`() async throws {
        let world = try await World()
        try await claim(world)
        let first = try world.mailboxKey(to: Self.address)
        try await world.walk(to: "2026-05-20")
        try await claim(world)
        let second = try world.mailboxKey(to: Self.address)
        try await world.desk.confirmMailbox(token: first.token, code: first.code)
        await #expect(throws: CaseworkFailure.link(.unknown)) {
            try await world.desk.confirmMailbox(token: second.token, code: second.code)
        }
        try await world.settle()
        #expect(try await world.desk.officeClaims(by: Cast.california.actor).count == 1)
        #expect(world.mails(to: Cast.figDistrict, named: "officeClaimed").count == 1)
    }

    @Test func `the mails about a claim say nothing that whoever claims wrote`() async throws {
        let world = try await World()
        try await claim(world, name: "Prizes at www.prizes.example")
        let mail = try #require(world.mails(to: Self.address, named: "confirmContact").last)
        #expect(!mail.plainText.contains("rizes"))
        #expect(mail.plainText.contains(School.maple.name))
        let key = try world.mailboxKey(to: Self.address)
        try await world.desk.confirmMailbox(token: key.token, code: key.code)
        try await world.settle()
        let told = try #require(world.mails(to: Cast.figDistrict, named: "officeClaimed").last)
        #expect(!told.plainText.contains("rizes") && !told.plainText.contains("\(Self.address)"))
    }

    @Test func `a claim that nobody confirmed is forgotten once its link opens no more`()
        async throws
    {
        let world = try await World()
        let id = try await confirmed(world)
        let other = EmailAddress.of("lee", at: "maple")
        try await claim(world, other)
        let key = try world.mailboxKey(to: other)
        world.clock.advance(bySeconds: 29 * 86_400)
        #expect(try await world.desk.forgetUnconfirmedClaims() == 0)
        world.clock.advance(bySeconds: 2 * 86_400)
        #expect(try await world.desk.forgetUnconfirmedClaims() == 1)
        #expect(try await world.desk.forgetUnconfirmedClaims() == 0)
        await #expect(throws: CaseworkFailure.link(.unknown)) {
            try await world.desk.confirmMailbox(token: key.token, code: key.code)
        }
        // What waits for somebody who decides goes on waiting.
        let claims = try await world.desk.officeClaims(by: Cast.california.actor)
        #expect(claims.map(\.contact.id) == [id])
    }

    @Test(arguments: ["", " ", "Marta\nBcc: someone"])
    func `a name that is none is refused`(name: String) async throws {
        let world = try await World()
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.nameMissing) { try await claim(world, name: name) }
        #expect(try await world.everything() == before)
    }

    @Test func `records of a closed school are asked for elsewhere, so nobody claims it`()
        async throws
    {
        let world = try await World()
        let closed = try #require(School.trees.first { $0.custodian != nil })
        await #expect(throws: CaseworkFailure.schoolUnknown) {
            try await world.desk.claimOffice(
                closed.id,
                name: "Marta Mora",
                title: "",
                email: Self.address,
                phone: nil,
                language: .english
            )
        }
    }
}
