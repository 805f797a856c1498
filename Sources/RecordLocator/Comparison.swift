extension IdentityIndex {
    /// Compares an identity with a row, whatever field each word stands in.
    func compare(_ probe: Probe, _ row: Int, _ alignment: inout Alignment) -> Evidence {
        var evidence = givenNames(row, &alignment)
        judge(&evidence, probe, row, &alignment)
        return evidence
    }

    /// The same, but nothing where that can be seen at a glance to be another child: not the
    /// state's number, another given name, and either next to no word in common or a birth date
    /// that is no slip of the one asked for.
    ///
    /// Such rows are most of those that a question with common names meets, and never shown.
    func compareIfNear(
        _ probe: Probe,
        _ row: Int,
        _ alignment: inout Alignment
    ) -> Evidence? {
        var evidence = givenNames(row, &alignment)
        if !evidence.given.isSettled,
            evidence.given == .conflict && alignment.sharesNoName
                && (columns.signatures[row] & probe.signature).nonzeroBitCount < Self.few
                || probe.row.birthDay.relation(to: BirthDay(packed: columns.born[row])).isFar,
            probe.row.number == 0 || columns.stateNumbers[row] != probe.row.number
        {
            return nil
        }
        judge(&evidence, probe, row, &alignment)
        return evidence
    }

    /// Words in common, parents' included: with fewer, and another name, nobody is called the same.
    private static let few = 2

    private func givenNames(_ row: Int, _ alignment: inout Alignment) -> Evidence {
        alignment.begin(row)
        alignment.alignNames()
        var evidence = Evidence()
        alignment.judgeGiven(&evidence)
        return evidence
    }

    private func judge(
        _ evidence: inout Evidence,
        _ probe: Probe,
        _ row: Int,
        _ alignment: inout Alignment
    ) {
        let other = columns.row(row)
        alignment.judgeSurnames(&evidence)
        alignment.judgeParents(&evidence)
        evidence.rarity = alignment.rarity

        let relation = probe.row.birthDay.relation(to: other.birthDay)
        evidence[.birthDay] = relation.rawValue
        evidence.rarity += relation == .same ? probe.dayRarity : relation.rarity

        evidence[.number] = numbers(probe, other).rawValue
        if evidence.number == .same { evidence.rarity -= 18 }

        let gender = (probe.row.marks.gender, other.marks.gender)
        if gender.0 != 0, gender.1 != 0 {
            evidence[.gender] = (gender.0 == gender.1 ? Evidence.Same.same : .conflict).rawValue
        }
        let generation = (probe.row.marks.generation, other.marks.generation)
        if generation != (0, 0) {
            let level: Evidence.Generation =
                generation.0 == generation.1
                ? .same : generation.0 == 0 || generation.1 == 0 ? .oneSided : .conflict
            evidence[.generation] = level.rawValue
        }
        let place = Self.places(probe.row.place, other.place)
        evidence[.place] = place.rawValue
        switch place {
        case .sameCity: evidence.rarity -= 4
        case .sameState: evidence.rarity -= 2.5
        default: break
        }
        evidence.conclude()
    }

    private func numbers(_ probe: Probe, _ other: IdentityRow) -> Evidence.Number {
        guard probe.row.number != 0, other.number != 0 else { return .missing }
        if probe.row.number == other.number { return .same }
        if StateNumber.isSlip(probe.row.number, other.number) { return .slip }
        let isOneState =
            probe.row.marks.state != 0
            ? probe.row.marks.state == other.marks.state
            : shapes.isOf(other.marks.state, shape: probe.numberShape)
        return isOneState ? .otherInState : .other
    }

    private static func places(
        _ left: IdentityRow.Place,
        _ right: IdentityRow.Place
    ) -> Evidence.Place {
        let isStateKnown = left.state != 0 && right.state != 0
        if left.city != 0, right.city != 0 {
            if left.city == right.city { return .sameCity }
            return isStateKnown && left.state != right.state ? .otherState : .otherCity
        }
        if isStateKnown { return left.state == right.state ? .sameState : .otherState }
        guard left.country != 0, right.country != 0 else { return .missing }
        return left.country == right.country ? .sameCountry : .otherCountry
    }
}

extension BirthDay.Relation {
    /// No slip makes one of the other, and neither is unknown.
    fileprivate var isFar: Bool {
        switch self {
        case .different, .near, .sameYear, .sameYearAndPart, .firstOfYear: true
        case .missing, .same, .exchanged, .slip, .yearSlip, .otherYear: false
        }
    }

    /// The logarithm of the share of people of whose birth date this is true by chance.
    fileprivate var rarity: Float {
        switch self {
        case .missing, .different, .same: 0
        case .exchanged: -8.8
        case .slip: -6.5
        case .yearSlip: -7.5
        case .otherYear: -6
        case .firstOfYear, .sameYear, .near: -3
        case .sameYearAndPart: -5
        }
    }
}
