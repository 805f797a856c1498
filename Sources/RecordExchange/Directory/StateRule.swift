package import StudentRecords

/// What somebody of a state entered about records: how much its systems hold, and which copies its
/// schools accept.
///
/// Data, never assumed: where nobody entered an acceptance rule, none is known.
package struct StateRule: Hashable, Sendable, Codable {
    /// Which copies a state's schools may use for what.
    package struct Acceptance: Hashable, Sendable, Codable {
        /// Who certifies what counts as official, in the state's words.
        package let certifier: String
        /// What a record may be used for that came electronically and nobody certified.
        package let electronic: [RecordUse]
        /// What a copy may be used for that the family carries.
        package let handCarried: [RecordUse]
        package let note: String
        /// Where the rule stands, and whether somebody compared it with the text.
        package let citation: String
        package let isVerified: Bool
        /// Of the demonstration: no state says so.
        package let isMadeUp: Bool

        package init(
            certifier: String,
            electronic: [RecordUse],
            handCarried: [RecordUse],
            note: String = "",
            citation: String,
            isVerified: Bool,
            isMadeUp: Bool = false
        ) {
            self.certifier = certifier
            self.electronic = electronic
            self.handCarried = handCarried
            self.note = note
            self.citation = citation
            self.isVerified = isVerified
            self.isMadeUp = isMadeUp
        }

        /// Longest text of one field, in bytes.
        package static let longestText = 1_000
    }

    package var phase: DataPhase
    /// `nil` where nobody entered one.
    package var acceptance: Acceptance?
    /// How long its law gives its schools; `nil` where nobody entered anything.
    package private(set) var limits: [StatutoryLimit]?

    package init(
        phase: DataPhase = .third,
        acceptance: Acceptance? = nil,
        limits: [StatutoryLimit] = []
    ) {
        self.phase = phase
        self.acceptance = acceptance
        self.limits = limits.isEmpty ? nil : limits
    }

    /// The same with other limits.
    package func with(limits: [StatutoryLimit]) -> Self {
        Self(phase: phase, acceptance: acceptance, limits: limits)
    }

    /// Of a state about which nobody entered anything: everything is expected of it.
    package static let unknown = Self()
}
