package import StudentRecords
package import Vocabulary

/// What a holder sent in answer to an inquiry: parts and files, as one signed archive.
package struct RecordBundle: Hashable, Sendable, Codable {
    package typealias ID = Identifier<RecordBundle>

    /// One file of an answer.
    package struct File: Hashable, Sendable, Codable {
        /// The stored file's identifier.
        package let id: String
        package let name: String
        package let mediaType: String
        package let byteCount: Int64
        /// 64 hexadecimal digits.
        package let sha256: String

        package init(id: String, name: String, mediaType: String, byteCount: Int64, sha256: String)
        {
            self.id = id
            self.name = name
            self.mediaType = mediaType
            self.byteCount = byteCount
            self.sha256 = sha256
        }
    }

    /// What the holder says of one part.
    ///
    /// Unknown, none on file and withheld are different things.
    package enum PartStatus: Hashable, Sendable, Codable {
        case sent
        /// Files came, and whether it is in them was left open.
        case unsaid
        case noneOnFile
        case toFollow(by: CivilDate?)
        case withheld(reason: ReasonCode)
    }

    /// One part with its status.
    package struct Part: Hashable, Sendable, Codable {
        package let part: RecordPart
        package let status: PartStatus

        package init(part: RecordPart, status: PartStatus) {
            self.part = part
            self.status = status
        }
    }

    /// Who stands behind the record.
    ///
    /// Only a certifying official makes it "official".
    package struct Certification: Hashable, Sendable, Codable {
        /// How the person is known to us.
        package enum Kind: String, Sendable, CaseIterable, Codable {
            /// Whoever holds the school's mailbox: proved by link and code only.
            case mailboxHolder
            case signedInStaff
            case certifyingOfficial
            /// A state contact, in the school's place.
            case inPlaceOfSchool
        }

        package let kind: Kind
        package let name: String
        package let title: String
        /// What the school prints on its transcripts, as it stood on that day; `nil` where it
        /// entered nothing, where somebody else answered, and of answers from before.
        package var legend: String?

        package init(kind: Kind, name: String, title: String, legend: String? = nil) {
            self.kind = kind
            self.name = name
            self.title = title
            self.legend = legend
        }

        /// Who, without what the school prints.
        package var person: Self { Self(kind: kind, name: name, title: title) }
    }

    /// The finished sealed file.
    package struct Seal: Hashable, Sendable, Codable {
        package let byteCount: Int64
        /// Of the sealed file, 64 hexadecimal digits.
        package let sha256: String
        /// SHA-256 fingerprints of the certificates it is encrypted to.
        package let recipients: [String]

        package init(byteCount: Int64, sha256: String, recipients: [String]) {
            self.byteCount = byteCount
            self.sha256 = sha256
            self.recipients = recipients
        }
    }

    /// Whether all of it came, as far as its sender said.
    package var wholeness: Wholeness {
        Wholeness(
            of: parts.map { part in
                switch part.status {
                case .sent, .noneOnFile: .complete
                case .unsaid: .unsaid
                case .toFollow, .withheld: .partial
                }
            }
        )
    }

    package let id: ID
    package let request: RecordRequest.ID
    package let inquiry: Inquiry.ID
    /// Counts the bundles of a request from 1.
    package let sequence: Int
    package let holder: OrganizationID
    package let certification: Certification
    /// As they were said, until files that may have held them were locked up.
    package var parts: [Part]
    /// Without those in which the scanner found something.
    package var files: [File]
    package let note: String
    package let answeredAt: Instant
    /// Present once it is sealed and durable; until then nothing of it is shown as ready.
    package var seal: Seal?
    /// When the requester had all of it: every file viewed, a finished download, or a push receipt.
    package var receivedAt: Instant?
    /// Set when it was found not acceptable or replaced.
    package var withdrawnAt: Instant?
    /// The mailbox that answered by its link; absent for everybody else.
    package var sender: Contact.ID?
    /// What it cost to answer; absent in bundles from before this was kept.
    package var effort: AnswerEffort?
    /// It holds another student's record; `nil` where nobody said so.
    package var recall: Recall?
    /// Bundles that share its fate: made of copies of it which a family carried to other schools,
    /// or of a file of it that was held for a while; absent where there is none.
    package var copies: [ID]?
    /// The answers that it corrects, as its sender says; absent where it corrects none.
    package var replaces: [ID]?
    /// The corrected answer that took its place, once that was sealed.
    package var replacedBy: ID?

    package init(
        id: ID,
        request: RecordRequest.ID,
        inquiry: Inquiry.ID,
        sequence: Int,
        holder: OrganizationID,
        certification: Certification,
        parts: [Part],
        files: [File],
        note: String,
        answeredAt: Instant
    ) {
        self.id = id
        self.request = request
        self.inquiry = inquiry
        self.sequence = sequence
        self.holder = holder
        self.certification = certification
        self.parts = parts
        self.files = files
        self.note = note
        self.answeredAt = answeredAt
    }
}

extension Collection where Element == RecordBundle {
    /// What is said of each part in these bundles: of two answers the later one counts.
    ///
    /// Files of which nothing is said take back no word of an earlier answer, except that a part
    /// is still to follow: it may have followed with them.
    package var said: [RecordPart: RecordBundle.PartStatus] { flatMap(\.parts).said }
}

extension Collection where Element == RecordBundle.Part {
    /// The same of what was said one after the other, and of what is about to be said.
    package var said: [RecordPart: RecordBundle.PartStatus] {
        var said: [RecordPart: RecordBundle.PartStatus] = [:]
        for part in self {
            switch (part.status, said[part.part]) {
            case (.unsaid, .sent), (.unsaid, .noneOnFile), (.unsaid, .withheld): break
            default: said[part.part] = part.status
            }
        }
        return said
    }
}
