import Testing

@Suite("Imports") struct ImportTests {
    @Test(arguments: Layers.rows)
    func `every import of a target is in its row of the table`(row: Layers.Row) throws {
        let strays = try Sources.parsed.get()
            .filter { $0.file.target == row.target }
            .flatMap { file, swift in
                swift.imports
                    .filter { !row.imports.contains($0) && $0 != row.target }
                    .map { "\(file): import \($0)" }
            }

        #expect(strays.isEmpty)
    }

    @Test func `every target has a row, in the order of the manifest`() throws {
        let manifest = Manifest(try Tree.text("Package.swift"))

        let programs = manifest.targets.filter { !$0.isTest }.map(\.name)
        #expect(programs == Layers.rows.map(\.target))
        #expect(try Tree.folders(in: "Sources").allSatisfy(programs.contains))
    }

    @Test func `a target of the manifest depends only on targets above it`() throws {
        var above: Set<String> = []
        for target in Manifest(try Tree.text("Package.swift")).targets where !target.isTest {
            let below = target.dependencies.filter { !above.contains($0) }
            #expect(below.isEmpty, "\(target.name) names what stands below it")
            above.insert(target.name)
        }
    }

    @Test(arguments: Layers.rows)
    func `a target depends on nothing its row does not name`(row: Layers.Row) throws {
        let target = try #require(
            Manifest(try Tree.text("Package.swift")).targets.first { $0.name == row.target }
        )
        #expect(target.dependencies.filter { !row.own.contains($0) }.isEmpty)
    }

    /// The measuring package compiles the modules it needs by itself, which no other test builds.
    @Test func `what is measured is compiled with every module it imports`() throws {
        let text = try Tree.text("Benchmarks/Package.swift")
        let domain = [
            "Vocabulary", "StudentRecords", "RecordExchange", "RecordLocator", "Casework",
        ]
        let targets = text.split(separator: "        module(").dropFirst().map { piece in
            let named = Manifest.quoted(in: piece.prefix(while: { $0 != ")" }))
            return (
                name: named.first, named: domain.filter { _ in piece.contains("domain") } + named
            )
        }
        #expect(targets.count > 10)

        let ours = Set(Layers.rows.map(\.target))
        for (file, swift) in try Sources.parsed.get() {
            guard let target = targets.first(where: { $0.name == file.target }) else { continue }
            let missing = swift.imports.filter { ours.contains($0) && !target.named.contains($0) }
            #expect(missing.isEmpty, "\(file) needs \(missing) in Benchmarks/Package.swift")
        }
    }

    /// Without this a target is built or not as it happens that the module stands there already.
    @Test func `every module of ours that a target imports is named in the manifest`() throws {
        let targets = Manifest(try Tree.text("Package.swift")).targets
        let ours = Set(targets.map(\.name))
        let dependencies = Dictionary(
            uniqueKeysWithValues: targets.map { ($0.name, $0.dependencies) }
        )
        let tests = try Sources.tests.get().map { (file: $0, swift: SwiftText($0.text)) }
        for (file, swift) in try Sources.parsed.get() + tests {
            let named = try #require(dependencies[file.target], "\(file) is in no target")
            let missing = swift.imports.filter {
                ours.contains($0) && $0 != file.target && !named.contains($0)
            }
            #expect(missing.isEmpty, "\(file) imports \(missing), which its target does not name")
        }
    }

    @Test func `every folder of tests is a test target`() throws {
        let targets = Manifest(try Tree.text("Package.swift")).targets.filter(\.isTest).map(\.name)
        for folder in try Tree.folders(in: "Tests") where folder.hasSuffix("Tests") {
            let hasSwift = try Sources.tests.get().contains { $0.target == folder }
            #expect(targets.contains(folder) || !hasSwift, "nobody runs Tests/\(folder)")
        }
    }

    @Test(arguments: Layers.rows.filter { $0.kind == .adapter })
    func `no adapter imports another`(row: Layers.Row) {
        let adapters = Set(Layers.rows.filter { $0.kind == .adapter }.map(\.target))
        let permitted = Layers.permittedBetweenAdapters[row.target] ?? []

        #expect(row.own.intersection(adapters) == permitted)
    }

    /// What comes with the language and brings no platform, where a pure target needs it.
    private static let besidePurity: [String: Set<String>] = [
        // Manifests are JSON; the essentials bring neither files nor a clock that we use.
        "BundleFormat": ["FoundationEssentials"],
        // The language's own lock, around what is under way in the outbox.
        "Casework": ["Synchronization"],
    ]

    @Test(arguments: Layers.rows.filter { $0.kind == .pure })
    func `pure targets know neither adapters nor the platform`(row: Layers.Row) {
        let pure = Set(Layers.rows.filter { $0.kind == .pure }.map(\.target))

        #expect(row.own.isSubset(of: pure))
        #expect(row.outside.isSubset(of: Self.besidePurity[row.target] ?? []))
    }

    @Test(arguments: Layers.rows)
    func `a row names only targets above its own`(row: Layers.Row) {
        let above = Layers.rows.prefix { $0.target != row.target }.map(\.target)
        #expect(row.own.isSubset(of: above))
    }

    @Test(arguments: Layers.wrappedOnce)
    func `a library is named in exactly one target`(library: String) {
        #expect(Layers.rows.filter { $0.imports.contains(library) }.count == 1)
    }

    @Test func `no file imports a module twice`() throws {
        for (file, swift) in try Sources.parsed.get() {
            #expect(Set(swift.imports).count == swift.imports.count, "\(file)")
        }
    }
}
