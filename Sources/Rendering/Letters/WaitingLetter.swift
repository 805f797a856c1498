package import Vocabulary

/// On Mondays, to a records office: what is open there.
package struct WaitingLetter: Letter {
    package static let template = "waiting"

    package let recipient: String
    package let organization: String
    package let count: Int
    /// Oldest first.
    package let rows: [WaitingLine]
    /// Opens the first line, with the link.
    package let code: String
    package let link: String
    package let installation: Installation

    package init(
        recipient: String,
        organization: String,
        count: Int,
        rows: [WaitingLine],
        code: String,
        link: String,
        installation: Installation
    ) {
        self.recipient = recipient
        self.organization = organization
        self.count = count
        self.rows = rows
        self.code = code
        self.link = link
        self.installation = installation
    }
}

/// One request in it.
package struct WaitingLine: Hashable, Sendable {
    package let number: RequestNumber
    package let requester: String
    package let askedOn: CivilDate

    package init(number: RequestNumber, requester: String, askedOn: CivilDate) {
        self.number = number
        self.requester = requester
        self.askedOn = askedOn
    }
}
