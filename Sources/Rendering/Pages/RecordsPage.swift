package import RecordExchange
package import StudentRecords
package import Vocabulary

/// The records that arrived (P10).
///
/// Files are at `/requests/{number}/bundles/{id}/files/{file}`, the sealed bundle at
/// `/requests/{number}/bundles/{id}/sealed`, everything at `/requests/{number}/bundles/{id}/everything`.
package struct RecordsPage: Page {
    package static let template = "records"

    package let number: RequestNumber
    package let studentName: String
    package let bundles: [BundleView]
    package let canAccept: Bool
    package let canReject: Bool
    /// Asked for and in no answer.
    package let missing: [RecordPart]
    /// What the reader's state accepts of what came.
    package let acceptance: AcceptancePanel?

    package init(
        number: RequestNumber,
        studentName: String,
        bundles: [BundleView],
        canAccept: Bool,
        canReject: Bool,
        missing: [RecordPart] = [],
        acceptance: AcceptancePanel? = nil
    ) {
        self.number = number
        self.studentName = studentName
        self.bundles = bundles
        self.canAccept = canAccept
        self.canReject = canReject
        self.missing = missing
        self.acceptance = acceptance
    }
}

/// One answer; `bundle` is its identifier.
package struct BundleView: Hashable, Sendable {
    package let bundle: String
    package let sequence: Int
    package let holder: String
    package let answeredAt: LocalTime
    package let certification: CertificationWord
    /// What the school prints on its transcripts; empty where it said nothing.
    package let legend: String
    package let signature: SignatureWord
    package let wholeness: Wholeness
    package let isWithdrawn: Bool
    /// It is another student's: nothing of it can be opened.
    package let isRecalled: Bool
    /// Its sender corrected it, so that it counts no more unless `isOnlyCopy`.
    package let isReplaced: Bool
    /// A family carried it here, and the correction went to another school.
    package let isOnlyCopy: Bool
    /// The first answer ever from this person: the page says to call back.
    package let isFirstAnswer: Bool
    package let note: String
    package let parts: [PartRow]
    package let files: [FileRow]
    /// Absent until it is sealed.
    package let sealedSize: ByteCount?
    package let sealedDigest: DigestText?
    /// The system it was pushed to; empty where none.
    package let pushedTo: String
    /// There is structured data, so there is a one-page record.
    package let hasRecord: Bool
    /// What was said of its credits; empty where nothing was.
    package let outcomes: [OutcomeView]

    package init(
        bundle: String,
        sequence: Int,
        holder: String,
        answeredAt: LocalTime,
        certification: CertificationWord,
        legend: String = "",
        signature: SignatureWord,
        wholeness: Wholeness,
        isWithdrawn: Bool = false,
        isRecalled: Bool = false,
        isReplaced: Bool = false,
        isOnlyCopy: Bool = false,
        isFirstAnswer: Bool = false,
        note: String = "",
        parts: [PartRow],
        files: [FileRow],
        sealedSize: ByteCount? = nil,
        sealedDigest: DigestText? = nil,
        pushedTo: String = "",
        hasRecord: Bool = false,
        outcomes: [OutcomeView] = []
    ) {
        self.bundle = bundle
        self.sequence = sequence
        self.holder = holder
        self.answeredAt = answeredAt
        self.certification = certification
        self.legend = legend
        self.signature = signature
        self.wholeness = wholeness
        self.isWithdrawn = isWithdrawn
        self.isRecalled = isRecalled
        self.isReplaced = isReplaced
        self.isOnlyCopy = isOnlyCopy
        self.isFirstAnswer = isFirstAnswer
        self.note = note
        self.parts = parts
        self.files = files
        self.sealedSize = sealedSize
        self.sealedDigest = sealedDigest
        self.pushedTo = pushedTo
        self.hasRecord = hasRecord
        self.outcomes = outcomes
    }
}

/// Who stands behind a record.
package enum CertificationWord: Hashable, Sendable, Worded {
    package static let words = "certifiedBy"

    case mailboxHolder(name: String, title: String)
    case signedInStaff(name: String, title: String)
    case certifyingOfficial(name: String, title: String)
    case stateContact(name: String, title: String)
}

/// Whether the signature of a bundle was checked.
package enum SignatureWord: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "signature"

    case checked, notYet, failed
}

/// A part with what the holder says of it.
package struct PartRow: Hashable, Sendable {
    package let part: RecordPart
    package let state: PartWord

    package init(part: RecordPart, state: PartWord) {
        self.part = part
        self.state = state
    }
}

/// What the holder says of one part.
///
/// Unknown, none on file and withheld are different things.
package enum PartWord: Hashable, Sendable, Worded {
    package static let words = "partState"

    case sent
    case unsaid
    case noneOnFile
    case toFollow
    case toFollowBy(day: CivilDate)
    case withheld
    case withheldFor(reason: ReasonCode)
    case notMentioned
}

/// One file.
package struct FileRow: Hashable, Sendable {
    package let id: String
    package let name: String
    package let size: ByteCount
    package let digest: DigestText
    package let isViewed: Bool

    package init(
        id: String,
        name: String,
        size: ByteCount,
        digest: DigestText,
        isViewed: Bool = false
    ) {
        self.id = id
        self.name = name
        self.size = size
        self.digest = digest
        self.isViewed = isViewed
    }
}
