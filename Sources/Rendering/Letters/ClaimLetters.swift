/// Telling whoever decides that somebody claims a school's records office.
///
/// Who, and from which address, stands on the page alone: strangers typed it.
package struct OfficeClaimLetter: Letter {
    package static let template = "office-claimed"

    package let recipient: String
    package let organization: String
    package let link: String
    package let installation: Installation

    package init(
        recipient: String,
        organization: String,
        link: String,
        installation: Installation
    ) {
        self.recipient = recipient
        self.organization = organization
        self.link = link
        self.installation = installation
    }
}

/// Telling a mailbox that claimed a school's records office what was decided, and what now.
package struct ClaimDecisionLetter: Letter {
    package static let template = "claim-decided"

    package let recipient: String
    package let isApproved: Bool
    package let organization: String
    package let district: String
    /// Where an account is asked for.
    package let link: String
    package let installation: Installation

    package init(
        recipient: String,
        isApproved: Bool,
        organization: String,
        district: String,
        link: String,
        installation: Installation
    ) {
        self.recipient = recipient
        self.isApproved = isApproved
        self.organization = organization
        self.district = district
        self.link = link
        self.installation = installation
    }
}
