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
    /// The state contact gave the school until then.
    case extended(until: CivilDate)
    case noSchoolLeft
    /// The last school is in another country: nobody was asked yet.
    case outsideUnitedStates
    /// Nobody knows the last school: nobody was asked yet.
    case schoolUnknown
    case questionToRequester
    case onHold
    case partlySent
    /// Records came, and nobody says that they opened.
    case noReceipt
}
