package import Casework
package import Vocabulary

/// What came by mail, to be confirmed or thrown away.
///
/// Posts to `{base}/mailed`, or to `{base}/mailed/discard`: `files` is the identifier of a file,
/// once for each; the rest is as on the page where records are added.
package struct MailedPage: Page {
    package static let template = "answer-mailed"

    /// `/answer/{inquiry}` or `/answers/{inquiry}`.
    package let base: String
    package let number: RequestNumber
    package let student: AnswerStudent
    package let holder: String
    package let requester: String
    /// Oldest first.
    package let files: [MailedRow]
    package let refused: [RefusedRow]
    package let parts: [PartQuestion]
    package let complete: [Choice<CompleteWord>]
    package let reasons: [Choice<WithholdingWord>]
    /// Only a part is asked; the rest is somebody else's to answer.
    package let isInPart: Bool
    package let form: Form

    package init(
        base: String,
        number: RequestNumber,
        student: AnswerStudent,
        holder: String,
        requester: String,
        files: [MailedRow],
        refused: [RefusedRow] = [],
        parts: [PartQuestion] = [],
        complete: [Choice<CompleteWord>] = [],
        reasons: [Choice<WithholdingWord>] = [],
        isInPart: Bool = false,
        form: Form = .empty
    ) {
        self.base = base
        self.number = number
        self.student = student
        self.holder = holder
        self.requester = requester
        self.files = files
        self.refused = refused
        self.parts = parts
        self.complete = complete
        self.reasons = reasons
        self.isInPart = isInPart
        self.form = form
    }

    /// A file that waits.
    package struct MailedRow: Hashable, Sendable {
        package let id: String
        package let name: String
        package let size: ByteCount
        package let cameAt: LocalTime
        package let isChosen: Bool

        package init(
            id: String,
            name: String,
            size: ByteCount,
            cameAt: LocalTime,
            isChosen: Bool = true
        ) {
            self.id = id
            self.name = name
            self.size = size
            self.cameAt = cameAt
            self.isChosen = isChosen
        }
    }

    /// Something that was attached and not taken.
    package struct RefusedRow: Hashable, Sendable {
        package let name: String
        package let reason: MailedFiles.Refusal

        package init(name: String, reason: MailedFiles.Refusal) {
            self.name = name
            self.reason = reason
        }
    }
}

extension MailedFiles.Refusal: Worded {
    package static let words = "mailedRefusal"
}
