import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("A new password, and browsers that are not known") struct RecoveryTests {
    private let email = Cast.registrar.email
    private let password = "four words and a lantern"

    /// The registrar has a password and an app, as somebody who was invited has.
    private func world() async throws -> World {
        let world = try await World()
        try await world.store.write { session in
            var account = Cast.registrar
            account.passwordHash = PlainPasswords().line(for: "the old password")
            account.oneTimeSecret = [1]
            account.oneTimeConfirmed = true
            try session.save(account)
        }
        return world
    }

    private func ask(_ world: World, _ email: String? = nil) async throws {
        try await world.desk.askForRecovery(email: email ?? self.email.description)
        try await world.settle()
    }

    private func mails(_ world: World, _ news: Letter.AccountNews) -> [OutgoingMail] {
        world.mails(to: email, named: "account").filter { $0.plainText.contains("\(news)") }
    }

    private func token(_ world: World) throws -> String {
        let mail = try #require(mails(world, .recovery).last)
        return try #require(mail.plainText.between("/account/recover/", "\""))
    }

    @Test func `the mailed link sets a new password once, and a mail says so`() async throws {
        let world = try await world()
        try await world.step("ask") { try await ask(world, email.description.uppercased()) }
        try await ask(world)
        let token = try token(world)
        #expect(try await world.desk.recovery(token: token)?.email == email)
        let id = try await world.step("recover") {
            try await world.desk.recover(token: token, password: password)
        }
        try await world.settle()
        #expect(id == Cast.registrar.id)
        #expect(mails(world, .passwordChanged).count == 1)
        let old = try await world.desk.signIn(
            email: email.description,
            password: "the old password"
        )
        #expect(old == .refused)
        // The app is asked for as before: a mailbox alone signs nobody in.
        let new = try await world.desk.signIn(email: email.description, password: password)
        #expect(new == .secondFactor(id))
        await #expect(throws: CaseworkFailure.invitationInvalid) {
            try await world.desk.recover(token: token, password: password)
        }
        let audit = try await world.everything().audit.map(\.action)
        #expect(audit.suffix(2) == ["account.recoveryAsked", "account.recover"])
    }

    @Test func `the link works for an hour, and the newest one only`() async throws {
        let world = try await world()
        try await ask(world)
        let first = try token(world)
        world.clock.advance(bySeconds: 301)
        try await ask(world)
        let second = try token(world)
        #expect(first != second)
        #expect(try await world.desk.recovery(token: first) == nil)
        world.clock.advance(bySeconds: Desk.recoveryTime - 1)
        #expect(try await world.desk.recovery(token: second) != nil)
        world.clock.advance(bySeconds: 1)
        #expect(try await world.desk.recovery(token: second) == nil)
        await #expect(throws: CaseworkFailure.invitationInvalid) {
            try await world.desk.recover(token: second, password: password)
        }
    }

    @Test func `asking again at once mails nothing more`() async throws {
        let world = try await world()
        for _ in 0..<5 { try await ask(world) }
        #expect(mails(world, .recovery).count == 1)
    }

    @Test(arguments: ["nobody@oak.example", "no address", ""])
    func `an unknown address changes nothing`(address: String) async throws {
        let world = try await world()
        let before = try await world.everything()
        try await ask(world, address)
        #expect(try await world.everything() == before)
    }

    @Test(arguments: [StaffAccount.Status.invited, .requested, .disabled])
    func `only who signs in already gets a link`(status: StaffAccount.Status) async throws {
        let world = try await world()
        try await world.store.write { session in
            var account = Cast.registrar
            account.passwordHash = PlainPasswords().line(for: "the old password")
            account.status = status
            try session.save(account)
        }
        try await ask(world)
        #expect(world.mails(to: email, named: "account").isEmpty)
    }

    @Test func `an account that is closed meanwhile is not opened by its link`() async throws {
        let world = try await world()
        try await ask(world)
        let token = try token(world)
        try await world.desk.disableAccount(
            Cast.registrar.id,
            by: Cast.administrator.actor
        )
        #expect(try await world.desk.recovery(token: token) == nil)
    }

    @Test func `a short password is refused and the link still works`() async throws {
        let world = try await world()
        try await ask(world)
        let token = try token(world)
        await #expect(throws: CaseworkFailure.passwordTooShort) {
            try await world.desk.recover(token: token, password: "short")
        }
        #expect(try await world.desk.recovery(token: token) != nil)
    }

    @Test func `a sign-in with a browser nobody knew is told of, but not the first`()
        async throws
    {
        let world = try await world()
        func signIn(_ browser: UInt8) async throws {
            world.clock.advance(bySeconds: 60)
            let code = world.codes.code(at: world.clock.now())
            let isRight = try await world.desk.passSecondFactor(
                Cast.registrar.id,
                code: code,
                browser: ReferenceSHA256.digest(of: [browser])
            )
            #expect(isRight)
            try await world.settle()
        }
        try await signIn(1)
        try await signIn(1)
        #expect(mails(world, .newSignIn).isEmpty)
        try await signIn(2)
        try await signIn(2)
        try await signIn(1)
        #expect(mails(world, .newSignIn).count == 1)
        // Only so many are remembered.
        for browser in UInt8(3)..<20 { try await signIn(browser) }
        let known = try await world.store.read { try $0.account(Cast.registrar.id) }
        #expect(known?.knownBrowsers?.count == StaffAccount.mostBrowsers)
    }
}
