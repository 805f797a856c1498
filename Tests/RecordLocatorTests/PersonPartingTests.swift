import RecordLocator
import SeededNumbers
import Testing
import Vocabulary

@Suite("One person who may be two") struct PersonPartingTests {
    private static func entry(
        _ number: UInt64,
        _ given: String = "Mateo",
        _ middle: String = "",
        born: String? = "2012-01-19",
        number stateNumber: String? = nil,
        state: String = "TX",
        received: String = "2026-01-05"
    ) throws -> LocatorEntry {
        LocatorEntry(
            id: LocatorEntry.ID(rawValue: UInt128(number)),
            name: try PersonName(
                given: given,
                middle: middle,
                paternalSurname: "Cisneros",
                maternalSurname: "Robledo"
            ),
            birthDate: try born.map { try #require(CivilDate(iso8601: $0)) },
            school: try #require(SchoolID("480000100001")),
            stateStudentID: stateNumber,
            particulars: IdentityParticulars(numberState: stateNumber == nil ? "" : state),
            provenance: .init(
                source: "Sample feed",
                receivedOn: try #require(CivilDate(iso8601: received))
            )
        )
    }

    private static func reasons(_ one: LocatorEntry, _ other: LocatorEntry) -> [MatchReason] {
        PersonParting(of: [one, other])?.reasons ?? []
    }

    @Test func `entries that fit are one person's`() throws {
        let one = try Self.entry(1)
        #expect(PersonParting(of: []) == nil)
        #expect(PersonParting(of: [one]) == nil)
        for other in [
            try Self.entry(2), try Self.entry(2, born: nil), try Self.entry(2, "M."),
            try Self.entry(2, born: "2012-01-18"), try Self.entry(2, born: "2013-01-19"),
            try Self.entry(2, "Mateo", "José"), try Self.entry(2, born: "2012-01-01"),
        ] {
            #expect(
                Self.reasons(one, other).isEmpty,
                "\(other.name.full) \(other.birthDate as Any)"
            )
        }
    }

    @Test(arguments: [
        ("Valeria", "2012-01-19", MatchReason.givenNameDiffers),
        ("Mateo", "2015-08-02", .birthDateDiffers), ("Mateo", "2012-08-02", .birthDateDiffers),
    ])
    func `another first name or birth date speaks against it`(
        given: String,
        born: String,
        reason: MatchReason
    ) throws {
        #expect(Self.reasons(try Self.entry(1), try Self.entry(2, given, born: born)) == [reason])
    }

    @Test func `two second names speak against it, one does not`() throws {
        let ana = try Self.entry(1, "Ana", "Sofía")
        #expect(Self.reasons(ana, try Self.entry(2, "Ana", "Isabel")) == [.secondGivenNameDiffers])
        #expect(Self.reasons(ana, try Self.entry(2, "Ana")).isEmpty)
    }

    @Test func `two numbers of one state speak against it, of two states do not`() throws {
        let texas = try Self.entry(1, number: "8142220917")
        #expect(
            Self.reasons(texas, try Self.entry(2, number: "5550001234")) == [.otherStateStudentID]
        )
        #expect(Self.reasons(texas, try Self.entry(2, number: "5550001234", state: "FL")).isEmpty)
        #expect(Self.reasons(texas, try Self.entry(2)).isEmpty)
    }

    @Test func `where the state gave one number, one mistake of an office is not enough`() throws {
        let one = try Self.entry(1, number: "8142220917")
        let misdated = try Self.entry(2, born: "2015-08-02", number: "8142220917")
        #expect(Self.reasons(one, misdated).isEmpty)
        let another = try Self.entry(2, "Valeria", born: "2015-08-02", number: "8142220917")
        #expect(Self.reasons(one, another) == [.birthDateDiffers, .givenNameDiffers])
    }

    @Test func `the fewer who fit the others least are taken out, of as many the later`() throws {
        let own = [try Self.entry(1), try Self.entry(3), try Self.entry(5, born: "2012-01-18")]
        let others = [
            try Self.entry(2, "Valeria", born: "2015-08-02"),
            try Self.entry(4, "Valeria", born: "2015-08-20"),
        ]
        #expect(PersonParting(of: own + others)?.moved == others.map(\.id))

        let later = try Self.entry(1, "Valeria", received: "2026-03-01")
        let earlier = try Self.entry(2)
        #expect(PersonParting(of: [later, earlier])?.moved == [later.id])
    }

    @Test(arguments: 1...60 as ClosedRange<UInt64>)
    func `whatever the entries and their order, some move and never all`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let names = ["Mateo", "Valeria", "Ana", "Mateo José", "M.", "Ximena"]
        let days = ["2012-01-19", "2015-08-02", "2012-01-18", nil, "2011-12-31"]
        let entries = try (1...Int(random.next() % 9) + 2).map { number in
            try Self.entry(
                UInt64(number),
                names[Int(random.next() % 6)],
                born: days[Int(random.next() % 5)],
                number: random.next() % 3 == 0 ? "814222091\(random.next() % 10)" : nil
            )
        }
        let parting = PersonParting(of: entries)
        #expect(parting == PersonParting(of: entries.shuffled(using: &random)))
        guard let parting else { return }
        #expect(!parting.moved.isEmpty && parting.moved.count < entries.count)
        #expect(parting.conflicts.allSatisfy { $0.first < $0.second && !$0.reasons.isEmpty })
        // The proposal parts at least one pair that conflicts.
        let moved = Set(parting.moved)
        #expect(
            parting.conflicts.contains { moved.contains($0.first) != moved.contains($0.second) }
        )
    }
}
