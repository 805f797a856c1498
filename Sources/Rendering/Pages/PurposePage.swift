package import RecordExchange
package import StudentRecords

/// Request, 3 of 4: what for (P5).
///
/// Posts to `/drafts/{draft}/purpose`.
package struct PurposePage: Page {
    package static let template = "request-purpose"

    package let draft: String
    package let studentName: String
    package let uses: [UseChoice]
    package let grounds: [Choice<UrgentGround>]
    package let messageLimit: Int
    package let family: FamilyFields
    package let form: Form

    package init(
        draft: String,
        studentName: String,
        uses: [UseChoice],
        grounds: [Choice<UrgentGround>],
        messageLimit: Int,
        family: FamilyFields = FamilyFields(),
        form: Form = .empty
    ) {
        self.draft = draft
        self.studentName = studentName
        self.uses = uses
        self.grounds = grounds
        self.messageLimit = messageLimit
        self.family = family
        self.form = form
    }
}

/// A use with the parts it asks for.
package struct UseChoice: Hashable, Sendable {
    package let use: RecordUse
    /// E, P or G: the value sent.
    package let letter: String
    package let parts: [RecordPart]
    package let isChosen: Bool

    package init(use: RecordUse, letter: String, parts: [RecordPart], isChosen: Bool) {
        self.use = use
        self.letter = letter
        self.parts = parts
        self.isChosen = isChosen
    }
}
