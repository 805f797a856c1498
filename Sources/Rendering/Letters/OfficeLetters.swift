package import Casework
package import RecordExchange
package import Vocabulary

/// The receipt for the clerk who sent records (E8).
///
/// No file names: they often hold the student's.
package struct ReceiptLetter: Letter {
    package static let template = "receipt"

    package let number: RequestNumber
    package let receipt: String
    package let recipient: String
    package let requester: String
    package let files: [ReceiptFile]
    package let isComplete: Bool
    /// Empty where the link opens for signed-in staff.
    package let code: String
    package let link: String
    package let installation: Installation

    package init(
        number: RequestNumber,
        receipt: String,
        recipient: String,
        requester: String,
        files: [ReceiptFile],
        isComplete: Bool,
        code: String = "",
        link: String,
        installation: Installation
    ) {
        self.number = number
        self.receipt = receipt
        self.recipient = recipient
        self.requester = requester
        self.files = files
        self.isComplete = isComplete
        self.code = code
        self.link = link
        self.installation = installation
    }
}

/// A file of a receipt.
package struct ReceiptFile: Hashable, Sendable {
    package let size: ByteCount
    package let digest: DigestText

    package init(size: ByteCount, digest: DigestText) {
        self.size = size
        self.digest = digest
    }
}

/// Telling the authority for missing children that a school raised the flag.
///
/// Whom it concerns is told by the school, by telephone, and stands in no mail.
package struct AuthorityLetter: Letter {
    package static let template = "authority"

    package let number: RequestNumber
    package let recipient: String
    package let holder: String
    /// Empty where the directory has none.
    package let holderPhone: String
    package let requester: String
    package let requesterPhone: String
    package let link: String
    package let installation: Installation

    package init(
        number: RequestNumber,
        recipient: String,
        holder: String,
        holderPhone: String,
        requester: String,
        requesterPhone: String,
        link: String,
        installation: Installation
    ) {
        self.number = number
        self.recipient = recipient
        self.holder = holder
        self.holderPhone = holderPhone
        self.requester = requester
        self.requesterPhone = requesterPhone
        self.link = link
        self.installation = installation
    }
}

/// Inviting a person to choose a password (E12).
package struct InvitationLetter: Letter {
    package static let template = "invitation"

    package let recipient: String
    package let organization: String
    package let role: RoleWord
    package let expires: CivilDate
    package let link: String
    package let installation: Installation

    package init(
        recipient: String,
        organization: String,
        role: RoleWord,
        expires: CivilDate,
        link: String,
        installation: Installation
    ) {
        self.recipient = recipient
        self.organization = organization
        self.role = role
        self.expires = expires
        self.link = link
        self.installation = installation
    }
}

/// Telling a person what happened to their own account, or how to choose a new password.
package struct AccountLetter: Letter {
    package static let template = "account"

    package let recipient: String
    package let news: Casework.Letter.AccountNews
    package let link: String
    package let installation: Installation

    package init(
        recipient: String,
        news: Casework.Letter.AccountNews,
        link: String,
        installation: Installation
    ) {
        self.recipient = recipient
        self.news = news
        self.link = link
        self.installation = installation
    }
}

extension Casework.Letter.AccountNews: Worded {
    package static let words = "accountNews"
}

/// Telling whoever decides that somebody asks for an account.
package struct AccountRequestLetter: Letter {
    package static let template = "account-request"

    package let recipient: String
    package let applicant: String
    package let applicantTitle: String
    package let applicantEmail: String
    package let organization: String
    package let role: RoleWord
    package let link: String
    package let installation: Installation

    package init(
        recipient: String,
        applicant: String,
        applicantTitle: String,
        applicantEmail: String,
        organization: String,
        role: RoleWord,
        link: String,
        installation: Installation
    ) {
        self.recipient = recipient
        self.applicant = applicant
        self.applicantTitle = applicantTitle
        self.applicantEmail = applicantEmail
        self.organization = organization
        self.role = role
        self.link = link
        self.installation = installation
    }
}

/// Telling whoever else stands for an office that its addresses changed.
package struct ContactChangedLetter: Letter {
    package static let template = "contact-changed"

    package let recipient: String
    /// The mailbox is asked no more; otherwise it is new.
    package let isEnded: Bool
    package let organization: String
    package let role: Contact.Role
    package let person: String
    package let changedBy: String
    package let link: String
    package let installation: Installation

    package init(
        recipient: String,
        isEnded: Bool,
        organization: String,
        role: Contact.Role,
        person: String,
        changedBy: String,
        link: String,
        installation: Installation
    ) {
        self.recipient = recipient
        self.isEnded = isEnded
        self.organization = organization
        self.role = role
        self.person = person
        self.changedBy = changedBy
        self.link = link
        self.installation = installation
    }
}

/// Asking a mailbox whether it is still the right one (E10).
package struct ConfirmContactLetter: Letter {
    package static let template = "confirm-contact"

    package let recipient: String
    package let organization: String
    package let role: Contact.Role
    /// Somebody named this mailbox in place of their own.
    package let takesOver: Bool
    package let code: String
    package let link: String
    package let installation: Installation

    package init(
        recipient: String,
        organization: String,
        role: Contact.Role,
        takesOver: Bool,
        code: String,
        link: String,
        installation: Installation
    ) {
        self.recipient = recipient
        self.organization = organization
        self.role = role
        self.takesOver = takesOver
        self.code = code
        self.link = link
        self.installation = installation
    }
}

/// Telling whoever can name a state's contact that there is none.
package struct UnattendedLetter: Letter {
    package static let template = "unattended"

    package let recipient: String
    package let state: String
    package let link: String
    package let installation: Installation

    package init(recipient: String, state: String, link: String, installation: Installation) {
        self.recipient = recipient
        self.state = state
        self.link = link
        self.installation = installation
    }
}

/// Telling whoever must know that records were another student's: nothing of the student.
package struct RecalledLetter: Letter {
    package static let template = "recalled"

    package let number: RequestNumber
    package let recipient: String
    package let errand: Casework.Letter.RecallErrand
    /// How many took something.
    package let openings: Int
    package let link: String
    package let installation: Installation

    package init(
        number: RequestNumber,
        recipient: String,
        errand: Casework.Letter.RecallErrand,
        openings: Int,
        link: String,
        installation: Installation
    ) {
        self.number = number
        self.recipient = recipient
        self.errand = errand
        self.openings = openings
        self.link = link
        self.installation = installation
    }
}

extension Casework.Letter.RecallErrand: Worded {
    package static let words = "recallErrand"
}

/// Telling the operator what needs a hand (E14).
package struct OperatorLetter: Letter {
    package static let template = "operator"

    package let trouble: OperatorTrouble
    /// What to run next; empty where a page says more than a command.
    package let command: String
    package let link: String
    package let installation: Installation

    package init(
        trouble: OperatorTrouble,
        command: String,
        link: String,
        installation: Installation
    ) {
        self.trouble = trouble
        self.command = command
        self.link = link
        self.installation = installation
    }
}

/// What the operator must know.
package enum OperatorTrouble: Hashable, Sendable, Worded {
    package static let words = "operator"

    case mailStuck(count: Int)
    case pushFailing(count: Int)
    case sealingStuck(count: Int)
    case quarantined(count: Int)
    case certificateExpires(days: Int)
    case diskFilling(percent: Int)
    case backupMissed(days: Int)
    case auditBroken(sequence: Int)
    /// A person asked the locator too often.
    case lookupsSpent(person: String, organization: String)
    /// Everybody at a school together did.
    case lookupsSpentTogether(organization: String)

    init(_ trouble: GatewayTrouble) {
        self =
            switch trouble {
            case .mailStuck(let count): .mailStuck(count: count)
            case .pushFailing(let count): .pushFailing(count: count)
            case .sealingStuck(let count): .sealingStuck(count: count)
            case .quarantined(let count): .quarantined(count: count)
            case .certificateExpires(let days): .certificateExpires(days: days)
            case .diskFilling(let percent): .diskFilling(percent: percent)
            case .backupMissed(let days): .backupMissed(days: days)
            }
    }
}
