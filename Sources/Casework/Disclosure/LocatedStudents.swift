package import RecordExchange
package import RecordLocator
import StudentRecords
package import Vocabulary

/// Where records are, and how sure we are: only what the asker may see of it.
package struct LocatedStudents: Hashable, Sendable {
    /// Best first.
    package let people: [LocatedStudent]
    /// What the family said of the last school fits one of them.
    package let statementFits: Bool
    /// Whether the number of the family's card and the typed student belong together; `nil` where
    /// no number was typed.
    package var numberFits: Bool?

    /// Some schools are kept back until the asker says what the family knows.
    package var keepsBack: Bool {
        people.contains { $0.places.contains { $0.school == nil } }
    }

    /// The best of the grades; `nil` where nobody was found.
    package var grade: MatchGrade? { people.map(\.grade).max() }
}

/// A person the locator found, as the asker may see them.
package struct LocatedStudent: Hashable, Sendable {
    package let grade: MatchGrade
    /// For and against; of the best match.
    package let reasons: [MatchReason]
    /// In full where the asker typed it, else initials.
    package let name: String
    /// Only where the asker typed the same day.
    package let birthDate: CivilDate?
    /// `nil` where no school knows it.
    package let birthYear: Int?
    /// Latest enrollment first; never empty.
    package let places: [LocatedPlace]
}

/// One place where a child's records may be.
package struct LocatedPlace: Hashable, Sendable {
    /// `nil` while the school is kept back.
    package let school: LocatedSchool?
    package let state: StateCode
    package let grade: Grade?
    package let from: CivilDate?
    /// `nil` while the student is there or where the source does not say.
    package let until: CivilDate?
}

/// A school that records are at.
package struct LocatedSchool: Hashable, Sendable {
    package let school: School
    /// Who has the records of a school that closed for good, as people call them.
    package let custodian: String?
    /// Closed until this day by its calendar, so that the summer path is taken.
    package let closedUntil: CivilDate?
}
