import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

/// The server that bundles are pushed to is another one, or was put right.
@Suite("Changing where bundles are pushed to") struct PushChangeTests {
    private static let oak = School.oak.organization
    private static let web = PushDestination.https(
        HTTPSDestination(url: "https://drop.oak.example/in")
    )
    private static let server = PushDestination.sftp(
        SFTPDestination(
            host: "sftp.oak.example",
            port: 22,
            user: "mochila",
            folder: "/in",
            hostKey: "ssh-ed25519 AAAA",
            keyName: "oak"
        )
    )

    private func world(pushing destination: PushDestination) async throws -> World {
        let world = try await World()
        try await world.desk.setPush(destination, of: Self.oak, certificatePEM: "PEM")
        return world
    }

    private func pushes(_ world: World) async throws -> [Delivery] {
        try await world.everything().deliveries.filter { Delivery.pushes.contains($0.way) }
    }

    @Test func `a bundle is put on the web once, with its disclosure and the delivery's key`()
        async throws
    {
        let world = try await world(pushing: Self.web)
        let request = try await world.file()
        try await world.step("send") { try await world.sendRecords() }
        let delivery = try #require(try await pushes(world).first)
        #expect(delivery.way == .httpsPush && delivery.status == .sent)
        #expect(world.partners.pushes.map(\.destination) == [Self.web])
        #expect(world.partners.pushes.map(\.key) == [delivery.id.description])
        #expect(world.partners.pushes.map(\.name) == ["\(request.number)-1.cms"])
        #expect(try await world.everything().disclosures.map(\.way) == [.httpsPush])
    }

    @Test func `every attempt carries the same key`() async throws {
        let world = try await world(pushing: Self.web)
        try await world.file()
        world.partners.answer(.deferred(reason: "503"), .deferred(reason: "503"))
        try await world.step("send") { try await world.sendRecords() }
        try await world.step("later") { try await world.walk(to: "2026-05-18", hour: 11) }
        #expect(world.partners.pushes.count == 3)
        #expect(Set(world.partners.pushes.map(\.key)).count == 1)
        #expect(try await world.everything().disclosures.count == 1)
    }

    @Test func `without a certificate to seal to there is no pushing`() async throws {
        let world = try await World()
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.setPush(Self.web, of: Self.oak)
        }
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.retryPushes(of: Self.oak)
        }
        #expect(try await world.store.read { try $0.channel(of: Self.oak) } == nil)
    }

    @Test func `what the server refused is tried again when somebody says so`() async throws {
        let world = try await world(pushing: Self.web)
        try await world.file()
        world.partners.answer(.refused(reason: "the server redirects"))
        try await world.step("send") { try await world.sendRecords() }
        #expect(try await pushes(world).map(\.status) == [.failed])
        let change = try await world.desk.retryPushes(of: Self.oak)
        #expect(change == PushChange(restarted: 1, ended: 0))
        try await world.step("later") { try await world.walk(to: "2026-05-18", hour: 11) }
        #expect(try await pushes(world).map(\.status) == [.sent])
        #expect(try await world.everything().disclosures.count == 1)
        // Nothing is left to try.
        #expect(
            try await world.desk.retryPushes(of: Self.oak) == PushChange(restarted: 0, ended: 0)
        )
    }

    @Test func `what is on its way goes the new way, with a disclosure of its own`() async throws {
        let world = try await world(pushing: Self.server)
        try await world.file()
        world.partners.answer(.deferred(reason: "no connection"))
        try await world.step("send") { try await world.sendRecords() }
        let change = try await world.desk.setPush(Self.web, of: Self.oak)
        #expect(change == PushChange(restarted: 1, ended: 0))
        try await world.step("later") { try await world.walk(to: "2026-05-18", hour: 11) }
        let found = try await pushes(world)
        #expect(found.first { $0.way == .sftpPush }?.status == .failed)
        #expect(found.first { $0.way == .httpsPush }?.status == .sent)
        #expect(found.count == 2)
        #expect(world.partners.pushes.map(\.destination) == [Self.server, Self.web])
        #expect(try await world.everything().troubled.isEmpty)
        // What had failed before is not sent a second time.
        #expect(
            try await world.desk.setPush(Self.web, of: Self.oak)
                == PushChange(restarted: 0, ended: 0)
        )
    }

    @Test func `where nothing is pushed any more, what is under way ends and is seen to`()
        async throws
    {
        let world = try await world(pushing: Self.web)
        let request = try await world.file()
        world.partners.answer(.deferred(reason: "no connection"))
        try await world.step("send") { try await world.sendRecords() }
        let change = try await world.desk.setPush(nil, of: Self.oak)
        #expect(change == PushChange(restarted: 0, ended: 1))
        try await world.step("later") { try await world.walk(to: "2026-05-18", hour: 11) }
        #expect(world.partners.pushes.count == 1)
        #expect(try await pushes(world).map(\.status) == [.failed])
        // The signed-in download stays, and so does the certificate.
        #expect(try await world.state(of: request) == .sent)
        #expect(
            try await world.store.read { try $0.channel(of: Self.oak) }?.certificatePEM == "PEM"
        )
    }

    @Test func `another organisation's bundles are left alone`() async throws {
        let world = try await world(pushing: Self.web)
        try await world.file()
        world.partners.answer(.refused(reason: "the server redirects"))
        try await world.step("send") { try await world.sendRecords() }
        let other = School.maple.organization
        #expect(
            try await world.desk.setPush(Self.web, of: other, certificatePEM: "PEM")
                == PushChange(restarted: 0, ended: 0)
        )
        #expect(try await pushes(world).map(\.status) == [.failed])
    }
}
