package import RecordExchange
package import Vocabulary

/// What became of a sealed bundle that a partner sent, as its receipt says.
package struct SealedReceiptText: Hashable, Sendable {
    package enum Verdict: String, Sendable { case accepted, refused }

    package let verdict: Verdict
    /// A word for programs, where it was refused.
    package let reason: String?
    /// What happened and what to do, for people; empty where it was accepted.
    package let explanation: String
    /// JSON, to the byte.
    package let text: String
    /// CMS SignedData (DER), detached, in base 64.
    package let signature: String

    package init(
        verdict: Verdict,
        reason: String?,
        explanation: String,
        text: String,
        signature: String
    ) {
        self.verdict = verdict
        self.reason = reason
        self.explanation = explanation
        self.text = text
        self.signature = signature
    }
}

/// Takes sealed bundles in, whichever way they came: opened in the confined program, checked,
/// filed once.
package protocol SealedIntake: Sendable {
    /// Throws only where the fault is ours and the same bundle may be tried again.
    func take(
        _ sealed: any ProtectedFileReader,
        from partner: Partner.ID
    ) async throws -> SealedReceiptText
    /// SHA-256 of everything.
    func digest(of file: any ProtectedFileReader) async throws -> SHA256Digest
}
