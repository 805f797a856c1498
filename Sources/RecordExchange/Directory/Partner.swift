package import Vocabulary

/// An organisation with an account of its own, whose systems send sealed bundles and fetch them.
package struct Partner: Hashable, Sendable, Codable {
    package typealias ID = Identifier<Partner>

    package let id: ID
    /// Lower-case letters, digits and hyphens; stands in paths and commands.
    package let account: String
    package let organization: OrganizationID
    /// The certificate (PEM) that its bundles must be signed with.
    package var signerPEM: String
    /// Who certified that (PEM); `nil` where the certificate certifies itself or this gateway did.
    package var authorityPEM: String?
    /// Any of them opens a connection.
    package var keys: [SSHKey]
    /// Limits of its own, by their words; what is not named is as for everybody.
    package var limits: [String: Int64]
    package var isActive: Bool
    /// Source systems of its organisation whose extracts it may drop, by name; `nil` for none.
    package var feeds: [String]?

    package var feedSystems: Set<String> { Set(feeds ?? []) }

    package init(
        id: ID,
        account: String,
        organization: OrganizationID,
        signerPEM: String,
        authorityPEM: String? = nil,
        keys: [SSHKey] = [],
        limits: [String: Int64] = [:],
        isActive: Bool = true,
        feeds: [String]? = nil
    ) {
        self.id = id
        self.account = account
        self.organization = organization
        self.signerPEM = signerPEM
        self.authorityPEM = authorityPEM
        self.keys = keys
        self.limits = limits
        self.isActive = isActive
        self.feeds = feeds
    }

    /// Whether it may answer for `school`, which was asked as `holder`: the organisation that was
    /// asked, the school, or the district or state above it.
    package func answers(for school: School, askedAs holder: OrganizationID) -> Bool {
        organization == holder || organization == .school(school.id)
            || organization == .district(school.district) || organization == .state(school.state)
    }

    /// Whether a bundle of its that answers for `school`, which was asked as `holder`, may name
    /// this organisation as its sender: itself, whom was asked, or, for a state, the district
    /// between them.
    package func maySpeak(
        as sender: OrganizationID,
        for school: School,
        askedAs holder: OrganizationID
    ) -> Bool {
        guard answers(for: school, askedAs: holder) else { return false }
        return sender == organization || sender == holder || sender == .school(school.id)
            || (organization == .state(school.state) && sender == .district(school.district))
    }
}

/// A public key of SSH, as one line of an `authorized_keys` file has it.
package struct SSHKey: Hashable, Sendable, Codable {
    /// Such as `ssh-ed25519`.
    package let kind: String
    /// The key's bytes in base 64.
    package let base64: String

    package static let kinds = [
        "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
        "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com", "ssh-rsa",
    ]

    /// Why a line is not taken as a key.
    package enum Problem: Error, Hashable, Sendable {
        /// It begins with options, is a private key, or something else.
        case notAKey
        case kindNotAllowed(String)
        /// The bytes are not a key of the kind that is named.
        case damaged
        case rsaTooShort(bits: Int)
    }

    /// Reads `kind base64`, and ignores a comment.
    package init(line: String, shortestRSA: Int = Self.shortestRSA) throws(Problem) {
        let fields = line.split { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }
        guard fields.count >= 2 else { throw .notAKey }
        let kind = String(fields[0])
        guard Self.kinds.contains(kind) else {
            throw kind.hasPrefix("ssh-") ? .kindNotAllowed(kind) : .notAKey
        }
        guard let blob = Self.bytes(base64: fields[1].utf8) else { throw .damaged }
        var rest = blob[...]
        guard Self.field(&rest).map({ Array(kind.utf8) == $0 }) ?? false else { throw .damaged }
        if kind == "ssh-rsa" {
            guard Self.field(&rest) != nil, let modulus = Self.field(&rest) else { throw .damaged }
            let significant = modulus.drop { $0 == 0 }
            let bits = significant.count * 8 - (significant.first?.leadingZeroBitCount ?? 0)
            guard bits >= shortestRSA else { throw .rsaTooShort(bits: bits) }
        } else if kind == "ssh-ed25519" {
            guard let point = Self.field(&rest), point.count == 32, rest.isEmpty else {
                throw .damaged
            }
        }
        self.kind = kind
        base64 = String(fields[1])
    }

    /// Of whoever signs in to us.
    package static let shortestRSA = 3_072
    /// Of servers that we sign in to, which keep their keys for many years.
    package static let shortestRSAOfServers = 2_048

    package var line: String { "\(kind) \(base64)" }

    /// What its fingerprint is the digest of.
    package var blob: [UInt8] { Self.bytes(base64: base64.utf8) ?? [] }

    private static func field(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        guard rest.count >= 4 else { return nil }
        let count = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        guard count <= rest.count - 4 else { return nil }
        defer { rest = rest.dropFirst(4 + count) }
        return Array(rest.dropFirst(4).prefix(count))
    }

    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    )

    private static func bytes(base64 text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count % 4 == 0, text.count <= 16_384 else { return nil }
        var bytes: [UInt8] = []
        var (bits, count, padding) = (0, 0, 0)
        for byte in text {
            if byte == UInt8(ascii: "=") {
                padding += 1
                continue
            }
            guard padding == 0, let value = alphabet.firstIndex(of: byte) else { return nil }
            bits = bits << 6 | value
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(bits >> count & 255))
                bits &= (1 << count) - 1
            }
        }
        return padding <= 2 && bits == 0 ? bytes : nil
    }

    /// 43 characters after `SHA256:`, as `ssh-keygen -l` shows it.
    package static func fingerprint(_ digest: SHA256Digest) -> String {
        var text: [UInt8] = []
        var (bits, count) = (0, 0)
        for byte in digest.bytes {
            bits = bits << 8 | Int(byte)
            count += 8
            while count >= 6 {
                count -= 6
                text.append(alphabet[bits >> count & 63])
                bits &= (1 << count) - 1
            }
        }
        text.append(alphabet[bits << (6 - count) & 63])
        return "SHA256:" + String(decoding: text, as: UTF8.self)
    }
}
