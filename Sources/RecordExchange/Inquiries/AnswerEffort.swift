/// What an answer cost whoever gave it; nothing of the student.
package struct AnswerEffort: Hashable, Sendable, Codable {
    /// From typing the link's code, the last time before it, to sending; `nil` for answers that
    /// did not come by a link.
    package let seconds: Int?
    /// What was filled in: files, parts that something was said of, name, title and note.
    package let fields: Int

    package init(seconds: Int?, fields: Int) {
        self.seconds = seconds
        self.fields = fields
    }

    /// Started minutes.
    package var minutes: Int? { seconds.map { ($0 + 59) / 60 } }
}
