package import RecordExchange
package import Vocabulary

/// What is counted for reports, and which mailboxes refuse mail.
///
/// Whatever implements this derives the facts by `ReportFact.facts` from what is on file.
package protocol ReportShelf {
    /// Calls `body` with every fact of the period, in no particular order.
    func forEachReportFact(
        _ question: ReportQuestion,
        _ body: (ReportFact) throws -> Void
    ) throws
    /// Contacts that mail once did not reach, by identifier.
    func bouncedContacts() throws -> [Contact]
}

/// Which facts are asked for.
package struct ReportQuestion: Hashable, Sendable {
    /// Whose requests.
    package enum Owner: Hashable, Sendable {
        case askedBy(SchoolID)
        case askedIn(StateCode)
        case heldBy(SchoolID)
        case heldIn(StateCode)
        case all
    }

    package let owner: Owner
    /// By the day of filing, both included.
    package let firstDay: CivilDate
    package let lastDay: CivilDate

    package init(_ owner: Owner, _ period: ReportPeriod) {
        self.owner = owner
        firstDay = period.firstDay
        lastDay = period.lastDay
    }

    package func holds(_ fact: ReportFact) -> Bool {
        guard firstDay <= fact.filedOn, fact.filedOn <= lastDay else { return false }
        return switch owner {
        case .askedBy(let school): fact.requester == school
        case .askedIn(let state): fact.requesterState == state
        case .heldBy(let school): fact.holder == school
        case .heldIn(let state): fact.holderState == state
        case .all: true
        }
    }
}
