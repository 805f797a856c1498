package import Casework
package import Vocabulary

/// Asking a holder for a student's records (E1): facts, one link, its code, and how to check it.
package struct AskLetter: Letter {
    package static let template = "ask"

    package let number: RequestNumber
    package let audience: Audience
    /// The office or person it is addressed to.
    package let recipient: String
    package let holder: String
    package let requester: String
    /// `Yakima, Washington`.
    package let requesterPlace: String
    package let askedBy: String
    package let askedByTitle: String
    package let startDate: CivilDate?
    package let answerBy: CivilDate
    /// The holder is closed by its calendar.
    package let closedUntil: CivilDate?
    /// Typed on the page that the link opens.
    package let code: String
    package let link: String
    /// Who else can be called to check it: `the Texas state contact`.
    package let stateOffice: String
    package let installation: Installation

    package init(
        number: RequestNumber,
        audience: Audience,
        recipient: String,
        holder: String,
        requester: String,
        requesterPlace: String,
        askedBy: String,
        askedByTitle: String,
        startDate: CivilDate?,
        answerBy: CivilDate,
        closedUntil: CivilDate? = nil,
        code: String,
        link: String,
        stateOffice: String,
        installation: Installation
    ) {
        self.number = number
        self.audience = audience
        self.recipient = recipient
        self.holder = holder
        self.requester = requester
        self.requesterPlace = requesterPlace
        self.askedBy = askedBy
        self.askedByTitle = askedByTitle
        self.startDate = startDate
        self.answerBy = answerBy
        self.closedUntil = closedUntil
        self.code = code
        self.link = link
        self.stateOffice = stateOffice
        self.installation = installation
    }
}

/// Reminding a holder (E2): the same facts, shorter.
package struct RemindLetter: Letter {
    package static let template = "remind"

    package let number: RequestNumber
    package let recipient: String
    package let holder: String
    package let requester: String
    package let requesterPlace: String
    package let askedBy: String
    package let askedOn: CivilDate
    package let answerBy: CivilDate
    /// What the law gives the school.
    package let law: LawPanel?
    package let code: String
    package let link: String
    package let installation: Installation

    package init(
        number: RequestNumber,
        recipient: String,
        holder: String,
        requester: String,
        requesterPlace: String,
        askedBy: String,
        askedOn: CivilDate,
        answerBy: CivilDate,
        law: LawPanel? = nil,
        code: String,
        link: String,
        installation: Installation
    ) {
        self.number = number
        self.recipient = recipient
        self.holder = holder
        self.requester = requester
        self.requesterPlace = requesterPlace
        self.askedBy = askedBy
        self.askedOn = askedOn
        self.answerBy = answerBy
        self.law = law
        self.code = code
        self.link = link
        self.installation = installation
    }
}

/// Telling a principal, district or state contact that nobody answered (E3).
package struct EscalateLetter: Letter {
    package static let template = "escalate"

    package let number: RequestNumber
    package let audience: Audience
    package let recipient: String
    package let holder: String
    package let requester: String
    package let requesterPlace: String
    package let tried: [TriedContact]
    package let wasOpened: Bool
    /// Working days since the school was asked.
    package let days: Int
    package let closedUntil: CivilDate?
    /// When the state contact takes over; absent where that is who reads this.
    package let stateOn: CivilDate?
    package let stateName: String
    /// What the law gives the school.
    package let law: LawPanel?
    /// Empty where the link leads to a page for signed-in staff.
    package let code: String
    package let link: String
    package let installation: Installation

    package init(
        number: RequestNumber,
        audience: Audience,
        recipient: String,
        holder: String,
        requester: String,
        requesterPlace: String,
        tried: [TriedContact],
        wasOpened: Bool,
        days: Int,
        closedUntil: CivilDate? = nil,
        stateOn: CivilDate? = nil,
        stateName: String,
        law: LawPanel? = nil,
        code: String = "",
        link: String,
        installation: Installation
    ) {
        self.number = number
        self.audience = audience
        self.recipient = recipient
        self.holder = holder
        self.requester = requester
        self.requesterPlace = requesterPlace
        self.tried = tried
        self.wasOpened = wasOpened
        self.days = days
        self.closedUntil = closedUntil
        self.stateOn = stateOn
        self.stateName = stateName
        self.law = law
        self.code = code
        self.link = link
        self.installation = installation
    }
}

/// Somebody who was asked before.
package struct TriedContact: Hashable, Sendable {
    package let day: CivilDate
    package let name: String

    package init(day: CivilDate, name: String) {
        self.day = day
        self.name = name
    }
}

/// To whom a letter about an inquiry goes.
package enum Audience: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "audience"

    case recordsOffice, backup, summerContact, project, district, stateContact, custodian
}

/// Telling a holder what changed about an inquiry it was asked.
package struct UpdateLetter: Letter {
    package static let template = "update"

    package let number: RequestNumber
    package let update: HolderUpdate
    package let recipient: String
    package let holder: String
    package let requester: String
    /// The colleague who passed a part on, or the state contact who answered; empty in every other
    /// update.
    package let sender: String
    /// Not all that came by mail could be taken.
    package let someRefused: Bool
    /// Why nothing that came by mail could be taken; a file's name stands in no mail.
    package let refusals: [RefusedCause]
    /// Until when the state gave the holder; `nil` in every other update.
    package let until: CivilDate?
    /// Empty where nothing is left to answer; the link then shows the status.
    package let code: String
    package let link: String
    package let installation: Installation

    package init(
        number: RequestNumber,
        update: HolderUpdate,
        recipient: String,
        holder: String,
        requester: String,
        sender: String = "",
        someRefused: Bool = false,
        refusals: [MailedFiles.Refusal] = [],
        until: CivilDate? = nil,
        code: String = "",
        link: String,
        installation: Installation
    ) {
        self.number = number
        self.update = update
        self.recipient = recipient
        self.holder = holder
        self.requester = requester
        self.sender = sender
        self.someRefused = someRefused
        let causes = Set(refusals)
        self.refusals = MailedFiles.Refusal.allCases.filter(causes.contains)
            .map { RefusedCause(reason: $0) }
        self.until = until
        self.code = code
        self.link = link
        self.installation = installation
    }
}

/// One reason for which files were not taken, said once however many there were.
package struct RefusedCause: Hashable, Sendable {
    package let reason: MailedFiles.Refusal
}

/// What changed for a holder.
package enum HolderUpdate: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "update"

    case withdrawn, questionAnswered, notAcceptable, promisePassed, newLink, cancelAsked
    case filesByMail, filesRefused, filesHeld, message, passedOn, extended
    /// The state contact answered in its place.
    case answeredFor
}
