import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("What operators are told of") struct OperatorMailTests {
    private func tell(_ world: World, _ troubles: [GatewayTrouble]) async throws {
        try await world.desk.tellOperators(of: troubles) { _ in "mochila doctor" }
        try await world.settle()
    }

    private func mails(_ world: World) -> [OutgoingMail] {
        world.mails(to: Cast.administrator.email, named: "operator")
    }

    @Test(arguments: [
        GatewayTrouble.mailStuck(count: 0), .pushFailing(count: 0), .sealingStuck(count: 0),
        .quarantined(count: 0), .certificateExpires(days: 15),
        .diskFilling(percent: 84), .backupMissed(days: 0),
    ])
    func `what is no trouble is not told`(trouble: GatewayTrouble) async throws {
        let world = try await World()
        try await tell(world, [trouble])
        #expect(mails(world).isEmpty)
    }

    @Test(arguments: [
        GatewayTrouble.mailStuck(count: 1), .pushFailing(count: 2), .certificateExpires(days: 14),
        .certificateExpires(days: 0), .diskFilling(percent: 85), .backupMissed(days: 7),
        .quarantined(count: 1),
    ])
    func `a trouble is told once a day at most, with what to run`(
        trouble: GatewayTrouble
    ) async throws {
        let world = try await World()
        for _ in 0..<24 { try await tell(world, [trouble]) }
        #expect(mails(world).count == 1)
        #expect(mails(world).first?.plainText.contains("mochila doctor") == true)
        // Nobody else is.
        #expect(world.mail.arrived.count == 1)
    }

    @Test func `each trouble has a mail of its own, and the next day another`() async throws {
        let world = try await World()
        let troubles = [GatewayTrouble.mailStuck(count: 1), .diskFilling(percent: 99)]
        try await tell(world, troubles)
        world.clock.advance(bySeconds: 86_400)
        try await tell(world, troubles)
        #expect(mails(world).count == 4)
    }

    @Test func `a certificate is told of at fourteen days, and again as its end comes near`()
        async throws
    {
        let world = try await World()
        for days in (0...20).reversed() {
            try await tell(world, [.certificateExpires(days: days)])
        }
        #expect(mails(world).count == 5)
    }

    @Test func `mails that fail for an hour are counted, and one that waits is not`() async throws {
        let world = try await World()
        world.mail.isDown = true
        try await world.file()
        #expect(
            try await world.desk.outboxTroubles() == [
                .mailStuck(count: 0), .pushFailing(count: 0), .sealingStuck(count: 0),
                .quarantined(count: 0),
            ]
        )
        for _ in 0..<12 {
            world.clock.advance(bySeconds: 3_600)
            _ = try await world.worker.carryOutDue()
        }
        let troubles = try await world.desk.outboxTroubles()
        guard case .mailStuck(let count)? = troubles.first else {
            Issue.record("no word of the mails")
            return
        }
        #expect(count > 0)
        #expect(
            troubles.dropFirst() == [
                .pushFailing(count: 0), .sealingStuck(count: 0), .quarantined(count: 0),
            ]
        )
    }

    @Test func `records that nobody can seal are told of, and reach nobody meanwhile`()
        async throws
    {
        let world = try await World()
        world.assembler.isBroken.isRaised = true
        try await world.file()
        try await world.sendRecords()
        for _ in 0..<12 {
            world.clock.advance(bySeconds: 3_600)
            _ = try await world.worker.carryOutDue()
        }
        #expect(try await world.desk.outboxTroubles().contains(.sealingStuck(count: 1)))
    }
}
