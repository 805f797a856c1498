// swift-tools-version: 6.3
import PackageDescription

// As in the package above.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .treatAllWarnings(as: .error),
]

// The modules of the package above are compiled as part of this one, since nothing of theirs is
// public: `Modules` is a link to its Sources. Only those that a figure needs.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(
        name: name,
        dependencies: dependencies,
        path: "Modules/\(name)",
        swiftSettings: strict
    )
}

let domain: [Target.Dependency] = [
    "Vocabulary", "StudentRecords", "RecordExchange", "RecordLocator", "Casework",
]
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")

let package = Package(
    name: "mochila-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/swift-mustache.git", from: "2.1.1"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
    ],
    targets: [
        module("Vocabulary"),
        module("StudentRecords", ["Vocabulary"]),
        module("RecordExchange", ["Vocabulary", "StudentRecords"]),
        module("RecordLocator", ["Vocabulary"]),
        module("Tabular"),
        module("BundleFormat", ["Vocabulary", "StudentRecords"]),
        module(
            "Casework",
            ["Vocabulary", "StudentRecords", "RecordExchange", "RecordLocator", "Tabular"]
        ),
        .target(
            name: "COpenSSL",
            path: "Modules/COpenSSL",
            linkerSettings: [.linkedLibrary("ssl"), .linkedLibrary("crypto")]
        ),
        .target(
            name: "CArchive",
            path: "Modules/CArchive",
            linkerSettings: [.linkedLibrary("archive")]
        ),
        module("PaperFormat", ["Vocabulary"]),
        module("Sealing", domain + ["BundleFormat", "PaperFormat", "COpenSSL", "CArchive"]),
        // Opens in a program of its own, as the gateway does it.
        .target(name: "CConfinement", path: "Modules/CConfinement"),
        .executableTarget(
            name: "mochila-open",
            dependencies: ["CConfinement", "Sealing"],
            path: "Modules/mochila-open",
            swiftSettings: strict
        ),
        module("Persistence", domain),
        module("SQLiteDatabase", ["Casework", "Persistence", grdb]),
        module("Rendering", domain + ["PaperFormat", mustache]),
        module("SeededNumbers"),
        module("Simulation", domain + ["SeededNumbers"]),
        module("TestSupport", domain),
        .executableTarget(
            name: "Benchmarks",
            dependencies: domain + [
                "BundleFormat", "Sealing", "Persistence", "SQLiteDatabase", "Rendering",
                "Simulation", "TestSupport", grdb,
            ],
            swiftSettings: strict
        ),
        // What the locator's weights are fitted from; it reads tables as the program does.
        .executableTarget(
            name: "LocatorEvidence",
            dependencies: ["RecordLocator"],
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6]
)
