import Casework
import Demonstration
import RecordExchange
import RecordLocator
import Testing
import Vocabulary

@Suite("Demonstration's near matches") struct DemoPairsTests {
    private static let start = Instant(millisecondsSince1970: 1_779_000_000_000)
    private let pairs = DemoCast.pairs(at: Self.start)

    @Test func `each is two people with a number and an entry of their own, always the same`() {
        #expect(pairs == DemoCast.pairs(at: Self.start))
        let people = pairs.flatMap(\.people)
        #expect(Set(people.map(\.id)).count == 2 * pairs.count)
        #expect(Set(people.map(\.number)).count == people.count)
        for pair in pairs {
            #expect(pair.entries.map(\.person) == pair.people.map { $0.id })
            #expect(Set([pair.match.first, pair.match.second]) == Set(pair.people.map(\.id)))
            #expect(!pair.match.reasons.isEmpty)
        }
    }

    @Test func `one person's entries contradict each other, with an entry in each state`() throws {
        let doubtful = DemoCast.doubtful(at: Self.start)
        #expect(doubtful.entries.allSatisfy { $0.person == doubtful.person.id })
        let parting = try #require(PersonParting(of: doubtful.entries))
        #expect(parting.reasons == [.birthDateDiffers, .givenNameDiffers])
        #expect(Set(doubtful.entries.map(\.school)).count == 2)
        #expect(!pairs.flatMap(\.people).map(\.id).contains(doubtful.person.id))
    }

    @Test func `both states have a contact who signs in, so that one can decide on the other's`()
        throws
    {
        let schools = Set(pairs.flatMap(\.entries).map(\.school))
        #expect(schools == [DemoCast.holderSchool, DemoCast.secondHolderSchool])
        let contacts = DemoCast.people.filter { $0.role == .stateContact }.map(\.organization)
        for code in ["TX", "FL"] {
            #expect(contacts.contains(.state(try #require(StateCode(code)))))
        }
    }

    @Test
    func `one of them is proposed already, and no entry is protected or later than the story`()
        throws
    {
        let proposer = StaffID(rawValue: 1)
        let proposals = pairs.compactMap { $0.proposal(by: proposer, at: Self.start) }
        #expect(proposals.count == 1)
        #expect(proposals.first?.status == .open && proposals.first?.proposedBy == proposer)
        let last = try #require(CivilDate(iso8601: "2026-05-18"))
        for entry in pairs.flatMap(\.entries) {
            #expect(!entry.isProtected && entry.birthDate != nil)
            #expect(try #require(entry.to) < last)
            #expect(entry.provenance.source.hasPrefix("demonstration"))
        }
    }
}
