import StudentRecords
import Vocabulary

/// Turns a tree into a manifest and collects everything that is wrong with it.
struct ManifestReader {
    private(set) var problems: [BundleManifest.Problem] = []

    mutating func manifest(in tree: JSONTree) -> BundleManifest? {
        guard case .object(let top) = tree else {
            report("", .wrongType)
            return nil
        }
        // Nothing else is said about a manifest from a later version.
        guard let version = number(top, "version", at: "") else { return nil }
        guard version == BundleManifest.formatVersion else {
            report("version", .unknownVersion)
            return nil
        }
        refuseOthers(
            in: top,
            than: [
                "bundle", "certifiedBy", "format", "legalBasis", "madeAt", "pages", "parts",
                "recipient", "replaces", "request", "sender", "version",
            ],
            at: ""
        )
        let format = text(top, "format", at: "", limit: 100)
        if let format, format != BundleManifest.formatName { report("format", .badValue) }
        let bundle = value(top, "bundle", at: "") { BundleManifest.ID($0) }
        let request = value(top, "request", at: "") { try? RequestNumber(parsing: $0) }
        let madeAt = value(top, "madeAt", at: "") { Instant(iso8601: $0) }
        let basis = text(top, "legalBasis", at: "", limit: BundleLimits.sentenceBytes)
        let certification = certification(in: top)
        let sender = party(top, "sender", others: [])
        let recipient = party(top, "recipient", others: ["certificates"])
        let certificates = certificates(in: top)
        let parts = parts(in: top)
        let pages = files(top, "pages", at: "")
        let replaces = replaced(in: top, by: bundle)
        checkFiles(parts: parts, pages: pages)
        guard problems.isEmpty, let bundle, let request, let madeAt, let basis, let certification,
            let sender, let recipient
        else { return nil }
        return BundleManifest(
            bundle: bundle,
            request: request,
            madeAt: madeAt,
            sender: sender,
            certification: certification,
            recipient: recipient,
            certificates: certificates,
            legalBasis: basis,
            parts: parts,
            pages: pages,
            replaces: replaces
        )
    }

    // MARK: Members

    private mutating func party(
        _ top: [String: JSONTree],
        _ key: String,
        others: [String]
    ) -> BundleManifest.Party? {
        guard let object = object(top, key, at: "") else { return nil }
        refuseOthers(in: object, than: ["name", "organization"] + others, at: key)
        let organization = text(object, "organization", at: key, limit: 100)
        let name = text(object, "name", at: key, limit: BundleLimits.nameBytes)
        guard let organization, let name else { return nil }
        return BundleManifest.Party(organization: organization, name: name)
    }

    private mutating func certification(
        in top: [String: JSONTree]
    ) -> BundleManifest.Certification? {
        let path = "certifiedBy"
        guard let object = object(top, path, at: "") else { return nil }
        refuseOthers(in: object, than: ["kind", "legend", "name", "title"], at: path)
        let kind = value(object, "kind", at: path) { BundleManifest.Certifier(rawValue: $0) }
        let name = text(object, "name", at: path, limit: BundleLimits.nameBytes)
        let title = text(object, "title", at: path, limit: BundleLimits.nameBytes, mayBeEmpty: true)
        var legend: String? = ""
        if object["legend"] != nil {
            legend = text(object, "legend", at: path, limit: BundleLimits.sentenceBytes)
        }
        guard let kind, let name, let title, let legend else { return nil }
        if kind == .certifyingOfficial, title.isEmpty {
            report("certifiedBy.title", .missing)
            return nil
        }
        return BundleManifest.Certification(by: kind, name: name, title: title, legend: legend)
    }

    private mutating func certificates(
        in top: [String: JSONTree]
    ) -> [BundleManifest.RecipientCertificate] {
        guard case .object(let recipient)? = top["recipient"] else { return [] }
        let path = "recipient.certificates"
        guard let items = list(recipient, "certificates", at: "recipient") else { return [] }
        if items.count > BundleLimits.recipients { report(path, .tooLong) }
        var found: [BundleManifest.RecipientCertificate] = []
        for (position, item) in items.prefix(BundleLimits.recipients).enumerated() {
            let here = "\(path)[\(position)]"
            guard let object = asObject(item, at: here) else { continue }
            refuseOthers(in: object, than: ["identifier", "sha256"], at: here)
            let identifier = value(object, "identifier", at: here) { SHA256Digest(hexadecimal: $0) }
            let fingerprint = value(object, "sha256", at: here) { SHA256Digest(hexadecimal: $0) }
            guard let identifier, let fingerprint else { continue }
            if found.contains(where: {
                $0.fingerprint == fingerprint || $0.identifier == identifier
            }) {
                report(here, .repeated)
            }
            found.append(.init(fingerprint: fingerprint, identifier: identifier))
        }
        return found
    }

    private mutating func replaced(
        in top: [String: JSONTree],
        by bundle: BundleManifest.ID?
    ) -> [BundleManifest.ID] {
        guard top["replaces"] != nil, let items = list(top, "replaces", at: "") else { return [] }
        // Empty is not written, so that one manifest has one text.
        if items.isEmpty { report("replaces", .badValue) }
        if items.count > BundleLimits.replaced { report("replaces", .tooLong) }
        var found: [BundleManifest.ID] = []
        for (position, item) in items.prefix(BundleLimits.replaced).enumerated() {
            let here = "replaces[\(position)]"
            guard case .text(let text) = item, let id = BundleManifest.ID(text), id != bundle else {
                report(here, .badValue)
                continue
            }
            if found.contains(id) { report(here, .repeated) }
            found.append(id)
        }
        return found
    }

    private mutating func parts(in top: [String: JSONTree]) -> [BundleManifest.PartStatement] {
        guard let items = list(top, "parts", at: "") else { return [] }
        let most = RecordPart.allCases.count
        if items.count > most { report("parts", .tooLong) }
        var found: [BundleManifest.PartStatement] = []
        for (position, item) in items.prefix(most).enumerated() {
            let here = "parts[\(position)]"
            guard let object = asObject(item, at: here) else { continue }
            let part = value(object, "part", at: here) { RecordPart(rawValue: $0) }
            let files = files(object, "files", at: here)
            guard let status = status(of: object, at: here), let part else { continue }
            if status != .sent, !files.isEmpty { report("\(here).files", .badValue) }
            if found.contains(where: { $0.part == part }) { report("\(here).part", .repeated) }
            found.append(.init(part: part, status: status, files: files))
        }
        return found
    }

    private mutating func status(
        of object: [String: JSONTree],
        at path: String
    ) -> BundleManifest.PartStatus? {
        let common = ["files", "part", "status"]
        switch text(object, "status", at: path, limit: 40) {
        case "sent":
            refuseOthers(in: object, than: common, at: path)
            return .sent
        case "noneOnFile":
            refuseOthers(in: object, than: common, at: path)
            return .noneOnFile
        case "toFollow":
            refuseOthers(in: object, than: common + ["by"], at: path)
            guard object["by"] != nil else { return .toFollow(by: nil) }
            return value(object, "by", at: path) { CivilDate(iso8601: $0) }
                .map { .toFollow(by: $0) }
        case "withheld":
            refuseOthers(in: object, than: common + ["reason"], at: path)
            return text(object, "reason", at: path, limit: BundleLimits.sentenceBytes)
                .map { .withheld(reason: $0) }
        case .some:
            report(join(path, "status"), .badValue)
            return nil
        case nil: return nil
        }
    }

    private mutating func files(
        _ object: [String: JSONTree],
        _ key: String,
        at path: String
    ) -> [BundleManifest.File] {
        guard let items = list(object, key, at: path) else { return [] }
        if items.count > BundleLimits.files { report(join(path, key), .tooLong) }
        var found: [BundleManifest.File] = []
        for (position, item) in items.prefix(BundleLimits.files).enumerated() {
            let here = "\(join(path, key))[\(position)]"
            guard let object = asObject(item, at: here) else { continue }
            refuseOthers(in: object, than: ["bytes", "mediaType", "name", "sha256"], at: here)
            let name = value(object, "name", at: here) { try? ArchiveName(parsing: $0) }
            let type = value(object, "mediaType", at: here) { MediaTypeName($0)?.text }
            let digest = value(object, "sha256", at: here) { SHA256Digest(hexadecimal: $0) }
            let count = byteCount(object, at: here)
            guard let name, let type, let digest, let count else { continue }
            found.append(.init(name: name, mediaType: type, byteCount: count, digest: digest))
        }
        return found
    }

    // MARK: What holds across members

    private mutating func checkFiles(
        parts: [BundleManifest.PartStatement],
        pages: [BundleManifest.File]
    ) {
        let allowed: Set<ArchiveName> = [
            .checksums, .recordPage, .recordPrint, .recordData, .openMe,
        ]
        var seen: [String: BundleManifest.File] = [:]
        for (position, page) in pages.enumerated() {
            let here = "pages[\(position)].name"
            if !allowed.contains(page.name) { report(here, .badValue) }
            if seen.updateValue(page, forKey: page.name.collisionKey) != nil {
                report(here, .repeated)
            }
        }
        if !pages.contains(where: { $0.name == .checksums }) { report("pages", .missing) }
        var total = pages.reduce(0) { $0 + $1.byteCount }
        for (position, part) in parts.enumerated() {
            var ownNames: Set<String> = []
            for (index, file) in part.files.enumerated() {
                let here = "parts[\(position)].files[\(index)].name"
                if ArchiveName.fixed.contains(file.name) { report(here, .badValue) }
                let key = file.name.collisionKey
                if !ownNames.insert(key).inserted { report(here, .repeated) }
                if let other = seen.updateValue(file, forKey: key) {
                    // The same file may answer for several parts, but only as the same file.
                    if other != file { report(here, .repeated) }
                } else {
                    total += file.byteCount
                }
            }
        }
        if seen.count > BundleLimits.files + allowed.count { report("parts", .tooLong) }
        if total > BundleLimits.contentBytes { report("parts", .tooLarge) }
    }

    // MARK: Values

    private mutating func report(_ path: String, _ kind: BundleManifest.Problem.Kind) {
        // A hostile text must not make the list of its problems long.
        guard problems.count < 100 else { return }
        problems.append(.init(path: path, kind: kind))
    }

    private func join(_ path: String, _ key: String) -> String {
        path.isEmpty ? key : "\(path).\(key)"
    }

    private mutating func refuseOthers(
        in object: [String: JSONTree],
        than known: [String],
        at path: String
    ) {
        // Unknown keys are counted, not quoted: they are somebody else's text.
        if object.keys.contains(where: { !known.contains($0) }) { report(path, .unknownKey) }
    }

    private mutating func member(
        _ object: [String: JSONTree],
        _ key: String,
        at path: String
    ) -> JSONTree? {
        guard let member = object[key] else {
            report(join(path, key), .missing)
            return nil
        }
        return member
    }

    private mutating func asObject(_ tree: JSONTree, at path: String) -> [String: JSONTree]? {
        guard case .object(let object) = tree else {
            report(path, .wrongType)
            return nil
        }
        return object
    }

    private mutating func object(
        _ object: [String: JSONTree],
        _ key: String,
        at path: String
    ) -> [String: JSONTree]? {
        guard let tree = member(object, key, at: path) else { return nil }
        return asObject(tree, at: join(path, key))
    }

    private mutating func list(
        _ object: [String: JSONTree],
        _ key: String,
        at path: String
    ) -> [JSONTree]? {
        guard let tree = member(object, key, at: path) else { return nil }
        guard case .list(let items) = tree else {
            report(join(path, key), .wrongType)
            return nil
        }
        return items
    }

    private mutating func number(
        _ object: [String: JSONTree],
        _ key: String,
        at path: String
    ) -> Int64? {
        guard let tree = member(object, key, at: path) else { return nil }
        guard case .number(let number) = tree else {
            report(join(path, key), .wrongType)
            return nil
        }
        return number
    }

    /// Nothing that is out of bounds leaves here: two of the largest numbers cannot be added.
    private mutating func byteCount(_ object: [String: JSONTree], at path: String) -> Int64? {
        guard let count = number(object, "bytes", at: path) else { return nil }
        guard (0...BundleLimits.contentBytes).contains(count) else {
            report(join(path, "bytes"), .badValue)
            return nil
        }
        return count
    }

    private mutating func text(
        _ object: [String: JSONTree],
        _ key: String,
        at path: String,
        limit: Int,
        mayBeEmpty: Bool = false
    ) -> String? {
        guard let tree = member(object, key, at: path) else { return nil }
        guard case .text(let text) = tree else {
            report(join(path, key), .wrongType)
            return nil
        }
        guard text.utf8.count <= limit else {
            report(join(path, key), .tooLong)
            return nil
        }
        guard mayBeEmpty || !text.isEmpty, text.unicodeScalars.allSatisfy(Self.isPlain) else {
            report(join(path, key), .badValue)
            return nil
        }
        return text
    }

    private mutating func value<Value>(
        _ object: [String: JSONTree],
        _ key: String,
        at path: String,
        parse: (String) -> Value?
    ) -> Value? {
        guard let text = text(object, key, at: path, limit: 300) else { return nil }
        guard let value = parse(text) else {
            report(join(path, key), .badValue)
            return nil
        }
        return value
    }

    /// No control characters, and none of those that turn text around: a person reads this.
    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: false
        default: !scalar.properties.isBidiControl
        }
    }
}

/// `type/subtype` without parameters, in lower case.
struct MediaTypeName {
    let text: String

    init?(_ text: String) {
        let halves = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let marks = Set("!#$&-^_.+".utf8)
        guard halves.count == 2, text.utf8.count <= 127,
            halves.allSatisfy({ half in
                !half.isEmpty
                    && half.allSatisfy { byte in
                        (97...122).contains(byte) || (48...57).contains(byte)
                            || marks.contains(byte)
                    }
            })
        else { return nil }
        self.text = text
    }
}
