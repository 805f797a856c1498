import HTTPTypes
import Hummingbird
import Vocabulary

/// What a request says of an upload in pieces, as draft-ietf-httpbis-resumable-upload and RFC 9530
/// write it; structured fields (RFC 9651) of the two types they need.
struct ResumableHead: Hashable, Sendable {
    /// The body of this request ends the whole.
    let isLast: Bool
    let offset: Int64?
    /// Of the whole.
    let length: Int64?
    /// Of this request's body.
    let bodyLength: Int64?
    let digest: SHA256Digest?

    /// `nil` where the request says nothing of it: an ordinary body in one piece.
    ///
    /// Throws every header that cannot be read at once.
    init?(_ fields: HTTPFields) throws {
        guard let typed = fields[.uploadComplete] else { return nil }
        var issues: [SystemProblem.Issue] = []
        switch typed {
        case "?1": isLast = true
        case "?0": isLast = false
        default:
            isLast = false
            issues.append(.init(pointer: "Upload-Complete", detail: "must be ?0 or ?1"))
        }
        func number(_ name: HTTPField.Name) -> Int64? {
            guard let text = fields[name] else { return nil }
            guard let value = Self.integer(text) else {
                issues.append(
                    .init(pointer: name.canonicalName, detail: "must be a whole number of bytes")
                )
                return nil
            }
            return value
        }
        offset = number(.uploadOffset)
        bodyLength = number(.contentLength)
        let announced = number(.uploadLength)
        if isLast, let bodyLength {
            let end = (offset ?? 0) + bodyLength
            if let announced, announced != end {
                throw SystemProblem(.uploadLengthContradicted)
            }
            length = end
        } else {
            length = announced
        }
        if let text = fields[.reprDigest] {
            digest = Self.sha256(text)
            if digest == nil {
                issues.append(.init(pointer: "Repr-Digest", detail: "must be sha-256=:base64:"))
            }
        } else {
            digest = nil
        }
        guard issues.isEmpty else { throw SystemProblem(.malformed, issues: issues) }
    }

    /// At most 15 digits, as structured fields allow.
    static func integer(_ text: String) -> Int64? {
        guard (1...15).contains(text.utf8.count),
            text.utf8.allSatisfy({ (48...57).contains($0) })
        else { return nil }
        return Int64(text)
    }

    /// The member `sha-256` of a dictionary of byte sequences.
    static func sha256(_ text: String) -> SHA256Digest? {
        for member in text.split(separator: ",") {
            let parts = member.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0].trimmed == "sha-256" else { continue }
            let value = parts[1].trimmed
            guard value.utf8.count == 46, value.utf8.first == UInt8(ascii: ":"),
                value.utf8.last == UInt8(ascii: ":")
            else { return nil }
            return Base64.bytes(value.utf8.dropFirst().dropLast()).flatMap(
                SHA256Digest.init(bytes:)
            )
        }
        return nil
    }
}

extension Substring {
    /// Without spaces and tabs around it.
    fileprivate var trimmed: String {
        let bytes = utf8.drop { $0 == 32 || $0 == 9 }
        let kept = bytes.reversed().drop { $0 == 32 || $0 == 9 }.reversed()
        return String(decoding: Array(kept), as: UTF8.self)
    }
}

/// RFC 4648, with padding, strict.
enum Base64 {
    static func bytes(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count % 4 == 0 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        var (bits, count, padding) = (UInt32(0), 0, 0)
        for byte in text {
            if byte == UInt8(ascii: "=") {
                padding += 1
                continue
            }
            guard padding == 0, let value = value(byte) else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
                bits &= (1 << UInt32(count)) - 1
            }
        }
        return padding <= 2 && bits == 0 ? bytes : nil
    }

    private static func value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 71
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte + 4
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
