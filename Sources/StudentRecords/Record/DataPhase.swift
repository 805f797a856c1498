/// How far a state is with holding the minimum data elements: the report's three phases.
///
/// What belongs to a later phase than the state's is not missing there, but not yet held.
package enum DataPhase: Int, Sendable, CaseIterable, Codable, Comparable {
    /// Personal, student and school information.
    case first = 1
    /// Also assessments, special education and health alerts, immunizations.
    case second
    /// All of it: also what course placement and credit accrual need.
    case third

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
}

extension RecordPart {
    /// The phase from which a state is expected to hold anything of it.
    ///
    /// A part that the report's table knows nothing of is expected from the first phase on, so that
    /// nobody is excused from it.
    package var heldFrom: DataPhase {
        Completeness.groups(of: self).flatMap(\.elements).map(\.definition.phase).min()
            .flatMap(DataPhase.init(rawValue:)) ?? .first
    }
}
