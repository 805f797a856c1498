import CCurl
import Casework
package import RecordExchange
import Vocabulary

/// A partner's folder on the web whose description was checked: nothing in it can become another
/// host or another path.
struct DropAddress: Hashable, Sendable {
    let host: String
    let port: Int
    /// Without a slash at the end.
    private let folder: String
    private let destination: HTTPSDestination

    /// `nil` where it is no `https://host[:port]/folder`, with a query or with dots for names.
    init?(checking destination: HTTPSDestination) {
        guard let url = try? WebhookURL(parsing: destination.url),
            !destination.url.utf8.contains(UInt8(ascii: "?"))
        else { return nil }
        let names = destination.url.utf8.split(separator: UInt8(ascii: "/"))
        // libcurl would walk them, and so would the server: they name another folder.
        guard !names.dropFirst(2).contains(where: Self.isDots) else { return nil }
        host = url.host
        port = url.port
        folder =
            destination.url.hasSuffix("/")
            ? String(destination.url.dropLast()) : destination.url
        self.destination = destination
    }

    /// The address of a file, whose name is a plain one.
    func url(of name: String) -> String { "\(folder)/\(name)" }

    /// Conversations under other rules share no connection.
    var server: ServerAddress {
        ServerAddress(
            scheme: "https",
            host: host,
            port: port,
            account: "push \(destination.reachesPrivate) \(destination.authorityPEM ?? "")"
        )
    }

    /// Whom the conversation may be with, and who we say we are.
    func prepare(_ transfer: Transfer, as identity: ClientIdentity) -> Bool {
        guard transfer.set(.ownCertificate, to: identity.certificatePEM),
            transfer.set(.ownKey, to: identity.keyPEM.revealed),
            transfer.append("User-Agent: Mochila", to: .headers)
        else { return false }
        if !destination.reachesPrivate, !transfer.set(.publicAddressesOnly, to: 1) { return false }
        if let authority = destination.authorityPEM {
            return transfer.set(.authorities, to: authority)
        }
        return true
    }

    private static func isDots(_ name: Substring.UTF8View.SubSequence) -> Bool {
        let text = String(Substring(name)).lowercased()
        return [".", "..", "%2e", ".%2e", "%2e.", "%2e%2e"].contains(text)
    }
}

extension DestinationProblem {
    /// What is wrong with `destination`; `nil` where it can be tried.
    package static func first(in destination: HTTPSDestination) -> Self? {
        DropAddress(checking: destination) == nil ? .address : nil
    }
}
