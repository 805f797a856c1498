package import RecordExchange

/// A partner's server whose description was checked: nothing in it can become another command,
/// another host or another path.
struct PartnerServer: Hashable, Sendable {
    let host: String
    let port: Int
    let user: String
    /// Absolute, without a slash at the end; empty for the root.
    let folder: String
    let hostKey: HostKey
    let keyName: String
    /// Otherwise only addresses of the public internet are connected to.
    let reachesPrivate: Bool

    init(checking destination: SFTPDestination) throws(DestinationProblem) {
        guard HostName.isHost(destination.host) else { throw .host }
        guard (1...65_535).contains(destination.port) else { throw .port }
        guard Self.isUser(destination.user) else { throw .user }
        guard let folder = Self.folder(destination.folder) else { throw .folder }
        guard Self.isKeyName(destination.keyName) else { throw .keyName }
        host = destination.host
        port = destination.port
        user = destination.user
        self.folder = folder
        hostKey = try HostKey(checking: destination.hostKey)
        keyName = destination.keyName
        reachesPrivate = destination.reachesPrivate
    }

    /// Letters, digits, dots, hyphens and underscores, not starting with a dot or hyphen: a file
    /// name that is the same in a shell, in SFTP and in every file system.
    static func isFileName(_ name: String) -> Bool {
        (1...200).contains(name.utf8.count) && name.utf8.first != 45 && name.utf8.first != 46
            && name.utf8.allSatisfy(isNameByte)
    }

    /// Connections of one account are shared only where both may lead to the same addresses.
    var address: ServerAddress {
        ServerAddress(
            scheme: "sftp",
            host: host,
            port: port,
            account: "\(reachesPrivate) \(user)"
        )
    }

    /// A `known_hosts` file that admits this server with this key and no other: under its name for
    /// libcurl, and for the program `ssh` under one that does not depend on how the name is
    /// written.
    var knownHostsLines: String {
        let name = port == 22 && !host.utf8.contains(58) ? host : "[\(host)]:\(port)"
        return "\(name) \(hostKey.text)\n\(Self.knownAs) \(hostKey.text)\n"
    }

    /// What the program `ssh` looks the key up under.
    static let knownAs = "the-partner"

    /// The address of a file of the folder; of the folder itself for an empty name.
    func url(of name: String) -> String {
        let path = (folder + "/" + name).utf8.map { byte in
            Self.isNameByte(byte) || byte == 47
                ? String(UnicodeScalar(byte))
                : "%" + QuotedPrintable.hexadecimal(byte).dropFirst()
        }
        return "sftp://\(HostName.forURL(host)):\(port)\(path.joined())"
    }

    /// A path as libcurl's SFTP commands take it.
    func quoted(_ name: String) -> String { "\"\(folder)/\(name)\"" }

    private static func isKeyName(_ name: String) -> Bool { isFileName(name) }

    private static func isUser(_ user: String) -> Bool {
        (1...64).contains(user.utf8.count) && user.utf8.first != 45
            && user.utf8.allSatisfy { isNameByte($0) || $0 == 64 || $0 == 43 }
    }

    private static func folder(_ path: String) -> String? {
        let bytes = Array(path.utf8)
        // No controls, and neither of the two characters that mean something inside quotes.
        guard bytes.first == 47, bytes.count <= 1_000,
            bytes.allSatisfy({ $0 >= 32 && $0 != 127 && $0 != 34 && $0 != 92 })
        else { return nil }
        let names = bytes.split(separator: 47)
        // "~" at the front would mean the log-in's home, wherever that is.
        guard names.allSatisfy({ !$0.elementsEqual([46]) && !$0.elementsEqual([46, 46]) }),
            names.first?.first != 126
        else { return nil }
        return names.map { "/" + String(decoding: $0, as: UTF8.self) }.joined()
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            || byte == 45 || byte == 46 || byte == 95
    }
}

/// What is wrong with a destination before anything was tried.
package enum DestinationProblem: Error, Hashable, Sendable, CaseIterable {
    case host
    case port
    case user
    case folder
    case keyName
    case hostKey
    /// DSA, or RSA that is too short.
    case hostKeyType
    /// Of a folder on the web.
    case address

    /// A sentence for whoever keeps the directory.
    package var explanation: String {
        switch self {
        case .host: "the host name is malformed"
        case .port: "the port is not between 1 and 65535"
        case .user: "the user name is empty or holds a character we do not send"
        case .folder: "the folder is not an absolute path without dots, quotes or controls"
        case .keyName: "the key's name is not a plain file name"
        case .hostKey: "the host key is not of the form 'ssh-ed25519 AAAA...'"
        case .hostKeyType:
            "the host key must be ssh-ed25519, ecdsa-sha2-nistp256, -384 or -521, or ssh-rsa of "
                + "2048 bits or more"
        case .address: "the address is not of the form https://host/folder"
        }
    }

    /// What is wrong with `destination`; `nil` where it can be tried.
    package static func first(in destination: SFTPDestination) -> Self? {
        do {
            _ = try PartnerServer(checking: destination)
            return nil
        } catch {
            return error
        }
    }
}
