/// A place in what a partner sees: four names, and files one level below three of them.
///
/// There is nothing else. A path is read as text and never given to the file system.
package enum VirtualPath: Hashable, Sendable {
    case root
    case readme
    case folder(DropFolder)
    case file(DropFolder, DropName)
    /// Somewhere that does not exist, as a client may ask (`/home`, `/in/a/b`).
    case nowhere

    package static let readmeName = "README.txt"
    package static let longestBytes = 4_096

    /// Reads a path from the root, absolute or not; refuses names that nothing may have.
    package init(_ text: [UInt8]) throws(Refusal) {
        let names = try Self.names(in: text)
        guard let first = names.first else {
            self = .root
            return
        }
        guard let folder = DropFolder(rawValue: first.text) else {
            self = names.count == 1 && first.text == Self.readmeName ? .readme : .nowhere
            return
        }
        self =
            switch names.count {
            case 1: .folder(folder)
            case 2: .file(folder, names[1])
            default: .nowhere
            }
    }

    /// The absolute form of a path without `.` and `..`, as REALPATH answers, whether there is
    /// something or not.
    package static func resolved(_ text: [UInt8]) throws(Refusal) -> [UInt8] {
        let names = try names(in: text)
        return names.isEmpty ? [.slash] : names.flatMap { [.slash] + Array($0.text.utf8) }
    }

    private static func names(in text: [UInt8]) throws(Refusal) -> [DropName] {
        guard text.count <= longestBytes else { throw DropName.tooLong }
        var names: [DropName] = []
        for part in text.split(separator: .slash) {
            if part.elementsEqual([.dot]) { continue }
            if part.elementsEqual([.dot, .dot]) {
                _ = names.popLast()
            } else {
                names.append(try DropName(part))
            }
        }
        return names
    }
}

/// What a partner finds at the root.
package enum DropFolder: String, Hashable, Sendable, CaseIterable {
    /// Takes sealed bundles; what was sent is not read back.
    case incoming = "in"
    /// Sealed bundles for the partner, to fetch.
    case outgoing = "out"
    case receipts
}

/// The name of a file as a partner gives it.
///
/// Shown and compared, and never a part of a path of ours.
package struct DropName: Hashable, Sendable {
    package let text: String

    package static let longestBytes = 160

    static let readme = Self(trusted: VirtualPath.readmeName)

    private init(trusted text: String) {
        self.text = text
    }

    /// Refuses what is empty, too long, not UTF-8, `.` or `..`, and what holds a slash, a
    /// backslash, a control character or one that turns the reading direction.
    package init(_ bytes: some Collection<UInt8>) throws(Refusal) {
        guard bytes.count <= Self.longestBytes else { throw Self.tooLong }
        guard let text = String(validating: bytes, as: UTF8.self), !text.isEmpty, text != ".",
            text != "..", text.unicodeScalars.allSatisfy(Self.isAllowed)
        else { throw Refusal(.permissionDenied, "This name cannot be used here.") }
        self.text = text
    }

    static let tooLong = Refusal(.failure, "The name is longer than \(longestBytes) bytes.")

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x2F, 0x5C: false
        // Marks and embeddings that turn the reading direction, and line separators.
        case 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: false
        default: true
        }
    }

    private static let unfinishedEndings = [
        ".part", ".partial", ".filepart", ".tmp", ".temp", ".uploading",
    ]

    /// Programs give a file such a name until it is whole, and rename it then.
    package var isUnfinished: Bool {
        let lower = text.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }
        return lower.first == .dot
            || Self.unfinishedEndings.contains {
                lower.suffix($0.utf8.count).elementsEqual($0.utf8)
            }
    }

    // Scalars and not Characters: two spellings of one letter are two names, as for a client.
    package static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.text.utf8.elementsEqual(rhs.text.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }
}

extension UInt8 {
    static let dot = UInt8(ascii: ".")
    static let slash = UInt8(ascii: "/")
}
