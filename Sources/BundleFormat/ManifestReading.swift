import FoundationEssentials
import StudentRecords
import Vocabulary

extension BundleManifest {
    /// Every reason why some bytes are no manifest, found at once.
    package struct Malformed: Error, Hashable, Sendable {
        package let problems: [Problem]
    }

    /// One thing that is wrong, and where: `parts[2].files[0].sha256`.
    ///
    /// Never holds a value.
    package struct Problem: Hashable, Sendable, CustomStringConvertible {
        package let path: String
        package let kind: Kind

        package enum Kind: String, Hashable, Sendable, CaseIterable {
            case tooLarge = "is too large"
            case tooDeep = "is nested too deeply"
            case notJSON = "is not JSON"
            /// Made by something newer; everything else about it may mean something else.
            case unknownVersion = "has a version this program does not know"
            case missing = "is missing"
            case unknownKey = "is not part of the format"
            case wrongType = "has the wrong type"
            case badValue = "has a value that is not allowed"
            case tooLong = "is too long"
            case repeated = "occurs more than once"
            /// The same values could be written in another way, so two readers might differ.
            case notCanonical = "is not written in the fixed form"
        }

        package var description: String { "\(path.isEmpty ? "manifest" : path) \(kind.rawValue)" }
    }

    /// Reads `manifest.json`, strictly: exactly the keys of this version, in exactly the bytes that
    /// `bytes` gives back.
    package init(parsing bytes: [UInt8]) throws(Malformed) {
        func refuse(_ kind: Problem.Kind) -> Malformed {
            Malformed(problems: [Problem(path: "", kind: kind)])
        }
        guard bytes.count <= BundleLimits.manifestBytes else { throw refuse(.tooLarge) }
        // Before the library's parser, which goes down recursively, sees it.
        guard JSONTree.depth(of: bytes) <= 8 else { throw refuse(.tooDeep) }
        guard let tree = try? JSONDecoder().decode(JSONTree.self, from: Data(bytes)) else {
            throw refuse(.notJSON)
        }
        var reader = ManifestReader()
        let manifest = reader.manifest(in: tree)
        guard let manifest, reader.problems.isEmpty else {
            throw Malformed(problems: reader.problems)
        }
        guard manifest.bytes == bytes else { throw refuse(.notCanonical) }
        self = manifest
    }
}

/// Whatever stood in the text, before anything is known about it.
enum JSONTree: Decodable {
    case object([String: JSONTree])
    case list([JSONTree])
    case text(String)
    case number(Int64)
    case other

    private struct Key: CodingKey {
        let stringValue: String
        let intValue: Int? = nil
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        if let members = try? decoder.container(keyedBy: Key.self) {
            var object: [String: JSONTree] = [:]
            for key in members.allKeys {
                object[key.stringValue] = try members.decode(JSONTree.self, forKey: key)
            }
            self = .object(object)
            return
        }
        if var values = try? decoder.unkeyedContainer() {
            var list: [JSONTree] = []
            while !values.isAtEnd { list.append(try values.decode(JSONTree.self)) }
            self = .list(list)
            return
        }
        let value = try decoder.singleValueContainer()
        if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let number = try? value.decode(Int64.self) {
            self = .number(number)
        } else {
            self = .other
        }
    }

    /// How deeply brackets are nested outside strings; right for JSON, harmless for other bytes.
    static func depth(of bytes: [UInt8]) -> Int {
        var depth = 0
        var deepest = 0
        var isInString = false
        var isEscaped = false
        for byte in bytes {
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                deepest = max(deepest, depth)
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
        }
        return deepest
    }
}
