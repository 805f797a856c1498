package import StudentRecords
package import Vocabulary

/// The one page in front of a bundle: `record.html`, readable without us and without a network.
package struct RecordCover: Hashable, Sendable {
    package let number: RequestNumber
    package let student: StudentSummary
    package let holder: String
    package let holderPlace: String
    package let requester: String
    package let requesterPlace: String
    package let answeredAt: LocalTime
    package let certification: CertificationWord
    /// What the school prints on its transcripts; empty where it said nothing.
    package let legend: String
    package let wholeness: Wholeness
    package let uses: [RecordUse]
    package let parts: [PartRow]
    package let files: [CoverFile]
    package let note: String
    /// What the structured record says; absent where the answer is files only.
    package let sheet: RecordSheet?
    /// Where the request number can be checked: `records.ayuda.example`.
    package let checkHost: String

    package init(
        number: RequestNumber,
        student: StudentSummary,
        holder: String,
        holderPlace: String,
        requester: String,
        requesterPlace: String,
        answeredAt: LocalTime,
        certification: CertificationWord,
        legend: String = "",
        wholeness: Wholeness,
        uses: [RecordUse],
        parts: [PartRow],
        files: [CoverFile],
        note: String = "",
        sheet: RecordSheet? = nil,
        checkHost: String
    ) {
        self.number = number
        self.student = student
        self.holder = holder
        self.holderPlace = holderPlace
        self.requester = requester
        self.requesterPlace = requesterPlace
        self.answeredAt = answeredAt
        self.certification = certification
        self.legend = legend
        self.wholeness = wholeness
        self.uses = uses
        self.parts = parts
        self.files = files
        self.note = note
        self.sheet = sheet
        self.checkHost = checkHost
    }
}

/// A file of the bundle, by its path inside the archive.
package struct CoverFile: Hashable, Sendable {
    package let path: String
    package let name: String
    package let mediaType: String
    package let size: ByteCount
    package let digest: DigestText

    package init(
        path: String,
        name: String,
        mediaType: String,
        size: ByteCount,
        digest: DigestText
    ) {
        self.path = path
        self.name = name
        self.mediaType = mediaType
        self.size = size
        self.digest = digest
    }
}
