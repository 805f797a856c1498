import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Many say to be one school's office") struct ManyClaimsTests {
    private static let own = EmailAddress.of("registros", at: "school")

    private func claim(_ world: World, _ email: EmailAddress) async throws {
        try await world.desk.claimOffice(
            School.maple.id,
            name: "Marta Mora",
            title: "Registrar",
            email: email,
            phone: nil,
            language: .spanish
        )
        try await world.settle()
    }

    private func confirm(_ world: World, _ email: EmailAddress) async throws {
        let key = try world.mailboxKey(to: email)
        try await world.desk.confirmMailbox(token: key.token, code: key.code)
        try await world.settle()
    }

    private func waiting(
        _ world: World,
        by account: StaffAccount = Cast.california
    ) async throws -> [OfficeClaim] {
        try await world.desk.officeClaims(by: account.actor)
    }

    /// So many whose code was typed, from domains that are not the school's.
    private func strangers(
        _ numbers: ClosedRange<Int>,
        at school: School = .maple,
        on day: CivilDate = .on("2026-05-18"),
        in world: World
    ) async throws {
        try await world.store.write { session in
            for number in numbers {
                var contact = Contact(
                    id: .numbered(number),
                    organization: school.organization,
                    role: .recordsOffice,
                    name: "Stranger \(number)",
                    email: .of("person", at: "elsewhere\(number)")
                )
                contact.endedOn = day
                contact.claim = Contact.Claim(
                    state: .california,
                    askedAt: .noon("2026-05-17"),
                    confirmedOn: day
                )
                try session.save(contact)
            }
        }
    }

    @Test func `one address is mailed once a day about a school, whatever others claimed`()
        async throws
    {
        let world = try await World()
        let people = (1...9).map { EmailAddress.of("person\($0)", at: "elsewhere") }
        for person in people { try await claim(world, person) }
        for _ in 1...3 { try await claim(world, Self.own) }
        #expect(world.mails(to: Self.own).count == 1)
        #expect(people.allSatisfy { world.mails(to: $0).count == 1 })
        // The next day the old link still opens, and there is another.
        try await world.walk(to: "2026-05-20")
        try await claim(world, Self.own)
        #expect(world.mails(to: Self.own).count == 2)
    }

    @Test func `five bogus claims, confirmed or not, do not silence a school's own`()
        async throws
    {
        let world = try await World()
        let people = (1...5).map { EmailAddress.of("person\($0)", at: "elsewhere") }
        for person in people {
            try await claim(world, person)
            try await confirm(world, person)
        }
        for number in 6...10 {
            try await claim(world, .of("invented\(number)", at: "school"))
        }
        try await claim(world, Self.own)
        try await confirm(world, Self.own)
        let claims = try await waiting(world)
        // Its own stands first; five are shown and one more waits.
        #expect(claims.first?.contact.email == Self.own)
        #expect(claims.count == 5 && claims.allSatisfy { $0.waiting == 6 })
        // One mail a day says that there are any.
        #expect(world.mails(to: Cast.figDistrict, named: "officeClaimed").count == 1)
        try await world.walk(to: "2026-05-20")
        let late = EmailAddress.of("late", at: "elsewhere")
        try await claim(world, late)
        try await confirm(world, late)
        #expect(world.mails(to: Cast.figDistrict, named: "officeClaimed").count == 2)
    }

    @Test func `a school's own is told of though whoever decides claims it themselves`()
        async throws
    {
        let world = try await World()
        let decider = Cast.figDistrict.email
        try await claim(world, decider)
        try await confirm(world, decider)
        #expect(world.mails(to: decider, named: "officeClaimed").isEmpty)
        try await claim(world, Self.own)
        try await confirm(world, Self.own)
        #expect(world.mails(to: decider, named: "officeClaimed").count == 1)
    }

    @Test func `fifty strangers wait at most, the next one's code stays good`() async throws {
        let world = try await World()
        try await strangers(100...149, in: world)
        let next = EmailAddress.of("person", at: "elsewhere")
        try await claim(world, next)
        let key = try world.mailboxKey(to: next)
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.confirmMailbox(token: key.token, code: key.code)
        }
        // Whoever is at the school's own domain is heard all the same.
        try await claim(world, Self.own)
        try await confirm(world, Self.own)
        let claims = try await waiting(world)
        #expect(claims.map(\.waiting) == Array(repeating: 51, count: 5))
        #expect(claims.first?.contact.email == Self.own)
        try await world.desk.declineClaim(.numbered(100), by: Cast.california.actor)
        try await world.desk.confirmMailbox(token: key.token, code: key.code)
        #expect(try await waiting(world).first?.waiting == 51)
    }

    @Test func `a school's claims stand together, and none hides another school's`()
        async throws
    {
        let world = try await World()
        let elsewhere = School(
            id: try #require(SchoolID("060000900009")),
            name: "Fir School",
            district: try #require(DistrictID("0600009")),
            districtName: "Date Valley",
            city: "Fennel",
            state: .california
        )
        try await world.store.write { try $0.save([elsewhere]) }
        // Before and after Maple's in the store, and waiting for longer.
        try await strangers(100...299, at: elsewhere, on: .on("2026-05-17"), in: world)
        try await strangers(300...301, in: world)
        try await strangers(302...320, at: elsewhere, in: world)
        let own = try await waiting(world, by: Cast.mapleDistrict)
        #expect(own.map(\.contact.id) == [.numbered(300), .numbered(301)])
        let shown = try await waiting(world)
        #expect(
            shown.map(\.school.id)
                == Array(repeating: elsewhere.id, count: 5)
                + Array(repeating: School.maple.id, count: 2)
        )
        #expect(shown.first?.waiting == 219 && shown.last?.waiting == 2)
    }
}
