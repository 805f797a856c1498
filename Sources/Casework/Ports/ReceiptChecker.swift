package import RecordExchange
package import StudentRecords
package import Vocabulary

/// What a receipt says whose signature is the gateway's.
package struct CheckedReceipt: Hashable, Sendable {
    package struct File: Hashable, Sendable {
        package let byteCount: Int64
        package let digest: SHA256Digest

        package init(byteCount: Int64, digest: SHA256Digest) {
            self.byteCount = byteCount
            self.digest = digest
        }
    }

    /// One part, in receipts that tell of each.
    package struct Part: Hashable, Sendable {
        package let part: RecordPart
        package let word: PartOpening.Word
        package let ways: [FileOpening.How]

        package init(part: RecordPart, word: PartOpening.Word, ways: [FileOpening.How]) {
            self.part = part
            self.word = word
            self.ways = ways
        }
    }

    /// A word of the receipt's own.
    package let outcome: String
    /// `nil` where nothing was opened.
    package let request: RequestNumber?
    package let at: Instant
    /// When it was signed, where the signer's certificate has expired since; else `nil`.
    package let signedAt: Instant?
    package let sealedDigest: SHA256Digest
    package let files: [File]
    package let parts: [Part]

    package init(
        outcome: String,
        request: RequestNumber?,
        at instant: Instant,
        signedAt: Instant? = nil,
        sealedDigest: SHA256Digest,
        files: [File],
        parts: [Part] = []
    ) {
        self.outcome = outcome
        self.request = request
        at = instant
        self.signedAt = signedAt
        self.sealedDigest = sealedDigest
        self.files = files
        self.parts = parts
    }
}

/// Checks receipts that somebody shows.
package protocol ReceiptChecker: Sendable {
    /// `nil` where it is no receipt or not signed by the gateway; both texts are untrusted.
    func check(_ text: [UInt8], signature: [UInt8]) async throws -> CheckedReceipt?
}
