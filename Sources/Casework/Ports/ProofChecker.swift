package import Vocabulary

/// What a file that somebody shows proves: who made it, for whom, and that it is unchanged.
///
/// Organisations, numbers and times: nothing of a student.
package struct CheckedProof: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// An opened bundle, every file of it.
        case bundle
        /// A sealed bundle, known by its digest or opened by the gateway's own key.
        case sealed
        /// A printed record.
        case paper
    }

    package let kind: Kind
    package let number: RequestNumber?
    /// As it stands in the certificate; empty where only the seal was seen.
    package let signer: String
    /// Whose answer it is; empty where it does not say.
    package let sender: String
    package let recipient: String
    package let at: Instant
    /// When it was signed, where the signer's certificate has expired since; else `nil`.
    package let signedAt: Instant?
    package let standing: ProofStanding

    package init(
        kind: Kind,
        number: RequestNumber?,
        signer: String,
        sender: String,
        recipient: String,
        at instant: Instant,
        signedAt: Instant? = nil,
        standing: ProofStanding
    ) {
        self.kind = kind
        self.number = number
        self.signer = signer
        self.sender = sender
        self.recipient = recipient
        at = instant
        self.signedAt = signedAt
        self.standing = standing
    }
}

/// What this gateway knows of something whose signature is good.
package enum ProofStanding: String, Hashable, Sendable, CaseIterable {
    /// The latest answer of its school to its request.
    case current
    /// The same school answered again since.
    case laterAnswer
    /// Found wrong, or replaced: nobody should use it.
    case withdrawn
    /// The key was revoked: anybody who has it could have made this.
    case keyRevoked
    /// It is of another gateway's making, or no longer on file.
    case elsewhere
}

/// Why a file proves nothing.
package enum ProofRefusal: String, Error, Hashable, Sendable, CaseIterable {
    /// Neither a bundle nor a printed record.
    case foreign
    /// It ends too early.
    case cut
    case changed
    /// Its signature is nobody's whom our authority knows.
    case untrusted
    case tooLarge
    /// A sealed bundle that is not on file: only its recipient can look inside.
    case sealedElsewhere
    /// It cannot be checked now; that says nothing of the file.
    case notNow
}

/// Where one file that somebody shows is received, and judged.
///
/// It is never on disk in clear, and gone with this value.
package protocol ProofReceiver: FileReceiver {
    /// After the file has come; throws `ProofRefusal`.
    func verdict() async throws -> CheckedProof
}

/// Checks bundles and printed records that somebody shows.
package protocol ProofChecker: Sendable {
    func receiver() -> any ProofReceiver
}
