/// A language that pages and mails are written in.
package enum Language: String, Sendable, CaseIterable, Codable {
    case english = "en"
    case spanish = "es"
}
