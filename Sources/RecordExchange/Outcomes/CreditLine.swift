package import StudentRecords

/// What became of one course of a record at the school that received it, or of the whole record
/// where its courses are not known as data.
///
/// Amounts are hundredths of a Carnegie unit, exactly as written; nothing is rounded.
package struct CreditLine: Hashable, Sendable, Codable {
    /// What the school decided.
    package enum Verdict: String, Sendable, CaseIterable, Codable {
        case accepted, partly, notAccepted
    }

    /// Why a credit does not count as it was sent.
    package enum Reason: String, Sendable, CaseIterable, Codable {
        case noSuchCourse, tooFewHours, gradeTooLow, alreadyCredited, otherUnit
        case notCertified, proofMissing, other
    }

    /// What is missing for a line to stand.
    package enum Fault: Hashable, Sendable {
        /// Not all of it counts, and nobody said why.
        case reasonMissing
        /// More counts than was sent, and nobody said why.
        case moreThanSent
    }

    /// As the sender wrote it; empty for the whole record.
    package let title: String
    /// What tells two rows of one title apart, such as the section; may be empty.
    package let detail: String
    /// As the sender wrote it; `nil` where it gave none, as for a course in progress.
    package let sent: Hundredths?
    /// `nil` until it is decided, and where only the whole record was judged.
    package let accepted: Hundredths?
    /// `nil` until it is decided.
    package let verdict: Verdict?
    package let reason: Reason?
    package let note: String

    /// One course: what was decided follows from the two amounts.
    ///
    /// Where the sender gave no amount it sent nothing that could count.
    package init(
        course title: String,
        detail: String = "",
        sent: Hundredths?,
        accepted: Hundredths?,
        reason: Reason? = nil,
        note: String = ""
    ) {
        self.title = title
        self.detail = detail
        self.sent = sent
        self.accepted = accepted
        self.reason = reason
        self.note = note
        verdict = accepted.map { accepted in
            if let sent, accepted == sent { return .accepted }
            if accepted == .zero { return .notAccepted }
            return accepted < sent ?? .zero ? .partly : .accepted
        }
    }

    /// The whole record, whose courses stand in files that cannot be read as data.
    package init(
        whole verdict: Verdict?,
        accepted: Hundredths? = nil,
        reason: Reason? = nil,
        note: String = ""
    ) {
        title = ""
        detail = ""
        sent = nil
        self.accepted = accepted
        self.verdict = verdict
        self.reason = reason
        self.note = note
    }

    /// Of the whole record nothing is known that an amount could be compared with.
    package var isWhole: Bool { title.isEmpty && detail.isEmpty }

    package var fault: Fault? {
        guard let verdict else { return nil }
        if verdict != .accepted {
            // "Other" says nothing by itself.
            let isSaid = reason.map { $0 != .other } ?? false
            return isSaid || hasNote ? nil : .reasonMissing
        }
        if !isWhole, let accepted, accepted > sent ?? .zero, !hasNote { return .moreThanSent }
        return nil
    }

    private var hasNote: Bool { note.utf8.contains { $0 > 32 } }
}
