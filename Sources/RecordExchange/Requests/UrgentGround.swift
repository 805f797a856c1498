/// Why a request comes first in every queue.
///
/// The first two are the report's Principle 2: placement and credits of secondary students who
/// cross a state line, and a child who cannot be enrolled without proof of immunization.
package enum UrgentGround: String, Sendable, CaseIterable, Codable {
    case interstateSecondary
    case immunizationHold
    case specialEducation
    case homeless
    case foster
    case migratory
    case militaryFamily
}
