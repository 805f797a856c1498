package import RecordExchange
package import StudentRecords
package import Vocabulary

// The domain's own enumerations and where their words stand in the catalogue.

extension Language: Worded {
    package static let words = "language"
}

extension StatusWord: Worded {
    package static let words = "status"
}

extension RecordPart: Worded {
    package static let words = "part"
}

extension RecordUse: Worded {
    package static let words = "use"
}

extension Wholeness: Worded {
    package static let words = "wholeness"
}

extension UrgentGround: Worded {
    package static let words = "ground"
}

extension ReasonCode: Worded {
    package static let words = "reason"
}

extension Grade: Worded {
    package static let words = "grade"
}

extension Contact.Role: Worded {
    package static let words = "contactRole"
}

extension SchoolCalendar.Recess.Kind: Worded {
    package static let words = "closureKind"
}

extension ClockLevel: Worded {
    package static let words = "level"
}

extension RecordBundle.Certification.Kind: Worded {
    package static let words = "certification"
}

extension HoldCondition.Code: Worded {
    package static let words = "hold"
}

extension Delivery.Way: Worded {
    package static let words = "way"
}

extension PartOpening.Word: Worded {
    package static let words = "partOpening"
}

extension FileOpening.How: Worded {
    package static let words = "fileOpening"
}

extension DisclosureRecord.LegalBasis: Worded {
    package static let words = "basis"
}

/// The roles people sign in with; raw values are those of the accounts.
package enum RoleWord: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "role"

    case registrar, counselor, recordsClerk, district, stateContact, administrator, auditor
}

/// How long there is, in the second word beside a status.
///
/// Nothing is overdue against a school that is closed.
package enum DueWord: Hashable, Sendable, Worded {
    package static let words = "due"

    case none
    case dueIn(days: Int)
    case dueToday
    case overdue(days: Int)
    case closedUntil(day: CivilDate)
    case closed
}

extension SubjectArea: Worded {
    package static let words = "subject"
}

extension Element: Worded {
    package static let words = "element"
}
