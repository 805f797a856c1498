package import StudentRecords
package import Vocabulary

/// What a bundle says about itself: who sent what to whom, for which request, on which basis.
///
/// The manifest is what gets signed. It names its recipient and its request, so that nobody who
/// received a record can seal it again for somebody else, and it names every file with its
/// digest, so that the signature covers them all.
package struct BundleManifest: Hashable, Sendable {
    package typealias ID = Identifier<BundleManifest>

    /// The only version this code writes or reads.
    package static let formatVersion: Int64 = 1

    package let bundle: ID
    package let request: RequestNumber
    package let madeAt: Instant
    package let sender: Party
    package let certification: Certification
    package let recipient: Party
    /// The certificates it was sealed to, ordered by fingerprint; empty for a plain archive that
    /// a signed-in person downloads.
    package let certificates: [RecipientCertificate]
    /// Why this may be disclosed, as a person reads it.
    package let legalBasis: String
    /// What became of each part, each at most once, in the order they were asked for.
    package let parts: [PartStatement]
    /// The pages that come with the attachments, such as `record.html`, and `SHA256SUMS`.
    package let pages: [File]
    /// Earlier bundles of the same sender and request that this one corrects; mostly none.
    package let replaces: [ID]

    package init(
        bundle: ID,
        request: RequestNumber,
        madeAt: Instant,
        sender: Party,
        certification: Certification,
        recipient: Party,
        certificates: [RecipientCertificate],
        legalBasis: String,
        parts: [PartStatement],
        pages: [File],
        replaces: [ID] = []
    ) {
        self.bundle = bundle
        self.request = request
        self.madeAt = madeAt
        self.sender = sender
        self.certification = certification
        self.recipient = recipient
        self.certificates = certificates.sorted {
            $0.fingerprint.bytes.lexicographicallyPrecedes($1.fingerprint.bytes)
        }
        self.legalBasis = legalBasis
        self.parts = parts
        self.pages = pages
        self.replaces = replaces
    }

    /// The attachments, each once, in the order they are first named.
    package var attachments: [File] {
        var seen: Set<ArchiveName> = []
        return parts.flatMap(\.files).filter { seen.insert($0.name).inserted }
    }

    /// Every file that the signature covers.
    package var files: [File] { pages + attachments }
}

extension BundleManifest {
    /// A sending or receiving organisation.
    package struct Party: Hashable, Sendable {
        /// As the directory writes it (`school:480000101145`).
        ///
        /// Text, because a manifest may come from a gateway with another directory.
        package let organization: String
        package let name: String

        package init(organization: String, name: String) {
            self.organization = organization
            self.name = name
        }
    }

    /// Who stands behind the content.
    ///
    /// The signature means origin and integrity; only a certifying official makes a record
    /// official.
    package struct Certification: Hashable, Sendable {
        package let by: Certifier
        package let name: String
        /// Empty where none was given.
        package let title: String
        /// What the school prints on its transcripts, on one line; empty where nothing was given.
        package let legend: String

        package init(by: Certifier, name: String, title: String = "", legend: String = "") {
            self.by = by
            self.name = name
            self.title = title
            self.legend = legend
        }
    }

    /// How a person was known to us when they certified.
    package enum Certifier: String, Hashable, Sendable, CaseIterable {
        /// Whoever reads the mailbox the answer link was sent to.
        case mailboxHolder
        case signedInStaff
        /// Named, with a title, and entitled to certify records for the school.
        case certifyingOfficial
        /// A state contact, in the school's place.
        case inPlaceOfSchool
    }

    /// A certificate that the bundle was sealed to.
    package struct RecipientCertificate: Hashable, Sendable {
        /// SHA-256 of the certificate.
        package let fingerprint: SHA256Digest
        /// SHA-256 of how the seal names it (the DER of IssuerAndSerialNumber), so that who opens
        /// it can compare all recipients without having their certificates.
        package let identifier: SHA256Digest

        package init(fingerprint: SHA256Digest, identifier: SHA256Digest) {
            self.fingerprint = fingerprint
            self.identifier = identifier
        }
    }

    /// One part of the record and what became of it.
    package struct PartStatement: Hashable, Sendable {
        package let part: RecordPart
        package let status: PartStatus
        /// Only a part that was sent has files; one file may belong to several parts.
        package let files: [File]

        package init(part: RecordPart, status: PartStatus, files: [File] = []) {
            self.part = part
            self.status = status
            self.files = files
        }
    }

    /// What became of one part.
    ///
    /// Unknown is not empty, and empty is not "none on file".
    package enum PartStatus: Hashable, Sendable {
        case sent
        case noneOnFile
        /// `nil` where nobody said when.
        case toFollow(by: CivilDate?)
        case withheld(reason: String)
    }

    /// A file of the bundle.
    package struct File: Hashable, Sendable {
        package let name: ArchiveName
        package let mediaType: String
        package let byteCount: Int64
        package let digest: SHA256Digest

        package init(name: ArchiveName, mediaType: String, byteCount: Int64, digest: SHA256Digest) {
            self.name = name
            self.mediaType = mediaType
            self.byteCount = byteCount
            self.digest = digest
        }
    }
}
