// swift-tools-version: 6.3
import PackageDescription

// Everything that is fuzzed is compiled once more with the fuzzer's marks in it.
let marked: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .treatAllWarnings(as: .error),
    .unsafeFlags(["-sanitize=fuzzer"]),
]

// `Modules` is a link to the Sources of the package above, since nothing of theirs is public.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(
        name: name,
        dependencies: dependencies,
        path: "Modules/\(name)",
        swiftSettings: marked
    )
}

let package = Package(
    name: "mochila-fuzzing",
    platforms: [.macOS(.v15)],
    dependencies: [.package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2")],
    targets: [
        module("Vocabulary"),
        module("StudentRecords", ["Vocabulary"]),
        module("BundleFormat", ["Vocabulary", "StudentRecords"]),
        module("SFTPProtocol"),
        .executableTarget(
            name: "Fuzz",
            dependencies: [
                "Vocabulary", "BundleFormat", "SFTPProtocol",
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: marked
        ),
    ]
)
