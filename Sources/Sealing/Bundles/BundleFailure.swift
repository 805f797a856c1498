package import BundleFormat

/// Why a bundle is not opened, for the program and for the person.
package enum BundleFailure: Error, Hashable, Sendable {
    /// Some other file.
    case notABundle
    /// It ends too early.
    case truncated
    case tooLarge
    /// It is a seal, but a weaker one than we take.
    case weakSeal(SealRefusal)
    /// None of the keys opens it: it was sealed to others.
    case wrongKey
    /// Its content is not what was sealed.
    case tampered
    case archive(ArchiveRefusal)
    /// A file has a name that could be written outside its folder or hide what it is.
    case unsafeName
    case manifest([BundleManifest.Problem])
    case signature(SignatureProblem)
    /// The signature was good when the bundle was made; the signer's certificate has expired since.
    case signerExpired
    /// Signed by somebody whom the authority knows, but not by whom was expected.
    case otherSigner
    /// The manifest names another recipient than expected.
    case otherRecipient
    /// It is sealed to others than its sender signed: somebody who received it sealed it again.
    case recipientsDiffer
    /// It answers another request than expected.
    case otherRequest
    /// A file is not what was signed, or is missing, or was added.
    case files(FileProblem)
    case diskFull
    /// The place it should go to cannot be used, or already has files of these names.
    case destination(FileFailure)
    /// The file cannot be read.
    case unreadable
    /// The confined program that opens bundles failed; the bundle may be what brought it down.
    case opener(ProgramProblem)

    package enum SignatureProblem: Hashable, Sendable, CaseIterable {
        case malformed
        case notOneSigner
        case weak
        case untrusted
        case expired
        case notYetValid
        case wrongPurpose
        case wrong
    }

    package enum FileProblem: Hashable, Sendable, CaseIterable {
        case changed
        case missing
        case added
        /// The manifest and its signature do not come first.
        case order
    }
}

extension BundleFailure {
    /// What a person is told.
    package struct Explanation: Hashable, Sendable {
        package let whatHappened: String
        package let whatIsKept: String
        package let whatToDo: String
    }

    /// The English words; the key for another language is `key`.
    package var explanation: Explanation {
        let (happened, action) = words
        return Explanation(
            whatHappened: happened,
            whatIsKept: "Nothing of it was released, and the file you gave is unchanged.",
            whatToDo: action
        )
    }

    /// A word for logs, receipts and translations: `wrong-key`.
    package var key: String {
        switch self {
        case .notABundle: "not-a-bundle"
        case .truncated: "truncated"
        case .tooLarge: "too-large"
        case .weakSeal: "weak-seal"
        case .wrongKey: "wrong-key"
        case .tampered: "tampered"
        case .archive: "bad-archive"
        case .unsafeName: "unsafe-name"
        case .manifest: "bad-manifest"
        case .signature: "bad-signature"
        case .signerExpired: "signer-expired"
        case .otherSigner: "other-signer"
        case .otherRecipient: "other-recipient"
        case .recipientsDiffer: "recipients-differ"
        case .otherRequest: "other-request"
        case .files: "files-differ"
        case .diskFull: "disk-full"
        case .destination: "destination"
        case .unreadable: "unreadable"
        case .opener: "opener"
        }
    }

    private static let askAgain = "Ask the sender to send it again, and check how it was carried."
    private static let tellSender =
        "Do not use it. Tell the sender by phone, and keep the file: it may be evidence."

    private var words: (happened: String, action: String) {
        switch self {
        case .notABundle:
            ("This is not a sealed bundle.", "Check that you chose the right file.")
        case .truncated:
            ("The file ends too early: it did not arrive whole.", Self.askAgain)
        case .tooLarge:
            (
                "It is larger than a bundle may be.",
                "Ask the sender to split it into two bundles of the same answer."
            )
        case .weakSeal(let refusal):
            (
                "It is encrypted in a way that is not safe enough (\(refusal)).",
                "Ask the sender to seal it with AES-256-GCM, as this program does."
            )
        case .wrongKey:
            (
                "It was sealed for somebody else's key.",
                "Try your older key, if you changed it; else ask the sender to seal it to your "
                    + "current certificate."
            )
        case .tampered: ("It was changed after it was sealed.", Self.tellSender)
        case .archive(let refusal):
            ("The archive inside is not acceptable (\(refusal)).", Self.tellSender)
        case .unsafeName: ("A file in it has a dangerous name.", Self.tellSender)
        case .manifest(let problems):
            (
                "Its list of contents is not acceptable: "
                    + problems.prefix(5).map(\.description).joined(separator: "; ") + ".",
                "Ask the sender which program made it; a newer one may be needed to open it."
            )
        case .signature(let problem):
            ("Its signature does not hold (\(problem)).", Self.tellSender)
        case .signerExpired:
            (
                "Its signature was good when it was made, but the signer's certificate has expired.",
                "Ask the sender to sign it again, or decide with the date of the signature in mind."
            )
        case .otherSigner:
            ("It was signed by another organisation than expected.", Self.tellSender)
        case .otherRecipient:
            (
                "It was made for another recipient.",
                "You must not use it. Tell the sender, and delete it."
            )
        case .recipientsDiffer:
            (
                "It is not sealed to those its sender signed: somebody may have sealed a copy again.",
                Self.tellSender
            )
        case .otherRequest:
            ("It answers another request.", "Look for the request that it names in its manifest.")
        case .files(.missing): ("A file that was signed is missing.", Self.tellSender)
        case .files(.added): ("A file was added that nobody signed.", Self.tellSender)
        case .files: ("A file is not what was signed.", Self.tellSender)
        case .diskFull: ("The disk is full.", "Make room, then open it again.")
        case .destination(let failure):
            (
                "It cannot be written where you asked: \(failure).",
                "Choose an empty or a new folder."
            )
        case .unreadable: ("The file cannot be read.", "Check that it is there and readable.")
        case .opener(.missing):
            (
                "The program mochila-open, which opens bundles, is missing.",
                "Put it beside this program: both belong to one installation."
            )
        case .opener(.unconfined):
            (
                "The program mochila-open is not confined on this machine as it must be, so it "
                    + "was ended before it had read anything.",
                "Run `mochila doctor` there: it says what is missing."
            )
        case .opener(.outOfTime):
            (
                "Opening it took too long and was ended.",
                "Try again when the machine is less busy; if it happens again, "
                    + "keep the file and tell whoever looks after this program."
            )
        case .opener:
            (
                "What opens bundles was brought down by it.",
                "Do not try other programs on it: keep the file, and tell whoever looks after "
                    + "this program."
            )
        }
    }
}
