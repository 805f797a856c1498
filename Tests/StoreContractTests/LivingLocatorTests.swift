import Casework
import RecordLocator
import SeededNumbers
import StudentRecords
import Synchronization
import TestSupport
import Testing
import Vocabulary

@Suite("The living locator")
struct LivingLocatorTests {
    @Test(arguments: Backend.allCases)
    func `what was committed is found at once by every process over the store`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let mine = LivingLocator(over: store)
        let theirs = LivingLocator(over: store)
        try await mine.load()
        try await theirs.load()

        try await store.write { try $0.save([LocatorEntry.sample(1)]) }
        #expect(await mine.find(.paloma).people.count == 1)
        #expect(await theirs.find(.paloma).people.count == 1)

        try await store.write { try $0.withdrawEntry(.numbered(1)) }
        #expect(await mine.find(.paloma).people.isEmpty)
        #expect(await theirs.find(.paloma).people.isEmpty)
    }

    @Test(arguments: Backend.allCases)
    func `a crash between commit and index loses nothing`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        do {
            let dying = LivingLocator(over: store)
            try await dying.load()
            try await store.write { try $0.save([LocatorEntry.sample(1)]) }
            // It ends here: the commit was acknowledged, the index never heard of it.
            #expect(await dying.count == 0)
        }

        let restarted = LivingLocator(over: store)
        try await restarted.load()

        #expect(await restarted.count == 1)
        #expect(await restarted.find(.paloma).people.first?.matches.first?.entry == .sample(1))
    }

    @Test
    func `loading says how far it is`() async throws {
        let store = MemoryCaseStore()
        try await store.write { try $0.save((1...25).map { LocatorEntry.sample($0) }) }
        let said = Said()

        try await LivingLocator(over: store).load(every: 10) { read, all in
            said.note(read, of: all)
        }

        #expect(said.lines == ["10 of 25", "20 of 25"])
    }

    @Test(arguments: Backend.allCases)
    func `a student who is protected later is found no more, and guarded`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let locator = LivingLocator(over: store)
        try await store.write { try $0.save([LocatorEntry.sample(1)]) }
        #expect(await locator.find(.paloma).people.count == 1)
        #expect(await locator.isGuarded(.paloma) == false)

        var hidden = LocatorEntry.sample(1)
        hidden.isProtected = true
        let entry = hidden
        try await store.write { try $0.save([entry]) }

        #expect(await locator.find(.paloma).people.isEmpty)
        #expect(await locator.count == 0)
        #expect(await locator.isGuarded(.paloma))

        try await store.write { try $0.withdrawEntry(.numbered(1)) }
        #expect(await locator.isGuarded(.paloma) == false)
    }

    @Test
    func `nobody is certain on hearsay`() async throws {
        let store = MemoryCaseStore()
        let locator = LivingLocator(over: store)
        try await store.write { try $0.save([LocatorEntry.sample(1)]) }
        #expect(await locator.find(.paloma).certain != nil)

        var entry = LocatorEntry.sample(1)
        entry.standing = .hearsay
        let weakened = entry
        try await store.write { try $0.save([weakened]) }

        let answer = await locator.find(.paloma)
        #expect(answer.certain == nil)
        #expect(answer.people.first?.grade == .probable)
        #expect(answer.people.first?.matches.map(\.grade) == [.probable])
        #expect(answer.withoutDenied == answer)
    }

    @Test(arguments: Backend.allCases)
    func `what its own school denied is found by nobody, and beside nobody less certain`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let plain = MemoryCaseStore()
        let mine = LocatorEntry.sample(1, student: .sample(given: "José Luis"))
        var denied = LocatorEntry.sample(2, student: .sample(given: "José Antonio"))
        let asked = StudentIdentity.sample(given: "José")
        let query = LocatorQuery(name: asked.name, birthDate: asked.birthDate)
        try await plain.write { try $0.save([mine]) }
        let open = denied
        try await store.write { try $0.save([mine, open]) }
        let locator = LivingLocator(over: store)
        let alone = await LivingLocator(over: plain).find(query)
        #expect(alone.people.count == 1)
        #expect(await locator.find(query) != alone)

        denied.standing = .denied
        let refused = denied
        try await store.write { try $0.save([refused]) }

        let restarted = LivingLocator(over: store)
        try await restarted.load()
        for locator in [locator, restarted] {
            #expect(await locator.find(query) == alone)
            #expect(await locator.count == 1)
            #expect(await locator.entry(refused.id) == refused)
            // Whoever hides the child still meets it.
            #expect(await locator.hanging(on: query).contains(refused))
        }
        // The school takes it back.
        try await store.write { try $0.save([open]) }
        #expect(await locator.find(query) != alone)
        #expect(await locator.count == 2)
    }

    @Test(arguments: Backend.allCases, [UInt64(1), 2, 3])
    func `after any sequence of changes the index equals a rebuilt one`(
        backend: Backend,
        seed: UInt64
    ) async throws {
        let store = try await backend.makeStore()
        var random = SeededGenerator(seed: seed)
        let locators = [LivingLocator(over: store), LivingLocator(over: store)]
        try await locators[0].load()
        try await store.write { try $0.save(SourceSystem.sample(1)) }

        for _ in 0..<60 {
            let number = Int(random.next() % 25) + 1
            let entry = LocatorEntry.drawn(number, &random)
            switch random.next() % 6 {
            case 0, 1: try await store.write { try $0.save([entry]) }
            case 2:
                let row = FeedEntry.sample(number, entry: entry)
                try await store.write { try $0.save([row]) }
            case 3: try await store.write { try $0.withdrawEntry(.numbered(number)) }
            case 4: try await locators[Int(random.next() % 2)].follow()
            default: _ = await locators[Int(random.next() % 2)].find(.drawn(&random))
            }
        }

        let rebuilt = LivingLocator(over: store)
        try await rebuilt.load()
        for locator in locators {
            try await locator.follow()
            #expect(await locator.count == rebuilt.count)
            for number in 1...25 {
                let (mine, theirs) = await (
                    locator.entry(.numbered(number)), rebuilt.entry(.numbered(number))
                )
                #expect(mine == theirs)
            }
            for _ in 0..<20 {
                let query = LocatorQuery.drawn(&random)
                let (mine, theirs) = await (locator.find(query), rebuilt.find(query))
                #expect(mine == theirs)
                #expect(
                    !mine.people.contains { $0.matches.contains { $0.entry.isProtected } }
                )
            }
        }
    }

    @Test
    func `questions beside a stream of changes see each entry whole`() async throws {
        let store = try await Backend.sqlite.makeStore()
        let locator = LivingLocator(over: store)
        try await locator.load()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for number in 1...40 {
                    try await store.write { try $0.save([LocatorEntry.sample(number)]) }
                    let found = await locator.find(.paloma)
                    #expect(found.people.flatMap(\.matches).count == min(number, 60))
                }
            }
            for _ in 0..<3 {
                group.addTask { for _ in 0..<40 { try await locator.follow() } }
            }
            try await group.waitForAll()
        }
        #expect(await locator.count == 40)
    }
}

extension LocatorQuery {
    static let paloma = Self(
        name: StudentIdentity.paloma.name,
        birthDate: StudentIdentity.paloma.birthDate
    )

    static func drawn(_ random: inout SeededGenerator) -> Self {
        let entry = LocatorEntry.drawn(1, &random)
        return Self(name: entry.name, birthDate: entry.birthDate)
    }
}

extension LocatorEntry {
    /// One of few names and dates, so that entries meet each other.
    static func drawn(_ number: Int, _ random: inout SeededGenerator) -> Self {
        let given = ["Paloma", "Luz", "José", "Jose Luis"][Int(random.next() % 4)]
        let surname = ["Prueba", "Muestra", "Ejemplo"][Int(random.next() % 3)]
        let born = ["2011-03-09", "2011-09-03", "2012-01-01"][Int(random.next() % 3)]
        let student = StudentIdentity.sample(
            given: given,
            paternalSurname: surname,
            birthDate: born
        )
        var entry = Self.sample(number, student: student, school: .trees[Int(random.next() % 4)])
        entry.isProtected = random.next() % 5 == 0
        entry.standing = Standing.allCases[Int(random.next() % 3)]
        return entry
    }
}

/// What progress was told.
final class Said: Sendable {
    private let kept = Mutex<[String]>([])
    var lines: [String] { kept.withLock(\.self) }
    func note(_ read: Int, of all: Int) { kept.withLock { $0.append("\(read) of \(all)") } }
}
