package import RecordExchange

/// What a clerk said to the holder's state contact alone.
package struct SaidAloneRow: Hashable, Sendable {
    package let school: String
    package let reason: ReasonCode
    /// May be empty.
    package let note: String

    package init(school: String, reason: ReasonCode, note: String) {
        self.school = school
        self.reason = reason
        self.note = note
    }
}
