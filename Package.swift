// swift-tools-version: 6.3
import PackageDescription

// Every target of ours is compiled with these; dependencies are untouched by them.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .treatAllWarnings(as: .error),
]

// The same for modules without input and output in which programs under test and tests spend their
// time: optimized in debug builds too, where the directory and the index take four times as long to
// load otherwise. `assert` is not used.
let quick: [SwiftSetting] = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTLS: Target.Dependency = .product(name: "HummingbirdTLS", package: "hummingbird")
let hummingbirdTesting: Target.Dependency =
    .product(name: "HummingbirdTesting", package: "hummingbird")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let argumentParser: Target.Dependency =
    .product(name: "ArgumentParser", package: "swift-argument-parser")
let serviceLifecycle: Target.Dependency =
    .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioTLS: Target.Dependency = .product(name: "NIOTLS", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

// Where the headers of Pango and Cairo are, as pkg-config says.
let pangoCairo: Target.Dependency = .byName(name: "PangoCairo")
// The same of libxml2.
let libXML2: Target.Dependency = .byName(name: "LibXML2")

// The stores are tested by one contract, over memory and over SQLite.
let storeTestDependencies: [Target.Dependency] = [
    "Vocabulary", "StudentRecords", "RecordExchange", "RecordLocator", "Casework", "Persistence",
    "SQLiteDatabase", "SeededNumbers", "TestSupport",
]

// In the order of the layers: a target may depend only on targets above it. Which modules a file
// may import is narrower still and kept by Tests/ArchitectureTests, since SwiftPM does not stop
// a transitive import.
let package = Package(
    name: "mochila",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "mochila", targets: ["mochila"]),
        .executable(name: "mochila-sftp", targets: ["mochila-sftp"]),
        .executable(name: "mochila-open", targets: ["mochila-open"]),
        .executable(name: "mochila-print", targets: ["mochila-print"]),
    ],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache.git", from: "2.1.1"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(
            url: "https://github.com/swift-server/swift-service-lifecycle.git",
            from: "2.13.0"
        ),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
    ],
    targets: [
        // Pure: values and rules, no input or output.
        .target(name: "Vocabulary", swiftSettings: quick),
        .target(name: "StudentRecords", dependencies: ["Vocabulary"], swiftSettings: quick),
        .target(
            name: "RecordExchange",
            dependencies: ["Vocabulary", "StudentRecords"],
            swiftSettings: quick
        ),
        .target(name: "RecordLocator", dependencies: ["Vocabulary"], swiftSettings: quick),
        .target(name: "Tabular", swiftSettings: quick),
        .target(name: "SeededNumbers", swiftSettings: quick),
        .target(
            name: "BundleFormat",
            dependencies: ["Vocabulary", "StudentRecords"],
            swiftSettings: quick
        ),
        .target(name: "PaperFormat", dependencies: ["Vocabulary"], swiftSettings: quick),
        .target(name: "SFTPProtocol", swiftSettings: quick),
        .target(name: "DropLayout", dependencies: ["SFTPProtocol"], swiftSettings: strict),
        .target(
            name: "Casework",
            dependencies: [
                "Vocabulary", "StudentRecords", "RecordExchange", "RecordLocator", "Tabular",
            ],
            swiftSettings: strict
        ),

        // C shims: our prefixed functions only; the library's header is included in the .c file.
        .target(
            name: "COpenSSL",
            linkerSettings: [.linkedLibrary("ssl"), .linkedLibrary("crypto")]
        ),
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("curl")]),
        .target(name: "CArchive", linkerSettings: [.linkedLibrary("archive")]),
        .target(name: "CZlib", linkerSettings: [.linkedLibrary("z")]),
        .systemLibrary(
            name: "PangoCairo",
            path: "Sources/CPango/PangoCairo",
            pkgConfig: "pangocairo",
            providers: [.apt(["libpango1.0-dev"])]
        ),
        .target(name: "CPango", dependencies: [pangoCairo], exclude: ["PangoCairo"]),
        .target(name: "CQRCode", linkerSettings: [.linkedLibrary("qrencode")]),
        // What FoundationXML rests on as well, for what it does not offer: schemas.
        .systemLibrary(
            name: "LibXML2",
            path: "Sources/CXMLSchema/LibXML2",
            pkgConfig: "libxml-2.0",
            providers: [.apt(["libxml2-dev"])]
        ),
        .target(name: "CXMLSchema", dependencies: [libXML2], exclude: ["LibXML2"]),
        // Of the kernel: raw system calls, no library.
        .target(name: "CConfinement"),
        .target(name: "CDisk"),

        // Adapters: one library each, none imports another.
        .target(
            name: "Sealing",
            dependencies: [
                "Vocabulary", "StudentRecords", "BundleFormat", "PaperFormat", "Casework",
                "COpenSSL", "CArchive", "RecordExchange",
            ],
            swiftSettings: strict
        ),
        .target(
            name: "RecordFormats",
            dependencies: ["Vocabulary", "StudentRecords", "Tabular", "CXMLSchema"],
            swiftSettings: quick
        ),
        .target(
            name: "ReferenceData",
            dependencies: ["Vocabulary", "StudentRecords", "RecordExchange", "CZlib"],
            resources: [.copy("Resources")],
            swiftSettings: quick
        ),
        .target(
            name: "Persistence",
            dependencies: [
                "Vocabulary", "StudentRecords", "RecordExchange", "RecordLocator", "Casework",
            ],
            swiftSettings: strict
        ),
        .target(
            name: "SQLiteDatabase",
            dependencies: ["Casework", "Persistence", grdb],
            swiftSettings: strict
        ),
        .target(
            name: "Couriers",
            dependencies: ["Vocabulary", "RecordExchange", "SFTPProtocol", "Casework", "CCurl"],
            swiftSettings: strict
        ),
        .target(
            name: "DropJournal",
            dependencies: ["CDisk", "SFTPProtocol", "DropLayout"],
            swiftSettings: strict
        ),
        .target(
            name: "PartnerSpool",
            dependencies: ["SFTPProtocol", "DropLayout", "DropJournal"],
            swiftSettings: strict
        ),
        .target(
            name: "Intake",
            dependencies: [
                "Vocabulary", "RecordExchange", "Casework", "SFTPProtocol", "DropLayout",
                "DropJournal",
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Rendering",
            dependencies: [
                "Vocabulary", "StudentRecords", "RecordExchange", "PaperFormat", "Casework",
                mustache,
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Documents",
            dependencies: ["Vocabulary", "PaperFormat", "CPango", "CQRCode"],
            swiftSettings: strict
        ),
        .target(
            name: "WebGateway",
            dependencies: [
                "Vocabulary", "StudentRecords", "RecordExchange", "RecordLocator", "Casework",
                "PaperFormat", "Rendering", "Tabular", "DropLayout",
                hummingbird, hummingbirdTLS, logging, nioCore, nioTLS, nioHTTP1, nioSSL, httpTypes,
                serviceLifecycle,
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Operations",
            dependencies: [
                "Vocabulary", "StudentRecords", "RecordExchange", "Casework", yams, logging,
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Demonstration",
            dependencies: [
                "Vocabulary", "StudentRecords", "RecordExchange", "RecordLocator", "Casework",
                "ReferenceData", "SeededNumbers",
            ],
            swiftSettings: strict
        ),

        .target(
            name: "Simulation",
            dependencies: [
                "Vocabulary", "StudentRecords", "RecordExchange", "RecordLocator", "Casework",
                "SeededNumbers",
            ],
            swiftSettings: strict
        ),

        // No product depends on these two.
        .target(name: "HostileInput", dependencies: ["SeededNumbers"], swiftSettings: quick),
        .target(
            name: "TestSupport",
            dependencies: [
                "Vocabulary", "StudentRecords", "RecordExchange", "RecordLocator", "Casework",
            ],
            swiftSettings: quick
        ),

        // Opens one bundle and ends, with nothing within its reach but the bundle and a line to
        // whoever started it.
        .executableTarget(
            name: "mochila-open",
            dependencies: ["CConfinement", "Sealing"],
            swiftSettings: strict
        ),

        // Prints one page and ends: Pango and Cairo are in no other program.
        .executableTarget(
            name: "mochila-print",
            dependencies: ["CConfinement", "Documents"],
            swiftSettings: strict
        ),

        // The program: Compose.swift is the only place where live things are made.
        .executableTarget(
            name: "mochila",
            dependencies: [
                "Vocabulary", "StudentRecords", "RecordExchange", "RecordLocator", "BundleFormat",
                "PaperFormat", "SFTPProtocol", "DropLayout", "Tabular", "Casework", "Sealing",
                "RecordFormats",
                "ReferenceData", "Persistence", "SQLiteDatabase", "Couriers", "Intake", "Rendering",
                "WebGateway",
                "Operations", "Demonstration",
                "Simulation", argumentParser, serviceLifecycle, logging,
            ],
            swiftSettings: strict
        ),

        // Behind sshd, one process a connection: no Foundation, so that it starts in milliseconds.
        .executableTarget(
            name: "mochila-sftp",
            dependencies: ["CConfinement", "DropLayout", "DropJournal", "PartnerSpool"],
            swiftSettings: strict
        ),

        .testTarget(name: "ArchitectureTests", swiftSettings: strict),
        .testTarget(
            name: "VocabularyTests",
            dependencies: ["Vocabulary", "SeededNumbers", "HostileInput"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "StudentRecordsTests",
            dependencies: ["Vocabulary", "StudentRecords", "SeededNumbers"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "RecordExchangeTests",
            dependencies: [
                "Vocabulary", "StudentRecords", "RecordExchange", "SeededNumbers", "HostileInput",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "RecordLocatorTests",
            dependencies: [
                "Vocabulary", "StudentRecords", "RecordLocator", "SeededNumbers", "TestSupport",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "TabularTests",
            dependencies: ["Tabular", "SeededNumbers"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "BundleFormatTests",
            dependencies: [
                "Vocabulary", "StudentRecords", "BundleFormat", "SeededNumbers", "HostileInput",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "SFTPProtocolTests",
            dependencies: ["SFTPProtocol", "SeededNumbers"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "DropLayoutTests",
            dependencies: ["SFTPProtocol", "DropLayout", "SeededNumbers"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "PaperFormatTests",
            dependencies: ["Vocabulary", "PaperFormat", "SeededNumbers", "HostileInput"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "PartnerSpoolTests",
            dependencies: [
                "SFTPProtocol", "DropLayout", "DropJournal", "PartnerSpool", "SeededNumbers",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "DropJournalTests",
            dependencies: ["SFTPProtocol", "DropLayout", "DropJournal", "SeededNumbers"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CaseworkTests",
            dependencies: [
                "Vocabulary", "StudentRecords", "RecordExchange", "RecordLocator", "Casework",
                "TestSupport", "Tabular",
                "SeededNumbers", "HostileInput",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "SealingTests",
            dependencies: [
                "Vocabulary", "StudentRecords", "BundleFormat", "Casework", "Sealing",
                "mochila-open",
                "SeededNumbers", "HostileInput",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "DocumentsTests",
            dependencies: [
                "Vocabulary", "PaperFormat", "Documents", "Sealing", "mochila-print",
                "SeededNumbers", "HostileInput",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "RecordFormatsTests",
            dependencies: [
                "Vocabulary", "StudentRecords", "RecordFormats", "SeededNumbers", "HostileInput",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ReferenceDataTests",
            dependencies: ["Vocabulary", "StudentRecords", "RecordExchange", "ReferenceData"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "StoreContractTests",
            dependencies: storeTestDependencies,
            swiftSettings: strict
        ),
        .testTarget(
            name: "PersistenceTests",
            dependencies: storeTestDependencies,
            swiftSettings: strict
        ),
        .testTarget(
            name: "MigrationTests",
            dependencies: storeTestDependencies,
            swiftSettings: strict
        ),
        .testTarget(
            name: "CouriersTests",
            dependencies: [
                "Vocabulary", "RecordExchange", "SFTPProtocol", "Casework", "Couriers",
                "SeededNumbers",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "IntakeTests",
            dependencies: [
                "Vocabulary", "Casework", "SFTPProtocol", "DropLayout", "DropJournal", "Intake",
                "SeededNumbers",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "RenderingTests",
            dependencies: [
                "Vocabulary", "StudentRecords", "RecordExchange", "PaperFormat", "Casework",
                "Rendering", "SeededNumbers", "HostileInput",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "WebGatewayTests",
            dependencies: [
                "Vocabulary", "StudentRecords", "RecordExchange", "RecordLocator", "Casework",
                "PaperFormat", "Intake", "RecordFormats", "Rendering", "WebGateway",
                "TestSupport",
                hummingbird, hummingbirdTesting, logging, nioCore, nioEmbedded, nioPosix, nioHTTP1,
                nioSSL, httpTypes, serviceLifecycle,
                "SeededNumbers",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "OperationsTests",
            dependencies: [
                "Vocabulary", "StudentRecords", "RecordExchange", "Casework", "Operations", logging,
                "SeededNumbers",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "SimulationTests",
            dependencies: [
                "Vocabulary", "RecordExchange", "Casework", "Simulation", "TestSupport",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "DemonstrationTests",
            dependencies: [
                "Vocabulary", "RecordExchange", "RecordLocator", "Casework", "ReferenceData",
                "Demonstration",
                "SeededNumbers",
            ],
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6]
)

// `MOCHILA_ONLY=SealingTests,IntakeTests` leaves these test targets and what they rest on: the
// sanitizer's build need not compile a web server and a database that none of its tests starts.
if let names = Context.environment["MOCHILA_ONLY"] {
    var waiting = names.split(separator: ",").map(String.init)
    var kept: Set<String> = []
    while let name = waiting.popLast() {
        guard kept.insert(name).inserted else { continue }
        guard let target = package.targets.first(where: { $0.name == name }) else {
            fatalError("MOCHILA_ONLY: there is no target \(name)")
        }
        for dependency in target.dependencies {
            switch dependency {
            case .targetItem(let name, _), .byNameItem(let name, _): waiting.append(name)
            default: break
            }
        }
    }
    package.products = []
    package.targets.removeAll { !kept.contains($0.name) }
}
