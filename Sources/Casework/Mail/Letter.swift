package import RecordExchange
package import Vocabulary

/// A mail by what it says.
///
/// None holds a student's name, birth date or number.
package enum Letter: Hashable, Sendable {
    /// To a holder: records are asked for (or asked for again, or by somebody further up).
    package struct Ask: Hashable, Sendable {
        package let number: RequestNumber
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
        package let checkAddress: String
        /// Working days since the holder was first asked.
        package let waitedDays: Int
        /// The state contact takes over on this day; `nil` where it already has.
        package let stateFrom: CivilDate?
        /// Why this mailbox is written to.
        package let role: Contact.Role
        /// The school is closed until this day.
        package let closedUntil: CivilDate?
    }

    /// News for the requester.
    package enum News: Hashable, Sendable {
        case question
        case needsUntil(CivilDate)
        case noRecords(ReasonCode)
        case movedOn(toSchool: String)
        case noLocationLeft
        case schoolClosed(until: CivilDate?)
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

    /// One line of a receipt.
    package struct ReceiptFile: Hashable, Sendable {
        package let name: String
        package let byteCount: Int64
    }

    case ask(Ask)
    case remind(Ask)
    case escalate(Ask)
    case newLink(Ask)
    case digest(state: String, rows: [DigestRow], total: Int, new: Int, link: String)
    case filed(
        number: RequestNumber,
        holderSchool: String?,
        answerBy: CivilDate?,
        closedUntil: CivilDate?,
        link: String
    )
    case news(number: RequestNumber, holderSchool: String, news: News, link: String)
    case ready(number: RequestNumber, holderSchool: String, files: Int, address: String)
    case receipt(
        number: RequestNumber,
        requesterSchool: String,
        files: [ReceiptFile],
        complete: Bool,
        link: String
    )
    case answered(number: RequestNumber, requesterSchool: String, link: String)
    case withdrawn(number: RequestNumber, requesterSchool: String, address: String)
    case bounced(number: RequestNumber, organization: String, link: String)
    case invitation(person: String, organization: String, link: String, expires: CivilDate)
    case accountRequested(person: String, email: String, organization: String, link: String)
    case operatorNotice(problem: String, detail: String)

    /// The name decisions give it.
    package var name: String {
        switch self {
        case .ask: "ask"
        case .remind: "remind"
        case .escalate: "escalate"
        case .newLink: "newLink"
        case .digest: "digest"
        case .filed: "filed"
        case .news: "news"
        case .ready: "ready"
        case .receipt: "receipt"
        case .answered: "answered"
        case .withdrawn: "withdrawn"
        case .bounced: "bounced"
        case .invitation: "invitation"
        case .accountRequested: "accountRequested"
        case .operatorNotice: "operator"
        }
    }
}
