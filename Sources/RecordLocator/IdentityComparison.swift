import Vocabulary

/// What two identities have in common, weighed in bits (Fellegi and Sunter's sum).
///
/// The weights are set by hand after the error rates that record-linkage studies report; the
/// birth date counts most, and a given name that conflicts outweighs it, because that is how
/// twins differ.
struct IdentityComparison: Sendable {
    /// How the given names relate.
    enum GivenNames: Sendable {
        case same, nickname, similar, initial, middleNameUsed, exchanged, differ
    }

    private(set) var reasons: [MatchReason] = []
    private(set) var bits = 0.0
    private(set) var given = GivenNames.differ
    private(set) var secondGivenNameDiffers = false
    private(set) var surnamesConflict = false
    private(set) var surnamesShared = 0
    /// Every surname of both stands in the other, in any order.
    private(set) var surnamesAreSame = false
    private(set) var birthDateIsSame = false
    private(set) var birthDateIsExchanged = false
    private(set) var idIsSame = false

    init(_ left: Identity, _ right: Identity, frequencies: WordFrequencies) {
        compareIDs(left, right)
        compareBirthDates(left.birthDate, right.birthDate)
        compareGivenNames(left, right, frequencies)
        if given != .exchanged { compareSurnames(left, right, frequencies) }
    }

    /// Nothing says that these are two people.
    var isFreeOfConflict: Bool {
        given != .differ && !secondGivenNameDiffers && !surnamesConflict
    }

    private mutating func compareIDs(_ left: Identity, _ right: Identity) {
        guard let first = left.stateStudentID, let second = right.stateStudentID else { return }
        idIsSame = first == second
        // Another number proves little: each state gives its own.
        bits += idIsSame ? 17 : -1
        if idIsSame { reasons.append(.sameStateStudentID) }
    }

    private mutating func compareBirthDates(_ left: CivilDate, _ right: CivilDate) {
        if left == right {
            birthDateIsSame = true
            bits += 12.5
            reasons.append(.sameBirthDate)
        } else if left.withDayAndMonthExchanged == right {
            birthDateIsExchanged = true
            bits += 7
            reasons.append(.birthDateDayMonthExchanged)
        } else if Self.isOneSlipAway(left, right) {
            bits += 3.5
            reasons.append(.birthDateOneDigitOff)
        } else {
            bits -= 8
            reasons.append(.birthDateDiffers)
        }
    }

    private static func isOneSlipAway(_ left: CivilDate, _ right: CivilDate) -> Bool {
        if abs(left.days(to: right)) == 1 { return true }
        if left.month == right.month, left.day == right.day, abs(left.year - right.year) == 1 {
            return true
        }
        if left.year == right.year, left.day == right.day, abs(left.month - right.month) == 1 {
            return true
        }
        let pairs = zip(left.description.utf8, right.description.utf8)
        let wrong = pairs.enumerated().filter { $0.element.0 != $0.element.1 }
        switch wrong.count {
        case 1: return true
        case 2:
            return wrong[0].element.0 == wrong[1].element.1
                && wrong[0].element.1 == wrong[1].element.0
        default: return false
        }
    }

    // MARK: - Given names

    private mutating func compareGivenNames(
        _ left: Identity,
        _ right: Identity,
        _ frequencies: WordFrequencies
    ) {
        guard let first = left.given.first, let second = right.given.first else { return }
        let weight = frequencies.evidence(of: first.text)
        let (kind, evidence) = Self.kind(first, second, left, right, weight)
        given = kind
        bits += evidence
        switch kind {
        case .same: reasons.append(.sameGivenName)
        case .nickname: reasons.append(.nickname)
        case .similar: reasons.append(.similarGivenName)
        case .initial: reasons.append(.givenNameInitial)
        case .middleNameUsed: reasons.append(.middleNameUsed)
        case .exchanged: reasons.append(.givenNameAndSurnameExchanged)
        case .differ: reasons.append(.givenNameDiffers)
        }
        guard kind == .same || kind == .similar || kind == .nickname else { return }
        compareSecondGivenNames(left.given.dropFirst(), right.given.dropFirst(), frequencies)
    }

    private static func kind(
        _ first: Identity.Word,
        _ second: Identity.Word,
        _ left: Identity,
        _ right: Identity,
        _ weight: Double
    ) -> (GivenNames, bits: Double) {
        if first.text == second.text { return (.same, weight) }
        if first.isInitial || second.isInitial,
            first.text.utf8.first == second.text.utf8.first
        {
            return (.initial, 2)
        }
        if Nicknames.areForms(first.text, second.text) { return (.nickname, weight * 0.7) }
        if left.surnames.contains(where: { $0.text == second.text }),
            right.surnames.contains(where: { $0.text == first.text })
        {
            return (.exchanged, weight + 5)
        }
        if right.given.dropFirst().contains(where: { $0.text == first.text })
            || left.given.dropFirst().contains(where: { $0.text == second.text })
        {
            return (.middleNameUsed, weight * 0.6)
        }
        if first.sound == second.sound { return (.similar, weight * 0.7) }
        let similarity = NameSounds.similarity(first.text, second.text)
        if similarity >= 0.88 { return (.similar, weight * (similarity >= 0.93 ? 0.6 : 0.35)) }
        return (.differ, -13)
    }

    private mutating func compareSecondGivenNames(
        _ left: ArraySlice<Identity.Word>,
        _ right: ArraySlice<Identity.Word>,
        _ frequencies: WordFrequencies
    ) {
        guard !left.isEmpty, !right.isEmpty else { return }
        for first in left {
            for second in right {
                if first.text == second.text {
                    bits += min(6, frequencies.evidence(of: first.text) * 0.6)
                    return
                }
                if first.isInitial || second.isInitial,
                    first.text.utf8.first == second.text.utf8.first
                {
                    bits += 2
                    return
                }
                if first.sound == second.sound || Nicknames.areForms(first.text, second.text)
                    || NameSounds.similarity(first.text, second.text) >= 0.88
                {
                    bits += 1
                    return
                }
            }
        }
        secondGivenNameDiffers = true
        bits -= 5
        reasons.append(.secondGivenNameDiffers)
    }

    // MARK: - Surnames

    private mutating func compareSurnames(
        _ left: Identity,
        _ right: Identity,
        _ frequencies: WordFrequencies
    ) {
        var rest = Array(right.surnames.enumerated())
        var missing: [Identity.Word] = []
        var order: [Int] = []
        for word in left.surnames {
            if let index = rest.firstIndex(where: { $0.element.text == word.text }) {
                bits += frequencies.evidence(of: word.text)
                order.append(rest.remove(at: index).offset)
            } else {
                missing.append(word)
            }
        }
        let exact = order.count
        var similar = 0
        missing.removeAll { word in
            guard let index = rest.firstIndex(where: { Self.areSimilar($0.element, word) }) else {
                return false
            }
            bits += frequencies.evidence(of: word.text) * 0.6
            rest.remove(at: index)
            similar += 1
            return true
        }
        // A paternal surname filed as a middle name, in either direction.
        missing.removeAll { word in right.given.dropFirst().contains { $0.text == word.text } }
        rest.removeAll { other in left.given.dropFirst().contains { $0.text == other.element.text }
        }
        surnamesShared = exact + similar
        surnamesAreSame = exact > 0 && similar == 0 && missing.isEmpty && rest.isEmpty
        surnamesConflict = !missing.isEmpty && !rest.isEmpty
        if surnamesShared == 0 {
            bits -= 9
            reasons.append(.surnamesDiffer)
        } else if surnamesConflict {
            bits -= 6
            reasons.append(.oneSurnameDiffers)
        } else if exact == 0 {
            reasons.append(.similarSurname)
        } else if !missing.isEmpty || !rest.isEmpty {
            reasons.append(.oneSurname)
        } else if similar > 0 {
            reasons.append(.similarSurname)
        } else {
            reasons.append(order == order.sorted() ? .sameSurnames : .surnamesExchanged)
        }
    }

    private static func areSimilar(_ left: Identity.Word, _ right: Identity.Word) -> Bool {
        left.sound == right.sound
            || left.text.utf8.count >= 4 && right.text.utf8.count >= 4
                && NameSounds.similarity(left.text, right.text) >= 0.9
    }
}
