package import Vocabulary

/// Request, 2 of 4: where the records are, and why we think so (P4).
///
/// Posts `place` to `/drafts/{draft}/place`: a school's 12 digits, `unknown` or `outside`; and
/// `statedPlace` to `/drafts/{draft}/stated` where schools are kept back. The directory search is
/// a GET of the same path.
package struct PlacePage: Page {
    package static let template = "request-place"

    package let draft: String
    package let studentName: String
    package let outlook: LocatorOutlook
    package let people: [PersonMatch]
    /// Schools are kept back until it is said what the family knows.
    package let keepsBack: Bool
    /// What was said of the last school fits none of those kept back.
    package let statementMisses: Bool
    /// The number of the family's card and the student as typed do not belong together.
    package let numberMisses: Bool
    package let search: SchoolSearch
    /// The value of `place` chosen before, where no match and no hit of the search shows it.
    package let chosen: String
    /// That school in words.
    package let chosenName: String
    /// `unknown` or `outside`, where that was chosen before.
    package let chosenKind: PlaceKind?
    package let form: Form

    package init(
        draft: String,
        studentName: String,
        outlook: LocatorOutlook,
        people: [PersonMatch],
        keepsBack: Bool = false,
        statementMisses: Bool = false,
        numberMisses: Bool = false,
        search: SchoolSearch,
        chosen: String = "",
        chosenName: String = "",
        chosenKind: PlaceKind? = nil,
        form: Form = .empty
    ) {
        self.draft = draft
        self.studentName = studentName
        self.outlook = outlook
        self.people = people
        self.keepsBack = keepsBack
        self.statementMisses = statementMisses
        self.numberMisses = numberMisses
        self.search = search
        self.chosen = chosen
        self.chosenName = chosenName
        self.chosenKind = chosenKind
        self.form = form
    }
}

/// What the locator says, as the heading above its matches.
package enum LocatorOutlook: Hashable, Sendable, Worded {
    package static let words = "outlook"

    case certain, probable, several, keptBack, nobody
    /// The person's own look-ups are used up.
    case spent(until: LocalTime)
    /// Those of everybody at the school together are.
    case spentTogether(until: LocalTime)
}

/// One person the locator thinks of, as far as the reader may see.
package struct PersonMatch: Hashable, Sendable {
    package let id: String
    /// In full only where the reader typed it.
    package let name: String
    /// Only where the reader typed the same day.
    package let birthDate: CivilDate?
    /// Absent where no school knows it.
    package let birthYear: Int?
    package let certainty: Certainty
    /// What speaks for it.
    package let reasons: [MatchReason]
    /// What speaks against it.
    package let doubts: [MatchReason]
    /// Newest first.
    package let schools: [EnrollmentMatch]
    /// Places whose school is kept back.
    package let kept: [KeptMatch]

    package init(
        id: String,
        name: String,
        birthDate: CivilDate?,
        birthYear: Int?,
        certainty: Certainty,
        reasons: [MatchReason],
        doubts: [MatchReason] = [],
        schools: [EnrollmentMatch],
        kept: [KeptMatch] = []
    ) {
        self.id = id
        self.name = name
        self.birthDate = birthDate
        self.birthYear = birthYear
        self.certainty = certainty
        self.reasons = reasons
        self.doubts = doubts
        self.schools = schools
        self.kept = kept
    }
}

/// A place of which only this much is shown until the reader says what the family knows.
package struct KeptMatch: Hashable, Sendable {
    package let state: String
    package let grade: Grade?
    /// The year of the last day; absent while the student is there as far as we know.
    package let untilYear: Int?

    package init(state: String, grade: Grade?, untilYear: Int?) {
        self.state = state
        self.grade = grade
        self.untilYear = untilYear
    }
}

/// How sure the locator is, in words; never a bare score.
package enum Certainty: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "certainty"

    case certain, probable, possible
}

/// Why a person matched, or what speaks against it.
package enum MatchReason: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "match"

    case sameName, similarName, surnamesSwapped, oneSurnameOnly, nickname, sameBirthDate
    case similarBirthDate, dayAndMonthSwapped, sameStateNumber, sameRecordNumber, sameSurnames
    case similarSurname, otherBirthDate, otherName, otherSecondName, otherSurname, namesSwapped
    case sameParents, otherParents, sameBirthPlace, otherBirthPlace, otherGender, otherStateNumber
}

/// One school of a matched person.
package struct EnrollmentMatch: Hashable, Sendable {
    package let schoolID: String
    package let name: String
    /// `Weslaco, Texas`.
    package let place: String
    package let from: CivilDate?
    /// Absent while the student is enrolled there as far as we know.
    package let until: CivilDate?
    package let grade: Grade?
    /// Who has the records of a school that closed for good.
    package let custodian: String
    package let isChosen: Bool

    package init(
        schoolID: String,
        name: String,
        place: String,
        from: CivilDate? = nil,
        until: CivilDate? = nil,
        grade: Grade? = nil,
        custodian: String = "",
        isChosen: Bool = false
    ) {
        self.schoolID = schoolID
        self.name = name
        self.place = place
        self.from = from
        self.until = until
        self.grade = grade
        self.custodian = custodian
        self.isChosen = isChosen
    }
}

/// The search in the directory: by name, town, state or ZIP, and what was found.
package struct SchoolSearch: Hashable, Sendable {
    package let form: Form
    package let states: [NamedChoice]
    /// A search was made, so an empty list means "nothing found".
    package let wasAsked: Bool
    package let total: Int
    /// More were found than are listed.
    package let hasMore: Bool
    /// Nothing has that ZIP code, so it was left out of the search.
    package let leftOutZIP: Bool
    package let schools: [SchoolHit]

    package init(
        form: Form = .empty,
        states: [NamedChoice],
        wasAsked: Bool = false,
        total: Int = 0,
        hasMore: Bool = false,
        leftOutZIP: Bool = false,
        schools: [SchoolHit] = []
    ) {
        self.form = form
        self.states = states
        self.wasAsked = wasAsked
        self.total = total
        self.hasMore = hasMore
        self.leftOutZIP = leftOutZIP
        self.schools = schools
    }
}

/// One school of the directory.
package struct SchoolHit: Hashable, Sendable {
    package let id: String
    package let name: String
    package let place: String
    package let district: String
    /// `9 to 12`; empty where unknown.
    package let grades: String
    package let phone: String
    /// Who keeps the records of a school that is closed for good.
    package let custodian: String
    package let isChosen: Bool

    package init(
        id: String,
        name: String,
        place: String,
        district: String,
        grades: String = "",
        phone: String = "",
        custodian: String = "",
        isChosen: Bool = false
    ) {
        self.id = id
        self.name = name
        self.place = place
        self.district = district
        self.grades = grades
        self.phone = phone
        self.custodian = custodian
        self.isChosen = isChosen
    }
}
