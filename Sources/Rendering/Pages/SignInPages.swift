/// Signing in (P2).
///
/// Posts `email`, `password` and `next` to `/sign-in`.
package struct SignInPage: Page {
    package static let template = "sign-in"

    package let form: Form
    /// The path the reader wanted; sent along in a hidden field.
    package let next: String
    /// Empty in a real installation.
    package let demoSignIns: [DemoSignIn]

    package init(form: Form = .empty, next: String = "", demoSignIns: [DemoSignIn] = []) {
        self.form = form
        self.next = next
        self.demoSignIns = demoSignIns
    }
}

/// One made-up person of the demonstration.
package struct DemoSignIn: Hashable, Sendable {
    package let name: String
    package let role: RoleWord
    package let organization: String
    package let email: String
    package let password: String
    /// What the authenticator app would show now.
    package let oneTimeCode: String

    package init(
        name: String,
        role: RoleWord,
        organization: String,
        email: String,
        password: String,
        oneTimeCode: String
    ) {
        self.name = name
        self.role = role
        self.organization = organization
        self.email = email
        self.password = password
        self.oneTimeCode = oneTimeCode
    }
}

/// The code from the authenticator app.
///
/// Posts `oneTimeCode` and `next` to `/sign-in/code`.
package struct SecondFactorPage: Page {
    package static let template = "second-factor"

    package let form: Form
    package let next: String
    /// The code itself, in the demonstration only.
    package let demoCode: String

    package init(form: Form = .empty, next: String = "", demoCode: String = "") {
        self.form = form
        self.next = next
        self.demoCode = demoCode
    }
}

/// Putting the secret into an authenticator app.
///
/// Posts `oneTimeCode` to `/sign-in/set-up`.
package struct SetUpSecondFactorPage: Page {
    package static let template = "set-up-second-factor"

    package let form: Form
    /// Base 32, in groups of four for typing.
    package let secret: String
    /// The `otpauth:` address that a phone's app opens.
    package let otpauth: String
    package let demoCode: String

    package init(form: Form = .empty, secret: String, otpauth: String, demoCode: String = "") {
        self.form = form
        self.secret = secret
        self.otpauth = otpauth
        self.demoCode = demoCode
    }
}

/// Asking for an account.
///
/// Posts `name`, `title`, `email`, `role`, `organization` to `/account/ask`;
/// the school search is a GET of the same path with `searchName` and `searchState`.
package struct AskForAccountPage: Page {
    package static let template = "ask-for-account"

    package let form: Form
    package let roles: [Choice<RoleWord>]
    package let search: SchoolSearch
    /// What was chosen before, in words.
    package let organization: String
    /// The organisation's identifier, sent along once it was chosen.
    package let organizationID: String

    package init(
        form: Form = .empty,
        roles: [Choice<RoleWord>],
        search: SchoolSearch,
        organization: String = "",
        organizationID: String = ""
    ) {
        self.form = form
        self.roles = roles
        self.search = search
        self.organization = organization
        self.organizationID = organizationID
    }
}

/// The thank-you; the same whether or not the address is known.
package struct AccountAskedPage: Page {
    package static let template = "account-asked"

    /// In words; empty where we must not say.
    package let whoDecides: String

    package init(whoDecides: String = "") {
        self.whoDecides = whoDecides
    }
}

/// Asking for a new password.
///
/// Posts `email` to `/account/recover`.
package struct RecoveryAskPage: Page {
    package static let template = "recovery-ask"

    package let form: Form

    package init(form: Form = .empty) {
        self.form = form
    }
}

/// A link is on its way; the same whether or not the address is known.
package struct RecoverySentPage: Page {
    package static let template = "recovery-sent"

    package init() {}
}

/// The link opens no more; another can be had.
package struct RecoveryOverPage: Page {
    package static let template = "recovery-over"

    package init() {}
}

/// Choosing a new password.
///
/// Posts `password` and `passwordAgain` to `path`.
package struct RecoveryPage: Page {
    package static let template = "recovery"

    package let path: String
    package let email: String
    package let minimumLength: Int
    package let form: Form

    package init(path: String, email: String, minimumLength: Int, form: Form = .empty) {
        self.path = path
        self.email = email
        self.minimumLength = minimumLength
        self.form = form
    }
}

/// Accepting an invitation.
///
/// Posts `password`, `passwordAgain` to its own path.
package struct InvitationPage: Page {
    package static let template = "invitation"

    package let path: String
    package let name: String
    package let email: String
    package let organization: String
    package let role: RoleWord
    package let minimumLength: Int
    package let form: Form

    package init(
        path: String,
        name: String,
        email: String,
        organization: String,
        role: RoleWord,
        minimumLength: Int,
        form: Form = .empty
    ) {
        self.path = path
        self.name = name
        self.email = email
        self.organization = organization
        self.role = role
        self.minimumLength = minimumLength
        self.form = form
    }
}
