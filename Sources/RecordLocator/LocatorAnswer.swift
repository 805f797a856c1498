package import Vocabulary

/// How sure the locator is that an entry is the student's, in the grades of FHIR's `$match`.
package enum MatchGrade: String, Sendable, CaseIterable, Comparable, Codable {
    /// Some of it fits; a person must look closely.
    case possible
    /// It fits well; a person must say yes.
    case probable
    /// Strong evidence and nobody else near: the school may be asked without another question.
    case certain

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.order < rhs.order }

    private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// One thing that speaks for or against an entry being the student's.
package enum MatchReason: String, Sendable, CaseIterable, Codable {
    /// The family has the number of this person; said by whoever asks, never by the search.
    case sameRecordNumber
    case sameStateStudentID
    case sameBirthDate
    case birthDateDayMonthExchanged
    /// One digit mistyped, two exchanged, or a neighbouring day, month or year.
    case birthDateOneDigitOff
    case birthDateDiffers
    case sameGivenName
    /// Pepe for José.
    case nickname
    case similarGivenName
    case givenNameInitial
    /// The given name stands among the other's middle names.
    case middleNameUsed
    case givenNameDiffers
    /// María Elena and María Isabel.
    case secondGivenNameDiffers
    case givenNameAndSurnameExchanged
    case sameSurnames
    case surnamesExchanged
    /// One of two surnames is the same; the other is missing on one side.
    case oneSurname
    /// One of two surnames is the same; the other is another.
    case oneSurnameDiffers
    case similarSurname
    case surnamesDiffer
    /// The state gave this student another number.
    case otherStateStudentID
    /// One parent's given name is the same, or both parents'.
    case sameParents
    case parentsDiffer
    case sameBirthPlace
    case birthPlaceDiffers
    case genderDiffers
}

/// One place where the student may have records.
package struct LocatorMatch: Hashable, Sendable {
    package let entry: LocatorEntry
    package let grade: MatchGrade
    /// Birth date, given name, surnames: in the order people compare.
    package let reasons: [MatchReason]
}

/// The entries that seem to be one person's.
package struct LocatedPerson: Hashable, Sendable {
    /// As the latest enrollment has it.
    package let name: PersonName
    /// `nil` where no entry has one.
    package let birthDate: CivilDate?
    /// The best of the matches'.
    package let grade: MatchGrade
    /// Those of the best match.
    package let reasons: [MatchReason]
    /// Latest enrollment first; never empty.
    package let matches: [LocatorMatch]
    /// How likely this is the student, from 0 to 1; for measuring, never shown.
    ///
    /// Calibrated: of a hundred people with 0.9, ninety are. Those of all people of an answer
    /// make one together with that of nobody.
    package let likelihood: Double

    /// To whom the entries belong, as far as they have somebody.
    package var people: Set<PersonID> { Set(matches.compactMap(\.entry.person)) }
}

/// What the locator found.
package struct LocatorAnswer: Hashable, Sendable {
    /// Most likely first.
    package let people: [LocatedPerson]

    /// The one person whose schools may be asked without another question.
    package var certain: LocatedPerson? {
        guard let first = people.first, first.grade == .certain else { return nil }
        return first
    }

    /// Two or more people fit, and none surely: a person must choose.
    package var isAmbiguous: Bool { people.count > 1 && certain == nil }
}
