/// A named piece of a record that can be asked for, sent, missing or withheld on its own.
package enum RecordPart: String, Sendable, CaseIterable, Codable {
    case enrollment
    case immunization
    case healthAlert
    case transcript
    case partialCredit
    case assessment
    case specialEducation
    case attendance
    case discipline
    case attachment
}
