import Demonstration
import RecordExchange
import RecordLocator
import ReferenceData
import Testing
import Vocabulary

/// The directory and one story, made once for all tests.
enum Stage {
    static let directory = Result { try NationalDirectory.load() }
    static let entries = Result {
        DemoStory.entries(seed: 2026, students: 10_000, directory: try directory.get())
    }
    static let index = Result { LocatorIndex(try entries.get()) }
}

@Suite("Demonstration story") struct DemoStoryTests {
    @Test func `the same seed tells the same story, another another`() throws {
        let directory = try Stage.directory.get()
        let first = DemoStory.entries(seed: 1, students: 200, directory: directory)
        #expect(DemoStory.entries(seed: 1, students: 200, directory: directory) == first)
        #expect(DemoStory.entries(seed: 2, students: 200, directory: directory) != first)
        // More students only follow.
        let more = DemoStory.entries(seed: 1, students: 300, directory: directory)
        #expect(Array(more.prefix(first.count)) == first)
    }

    @Test func `has at least 10,000 students in several states`() throws {
        let directory = try Stage.directory.get()
        let entries = try Stage.entries.get()
        #expect(entries.count > 20_000)
        #expect(Set(entries.map(\.birthDate)).count > 3_000)
        let states = Set(entries.compactMap { directory.school($0.school)?.state.description })
        let shown: Set = ["TX", "CA", "FL", "WA", "AZ", "NC", "GA", "MI", "OR", "ID"]
        #expect(states.isSuperset(of: shown))
        #expect(Set(entries.map(\.id)).count == entries.count)
    }

    @Test func `every enrollment is at a school that teaches the grade`() throws {
        let directory = try Stage.directory.get()
        for entry in try Stage.entries.get() {
            let school = try #require(directory.school(entry.school))
            let grade = try #require(entry.grade)
            let low = try #require(school.lowGrade)
            let high = try #require(school.highGrade)
            #expect((low...high).contains(grade))
            let from = try #require(entry.from)
            if let to = entry.to { #expect(from <= to) }
            // Five to twenty years old when enrolled.
            let born = try #require(entry.birthDate)
            #expect((4 * 365...21 * 365).contains(born.days(to: from)))
        }
    }

    @Test func `names have two surnames and accents, and lose some as records do`() throws {
        let entries = try Stage.entries.get()
        let total = Double(entries.count)
        let two = Double(entries.count { !$0.name.maternalSurname.isEmpty }) / total
        #expect((0.6...0.9).contains(two))
        let plain = entries.count { $0.name.full.utf8.allSatisfy { $0 < 0x80 } }
        let accented = 1 - Double(plain) / total
        #expect((0.3...0.7).contains(accented))
    }

    @Test func `many students were at schools of more than one state`() throws {
        let directory = try Stage.directory.get()
        let index = try Stage.index.get()
        var several = 0
        for entry in try Stage.entries.get().prefix(3_000) {
            let query = LocatorQuery(name: entry.name, birthDate: entry.birthDate)
            let schools = index.search(query).people.first?.matches.map(\.entry.school) ?? []
            let states = Set(schools.compactMap { directory.school($0)?.state })
            if states.count > 1 { several += 1 }
        }
        #expect(several > 900)
    }
}
