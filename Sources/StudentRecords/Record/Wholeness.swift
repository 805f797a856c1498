/// Whether all that was asked for came, as far as anybody said.
package enum Wholeness: String, Hashable, Sendable, CaseIterable {
    /// Every part came, or is said not to be on file.
    case complete
    /// Files came as all there is, and of some part nobody said whether it is in them.
    case unsaid
    /// Some part is missing, still to follow or withheld.
    case partial

    /// Of several parts: what lacks counts before what nobody spoke of.
    package init(of parts: [Self]) {
        self = [.partial, .unsaid].first(where: parts.contains) ?? .complete
    }
}
