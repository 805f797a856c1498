/// What each target's files may import.
///
/// This table is the architecture of the program: SwiftPM does not stop a transitive import, the
/// tests of this folder do.
///
/// In the order of the layers, which is the order of `Package.swift`: imports point up the table
/// only, to what stands above.
enum Layers {
    /// What kind of code a target holds.
    enum Kind: Sendable, Hashable {
        /// Values and rules: no input, no output, no clock.
        case pure
        /// C: our prefixed functions around one library.
        case shim
        /// One outside thing each.
        case adapter
        /// Puts the others together, or helps to test them.
        case assembly
    }

    struct Row: Sendable, CustomStringConvertible {
        let target: String
        let kind: Kind
        /// Modules of this package.
        let own: Set<String>
        /// Libraries, and what comes with the platform.
        let outside: Set<String>

        var imports: Set<String> { own.union(outside) }
        var description: String { target }
    }

    static let rows: [Row] = [
        row("Vocabulary", .pure, []),
        row("StudentRecords", .pure, ["Vocabulary"]),
        row("RecordExchange", .pure, ["Vocabulary", "StudentRecords"]),
        row("RecordLocator", .pure, ["Vocabulary"]),
        // Rows of delimited text, byte by byte.
        row("Tabular", .pure, []),
        row("SeededNumbers", .pure, []),
        row("BundleFormat", .pure, ["Vocabulary", "StudentRecords"], ["FoundationEssentials"]),
        // A page for paper, between who words it and the program that draws it.
        row("PaperFormat", .pure, ["Vocabulary"]),
        row("SFTPProtocol", .pure, []),
        row("DropLayout", .pure, ["SFTPProtocol"]),
        // A lock around what is under way in the outbox.
        row(
            "Casework",
            .pure,
            domain.subtracting(["Casework"]).union(["Tabular"]),
            ["Synchronization"]
        ),

        row("COpenSSL", .shim, []),
        row("CCurl", .shim, []),
        row("CArchive", .shim, []),
        row("CZlib", .shim, []),
        row("CPango", .shim, []),
        row("CQRCode", .shim, []),
        row("CXMLSchema", .shim, []),
        row("CConfinement", .shim, []),
        row("CDisk", .shim, []),

        row(
            "Sealing",
            .adapter,
            [
                "Vocabulary", "StudentRecords", "RecordExchange", "BundleFormat", "PaperFormat",
                "Casework", "COpenSSL", "CArchive",
            ],
            ["Dispatch", "FoundationEssentials", "Glibc", "Synchronization"]
        ),
        row(
            "RecordFormats",
            .adapter,
            ["Vocabulary", "StudentRecords", "Tabular", "CXMLSchema"],
            ["Foundation", "FoundationEssentials", "FoundationXML"]
        ),
        row(
            "ReferenceData",
            .adapter,
            ["Vocabulary", "StudentRecords", "RecordExchange", "CZlib"],
            ["Foundation"]
        ),
        row("Persistence", .adapter, domain, ["FoundationEssentials"]),
        row(
            "SQLiteDatabase",
            .adapter,
            ["Casework", "Persistence"],
            ["GRDB", "Foundation", "FoundationEssentials", "Glibc", "Synchronization"]
        ),
        row(
            "Couriers",
            .adapter,
            ["Vocabulary", "RecordExchange", "SFTPProtocol", "Casework", "CCurl"],
            // Glibc: who may read a private key's file, and the program ssh as a child.
            ["Foundation", "Glibc", "Synchronization"]
        ),
        row("DropJournal", .adapter, ["CDisk", "SFTPProtocol", "DropLayout"], ["Glibc"]),
        row("PartnerSpool", .adapter, ["SFTPProtocol", "DropLayout", "DropJournal"], ["Glibc"]),
        row(
            "Intake",
            .adapter,
            [
                "Vocabulary", "RecordExchange", "Casework", "SFTPProtocol", "DropLayout",
                "DropJournal",
            ],
            ["Dispatch", "Glibc", "Synchronization"]
        ),
        row(
            "Rendering",
            .adapter,
            ["Vocabulary", "StudentRecords", "RecordExchange", "PaperFormat", "Casework"],
            ["Mustache", "Foundation", "Synchronization"]
        ),
        row("Documents", .adapter, ["Vocabulary", "PaperFormat", "CPango", "CQRCode"], ["Glibc"]),
        row(
            "WebGateway",
            .adapter,
            // Feeds say what is wrong with a file in the words of whoever reads it; what somebody has
            // of a file is counted as for a partner's account.
            domain.union(["PaperFormat", "Rendering", "Tabular", "DropLayout"]),
            [
                "Dispatch", "FoundationEssentials", "Glibc", "Synchronization", "Hummingbird",
                "HummingbirdCore",
                "HummingbirdTLS", "Logging", "NIOCore",
                "NIOTLS", "NIOHTTP1", "NIOSSL", "HTTPTypes", "ServiceLifecycle",
            ]
        ),
        row(
            "Operations",
            .adapter,
            ["Vocabulary", "StudentRecords", "RecordExchange", "Casework"],
            ["Yams", "Logging", "Glibc", "Synchronization"]
        ),
        row("Demonstration", .adapter, domain.union(["SeededNumbers", "ReferenceData"])),
        // Draws and counts behind locks; the rest is the use cases themselves.
        row("Simulation", .adapter, domain.union(["SeededNumbers"]), ["Synchronization"]),

        row("HostileInput", .assembly, ["SeededNumbers"]),
        row("TestSupport", .assembly, domain, ["Synchronization"]),
        row("mochila-open", .assembly, ["CConfinement", "Sealing"], ["Glibc"]),
        // The only program with Pango and Cairo in it.
        row("mochila-print", .assembly, ["CConfinement", "Documents"], ["Glibc"]),
        row(
            "mochila",
            .assembly,
            domain.union([
                "Tabular", "BundleFormat", "PaperFormat", "SFTPProtocol", "DropLayout", "Sealing",
                "RecordFormats", "ReferenceData", "Persistence", "SQLiteDatabase",
                "Couriers", "Intake", "Rendering", "WebGateway", "Operations",
                "Simulation",
                "Demonstration",
            ]),
            [
                "ArgumentParser", "ServiceLifecycle", "UnixSignals", "Logging", "Dispatch", "Glibc",
                "Synchronization",
            ]
        ),
        row(
            "mochila-sftp",
            .assembly,
            ["CConfinement", "DropLayout", "DropJournal", "PartnerSpool"],
            ["Glibc"]
        ),
    ]

    /// Where one adapter rests on another, and why.
    static let permittedBetweenAdapters: [String: Set<String>] = [
        // Pages are rendered where the strings are.
        "WebGateway": ["Rendering"],
        // One side writes it, both read it after a power cut.
        "PartnerSpool": ["DropJournal"],
        "Intake": ["DropJournal"],
        // One SQL text over a small protocol, which this one carries out.
        "SQLiteDatabase": ["Persistence"],
        // Its schools are real ones.
        "Demonstration": ["ReferenceData"],
    ]

    /// Each of these is wrapped by one target, so that it can be replaced in one place.
    ///
    /// `CConfinement` wraps no library: each program that confines itself calls it once.
    static let wrappedOnce = [
        "COpenSSL", "CCurl", "CArchive", "CZlib", "CPango", "CQRCode", "CXMLSchema",
        "GRDB", "Hummingbird", "HummingbirdTLS", "Mustache", "Yams", "ArgumentParser", "NIOCore",
        "NIOSSL",
    ]

    /// Library headers, and the C target whose `.c` files alone may include them.
    static let libraryHeaders: [(prefix: String, target: String)] = [
        ("openssl/", "COpenSSL"), ("curl/", "CCurl"), ("archive", "CArchive"), ("zlib", "CZlib"),
        ("pango/", "CPango"), ("cairo", "CPango"), ("qrencode", "CQRCode"),
        ("libxml/", "CXMLSchema"),
    ]

    private static let domain: Set<String> = [
        "Vocabulary", "StudentRecords", "RecordExchange", "RecordLocator", "Casework",
    ]

    private static func row(
        _ target: String,
        _ kind: Kind,
        _ own: Set<String>,
        _ outside: Set<String> = []
    ) -> Row {
        Row(target: target, kind: kind, own: own, outside: outside)
    }
}
