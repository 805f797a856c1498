/// What a record is needed for: the use codes E, P and G of the report's Appendix B.
package enum RecordUse: String, Sendable, CaseIterable, Codable, Comparable {
    case enrollment = "E"
    case placement = "P"
    case graduation = "G"

    /// The parts this use asks for by default.
    ///
    /// Uses are cumulative: a counselor who works toward graduation needs what placement and
    /// enrollment need, although the report codes credits P only and assessments G only.
    package var parts: [RecordPart] {
        switch self {
        case .enrollment: [.enrollment, .immunization, .healthAlert]
        case .placement: Self.enrollment.parts + [.transcript, .partialCredit, .specialEducation]
        case .graduation: Self.placement.parts + [.assessment]
        }
    }

    package static func < (lhs: Self, rhs: Self) -> Bool {
        (allCases.firstIndex(of: lhs) ?? 0) < (allCases.firstIndex(of: rhs) ?? 0)
    }
}
