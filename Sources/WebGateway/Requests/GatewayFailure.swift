package import HTTPTypes
package import Vocabulary

/// Why a request did not get the page it asked for.
///
/// Thrown by guards, readers and page handlers; turned into a page in one place.
package enum GatewayFailure: Error, Hashable, Sendable {
    /// No such page, or nothing there that this person may know of.
    case notFound
    /// It was here and is over, such as a used invitation.
    case gone
    /// Another student's records: nobody gets them any more.
    case recalled
    /// Somebody else was faster, or it is not possible any more: the page should be read again.
    case conflict
    /// Signed in, and not allowed.
    case forbidden
    /// A form was sent after signing out or after the session's time.
    case signedOut
    /// The answer link's two hours are over: the link in the mail opens again.
    case answerSessionOver
    /// The form did not come from a page of ours, or from one that is too old.
    case formNotOurs
    /// Unreadable: not what a browser sends.
    case malformed
    /// More than `limit` bytes.
    case tooLarge(limit: Int64)
    /// The connection ended before the upload did.
    case cutShort
    /// Wait this many seconds.
    case tooManyTries(seconds: Int)
    /// No room for files; reading goes on.
    case diskFull
    /// A fault of ours; the log has it under the request's id.
    case internalFault(requestID: String)

    package var status: HTTPResponse.Status {
        switch self {
        case .notFound: .notFound
        case .gone, .recalled: .gone
        case .conflict: .conflict
        case .forbidden, .signedOut, .answerSessionOver, .formNotOurs: .forbidden
        case .malformed, .cutShort: .badRequest
        case .tooLarge: .contentTooLarge
        case .tooManyTries: .tooManyRequests
        case .diskFull: .init(code: 507, reasonPhrase: "Insufficient Storage")
        case .internalFault: .internalServerError
        }
    }
}

/// Writes the page for a failure, in the reader's language.
package protocol FailurePages: Sendable {
    /// The page, as HTML.
    ///
    /// Status and headers are set by the caller.
    func page(for failure: GatewayFailure, language: Language) -> String
}
