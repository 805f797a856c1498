package import RecordExchange
package import StudentRecords
package import Vocabulary

/// The signed statement about one delivery, on the page of disclosures.
package struct ReceiptRow: Hashable, Sendable {
    package let at: LocalTime
    package let recipient: String
    package let holder: String
    package let way: Delivery.Way
    package let word: ReceiptWord
    package let parts: [OpenedPart]
    /// Where the statement is; the signature is below it.
    ///
    /// Empty until it is signed.
    package let path: String

    package init(
        at: LocalTime,
        recipient: String,
        holder: String,
        way: Delivery.Way,
        word: ReceiptWord,
        parts: [OpenedPart] = [],
        path: String
    ) {
        self.at = at
        self.recipient = recipient
        self.holder = holder
        self.way = way
        self.word = word
        self.parts = parts
        self.path = path
    }
}

/// What a receipt says of one part: whether it was opened, and in which ways.
package struct OpenedPart: Hashable, Sendable {
    package let part: RecordPart
    package let opened: PartOpening.Word
    package let ways: [FileOpening.How]

    package init(part: RecordPart, opened: PartOpening.Word, ways: [FileOpening.How] = []) {
        self.part = part
        self.opened = opened
        self.ways = ways
    }
}

/// What a receipt says, in words.
package enum ReceiptWord: Hashable, Sendable, CaseIterable, Worded {
    package static let words = "receiptWord"

    case missing, handedOver, partly, stalled, opened
    case cannotOpen, signatureWrong, digestsDiffer, filesUnreadable

    package init(_ outcome: Receipt.Outcome) {
        switch outcome {
        case .missing: self = .missing
        case .handedOver: self = .handedOver
        case .partly: self = .partly
        case .stalled: self = .stalled
        case .opened: self = .opened
        case .refused(.cannotOpen): self = .cannotOpen
        case .refused(.signatureWrong): self = .signatureWrong
        case .refused(.digestsDiffer): self = .digestsDiffer
        case .refused(.filesUnreadable): self = .filesUnreadable
        }
    }
}

/// A receipt that somebody showed and that is ours.
package struct ShownReceipt: Hashable, Sendable {
    /// Empty where nothing was opened.
    package let number: String
    package let word: ShownReceiptWord
    package let at: LocalTime
    /// Where the signer's certificate has expired since.
    package let signedAt: LocalTime?
    /// Of the sealed file.
    package let digest: String
    package let files: [ShownReceiptFile]
    /// Empty in receipts from before each part was told of.
    package let parts: [OpenedPart]

    package init(
        number: String,
        word: ShownReceiptWord,
        at instant: LocalTime,
        signedAt: LocalTime? = nil,
        digest: String,
        files: [ShownReceiptFile],
        parts: [OpenedPart] = []
    ) {
        self.number = number
        self.word = word
        at = instant
        self.signedAt = signedAt
        self.digest = digest
        self.files = files
        self.parts = parts
    }
}

package struct ShownReceiptFile: Hashable, Sendable {
    package let size: ByteCount
    package let digest: String

    package init(size: ByteCount, digest: String) {
        self.size = size
        self.digest = digest
    }
}

/// What a shown receipt says, by the word in it.
package enum ShownReceiptWord: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "shownReceipt"

    case accepted, refused, incomplete, opened, handedOver, partly
}
