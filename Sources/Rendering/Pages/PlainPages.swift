/// Help and phone numbers.
package struct HelpPage: Page {
    package static let template = "help"

    package let states: [PhoneRow]

    package init(states: [PhoneRow]) {
        self.states = states
    }
}

/// What is kept, who sees it, for how long.
package struct PrivacyPage: Page {
    package static let template = "privacy"

    package init() {}
}

/// How far the pages can be used by everybody.
package struct AccessibilityPage: Page {
    package static let template = "accessibility"

    package init() {}
}

/// What happened, what is kept, what to do, whom to call.
package struct ErrorPage: Page {
    package static let template = "error"

    package let title: TroubleTitle
    package let trouble: Trouble
    /// Where "try again" leads; empty where it would not help.
    package let again: String

    package init(_ trouble: Trouble, again: String = "") {
        title = trouble.title
        self.trouble = trouble
        self.again = again
    }
}

/// The headings of the pages of things that went wrong.
package enum TroubleTitle: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "errorTitle"

    case notUnderstood, expired, notAllowed, notFound, changed, gone, tooLarge, tooMany, ours
    case unavailable
}

/// The pages of things that went wrong.
///
/// `status` is the HTTP status.
package enum Trouble: Hashable, Sendable, Worded {
    package static let words = "error"

    case malformed
    case formExpired
    case notAllowed
    case notFound
    case conflict
    case gone
    /// Another student's records.
    case recalled
    case tooLarge(limit: ByteCount)
    case cannotProcess
    case tooMany(minutes: Int)
    case ours(reference: String)
    case unavailable
    case diskFull

    package var title: TroubleTitle {
        switch self {
        case .malformed, .cannotProcess: .notUnderstood
        case .formExpired: .expired
        case .notAllowed: .notAllowed
        case .notFound: .notFound
        case .conflict: .changed
        case .gone, .recalled: .gone
        case .tooLarge: .tooLarge
        case .tooMany: .tooMany
        case .ours: .ours
        case .unavailable, .diskFull: .unavailable
        }
    }

    package var status: Int {
        switch self {
        case .malformed: 400
        case .formExpired, .notAllowed: 403
        case .notFound: 404
        case .conflict: 409
        case .gone, .recalled: 410
        case .tooLarge: 413
        case .cannotProcess: 422
        case .tooMany: 429
        case .ours: 500
        case .unavailable: 503
        case .diskFull: 507
        }
    }
}
