package import Casework
package import Vocabulary

/// A bundle or a printed record that somebody showed and whose signature is good.
package struct ShownProof: Hashable, Sendable {
    package let kind: CheckedProof.Kind
    package let standing: ProofStanding
    /// Nothing speaks against using it.
    package let isGood: Bool
    /// Empty where it names none.
    package let number: String
    /// Empty where only the seal was seen.
    package let signer: String
    /// Empty where it does not say.
    package let sender: String
    package let recipient: String
    package let at: LocalTime
    /// Where the signer's certificate has expired since.
    package let signedAt: LocalTime?

    package init(
        kind: CheckedProof.Kind,
        standing: ProofStanding,
        number: String,
        signer: String,
        sender: String,
        recipient: String,
        at instant: LocalTime,
        signedAt: LocalTime? = nil
    ) {
        self.kind = kind
        self.standing = standing
        isGood = standing != .withdrawn && standing != .keyRevoked
        self.number = number
        self.signer = signer
        self.sender = sender
        self.recipient = recipient
        at = instant
        self.signedAt = signedAt
    }
}
