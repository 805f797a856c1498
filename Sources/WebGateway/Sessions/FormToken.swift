package import Casework
import HTTPTypes
import Hummingbird
import Vocabulary

/// The secret in the field `csrf` of every form: who does not know the session cannot know it.
///
/// Derived from the cookie's 256 random bits, so nothing more must be stored, and one-way, so that
/// a page that leaks it does not leak the session.
package struct FormToken: Hashable, Sendable, CustomStringConvertible {
    /// The field's name.
    package static let field = "csrf"

    /// As the field carries it: 26 characters.
    package let description: String

    package init(for token: SessionToken, by secrets: any SecretSource) {
        let digest = secrets.digest(of: Array("mochila form \(token.cookieValue)".utf8))
        let bits = digest.bytes.prefix(16).reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        description = CrockfordBase32.encode(bits, bits: 128)
    }

    /// Compares in constant time.
    package func matches(_ text: String?) -> Bool {
        guard let text else { return false }
        let ours = Array(description.utf8)
        let theirs = Array(text.utf8)
        guard ours.count == theirs.count else { return false }
        return zip(ours, theirs).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// What the browser says about where a form came from: a second line behind the token.
enum RequestSource {
    /// `false` where the browser says that another site sent it.
    ///
    /// Our `Referrer-Policy: no-referrer` makes browsers send `Origin: null` with our own forms
    /// (Fetch, "append a request Origin header"), so `null` alone proves nothing either way.
    static func mayBeOurs(_ request: Request, site: SiteAddress) -> Bool {
        if let fetchSite = request.headers[.secFetchSite] {
            guard fetchSite == "same-origin" || fetchSite == "none" else { return false }
        }
        if let origin = request.headers[.origin], origin != "null" {
            let ours = site.origin(forAuthority: request.head.authority ?? "")
            guard origin.lowercased() == ours else { return false }
        }
        return true
    }
}
