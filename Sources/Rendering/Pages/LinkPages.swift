package import RecordExchange
package import Vocabulary

/// Is this real (P12): what a mailed link shows before the code.
///
/// No student data.
///
/// Posts `linkCode` to `path`; "not the right person" is `{path}/not-me`.
package struct LinkPage: Page {
    package static let template = "link"

    /// `/r/{token}`.
    package let path: String
    /// Where the code is posted to; `path`, unless the reader wants to say "not me".
    package let action: String
    package let number: RequestNumber
    package let holder: String
    package let requester: String
    /// `Yakima, Washington`.
    package let requesterPlace: String
    /// From the directory; empty where it has none.
    package let requesterPhone: String
    package let askedBy: String
    package let askedByTitle: String
    package let startDate: CivilDate?
    package let answerBy: CivilDate?
    /// What the law gives the school.
    package let law: LawPanel?
    package let form: Form

    package init(
        path: String,
        action: String? = nil,
        number: RequestNumber,
        holder: String,
        requester: String,
        requesterPlace: String,
        requesterPhone: String = "",
        askedBy: String,
        askedByTitle: String,
        startDate: CivilDate?,
        answerBy: CivilDate? = nil,
        law: LawPanel? = nil,
        form: Form = .empty
    ) {
        self.path = path
        self.action = action ?? path
        self.number = number
        self.holder = holder
        self.requester = requester
        self.requesterPlace = requesterPlace
        self.requesterPhone = requesterPhone
        self.askedBy = askedBy
        self.askedByTitle = askedByTitle
        self.startDate = startDate
        self.answerBy = answerBy
        self.law = law
        self.form = form
    }
}

/// A link that does not open any more, and what to do.
///
/// Posts to `{path}/new-link`.
package struct DeadLinkPage: Page {
    package static let template = "link-dead"

    package let path: String
    package let obstacle: LinkObstacle
    /// Known unless the link itself is unknown.
    package let number: RequestNumber?
    package let status: StatusWord?
    /// What the requester decided of the credits; nothing of the student.
    package let credits: [VerdictWord]
    /// Records were sent, and can still be found to be another student's.
    package let canRecall: Bool
    package let canCorrect: Bool
    /// A new one can be sent to the address on file.
    package let canSendNew: Bool

    package init(
        path: String,
        obstacle: LinkObstacle,
        number: RequestNumber? = nil,
        status: StatusWord? = nil,
        credits: [VerdictWord] = [],
        canRecall: Bool = false,
        canCorrect: Bool = false,
        canSendNew: Bool = false
    ) {
        self.path = path
        self.obstacle = obstacle
        self.number = number
        self.status = status
        self.credits = credits
        self.canRecall = canRecall
        self.canCorrect = canCorrect
        self.canSendNew = canSendNew
    }
}

/// Why a link does not open.
package enum LinkObstacle: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "obstacle"

    case unknown, expired, revoked, tooManyWrongCodes, closed
}

/// A new link is on its way to the address on file; the page does not say which.
package struct NewLinkSentPage: Page {
    package static let template = "link-new"

    package let number: RequestNumber?

    package init(number: RequestNumber? = nil) {
        self.number = number
    }
}

/// Not the right person (P16).
///
/// Posts `name`, `email`, `note` to `path`; all of them optional.
package struct NotMePage: Page {
    package static let template = "not-me"

    package let path: String
    package let backPath: String
    package let holder: String
    package let number: RequestNumber
    package let form: Form

    package init(
        path: String,
        backPath: String,
        holder: String,
        number: RequestNumber,
        form: Form = .empty
    ) {
        self.path = path
        self.backPath = backPath
        self.holder = holder
        self.number = number
        self.form = form
    }
}
