extension Alignment {
    mutating func judgeParents(_ evidence: inout Evidence) {
        guard probe.nameCount < probe.words.count, otherNames < words.count else { return }
        let straight = parents(2, 2).plus(parents(4, 4))
        let crossed = parents(2, 4).plus(parents(4, 2))
        let best = crossed.value > straight.value ? crossed : straight
        rarity += best.rarity
        let level: Evidence.Parents =
            switch (best.agree, best.conflict) {
            case (0, 0): .missing
            case (1, 0): .one
            case (2..., _): .both
            case (1, _): .oneConflict
            case (_, 1): .conflict
            default: .bothConflict
            }
        evidence[.parents] = level.rawValue

        var own = 0
        var shared = 0
        // By place: a slice of an array counts references, at every row.
        for place in probe.nameCount..<probe.words.count {
            let word = probe.words[place]
            guard word.role == 3 || word.role == 5 else { continue }
            own += 1
            for position in otherNames..<words.count {
                let other = other(position)
                guard other.role == 3 || other.role == 5 else { continue }
                if word.sound == index.lexicon.traits[Int(other.id)].sound {
                    shared += 1
                    break
                }
            }
        }
        guard own > 0, otherHasParentSurname else { return }
        let surnames: Evidence.ParentSurnames =
            shared == 0 ? .conflict : shared == own ? .same : .one
        evidence[.parentSurnames] = surnames.rawValue
    }

    private struct Agreement {
        var agree = 0
        var conflict = 0
        var rarity: Float = 0

        var value: Int { agree * 3 - conflict }

        func plus(_ other: Self) -> Self {
            Self(
                agree: agree + other.agree,
                conflict: conflict + other.conflict,
                rarity: rarity + other.rarity
            )
        }
    }

    /// One parent's given name against one of the other's.
    private mutating func parents(_ ownRole: UInt8, _ otherRole: UInt8) -> Agreement {
        var isAsked = false
        var isKnown = false
        for place in probe.nameCount..<probe.words.count {
            let word = probe.words[place]
            guard word.role == ownRole else { continue }
            isAsked = true
            for position in otherNames..<words.count {
                let other = other(position)
                guard other.role == otherRole else { continue }
                isKnown = true
                if word.id == other.id {
                    return Agreement(agree: 1, rarity: word.exact)
                }
                if word.sound == index.lexicon.traits[Int(other.id)].sound
                    || loosely(place, other.id) != nil
                {
                    return Agreement(agree: 1, rarity: min(-1, word.alike + 1))
                }
            }
        }
        return Agreement(conflict: isAsked && isKnown ? 1 : 0)
    }
}
