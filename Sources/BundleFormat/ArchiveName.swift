/// The name of a file inside a bundle's archive.
///
/// Holding one is the proof that it can be written under any folder of any system: one of the
/// fixed names, or `files/` and one component without separators, control characters, reserved
/// characters, reserved device names or dots and spaces at its ends.
package struct ArchiveName: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package static let manifest = Self(trusted: "manifest.json")
    package static let signature = Self(trusted: "manifest.p7s")
    package static let checksums = Self(trusted: "SHA256SUMS")
    package static let recordPage = Self(trusted: "record.html")
    package static let recordPrint = Self(trusted: "record.pdf")
    package static let recordData = Self(trusted: "record.json")
    package static let openMe = Self(trusted: "OPEN-ME.txt")

    /// Every name that may stand outside `files/`.
    package static let fixed: [Self] = [
        manifest, signature, checksums, recordPage, recordPrint, recordData, openMe,
    ]

    /// The longest component after `files/`, in UTF-8 bytes.
    package static let longestComponent = 150

    /// Why a name is refused.
    package enum Refusal: Error, Hashable, Sendable, CaseIterable {
        case notUTF8
        case outsideTheFolders
        case tooLong
        case forbiddenCharacter
        case reserved
    }

    package init(parsing text: String) throws(Refusal) {
        if let known = Self.fixed.first(where: { $0.description.utf8.elementsEqual(text.utf8) }) {
            self = known
            return
        }
        let bytes = Array(text.utf8)
        let prefix = Array("files/".utf8)
        guard bytes.starts(with: prefix), bytes.count > prefix.count else {
            throw .outsideTheFolders
        }
        let component = text.unicodeScalars.dropFirst(prefix.count)
        guard bytes.count - prefix.count <= Self.longestComponent else { throw .tooLong }
        guard !component.contains("/"), !component.contains("\\") else { throw .outsideTheFolders }
        guard component.allSatisfy({ !Self.isForbidden($0) }) else { throw .forbiddenCharacter }
        guard !Self.isReserved(component) else { throw .reserved }
        description = text
    }

    /// Reads a name as it stands in an archive.
    package init(bytes: [UInt8]) throws(Refusal) {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
        try self.init(parsing: text)
    }

    /// The part after `files/`, or the whole fixed name.
    package var lastComponent: String {
        String(
            decoding: description.utf8.split(separator: UInt8(ascii: "/")).last ?? [],
            as: UTF8.self
        )
    }

    /// Two names with the same key would be one file on a system that ignores case or composes
    /// accents.
    package var collisionKey: String { description.uppercased().lowercased() }

    private init(trusted text: String) {
        description = text
    }

    // String's own equality joins composed and decomposed accents, which two entries of an
    // archive need not do; `collisionKey` is where that is wanted.
    package static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.description.utf8.elementsEqual(rhs.description.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        for byte in description.utf8 { hasher.combine(byte) }
    }
}

extension ArchiveName {
    /// Names for attachments as senders called them, made safe and told apart, in the same order.
    ///
    /// "Transcript.pdf" twice becomes "Transcript.pdf" and "Transcript (2).pdf".
    package static func attachments(named originals: [String]) -> [Self] {
        var taken: Set<String> = []
        return originals.map { original in
            let (stem, ending) = parts(of: cleaned(original))
            var attempt = 1
            while true {
                let mark = attempt == 1 ? "" : " (\(attempt))"
                let room = longestComponent - ending.utf8.count - mark.utf8.count
                let name = Self(trusted: "files/" + cut(stem, to: room) + mark + ending)
                if taken.insert(name.collisionKey).inserted { return name }
                attempt += 1
            }
        }
    }

    private static func cleaned(_ original: String) -> String {
        let last =
            original.unicodeScalars
            .split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? []
        var scalars: [Unicode.Scalar] = []
        for scalar in last {
            if !isForbidden(scalar) {
                scalars.append(scalar)
            } else if forbiddenASCII.contains(scalar) {
                scalars.append("_")
            }
        }
        let edges: Set<Unicode.Scalar> = [".", " ", "\u{A0}"]
        while let first = scalars.first, edges.contains(first) { scalars.removeFirst() }
        while let last = scalars.last, edges.contains(last) { scalars.removeLast() }
        if scalars.first == "-" { scalars[0] = "_" }
        if scalars.isEmpty { scalars = Array("file".unicodeScalars) }
        if isReserved(scalars[...]) { scalars.insert("_", at: 0) }
        return text(of: scalars)
    }

    /// Splits off an ending of up to ten bytes; a longer one is no ending.
    private static func parts(of name: String) -> (stem: String, ending: String) {
        let scalars = Array(name.unicodeScalars)
        guard let dot = scalars.lastIndex(of: "."), dot > 0 else { return (name, "") }
        let ending = text(of: Array(scalars[dot...]))
        guard ending.utf8.count <= 11 else { return (name, "") }
        return (text(of: Array(scalars[..<dot])), ending)
    }

    private static func cut(_ stem: String, to room: Int) -> String {
        var scalars: [Unicode.Scalar] = []
        var count = 0
        for scalar in stem.unicodeScalars {
            count += UTF8.width(scalar)
            if count > room { break }
            scalars.append(scalar)
        }
        while let last = scalars.last, last == " " || last == "." { scalars.removeLast() }
        return scalars.isEmpty ? "file" : text(of: scalars)
    }

    private static func text(of scalars: [Unicode.Scalar]) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    private static let forbiddenASCII = Set("<>:\"|?*\\/".unicodeScalars)

    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        // Format characters include the ones that turn text around: "cod.exe" shown as "exe.doc".
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned,
            .privateUse:
            true
        default: forbiddenASCII.contains(scalar)
        }
    }

    // The names that Windows gives to devices, with any ending.
    private static let devices: Set<String> = Set(
        ["con", "prn", "aux", "nul"] + (0...9).flatMap { ["com\($0)", "lpt\($0)"] }
    )

    private static func isReserved(
        _ component: some BidirectionalCollection<Unicode.Scalar>
    ) -> Bool {
        guard let first = component.first, let last = component.last else { return true }
        if first == "." || first == " " || last == "." || last == " " { return true }
        let stem = component.prefix { $0 != "." }.filter { $0 != " " }
        return devices.contains(text(of: Array(stem)).lowercased())
    }
}
