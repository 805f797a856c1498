package import Vocabulary

/// Telling a requester that the request is on its way (E5).
package struct FiledLetter: Letter {
    package static let template = "filed"

    package let number: RequestNumber
    package let recipient: String
    /// Empty where a school must be found first.
    package let holder: String
    package let next: NextStep
    package let link: String
    package let installation: Installation

    package init(
        number: RequestNumber,
        recipient: String,
        holder: String,
        next: NextStep,
        link: String,
        installation: Installation
    ) {
        self.number = number
        self.recipient = recipient
        self.holder = holder
        self.next = next
        self.link = link
        self.installation = installation
    }
}

/// News from the holder for the requester (E6).
///
/// No note of the holder: it may name the student.
package struct NewsLetter: Letter {
    package static let template = "news"

    package let number: RequestNumber
    package let recipient: String
    package let holder: String
    package let news: NewsWord
    package let link: String
    package let installation: Installation

    package init(
        number: RequestNumber,
        recipient: String,
        holder: String,
        news: NewsWord,
        link: String,
        installation: Installation
    ) {
        self.number = number
        self.recipient = recipient
        self.holder = holder
        self.news = news
        self.link = link
        self.installation = installation
    }
}

/// What the holder said.
package enum NewsWord: Hashable, Sendable, Worded {
    package static let words = "news"

    case question
    case promised(day: CivilDate)
    case extended(day: CivilDate)
    case paperMailed(day: CivilDate)
    case noRecords
    case restNotComing
    case movedOn(school: String)
    case movedOnPerhaps(school: String)
    case keptElsewhere(keeper: String)
    case onHold(day: CivilDate)
    case onHoldOpen
    case noLocationLeft(state: String)
    case stateHasIt(state: String)
    case closedUnfilled
}

/// Telling a requester that records are ready (E7).
package struct ReadyLetter: Letter {
    package static let template = "ready"

    package let number: RequestNumber
    package let recipient: String
    package let holder: String
    package let files: Int
    package let isComplete: Bool
    /// The address of the gateway, nothing deeper.
    package let link: String
    package let installation: Installation

    package init(
        number: RequestNumber,
        recipient: String,
        holder: String,
        files: Int,
        isComplete: Bool,
        link: String,
        installation: Installation
    ) {
        self.number = number
        self.recipient = recipient
        self.holder = holder
        self.files = files
        self.isComplete = isComplete
        self.link = link
        self.installation = installation
    }
}

/// Telling whoever took something of an answer that its sender corrected it.
package struct ReplacedLetter: Letter {
    package static let template = "replaced"

    package let number: RequestNumber
    package let recipient: String
    package let holder: String
    /// The corrected answer is in the same request; otherwise it went to another school.
    package let isHere: Bool
    package let link: String
    package let installation: Installation

    package init(
        number: RequestNumber,
        recipient: String,
        holder: String,
        isHere: Bool,
        link: String,
        installation: Installation
    ) {
        self.number = number
        self.recipient = recipient
        self.holder = holder
        self.isHere = isHere
        self.link = link
        self.installation = installation
    }
}

/// Telling a requester or a state contact that a mail did not arrive (E9).
package struct BouncedLetter: Letter {
    package static let template = "bounced"

    package let number: RequestNumber
    package let recipient: String
    package let organization: String
    package let next: NextStep
    package let link: String
    package let installation: Installation

    package init(
        number: RequestNumber,
        recipient: String,
        organization: String,
        next: NextStep,
        link: String,
        installation: Installation
    ) {
        self.number = number
        self.recipient = recipient
        self.organization = organization
        self.next = next
        self.link = link
        self.installation = installation
    }
}

/// A state contact's daily digest (E4).
package struct DigestLetter: Letter {
    package static let template = "digest"

    package let recipient: String
    package let count: Int
    /// New since the last digest.
    package let added: Int
    package let groups: [DigestGroup]
    package let link: String
    package let installation: Installation

    package init(
        recipient: String,
        count: Int,
        added: Int,
        groups: [DigestGroup],
        link: String,
        installation: Installation
    ) {
        self.recipient = recipient
        self.count = count
        self.added = added
        self.groups = groups
        self.link = link
        self.installation = installation
    }
}

/// The requests of one school in a digest.
package struct DigestGroup: Hashable, Sendable {
    package let school: String
    package let phone: String
    package let rows: [DigestRow]

    package init(school: String, phone: String = "", rows: [DigestRow]) {
        self.school = school
        self.phone = phone
        self.rows = rows
    }
}

/// One line of a digest; no student data.
package struct DigestRow: Hashable, Sendable {
    package let number: RequestNumber
    package let days: Int
    package let why: StuckReason

    package init(number: RequestNumber, days: Int, why: StuckReason) {
        self.number = number
        self.days = days
        self.why = why
    }
}
