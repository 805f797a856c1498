import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Accounts") struct AccountTests {
    private let email = EmailAddress.of("nora", at: "oak")
    private let membership = StaffAccount.Membership(
        role: .registrar,
        organization: School.oak.organization
    )
    private let password = "a long enough password"

    private func invite(
        _ world: World,
        as membership: StaffAccount.Membership? = nil,
        by account: StaffAccount = Cast.administrator
    ) async throws {
        try await world.desk.invite(
            email: email,
            name: "Nora Nueva",
            title: "Registrar",
            membership: membership ?? self.membership,
            language: .spanish,
            by: account.actor
        )
        try await world.settle()
    }

    private func token(_ world: World) throws -> String {
        let mail = try #require(world.mails(to: email, named: "invitation").last)
        return try #require(mail.plainText.between("/invitation/", "\""))
    }

    private func account(_ world: World) async throws -> StaffAccount? {
        try await world.store.read { [email] in try $0.account(email: email) }
    }

    @Test func `an invitation by mail becomes an account with a password and an app`()
        async throws
    {
        let world = try await World()
        try await world.step("invite") { try await invite(world) }
        let token = try token(world)
        #expect(try await world.desk.invitation(token: token)?.name == "Nora Nueva")
        // Before it is accepted nobody signs in.
        #expect(
            try await world.desk.signIn(email: "nora@oak.example", password: "") == .refused
        )
        let id = try await world.step("accept") {
            try await world.desk.acceptInvitation(token: token, password: password)
        }
        // The password alone leads no further than setting up the app.
        let first = try await world.desk.signIn(email: "Nora@Oak.example", password: password)
        #expect(first == .setUpSecondFactor(id))
        _ = try await world.desk.beginSecondFactor(id)
        #expect(
            try await world.desk.passSecondFactor(id, code: world.codes.code(at: world.clock.now()))
        )
        let second = try await world.desk.signIn(email: "nora@oak.example", password: password)
        #expect(second == .secondFactor(id))
        let signedIn = try #require(try await world.desk.actor(id))
        #expect(signedIn.actor.requestingSchools == [School.oak.id])
    }

    @Test func `who is declined gets no invitation, may ask again, and an account is never taken`()
        async throws
    {
        let world = try await World()
        func ask(name: String) async throws {
            try await world.desk.requestAccount(
                email: email,
                name: name,
                title: "Registrar",
                role: .registrar,
                school: School.oak.id,
                language: .english
            )
        }
        try await ask(name: "Nora Nueva")
        let id = try #require(try await account(world)?.id)
        await #expect(throws: CaseworkFailure.notFound) {
            try await world.desk.declineAccount(id, by: Cast.registrar.actor)
        }

        try await world.step("decline") {
            try await world.desk.declineAccount(id, by: Cast.administrator.actor)
        }
        #expect(try await account(world)?.status == .disabled)
        try await world.settle()
        #expect(world.mails(to: email, named: "invitation").isEmpty)
        await #expect(throws: CaseworkFailure.notFound) {
            try await world.desk.declineAccount(id, by: Cast.administrator.actor)
        }

        try await ask(name: "Nora N. Nueva")
        let again = try await account(world)
        #expect(again?.status == .requested && again?.id == id)
        #expect(again?.name == "Nora N. Nueva")

        // Somebody who had an account and lost it does not get it back by asking.
        try await world.desk.approveAccount(id, by: Cast.administrator.actor)
        try await world.settle()
        _ = try await world.desk.acceptInvitation(token: try token(world), password: password)
        try await world.desk.disableAccount(id, by: Cast.administrator.actor)
        let closed = try await account(world)
        try await ask(name: "Somebody Else")
        #expect(try await account(world) == closed)
    }

    @Test func `an invitation works once`() async throws {
        let world = try await World()
        try await invite(world)
        let token = try token(world)
        _ = try await world.desk.acceptInvitation(token: token, password: password)
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.invitationInvalid) {
            try await world.desk.acceptInvitation(token: token, password: "another long password")
        }
        #expect(try await world.everything() == before)
        #expect(try await world.desk.invitation(token: token) == nil)
    }

    @Test func `it works for seven days, and a new one replaces it`() async throws {
        let world = try await World(on: "2026-05-18")
        try await invite(world)
        let old = try token(world)
        try await world.walk(to: "2026-05-25", hour: 8)
        #expect(try await world.desk.invitation(token: old) != nil)
        try await world.walk(to: "2026-05-25", hour: 9)
        await #expect(throws: CaseworkFailure.invitationInvalid) {
            try await world.desk.acceptInvitation(token: old, password: password)
        }
        try await world.step("again") { try await invite(world) }
        let new = try token(world)
        #expect(new != old)
        #expect(try await world.desk.invitation(token: old) == nil)
        _ = try await world.desk.acceptInvitation(token: new, password: password)
        // Somebody who is in is not invited again.
        await #expect(throws: CaseworkFailure.alreadyThere) { try await invite(world) }
    }

    @Test(arguments: ["", "short", "eleven char"])
    func `a short password is refused`(password: String) async throws {
        let world = try await World()
        try await invite(world)
        let token = try token(world)
        await #expect(throws: CaseworkFailure.passwordTooShort) {
            try await world.desk.acceptInvitation(token: token, password: password)
        }
        #expect(try await world.desk.invitation(token: token) != nil)
    }

    @Test func `unknown address, wrong password and closed account look the same`()
        async throws
    {
        let world = try await World()
        try await invite(world)
        let id = try await world.desk.acceptInvitation(
            token: try token(world),
            password: password
        )
        let tries = [
            ("nobody@oak.example", password), ("nora@oak.example", "wrong password!"),
            ("not an address", password), ("", ""), (Cast.registrar.email.description, password),
        ]
        for (address, password) in tries {
            #expect(
                try await world.desk.signIn(email: address, password: password) == .refused
            )
        }
        try await world.desk.disableAccount(id, by: Cast.administrator.actor)
        #expect(
            try await world.desk.signIn(email: "nora@oak.example", password: password) == .refused
        )
        #expect(try await world.desk.actor(id) == nil)
    }

    @Test func `a code of the app never works twice, nor an older one after it`() async throws {
        let world = try await World()
        _ = try await world.desk.beginSecondFactor(Cast.registrar.id)
        let id = Cast.registrar.id
        let earlier = world.codes.code(at: world.clock.now().advanced(bySeconds: -30))
        let code = world.codes.code(at: world.clock.now())
        #expect(try await world.desk.passSecondFactor(id, code: "000000") == false)
        #expect(try await world.desk.passSecondFactor(id, code: code))
        #expect(try await world.desk.passSecondFactor(id, code: code) == false)
        #expect(try await world.desk.passSecondFactor(id, code: earlier) == false)
        world.clock.advance(bySeconds: 30)
        let next = world.codes.code(at: world.clock.now())
        #expect(try await world.desk.passSecondFactor(id, code: next))
        #expect(try await world.everything().audit.count { $0.action == "signIn.wrongCode" } == 3)
    }

    @Test func `the secret is shown until the app is confirmed and never after`() async throws {
        let world = try await World()
        let id = Cast.registrar.id
        let shown = try await world.desk.beginSecondFactor(id)
        #expect(shown.address.revealed.hasPrefix("otpauth://totp/Mochila:"))
        #expect("\(shown)".contains(shown.secretText.revealed) == false)
        let code = world.codes.code(at: world.clock.now())
        #expect(try await world.desk.passSecondFactor(id, code: code))
        await #expect(throws: CaseworkFailure.notAllowed) {
            try await world.desk.beginSecondFactor(id)
        }
    }

    @Test func `somebody who asks for an account is let in by the district`() async throws {
        let world = try await World()
        try await world.step("ask") {
            try await world.desk.requestAccount(
                email: email,
                name: "Nora Nueva",
                title: "",
                role: .registrar,
                school: School.oak.id,
                language: .spanish
            )
            try await world.settle()
        }
        #expect(world.mails(to: Cast.oakDistrictDesk, named: "accountRequested").count == 1)
        #expect(world.mails(to: email).isEmpty)
        let people = try await world.desk.people(by: Cast.oakDistrict.actor)
        let asked = try #require(people.first { $0.email == email })
        #expect(asked.status == .requested)
        // The other district neither sees nor decides it.
        let others = try await world.desk.people(by: Cast.mapleDistrict.actor)
        #expect(!others.contains { $0.email == email })
        await #expect(throws: CaseworkFailure.notFound) {
            try await world.desk.approveAccount(asked.id, by: Cast.mapleDistrict.actor)
        }
        try await world.step("approve") {
            try await world.desk.approveAccount(asked.id, by: Cast.oakDistrict.actor)
            try await world.settle()
        }
        _ = try await world.desk.acceptInvitation(
            token: try token(world),
            password: password
        )
        await #expect(throws: CaseworkFailure.notFound) {
            try await world.desk.approveAccount(asked.id, by: Cast.oakDistrict.actor)
        }
    }

    @Test func `asking with a known address tells nobody that it is known`() async throws {
        let world = try await World()
        let before = try await world.everything()
        try await world.desk.requestAccount(
            email: Cast.registrar.email,
            name: "Somebody",
            title: "",
            role: .registrar,
            school: School.oak.id,
            language: .english
        )
        #expect(try await world.everything() == before)
    }

    @Test(arguments: [Int64.min, -1, 0, 1, 2, .max])
    func `the audit log is read before any number that an address can hold`(
        before: Int64
    ) async throws {
        let world = try await World()
        let page = try await world.desk.auditLog(
            before: before,
            limit: 2,
            by: Cast.auditor.actor
        )
        #expect(page.entries.count <= 2)
        #expect(page.entries.allSatisfy { $0.sequence < before })
    }

    @Test(arguments: [StaffRole.district, .stateContact, .administrator, .auditor])
    func `only work at a school can be asked for`(role: StaffRole) async throws {
        let world = try await World()
        await #expect(throws: CaseworkFailure.notAllowed) {
            try await world.desk.requestAccount(
                email: email,
                name: "Nora",
                title: "",
                role: role,
                school: School.oak.id,
                language: .english
            )
        }
    }

    @Test func `a district admits staff of its own schools and nobody else`() async throws {
        let world = try await World()
        let organizations: [OrganizationID] = [
            School.oak.organization, School.maple.organization, .district(School.oak.district),
            .state(.texas), .gateway, .vault, .project("ca-fig"),
        ]
        var admitted: [StaffAccount.Membership] = []
        for organization in organizations {
            for role in StaffRole.allCases {
                let membership = StaffAccount.Membership(role: role, organization: organization)
                do {
                    try await world.desk.invite(
                        email: .of("p\(admitted.count)", at: "new"),
                        name: "Somebody",
                        title: "",
                        membership: membership,
                        language: .english,
                        by: Cast.oakDistrict.actor
                    )
                    admitted.append(membership)
                } catch {
                    #expect(error as? CaseworkFailure == .notAllowed)
                }
            }
        }
        #expect(admitted.map(\.role) == [.registrar, .counselor, .recordsClerk])
        #expect(Set(admitted.map(\.organization)) == [School.oak.organization])
    }

    @Test(arguments: StaffRole.allCases)
    func `a role where it cannot be held counts for nothing`(role: StaffRole) async throws {
        let world = try await World()
        let odd = StaffAccount.Membership(
            role: role,
            organization: role == .administrator || role == .auditor
                ? School.oak.organization : .gateway
        )
        #expect(!odd.isSound)
        var account = StaffAccount.sample(800, role: role, at: odd.organization)
        #expect(account.actor.memberships.isEmpty)
        account.memberships = [odd]
        await #expect(throws: CaseworkFailure.notAllowed) {
            try await world.desk.auditLog(before: nil, limit: 10, by: account.actor)
        }
        await #expect(throws: CaseworkFailure.notAllowed) {
            try await invite(world, by: account)
        }
        // Not even an administrator or the operator hands it out.
        await #expect(throws: CaseworkFailure.notAllowed) {
            try await invite(world, as: odd)
        }
        await #expect(throws: CaseworkFailure.notAllowed) {
            try await world.desk.inviteFromOperator(
                email: email,
                name: "Nora",
                title: "",
                membership: odd,
                language: .english
            )
        }
    }

    @Test func `nobody closes their own account, and a district none above it`() async throws {
        let world = try await World()
        await #expect(throws: CaseworkFailure.notFound) {
            try await world.desk.disableAccount(
                Cast.administrator.id,
                by: Cast.administrator.actor
            )
        }
        for account in [Cast.administrator, Cast.texas, Cast.mapleDistrict, Cast.clerk] {
            await #expect(throws: CaseworkFailure.notFound) {
                try await world.desk.disableAccount(account.id, by: Cast.oakDistrict.actor)
            }
        }
        try await world.desk.disableAccount(Cast.counselor.id, by: Cast.oakDistrict.actor)
        #expect(try await world.desk.actor(Cast.counselor.id) == nil)
    }

    @Test func `the operator's invitation is a person's like any other`() async throws {
        let world = try await World()
        try await world.step("operator") {
            try await world.desk.inviteFromOperator(
                email: email,
                name: "Nora Nueva",
                title: "Administrator",
                membership: .init(role: .administrator, organization: .gateway),
                language: .english
            )
            try await world.settle()
        }
        #expect(world.mails(to: email, named: "invitation").count == 1)
        #expect(try await world.everything().audit.last?.actor == "system")
    }
}
