package import Vocabulary

/// Request, 2 of 4: where the records are, and why we think so (P4).
///
/// Posts `place` to `/drafts/{draft}/place`: a school's 12 digits, `unknown` or `outside`. The
/// directory search is a GET of the same path.
package struct PlacePage: Page {
    package static let template = "request-place"

    package let draft: String
    package let studentName: String
    package let outlook: LocatorOutlook
    package let people: [PersonMatch]
    package let search: SchoolSearch
    /// The value of `place` chosen before.
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
        self.search = search
        self.chosen = chosen
        self.chosenName = chosenName
        self.chosenKind = chosenKind
        self.form = form
    }
}

/// What the locator says, as the heading above its matches.
package enum LocatorOutlook: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "outlook"

    case onePerson, severalPeople, nobody, notAsked
}

/// One person the locator thinks of.
package struct PersonMatch: Hashable, Sendable {
    package let id: String
    package let name: String
    package let birthDate: CivilDate
    package let certainty: Certainty
    package let reasons: [MatchReason]
    /// Newest first.
    package let schools: [EnrollmentMatch]

    package init(
        id: String,
        name: String,
        birthDate: CivilDate,
        certainty: Certainty,
        reasons: [MatchReason],
        schools: [EnrollmentMatch]
    ) {
        self.id = id
        self.name = name
        self.birthDate = birthDate
        self.certainty = certainty
        self.reasons = reasons
        self.schools = schools
    }
}

/// How sure the locator is, in words; never a bare score.
package enum Certainty: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "certainty"

    case certain, likely, possible
}

/// Why a person matched.
package enum MatchReason: Hashable, Sendable, Worded {
    package static let words = "match"

    case sameName, similarName, surnamesSwapped, oneSurnameOnly, nickname, sameBirthDate
    case similarBirthDate, dayAndMonthSwapped, sameStateNumber, sameSurnames
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
    package let isChosen: Bool

    package init(
        schoolID: String,
        name: String,
        place: String,
        from: CivilDate? = nil,
        until: CivilDate? = nil,
        grade: Grade? = nil,
        isChosen: Bool = false
    ) {
        self.schoolID = schoolID
        self.name = name
        self.place = place
        self.from = from
        self.until = until
        self.grade = grade
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
    package let schools: [SchoolHit]

    package init(
        form: Form = .empty,
        states: [NamedChoice],
        wasAsked: Bool = false,
        total: Int = 0,
        hasMore: Bool = false,
        schools: [SchoolHit] = []
    ) {
        self.form = form
        self.states = states
        self.wasAsked = wasAsked
        self.total = total
        self.hasMore = hasMore
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
