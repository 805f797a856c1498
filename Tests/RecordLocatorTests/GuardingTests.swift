import RecordLocator
import TestSupport
import Testing
import Vocabulary

@Suite("What a protected entry hides")
struct GuardingTests {
    private static func entry(_ number: Int, _ given: String, born: String) throws -> LocatorEntry {
        try Build.entry(number, Build.name(given, "Quiroz", "Tecuapa"), born)
    }

    private static let born = "2011-03-09"

    @Test
    func `several that are near do not weaken each other`() throws {
        let one = try Self.entry(1, "José Luis", born: Self.born)
        let other = try Self.entry(2, "José Antonio", born: Self.born)
        let query = try Build.query(Build.name("José", "Quiroz", "Tecuapa"), Self.born)

        #expect(LocatorIndex([one]).guarding(query) == [one])
        let both = LocatorIndex([one, other])
        #expect(Set(both.guarding(query)) == [one, other])
        #expect(Set(both.hanging(on: query)) == [one, other])
        // Whoever asks is told that neither is sure.
        #expect(both.search(query).certain == nil)
    }

    @Test
    func `of two the one that hides counts, whichever is likelier`() throws {
        let twin = try Self.entry(1, "Ximena", born: Self.born)
        let child = try Self.entry(2, "Hugo", born: Self.born)
        let index = LocatorIndex([twin, child])
        let query = try Build.query(Build.name("Hugo", "Quiroz", "Tecuapa"), Self.born)

        #expect(index.guarding(query) == [child])
        #expect(index.hanging(on: query) == [child])
    }

    @Test
    func `without a birth date better hidden than found, on whichever side it is missing`() throws {
        let dated = try Self.entry(1, "Hugo", born: Self.born)
        let undated = LocatorEntry(
            id: .numbered(2),
            name: dated.name,
            birthDate: nil,
            school: dated.school,
            provenance: dated.provenance
        )
        // A row that comes in without one, under a protected child; and one that was there.
        #expect(
            LocatorIndex([dated]).guarding(LocatorQuery(name: dated.name, birthDate: nil))
                == [dated]
        )
        let query = LocatorQuery(name: dated.name, birthDate: dated.birthDate)
        #expect(LocatorIndex([undated]).hanging(on: query) == [undated])
    }

    @Test
    func `a namesake of another birth date and a sibling are hidden by nobody`() throws {
        let namesake = try Self.entry(1, "Hugo", born: "2015-12-24")
        let sibling = try Self.entry(2, "Ximena", born: "2013-06-30")
        let index = LocatorIndex([namesake, sibling])
        let query = try Build.query(Build.name("Hugo", "Quiroz", "Tecuapa"), Self.born)

        #expect(index.guarding(query).isEmpty)
        #expect(index.hanging(on: query).isEmpty)
    }
}
