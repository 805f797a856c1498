package import Vocabulary

/// What became of one delivery, as it is signed and shown to both sides.
///
/// Each delivery has at most one; a later statement takes the place of an earlier one.
package struct Receipt: Hashable, Sendable, Codable {
    package enum Outcome: Hashable, Sendable, Codable {
        /// Nobody took it, however often they were told.
        case missing
        /// Its recipient has every byte; whether it opened there was not said.
        case handedOver
        /// Some of its files were opened, and the others not yet.
        case partly
        /// The same, and nobody took the others however often they were told.
        case stalled
        case opened
        case refused(Trouble)
    }

    /// Why a recipient could not use what it got.
    package enum Trouble: String, Sendable, CaseIterable, Codable {
        case cannotOpen = "cannot-open"
        case signatureWrong = "signature-wrong"
        case digestsDiffer = "digests-differ"
        case filesUnreadable = "files-unreadable"
    }

    /// The statement and the signature over it.
    package struct Signed: Hashable, Sendable, Codable {
        /// JSON, to the byte.
        package let text: String
        /// CMS SignedData (DER), detached, in base 64.
        package let signature: String

        package init(text: String, signature: String) {
            self.text = text
            self.signature = signature
        }
    }

    package let delivery: Delivery.ID
    package let bundle: RecordBundle.ID
    package let request: RecordRequest.ID
    package let outcome: Outcome
    package let at: Instant
    /// What became of each file, in the order of the bundle; `nil` in receipts from before this
    /// was kept.
    package let files: [FileOpening]?
    package var signed: Signed?

    package init(
        _ outcome: Outcome,
        for delivery: Delivery,
        files: [FileOpening]? = nil,
        at instant: Instant
    ) {
        self.delivery = delivery.id
        bundle = delivery.bundle
        request = delivery.request
        self.outcome = outcome
        self.files = files
        at = instant
    }

    /// It says the same, whenever it was said and whether it is signed.
    package func agrees(with other: Self) -> Bool {
        outcome == other.outcome && files == other.files
    }

    /// It says something that is not signed yet.
    package var isDue: Bool { outcome != .missing && signed == nil }

    /// Somebody has to look into it.
    package var isTrouble: Bool {
        switch outcome {
        case .missing, .stalled, .refused: true
        case .handedOver, .partly, .opened: false
        }
    }
}
