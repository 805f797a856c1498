import Casework
import RecordExchange
import RecordLocator
import TestSupport
import Testing
import Vocabulary

@Suite("Protection that stays")
struct KeptProtectionTests {
    /// Each source says of every row whether it is protected.
    private static var mapping: FeedMapping {
        var mapping = FeedMapping.plain
        mapping.columns[.protected] = .init(column: "hidden")
        mapping.columns[.grade] = .init(column: "grade")
        return mapping
    }

    private static func file(_ rows: (id: Int, grade: String, hidden: String)...) -> String {
        rows.reduce("id,given,surname,born,school,grade,hidden\n") { text, row in
            text + "\(row.id),Paloma,Prueba Muestra,2011-03-09,480000100001,"
                + "\(row.grade),\(row.hidden)\n"
        }
    }

    /// Two sources that report one child.
    private func world() async throws -> FeedWorld {
        let world = try await FeedWorld(mapping: Self.mapping)
        try await world.desk.registerSourceSystem(
            named: "district",
            owner: .state(.texas),
            mapping: Self.mapping,
            by: .operator
        )
        return world
    }

    private func apply(_ text: String, of name: String, in world: FeedWorld) async throws {
        world.clock.advance(bySeconds: 60)
        _ = try await world.desk.applyFeed(
            FeedBytes(name: "students.csv", Array(text.utf8)),
            of: name,
            mode: .changes,
            by: .operator
        )
    }

    private func found(in world: FeedWorld) async throws -> Int {
        let entry = try #require(try await world.entries.first)
        let query = LocatorQuery(name: entry.name, birthDate: entry.birthDate)
        return await world.locator.find(query).people.flatMap(\.matches).count
    }

    @Test
    func `a source that says no does not undo what another source said`() async throws {
        let world = try await world()
        try await apply(Self.file((1, "09", "yes")), of: "texas", in: world)
        try await apply(Self.file((1, "09", "no")), of: "district", in: world)
        #expect(try await found(in: world) == 0)

        try await apply(Self.file((1, "10", "no")), of: "district", in: world)

        #expect(try await found(in: world) == 0)
        #expect(try await world.entries.filter(\.isProtected).count == 2)
    }

    @Test
    func `a source lifts its own word, and what hung on it is lifted with it`() async throws {
        let world = try await world()
        try await apply(Self.file((1, "09", "yes")), of: "texas", in: world)
        try await apply(Self.file((1, "09", "no")), of: "district", in: world)

        try await apply(Self.file((1, "09", "no")), of: "texas", in: world)

        #expect(try await found(in: world) == 2)
        // What is lifted stays so: nothing of it guards the next change.
        try await apply(Self.file((1, "10", "no")), of: "texas", in: world)
        #expect(try await found(in: world) == 2)
    }

    @Test
    func `of two sources that both protect, the last to lift it shows the child`() async throws {
        let world = try await world()
        try await apply(Self.file((1, "09", "yes")), of: "texas", in: world)
        try await apply(Self.file((1, "09", "yes")), of: "district", in: world)

        try await apply(Self.file((1, "09", "no")), of: "texas", in: world)
        #expect(try await found(in: world) == 0)

        try await apply(Self.file((1, "09", "no")), of: "district", in: world)
        #expect(try await found(in: world) == 2)
    }

    @Test
    func `what a source protects is hidden where another reported it before, until it says no`()
        async throws
    {
        let world = try await world()
        try await apply(Self.file((1, "09", "no")), of: "district", in: world)
        #expect(try await found(in: world) == 1)

        try await apply(Self.file((1, "09", "yes")), of: "texas", in: world)
        #expect(try await found(in: world) == 0)
        let grounds = try await world.entries.map(\.protectionGround)
        #expect(grounds.count == 2 && grounds.contains(.anotherEntry) && grounds.contains(nil))

        try await apply(Self.file((1, "09", "no")), of: "texas", in: world)
        #expect(try await found(in: world) == 2)
    }

    @Test
    func `a row that protects hides the child's other rows of the same file`() async throws {
        let world = try await world()

        try await apply(Self.file((1, "09", "no"), (2, "10", "yes")), of: "texas", in: world)
        #expect(try await found(in: world) == 0)
        #expect(try await world.entries.filter(\.isProtected).count == 2)

        try await apply(Self.file((1, "09", "yes"), (2, "10", "no")), of: "texas", in: world)
        #expect(try await found(in: world) == 0)
        #expect(try await world.entries.filter(\.isProtected).count == 2)
    }

    @Test
    func `two rows of one file that lift a child's protection lift it together`() async throws {
        let world = try await world()
        try await apply(Self.file((1, "09", "yes"), (2, "10", "yes")), of: "texas", in: world)
        #expect(try await found(in: world) == 0)

        try await apply(Self.file((1, "09", "no"), (2, "10", "no")), of: "texas", in: world)

        #expect(try await found(in: world) == 2)
    }

    @Test
    func `no file lifts what a person said`() async throws {
        let world = try await world()
        try await apply(Self.file((1, "09", "no")), of: "texas", in: world)
        var entry = try #require(try await world.entries.first)
        entry.protect(.person)
        let hidden = entry
        try await world.store.write { try $0.save([hidden]) }

        try await apply(Self.file((1, "10", "no")), of: "texas", in: world)

        let now = try #require(try await world.entries.first)
        #expect(now.grade == .tenth)
        #expect(now.isProtected)
        #expect(now.protectionGround == .person)
    }
}
