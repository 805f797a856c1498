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
        // What waits is mailed there at once, and the others hear of it.
        #expect(world.mails(to: Self.address, named: "ask").count == 1)
        #expect(world.mails(to: Cast.mapleOffice, named: "contactChanged").count == 1)
        #expect(try await world.desk.officeClaims(by: Cast.california.actor).isEmpty)
        #expect(request.isOpen)
        try await Invariants.check(world)
    }

    @Test func `a declined claim leaves the list as it was`() async throws {
        let world = try await World()
        try await world.file()
        let before = try await listed(world)
        let id = try await confirmed(world)
        let sent = world.mails(to: Self.address).count
        try await world.desk.declineClaim(id, by: Cast.california.actor)
        try await world.settle()
        #expect(try await listed(world) == before)
        #expect(world.mails(to: Self.address).count == sent)
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
    }

    @Test func `one address is mailed once a day, and one school at most five`() async throws {
        let world = try await World()
        for _ in 1...3 { try await claim(world) }
        #expect(world.mails(to: Self.address).count == 1)
        for number in 1...9 { try await claim(world, .of("person\(number)", at: "elsewhere")) }
        let mailed = (1...9).map { world.mails(to: .of("person\($0)", at: "elsewhere")).count }
        #expect(mailed == [1, 1, 1, 1, 0, 0, 0, 0, 0])
        // The next day there is room again, and the old link still opens.
        try await world.walk(to: "2026-05-20")
        try await claim(world)
        #expect(world.mails(to: Self.address).count == 2)
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

    @Test func `no more than five wait for whoever decides, and the sixth's code stays good`()
        async throws
    {
        let world = try await World()
        let people = (1...6).map { EmailAddress.of("person\($0)", at: "elsewhere") }
        for person in people.prefix(5) { try await claim(world, person) }
        try await world.walk(to: "2026-05-20")
        try await claim(world, people[5])
        for person in people.prefix(5) {
            let key = try world.mailboxKey(to: person)
            try await world.desk.confirmMailbox(token: key.token, code: key.code)
        }
        let key = try world.mailboxKey(to: people[5])
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.confirmMailbox(token: key.token, code: key.code)
        }
        let waiting = try await world.desk.officeClaims(by: Cast.california.actor)
        #expect(waiting.count == 5)
        let id = try #require(waiting.first?.contact.id)
        try await world.desk.declineClaim(id, by: Cast.california.actor)
        try await world.desk.confirmMailbox(token: key.token, code: key.code)
        let now = try await world.desk.officeClaims(by: Cast.california.actor)
        #expect(now.count == 5 && now.contains { $0.contact.email == people[5] })
    }

    @Test func `the mail about a claim says nothing that whoever claims wrote`() async throws {
        let world = try await World()
        try await claim(world, name: "Prizes at www.prizes.example")
        let mail = try #require(world.mails(to: Self.address, named: "confirmContact").last)
        #expect(!mail.plainText.contains("rizes"))
        #expect(mail.plainText.contains(School.maple.name))
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

    @Test func `a district finds its own behind any number of others'`() async throws {
        let world = try await World()
        let elsewhere = School(
            id: try #require(SchoolID("060000900009")),
            name: "Fir School",
            district: try #require(DistrictID("0600009")),
            districtName: "Date Valley",
            city: "Fennel",
            state: .california
        )
        try await world.store.write { session in
            try session.save([elsewhere])
            for number in 100...300 {
                let school = number == 300 ? School.maple : elsewhere
                var contact = Contact.sample(number, of: school.organization)
                contact.endedOn = .on("2026-05-18")
                contact.claim = Contact.Claim(
                    state: .california,
                    askedAt: .noon("2026-05-18"),
                    confirmedOn: .on("2026-05-18")
                )
                try session.save(contact)
            }
        }
        let own = try await world.desk.officeClaims(by: Cast.mapleDistrict.actor)
        #expect(own.map(\.contact.id) == [.numbered(300)])
        let shown = try await world.desk.officeClaims(by: Cast.california.actor)
        #expect(shown.count == 200)
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
