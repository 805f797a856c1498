package import RecordExchange
package import Vocabulary

/// A mail by what it says.
///
/// None holds a student's name, birth date or number.
package enum Letter: Hashable, Sendable {
    /// To a holder: records are asked for (or asked for again, or by somebody further up).
    package struct Ask: Hashable, Sendable {
        package let number: RequestNumber
        /// The person or office of the mailbox.
        package let recipient: String
        package let requesterPerson: String
        package let requesterTitle: String
        package let requesterSchool: String
        package let requesterCity: String
        package let requesterState: String
        package let requesterPhone: String?
        package let holderSchool: String
        package let holderState: String
        package let answerBy: CivilDate
        package let startDate: CivilDate?
        package let link: String
        package let code: String
        /// The day the holder was first asked.
        package let askedOn: CivilDate
        /// A person typed a code.
        package let wasOpened: Bool
        /// Who was written to before, oldest first.
        package let tried: [Tried]
        /// Working days since the holder was first asked.
        package let waitedDays: Int
        /// The state contact takes over on this day; `nil` where it already has.
        package let stateFrom: CivilDate?
        /// Why this mailbox is written to.
        package let role: Contact.Role
        /// The school is closed until this day.
        package let closedUntil: CivilDate?
        /// What the law gives the school.
        package let law: LawShown?
    }

    /// Somebody who was asked before.
    package struct Tried: Hashable, Sendable {
        package let day: CivilDate
        package let organization: String
    }

    /// What happens next, with the names it needs.
    package struct Outlook: Hashable, Sendable {
        package let next: NextStep?
        package let state: RequestState
        package let holder: String
        package let district: String
        package let stateName: String
    }

    /// News for the requester.
    package enum News: Hashable, Sendable {
        case question
        case needsUntil(CivilDate)
        /// The state contact gave the holder time.
        case extended(until: CivilDate)
        case paperMailed(on: CivilDate)
        case noRecords(ReasonCode)
        /// What was sent is all there is.
        case restNotComing
        case movedOn(toSchool: String)
        /// The school was named, and is asked only when the requester says so.
        case movedOnPerhaps(toSchool: String)
        /// The school closed; whoever keeps its records is asked.
        case keptElsewhere(by: String)
        case onHold(HoldCondition)
        case noLocationLeft(state: String)
    }

    /// One row of a state contact's digest.
    package struct DigestRow: Hashable, Sendable {
        package let number: RequestNumber
        package let school: String
        package let waitedDays: Int
        package let why: WhyStuck
        package let phone: String?
        package let isNew: Bool
    }

    /// What a line of a digest of notices is about.
    package enum Notice: String, Hashable, Sendable, CaseIterable {
        // For whoever is asked
        case remind, escalate, questionAnswered, message, cancelAsked, extended
        // For whoever asks
        case filed, news, ready, bounced
        // For a state's contacts
        case assigned
    }

    /// One line of a digest of notices.
    package struct NoticeRow: Hashable, Sendable {
        /// `nil` where it is about several.
        package let number: RequestNumber?
        package let notice: Notice
        /// The school on the other side; empty where it is about several.
        package let school: String
        /// How many requests it is about.
        package let count: Int
    }

    /// One line of a Monday's mail.
    package struct WaitingRow: Hashable, Sendable {
        package let number: RequestNumber
        package let requester: String
        package let askedOn: CivilDate
    }

    /// One line of a receipt; no file names, which often hold the student's.
    package struct ReceiptFile: Hashable, Sendable {
        package let byteCount: Int64
        /// 64 hexadecimal digits.
        package let sha256: String
    }

    /// What a person must know of their own account.
    package enum AccountNews: String, Hashable, Sendable, CaseIterable {
        case recovery, passwordChanged, newSignIn
    }

    /// What a mail about a recalled bundle is for.
    package enum RecallErrand: String, Hashable, Sendable, CaseIterable {
        /// To whoever took something of it, or may have.
        case destroy, destroyAgain
        /// To whoever sent it.
        case sender
        case district
        /// To a state contact: not everybody says that it is destroyed.
        case unconfirmed
    }

    /// What became of a mailbox.
    package enum ContactChange: String, Hashable, Sendable {
        case added, ended
    }

    case ask(Ask)
    case remind(Ask)
    case escalate(Ask)
    case newLink(Ask)
    case questionAnswered(Ask)
    /// The requester wrote something, such as what is missing.
    case message(Ask)
    /// The requester wants it stopped; the holder confirms, or sends after all.
    case cancelAsked(Ask)
    /// The state contact gave the holder until the day by which it is asked to answer.
    case extended(Ask)
    /// Files came by mail: `kept` of them wait to be confirmed by the link.
    case filesByMail(Ask, kept: Int, refused: [MailedFiles.Refusal])
    /// Something was found in files that were sent; they reach nobody, and the rest goes on.
    case filesHeld(Ask)
    /// To a colleague of whoever was asked: a part of it is passed on to them.
    case passedOn(Ask, by: String)
    /// To the authority of a state: a missing child's flag.
    case authority(
        number: RequestNumber,
        recipient: String,
        holderSchool: String,
        holderPhone: String?,
        requesterSchool: String,
        requesterPhone: String?,
        address: String
    )
    case digest(recipient: String, rows: [DigestRow], total: Int, new: Int, link: String)
    /// To somebody who had enough single mails that day: what else there is.
    ///
    /// `link` and `code` open the first line where the recipient is asked; for whoever signs in
    /// there is no code.
    case notices(
        recipient: String,
        rows: [NoticeRow],
        total: Int,
        link: String,
        code: String
    )
    /// To a state's contact: a colleague gave them so many requests.
    case assigned(recipient: String, count: Int, link: String)
    case filed(
        number: RequestNumber,
        recipient: String,
        outlook: Outlook,
        link: String
    )
    case news(
        number: RequestNumber,
        recipient: String,
        holderSchool: String,
        news: News,
        link: String
    )
    case ready(
        number: RequestNumber,
        recipient: String,
        holderSchool: String,
        files: Int,
        complete: Bool,
        address: String
    )
    case receipt(
        number: RequestNumber,
        receipt: String,
        recipient: String,
        requesterSchool: String,
        files: [ReceiptFile],
        complete: Bool,
        link: String
    )
    case withdrawn(
        number: RequestNumber,
        recipient: String,
        holderSchool: String,
        requesterSchool: String,
        address: String
    )
    /// To the office that is asked: its state contact answered in its place, and signed as that.
    case answeredFor(
        number: RequestNumber,
        recipient: String,
        holderSchool: String,
        requesterSchool: String,
        by: String,
        address: String
    )
    /// Records were another student's; `openings`: how many took something of them.
    case recalled(
        number: RequestNumber,
        recipient: String,
        errand: RecallErrand,
        openings: Int,
        link: String
    )
    /// An answer that somebody took was corrected; `isHere`: what replaces it is in the same request.
    case replaced(
        number: RequestNumber,
        recipient: String,
        holderSchool: String,
        isHere: Bool,
        link: String
    )
    /// To the family: records came. Neither a name nor a place, nor a link that leads to the child's.
    case family(number: RequestNumber, address: String)
    case bounced(
        number: RequestNumber,
        recipient: String,
        organization: String,
        outlook: Outlook,
        link: String
    )
    case invitation(
        person: String,
        organization: String,
        role: StaffRole,
        link: String,
        expires: CivilDate
    )
    case accountRequested(
        recipient: String,
        person: String,
        title: String,
        email: String,
        organization: String,
        role: StaffRole,
        link: String
    )
    /// To whoever else stands for an organisation: who answers for it was changed.
    case contactChanged(
        recipient: String,
        change: ContactChange,
        organization: String,
        role: Contact.Role,
        person: String,
        by: String,
        link: String
    )
    /// To a mailbox: whether it is still the right one, or takes the place it was named for.
    case confirmContact(
        recipient: String,
        organization: String,
        role: Contact.Role,
        takesOver: Bool,
        link: String,
        code: String
    )
    /// To whoever decides: somebody says that a mailbox is a school's records office.
    ///
    /// Nothing in it was typed by whoever says so.
    case officeClaimed(recipient: String, organization: String, link: String)
    /// To a mailbox that claimed a school's records office: what was decided, and what now.
    case claimDecided(
        recipient: String,
        isApproved: Bool,
        organization: String,
        district: String,
        link: String
    )
    /// A state has no mailbox that works: whoever can name one is told.
    case unattended(recipient: String, state: String, link: String)
    /// To administrators and state contacts: a person's look-ups are used up, or, where `person`
    /// is `nil`, those of a whole school.
    case lookupsSpent(
        recipient: String,
        person: String?,
        organization: String,
        made: Int,
        link: String
    )
    /// To a records office on Mondays: what waits for it; the link opens the first line.
    case waiting(
        recipient: String,
        organization: String,
        rows: [WaitingRow],
        total: Int,
        link: String,
        code: String
    )
    /// To a person who signs in, of their own account.
    case account(person: String, AccountNews, link: String)
    /// To administrators: something will stop the gateway, and what to run.
    case gatewayTrouble(GatewayTrouble, command: String, link: String)

    /// The name of the mail to a family, by which what became of it is known.
    static let familyName = "family"

    /// The name decisions give it.
    package var name: String {
        switch self {
        case .ask: "ask"
        case .remind: "remind"
        case .escalate: "escalate"
        case .newLink: "newLink"
        case .questionAnswered: "questionAnswered"
        case .message: "message"
        case .cancelAsked: "cancelAsked"
        case .extended: "extended"
        case .filesByMail: "filesByMail"
        case .filesHeld: "filesHeld"
        case .passedOn: "passedOn"
        case .authority: "authority"
        case .digest: "digest"
        case .notices: "notices"
        case .assigned: "assigned"
        case .filed: "filed"
        case .news: "news"
        case .ready: "ready"
        case .receipt: "receipt"
        case .withdrawn: "withdrawn"
        case .answeredFor: "answeredFor"
        case .recalled: "recalled"
        case .replaced: "replaced"
        case .family: Self.familyName
        case .bounced: "bounced"
        case .invitation: "invitation"
        case .accountRequested: "accountRequested"
        case .contactChanged: "contactChanged"
        case .confirmContact: "confirmContact"
        case .officeClaimed: "officeClaimed"
        case .claimDecided: "claimDecided"
        case .unattended: "unattended"
        case .waiting: "waiting"
        case .account: "account"
        case .lookupsSpent, .gatewayTrouble: "operator"
        }
    }
}
