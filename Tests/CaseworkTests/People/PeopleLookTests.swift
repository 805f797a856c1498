import Casework
import RecordExchange
import RecordLocator
import TestSupport
import Testing
import Vocabulary

@Suite("Looking at people") struct PeopleLookTests {
    private func looks(_ world: FeedWorld) async throws -> [AuditEntry] {
        try await world.store.read { try $0.auditEntries(after: 0, limit: 99) }
            .filter { $0.action == "people.look" }
    }

    @Test(arguments: PeoplePurpose.allCases)
    func `every look at names has a purpose in the audit log; lists and numbers show none`(
        purpose: PeoplePurpose
    ) async throws {
        let world = try await FeedWorld()
        try await world.save([.sample(1), .near(2)])
        try await world.group()
        let row = try #require(try await world.desk.lines(by: world.mary).first)
        _ = try await world.desk.personProposals(open: true, by: world.mary)
        _ = try await world.desk.personID(numbered: row.first.number, by: world.mary)
        #expect(try await looks(world).isEmpty)

        let pair = try await world.desk.nearMatch(row.match.id, for: purpose, by: world.mary)
        #expect(pair == row)
        let file = try await world.desk.person(row.first.id, for: purpose, by: world.mary)
        #expect(file.view == row.first)
        #expect(file.waiting == nil)
        let id = try await world.desk.proposeMerge(
            row.first.id,
            row.second.id,
            note: "same mother",
            by: world.mary
        )
        let proposal = try await world.desk.personProposal(id, for: purpose, by: world.walt)
        #expect(Set(proposal.people) == [row.first, row.second])

        let written = try await looks(world)
        #expect(
            written.map(\.subject)
                == [row.match.id.description, row.first.id.description, id.description]
        )
        #expect(written.allSatisfy { $0.detail == purpose.rawValue })
        #expect(Set(written.map(\.actor)).count == 2)
    }

    @Test
    func `a proposal needs a reason, and so does declining one`() async throws {
        let world = try await FeedWorld()
        try await world.save([.sample(1), .sample(2, school: .willow), .near(3)])
        try await world.group()
        let row = try #require(try await world.desk.lines(by: world.mary).first)
        let two = try #require(try await world.people()[1])
        for note in ["", "  \n"] {
            await #expect(throws: CaseworkFailure.reasonMissing) {
                try await world.desk.proposeMerge(
                    row.first.id,
                    row.second.id,
                    note: note,
                    by: world.mary
                )
            }
            await #expect(throws: CaseworkFailure.reasonMissing) {
                try await world.desk.proposeSplit(
                    two,
                    entries: [.numbered(2)],
                    note: note,
                    by: world.mary
                )
            }
        }
        let id = try await world.desk.proposeMerge(
            row.first.id,
            row.second.id,
            note: "same mother",
            by: world.mary
        )
        await #expect(throws: CaseworkFailure.reasonMissing) {
            try await world.desk.reject(id, note: "", by: world.walt)
        }
        try await world.desk.approve(id, by: world.walt)
        await #expect(throws: CaseworkFailure.reasonMissing) {
            try await world.desk.proposeUndo(of: id, note: "", by: world.walt)
        }
    }

    @Test
    func `the list is counted exactly and walked a page at a time, oldest first`() async throws {
        let world = try await FeedWorld()
        try await world.store.write { session in
            for number in 1...8 {
                try session.save(Person.sample(number))
                var entry = LocatorEntry.sample(number)
                entry.person = .numbered(number)
                try session.save([entry])
            }
            for number in 1...7 {
                try session.save(
                    NearMatch(
                        id: .numbered(number),
                        .numbered(number),
                        .numbered(8),
                        reasons: [],
                        foundAt: .noon("2026-05-02", plusSeconds: Int64(9 - number))
                    )
                )
            }
        }
        var met: [NearMatch.ID] = []
        var start = PageStart.top
        while true {
            let list = try await world.desk.personWorklist(by: world.mary, start: start, limit: 3)
            #expect(list.count == 7)
            met += list.page.items.map(\.match.id)
            guard let after = list.page.after else { break }
            start = .after(after)
        }
        #expect(met == (1...7).reversed().map { .numbered($0) })
    }
}
