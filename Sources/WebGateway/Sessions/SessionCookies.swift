package import Hummingbird

/// The cookies of the gateway.
///
/// Staff and answer links have different ones, so that opening a link does not sign anybody out.
package struct SessionCookies: Hashable, Sendable {
    /// What a cookie is for.
    package enum Purpose: String, CaseIterable, Sendable {
        case staff = "mochila"
        case answerLink = "mochila-answer"
        /// Ties forms of people without a session to their browser.
        case form = "mochila-form"
        /// Tells a browser that somebody signed in with before; opens nothing.
        case browser = "mochila-browser"
    }

    private let isSecure: Bool

    /// `isSecure`: `false` only on the loopback demonstration, where browsers refuse the `__Host-`
    /// prefix for want of TLS.
    package init(isSecure: Bool) {
        self.isSecure = isSecure
    }

    package func name(_ purpose: Purpose) -> String {
        (isSecure ? "__Host-" : "") + purpose.rawValue
    }

    /// The token a request carries; `nil` where there is none or it is malformed.
    package func token(_ purpose: Purpose, in request: Request) -> SessionToken? {
        request.cookies[name(purpose)].flatMap { SessionToken(cookie: $0.value) }
    }

    /// Puts a token into the browser until it is closed, or for a year where it opens nothing.
    package func set(_ token: SessionToken, _ purpose: Purpose, in response: inout Response) {
        let maxAge = purpose == .browser ? 365 * 86_400 : nil
        response.setCookie(cookie(purpose, value: token.cookieValue, maxAge: maxAge))
    }

    /// Makes the browser forget.
    package func clear(_ purpose: Purpose, in response: inout Response) {
        response.setCookie(cookie(purpose, value: "", maxAge: 0))
    }

    private func cookie(_ purpose: Purpose, value: String, maxAge: Int?) -> Cookie {
        Cookie(
            name: name(purpose),
            value: value,
            maxAge: maxAge,
            path: "/",
            secure: isSecure,
            httpOnly: true,
            sameSite: .lax
        )
    }
}
