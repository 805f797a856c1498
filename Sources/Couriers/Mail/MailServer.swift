package import Vocabulary

/// The mail server that mail is handed to.
package struct MailServer: Hashable, Sendable {
    /// How the conversation is protected.
    package enum Protection: String, Sendable, CaseIterable, Codable {
        /// STARTTLS, and nothing is said without it. Port 587 as a rule.
        case startTLS
        /// TLS from the first byte. Port 465 as a rule.
        case implicitTLS
        /// No encryption: only to a server on this machine.
        case none
    }

    package let host: String
    package let port: Int
    package let protection: Protection
    /// `nil` where the server asks for no sign-in.
    package let user: String?
    package let password: Redacted<String>?
    /// The authorities that may vouch for the server, as PEM; `nil` for the system's.
    package let authoritiesFile: String?
    /// How this gateway introduces itself, such as `records.ayuda.example`.
    package let helloName: String

    /// Why a server cannot be used as described.
    package enum Malformed: Error, Hashable, Sendable {
        case host
        case port
        /// The name this gateway introduces itself by is not a host name.
        case helloName
        /// Without encryption only a server on this machine may be used.
        case unprotected
        /// A user without a password, or a password without a user.
        case halfASignIn
        /// A line end or NUL in the user or password.
        case signIn
    }

    package init(
        host: String,
        port: Int,
        protection: Protection,
        user: String? = nil,
        password: Redacted<String>? = nil,
        authoritiesFile: String? = nil,
        helloName: String
    ) throws(Malformed) {
        guard HostName.isHost(host) else { throw .host }
        guard (1...65_535).contains(port) else { throw .port }
        guard HostName.isName(helloName) else { throw .helloName }
        guard protection != .none || HostName.isThisMachine(host) else { throw .unprotected }
        guard (user == nil) == (password == nil) else { throw .halfASignIn }
        let secrets = (user ?? "") + (password?.revealed ?? "")
        guard secrets.utf8.allSatisfy({ $0 >= 32 && $0 != 127 }) else { throw .signIn }
        self.host = host
        self.port = port
        self.protection = protection
        self.user = user
        self.password = password
        self.authoritiesFile = authoritiesFile
        self.helloName = helloName
    }

    var address: ServerAddress {
        ServerAddress(scheme: protection.rawValue, host: host, port: port, account: user ?? "")
    }

    var url: String {
        let scheme = protection == .implicitTLS ? "smtps" : "smtp"
        return "\(scheme)://\(HostName.forURL(host)):\(port)/\(helloName)"
    }
}
