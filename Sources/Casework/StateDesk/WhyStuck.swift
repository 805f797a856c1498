import RecordExchange
package import Vocabulary

/// Why a request waits; it decides what to do about it.
package enum WhyStuck: Hashable, Sendable {
    case schoolClosed(until: CivilDate?)
    case mailBounced
    case openedNotAnswered
    case notOpened
    case noContact
    case promised(CivilDate)
    case noSchoolLeft
    case questionToRequester
    case onHold
    case partlySent
    /// Records came, and nobody says that they opened.
    case noReceipt
}
