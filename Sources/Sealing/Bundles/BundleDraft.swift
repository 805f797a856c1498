package import BundleFormat
package import Casework
package import StudentRecords
package import Vocabulary

/// Everything a bundle is made of.
package struct BundleDraft: Sendable {
    package var bundle: BundleManifest.ID
    package var request: RequestNumber
    package var madeAt: Instant
    package var sender: BundleManifest.Party
    package var certification: BundleManifest.Certification
    package var recipient: BundleManifest.Party
    package var legalBasis: String
    /// Every part that was asked for, with what became of it, each once.
    package var parts: [(part: RecordPart, status: BundleManifest.PartStatus)]
    package var attachments: [BundleAttachment]
    /// `record.html`: the record on one page.
    package var recordPage: String
    /// `record.pdf`: the same page, signed, for paper.
    package var recordPrint: [UInt8]?
    /// `record.json`: the elements, where the record has them.
    package var recordData: [UInt8]?
    /// Earlier bundles that it corrects.
    package var replaces: [BundleManifest.ID]

    package init(
        bundle: BundleManifest.ID,
        request: RequestNumber,
        madeAt: Instant,
        sender: BundleManifest.Party,
        certification: BundleManifest.Certification,
        recipient: BundleManifest.Party,
        legalBasis: String,
        parts: [(part: RecordPart, status: BundleManifest.PartStatus)],
        attachments: [BundleAttachment],
        recordPage: String,
        recordPrint: [UInt8]? = nil,
        recordData: [UInt8]? = nil,
        replaces: [BundleManifest.ID] = []
    ) {
        self.bundle = bundle
        self.request = request
        self.madeAt = madeAt
        self.sender = sender
        self.certification = certification
        self.recipient = recipient
        self.legalBasis = legalBasis
        self.parts = parts
        self.attachments = attachments
        self.recordPage = recordPage
        self.recordPrint = recordPrint
        self.recordData = recordData
        self.replaces = replaces
    }
}

/// A file to go into a bundle.
package struct BundleAttachment: Sendable {
    /// The parts it answers for; a part that is not among the draft's as sent is refused.
    ///
    /// Empty means `attachment`.
    package let parts: [RecordPart]
    /// As its sender called it; the archive's own name is made from it.
    package let name: String
    /// As the manifest says it, without parameters.
    package let mediaType: String
    package let digest: SHA256Digest
    package let content: any ProtectedFileReader

    /// `digest` is what the content was when it arrived: sealing fails where it has changed.
    ///
    /// Of `mediaType` what stands before a semicolon is kept, such as `text/csv`.
    package init(
        parts: [RecordPart],
        name: String,
        mediaType: String,
        digest: SHA256Digest,
        content: any ProtectedFileReader
    ) {
        self.parts = parts
        self.name = name
        let bare = mediaType.utf8.prefix { $0 != UInt8(ascii: ";") && $0 != 32 }
        self.mediaType = String(decoding: bare, as: UTF8.self)
        self.digest = digest
        self.content = content
    }
}

/// A bundle that was sealed.
package struct SealedBundle: Hashable, Sendable {
    /// Of the sealed file.
    package let byteCount: Int64
    package let digest: SHA256Digest
    package let manifest: BundleManifest
    /// The certificates it is sealed to.
    package let recipients: [SHA256Digest]
}

/// Why a bundle is not made.
package enum SealingFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// A recipient's certificate cannot be used; the name is the certificate's common name.
    case recipient(name: String, RecipientRefusal)
    /// None, or more than a seal may have.
    case recipientCount
    case repeatedRecipient
    case tooLarge(byteCount: Int64, limit: Int64)
    case tooManyFiles(limit: Int)
    /// An attachment answers for a part that the draft does not list as sent.
    case partNotSent(RecordPart)
    /// An attachment is not what it was when it arrived. Counted from 0.
    case attachmentChanged(position: Int)
    /// The draft's values are not what a reader would accept.
    case manifest([BundleManifest.Problem])

    package var description: String {
        switch self {
        case .recipient(let name, let refusal):
            "the certificate of \(name) cannot be used: \(refusal)"
        case .recipientCount: "a bundle is sealed to 1 to \(BundleLimits.recipients) certificates"
        case .repeatedRecipient: "the same certificate is given twice"
        case .tooLarge(let byteCount, let limit):
            "the files have \(byteCount) bytes together; one bundle holds at most \(limit)"
        case .tooManyFiles(let limit): "one bundle holds at most \(limit) files"
        case .partNotSent(let part):
            "a file answers for \(part.rawValue), which is not marked as sent"
        case .attachmentChanged(let position):
            "file \(position + 1) is not what it was when it arrived"
        case .manifest(let problems):
            "the manifest would be refused: "
                + problems.map(\.description).joined(separator: "; ")
        }
    }
}
