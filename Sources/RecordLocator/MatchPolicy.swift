/// When evidence is strong enough to say it.
///
/// Naming the wrong child discloses that child; asking a person to choose costs a minute. So
/// certainty needs every part to agree, and nobody else near.
enum MatchPolicy {
    /// Below this, were there nobody else, a person is not shown at all.
    static let shown = 0.2
    static let probable = IdentityIndex.Scoring.operating
    static let certain = 0.99
    static let certainOfPart = 0.995
    /// Other people this likely make everybody uncertain.
    static let rival = 0.01

    /// The grade of a person among the people found with it; `nil` where nothing must be shown.
    static func grade(of found: FoundPerson, among people: [FoundPerson]) -> MatchGrade? {
        // A child who shares only the first name and birth date is no rival of one who shares all.
        let isNamed = !isOfOtherFamily(found.evidence)
        let rivals = people.filter { !(isNamed && isOfOtherFamily($0.evidence)) }
        let all = people.map(\.likelihood).reduce(0, +)
        let near = rivals.map(\.likelihood).reduce(0, +)
        let likelihood = found.likelihood / max(1 - (all - near), near)
        guard let grade = grade(of: found, likelihood: likelihood) else { return nil }
        // Of two people this near to each other a person must choose, and of two who were held
        // apart though they are written alike.
        let isNear = near - found.likelihood >= rival || found.isParted
        return isNear ? min(grade, .probable) : grade
    }

    /// The grade of a person as if there were nobody else; `nil` where it is another child.
    static func gradeAlone(of found: FoundPerson) -> MatchGrade? {
        grade(of: found, likelihood: found.likelihoodAlone)
    }

    /// No surname in common and no parent: two children of one first name.
    static func isOfOtherFamily(_ evidence: Evidence) -> Bool {
        evidence.surnames == .conflict && ![.one, .both].contains(evidence.parents)
            && evidence.number != .same
    }

    private static func grade(of found: FoundPerson, likelihood: Double) -> MatchGrade? {
        let evidence = found.evidence
        // A sibling or twin, unless the state says it is the same student.
        if isAnotherChild(evidence) { return nil }
        guard found.likelihoodAlone >= shown else { return nil }
        guard likelihood >= probable, ceiling(of: evidence) > .possible else {
            return .possible
        }
        guard ceiling(of: evidence) == .certain else { return .probable }
        // One surname on one side leaves room for a namesake, unless the name is a rare one.
        let isWhole =
            evidence.number == .same || [.same, .exchanged].contains(evidence.surnames)
        return likelihood >= (isWhole ? certain : certainOfPart) ? .certain : .probable
    }

    /// The best grade that evidence allows, however likely it makes a match.
    static func ceiling(of evidence: Evidence) -> MatchGrade {
        if isAnotherChild(evidence) || evidence.middle == .conflict && evidence.number != .same {
            return .possible
        }
        return isComplete(evidence) ? .certain : .probable
    }

    private static func isAnotherChild(_ evidence: Evidence) -> Bool {
        evidence.number != .same && !evidence.given.isSettled
    }

    /// Every part agrees: birth date, given name and surnames, or the state's number vouches.
    private static func isComplete(_ evidence: Evidence) -> Bool {
        guard evidence.number != .otherInState, evidence.middle != .conflict,
            evidence.parents != .bothConflict
        else { return false }
        switch evidence.surnames {
        case .missing, .conflict, .oneConflict, .twoConflict, .kinOnly: return false
        default: break
        }
        switch evidence.given {
        case .missing, .conflict, .sameBeginning, .resembling, .amongInitials, .halfExchanged:
            return false
        default: break
        }
        if evidence.number == .same { return [.same, .exchanged].contains(evidence.birthDay) }
        guard evidence.birthDay == .same else { return false }
        switch evidence.given {
        case .same: return true
        case .nickname: return [.same, .exchanged, .similar].contains(evidence.surnames)
        default: return false
        }
    }
}

extension MatchReason {
    /// What speaks for and against, in the order people compare.
    static func reasons(of evidence: Evidence) -> [Self] {
        let reasons: [Self?] = [
            number(evidence), birthDay(evidence), given(evidence),
            [.conflict, .initialConflict].contains(evidence.middle)
                && evidence.given.isSettled
                ? .secondGivenNameDiffers : nil,
            surnames(evidence), parents(evidence), place(evidence),
            evidence.gender == .conflict ? .genderDiffers : nil,
        ]
        return reasons.compactMap(\.self)
    }

    private static func number(_ evidence: Evidence) -> Self? {
        switch evidence.number {
        case .same: .sameStateStudentID
        case .otherInState: .otherStateStudentID
        case .missing, .slip, .other: nil
        }
    }

    private static func birthDay(_ evidence: Evidence) -> Self? {
        switch evidence.birthDay {
        case .missing: nil
        case .same: .sameBirthDate
        case .exchanged: .birthDateDayMonthExchanged
        case .slip, .yearSlip: .birthDateOneDigitOff
        case .otherYear, .firstOfYear, .sameYearAndPart, .sameYear, .near, .different:
            .birthDateDiffers
        }
    }

    private static func given(_ evidence: Evidence) -> Self? {
        switch evidence.given {
        case .missing: nil
        case .same: .sameGivenName
        case .similar: .similarGivenName
        case .nickname: .nickname
        case .amongOthers: .middleNameUsed
        case .initial, .amongInitials: .givenNameInitial
        case .exchanged, .halfExchanged: .givenNameAndSurnameExchanged
        case .sameBeginning, .resembling, .conflict: .givenNameDiffers
        }
    }

    private static func surnames(_ evidence: Evidence) -> Self? {
        // "Reyes Marisol" for Marisol Reyes is one reason, not two.
        if [.exchanged, .halfExchanged].contains(evidence.given) { return nil }
        switch evidence.surnames {
        case .missing: return nil
        case .same, .single: return .sameSurnames
        case .exchanged: return .surnamesExchanged
        case .similar, .oneSimilar, .singleSimilar: return .similarSurname
        case .one, .oneAndKin: return .oneSurname
        case .oneConflict, .twoConflict: return .oneSurnameDiffers
        case .kinOnly, .conflict: return .surnamesDiffer
        }
    }

    private static func parents(_ evidence: Evidence) -> Self? {
        switch evidence.parents {
        case .missing, .oneConflict: nil
        case .one, .both: .sameParents
        case .conflict, .bothConflict: .parentsDiffer
        }
    }

    private static func place(_ evidence: Evidence) -> Self? {
        switch Evidence.Place(rawValue: evidence[.place]) {
        case .sameCity, .sameState: .sameBirthPlace
        case .otherCity, .otherState, .otherCountry: .birthPlaceDiffers
        case .missing, .sameCountry, nil: nil
        }
    }
}
