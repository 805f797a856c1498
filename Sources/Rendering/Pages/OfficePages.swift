package import Vocabulary

/// Accounts: who asked for one, who has one.
///
/// Posts to `/people/invite`, `/people/{id}/approve`,
/// `/people/{id}/decline`, `/people/{id}/disable`.
package struct PeoplePage: Page {
    package static let template = "people"

    package let waiting: [PersonRow]
    package let people: [PersonRow]
    package let roles: [Choice<RoleWord>]
    package let organizations: [NamedChoice]
    package let form: Form

    package init(
        waiting: [PersonRow],
        people: [PersonRow],
        roles: [Choice<RoleWord>],
        organizations: [NamedChoice],
        form: Form = .empty
    ) {
        self.waiting = waiting
        self.people = people
        self.roles = roles
        self.organizations = organizations
        self.form = form
    }
}

/// One account.
package struct PersonRow: Hashable, Sendable {
    package let id: String
    package let name: String
    package let title: String
    package let email: String
    package let role: RoleWord
    package let organization: String
    package let state: AccountWord
    package let canDisable: Bool

    package init(
        id: String,
        name: String,
        title: String,
        email: String,
        role: RoleWord,
        organization: String,
        state: AccountWord,
        canDisable: Bool = false
    ) {
        self.id = id
        self.name = name
        self.title = title
        self.email = email
        self.role = role
        self.organization = organization
        self.state = state
        self.canDisable = canDisable
    }
}

/// Where an account stands; raw values are those of the accounts.
package enum AccountWord: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "account"

    case requested, invited, active, disabled
}

/// The audit log, newest first.
package struct AuditPage: Page {
    package static let template = "audit"

    package let rows: [AuditRow]
    /// The chain of hashes was checked from the first entry.
    package let isUnbroken: Bool
    package let total: Int
    package let olderPath: String

    package init(rows: [AuditRow], isUnbroken: Bool, total: Int, olderPath: String = "") {
        self.rows = rows
        self.isUnbroken = isUnbroken
        self.total = total
        self.olderPath = olderPath
    }
}

/// One entry; no student data.
package struct AuditRow: Hashable, Sendable {
    package let sequence: Int
    package let at: LocalTime
    package let actor: String
    package let action: String
    package let subject: String
    package let detail: String
    package let hash: DigestText

    package init(
        sequence: Int,
        at: LocalTime,
        actor: String,
        action: String,
        subject: String,
        detail: String,
        hash: DigestText
    ) {
        self.sequence = sequence
        self.at = at
        self.actor = actor
        self.action = action
        self.subject = subject
        self.detail = detail
        self.hash = hash
    }
}

/// The demonstration's mail, newest first.
package struct DemoMailPage: Page {
    package static let template = "demo-mail"

    package let rows: [DemoMailRow]

    package init(rows: [DemoMailRow]) {
        self.rows = rows
    }
}

/// One mail of the demonstration, at `/demo/mail/{id}`.
package struct DemoMailRow: Hashable, Sendable {
    package let id: String
    package let to: String
    package let subject: String
    package let at: LocalTime

    package init(id: String, to: String, subject: String, at: LocalTime) {
        self.id = id
        self.to = to
        self.subject = subject
        self.at = at
    }
}

/// One mail of the demonstration.
package struct DemoMessagePage: Page {
    package static let template = "demo-message"

    package let to: String
    package let from: String
    package let subject: String
    package let at: LocalTime
    package let text: String
    /// The mail's one link, as a path of this host; empty where it has none.
    package let link: String

    package init(
        to: String,
        from: String,
        subject: String,
        at: LocalTime,
        text: String,
        link: String = ""
    ) {
        self.to = to
        self.from = from
        self.subject = subject
        self.at = at
        self.text = text
        self.link = link
    }
}
