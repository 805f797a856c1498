/// Which word of an identity is which word of a row.
///
/// The closest pairs are made first, in whatever field they stand: exact, then of one sound, then
/// nicknames, initials and slips of the pen.
struct Alignment {
    enum Kind: UInt8 {
        case none, exact, sound, nickname, slip, initial
    }

    let probe: Probe
    let index: IdentityIndex
    // Where the words of the row stand, and how many are the child's.
    private(set) var words = 0..<0
    private var otherGiven = 0
    private(set) var otherNames = 0
    // Of each word of the probe: what it is paired with, and how.
    private var mates = SIMD16<UInt8>(repeating: Self.nobody)
    private var kinds = SIMD16<UInt8>(repeating: 0)
    private var isTaken: UInt32 = 0
    var rarity: Float = 0
    private var memory: LooseMemory

    private static let nobody: UInt8 = 0xFF

    /// Made once for a probe and used for every row: copying an index counts a reference to each
    /// of its arrays.
    ///
    /// With `rows` to compare it remembers which words it compared: common names come again.
    init(_ probe: Probe, _ index: IdentityIndex, rows: Int = 1) {
        self.probe = probe
        self.index = index
        memory = LooseMemory(rows: rows)
    }

    /// No name of the row is paired with one of the probe's.
    var sharesNoName: Bool { isTaken == 0 }

    /// Begins with the next row.
    mutating func begin(_ row: Int) {
        words = index.columns.wordRange(row)
        mates = SIMD16(repeating: Self.nobody)
        kinds = SIMD16(repeating: 0)
        isTaken = 0
        rarity = 0
        otherGiven = 0
        otherNames = 0
        for position in words {
            let role = index.columns.words[position] >> 28
            if role > 1 { break }
            otherNames += 1
            if role == 0 { otherGiven += 1 }
        }
    }

    func other(_ position: Int) -> IdentityRow.Word {
        IdentityRow.Word(packed: index.columns.words[words.lowerBound + position])
    }

    private func kind(_ word: Int) -> Kind { Kind(rawValue: kinds[word]) ?? .none }

    private func isPaired(_ word: Int) -> Bool { mates[word] != Self.nobody }

    private func isTaken(_ position: Int) -> Bool { isTaken & (1 << UInt32(position)) != 0 }

    private mutating func pair(_ word: Int, _ position: Int, _ kind: Kind) {
        mates[word] = UInt8(position)
        kinds[word] = kind.rawValue
        isTaken |= 1 << UInt32(position)
        let own = probe.words[word]
        let isSameUse = own.role == other(position).role
        switch kind {
        case .exact: rarity += isSameUse ? own.exact : own.anywhere
        case .sound: rarity += isSameUse ? own.alike : max(own.alike, own.anywhere)
        // Several words are as near as this.
        case .nickname, .slip: rarity += min(-1, own.alike + 1.5)
        case .initial: rarity -= 2.3
        case .none: break
        }
    }

    mutating func alignNames() {
        pairNames(.exact) { own, other, _ in own.id == other }
        pairNames(.sound) { own, _, traits in own.sound == traits.sound }
        for word in 0..<probe.nameCount where !isPaired(word) {
            let own = probe.words[word]
            for position in 0..<otherNames where !isTaken(position) {
                let other = other(position)
                guard own.role == other.role, let kind = loosely(word, other.id) else { continue }
                pair(word, position, kind)
                break
            }
        }
    }

    private mutating func pairNames(
        _ kind: Kind,
        where matches: (Probe.Word, UInt32, Lexicon.Traits) -> Bool
    ) {
        for word in 0..<probe.nameCount where !isPaired(word) {
            let own = probe.words[word]
            var elsewhere: Int?
            var same: Int?
            for position in 0..<otherNames where !isTaken(position) {
                let other = other(position)
                guard matches(own, other.id, index.lexicon.traits[Int(other.id)]) else { continue }
                if own.role == other.role {
                    same = position
                    break
                }
                if elsewhere == nil { elsewhere = position }
            }
            if let position = same ?? elsewhere { pair(word, position, kind) }
        }
    }

    /// Whether two words of one use are a nickname, an initial or a slip of each other.
    mutating func loosely(_ word: Int, _ other: UInt32) -> Kind? {
        let known = memory[word, other].flatMap { Kind(rawValue: $0) }
        let kind = known ?? compareLoosely(probe.words[word], other) ?? .none
        if known == nil { memory.keep(kind.rawValue, word, other) }
        return kind == .none ? nil : kind
    }

    private func compareLoosely(_ own: Probe.Word, _ other: UInt32) -> Kind? {
        let isGiven = own.role == 0 || own.role == 2 || own.role == 4
        let range = index.lexicon.range(other)
        if own.isInitial || range.count == 1 {
            return probe.letters[own.range.lowerBound] == index.lexicon.letters[range.lowerBound]
                ? .initial : nil
        }
        if isGiven, Nicknames.share(own.forms, index.lexicon.forms(of: other)) {
            return .nickname
        }
        let letters = index.lexicon.traits[Int(other)].letters
        let differing = (own.letters ^ letters).nonzeroBitCount
        let isPart = own.letters & letters == own.letters || own.letters & letters == letters
        guard differing <= 2 || isPart || differing <= 4 && min(range.count, own.range.count) >= 8
        else { return nil }
        return Resemblance.isSlip(probe.letters, own.range, index.lexicon.letters, range)
            ? .slip : nil
    }

    // MARK: - Given names

    func judgeGiven(_ evidence: inout Evidence) {
        let ownGiven = probe.givenCount
        guard ownGiven > 0, otherGiven > 0 else { return }
        var pairs = 0
        var initials = 0
        var isOtherFirstElsewhere = false
        var isOtherFirstSurname = false
        for word in 0..<probe.nameCount where isPaired(word) {
            let mate = Int(mates[word])
            if word < ownGiven, mate < otherGiven, word != 0 || mate != 0 {
                if kind(word) == .initial { initials += 1 } else { pairs += 1 }
            }
            if mate == 0, word != 0 {
                if word < ownGiven {
                    isOtherFirstElsewhere = kind(word) != .initial
                } else {
                    isOtherFirstSurname = true
                }
            }
        }
        let given = given(isOtherFirstElsewhere, isOtherFirstSurname)
        evidence[.given] = given.rawValue
        if given == .amongOthers { pairs -= 1 }

        let isFirstSettled = given.isSettled
        var own = 0
        var ownInitials = 0
        for word in (isFirstSettled ? 0 : 1)..<ownGiven where !isPaired(word) {
            own += 1
            if probe.words[word].isInitial { ownInitials += 1 }
        }
        var others = 0
        var otherInitials = 0
        for position in (isFirstSettled ? 0 : 1)..<otherGiven where !isTaken(position) {
            others += 1
            if index.lexicon.range(other(position).id).count == 1 { otherInitials += 1 }
        }
        let middle: Evidence.Middle =
            if pairs > 0 {
                .same
            } else if initials > 0 {
                .initial
            } else if own > 0 && others > 0 {
                ownInitials == own || otherInitials == others ? .initialConflict : .conflict
            } else if own + others > 0 {
                .oneSided
            } else {
                .missing
            }
        evidence[.middle] = middle.rawValue
    }

    private func given(_ isOtherFirstElsewhere: Bool, _ isSurname: Bool) -> Evidence.Given {
        if mates[0] == 0 {
            switch kind(0) {
            case .exact: return .same
            case .sound, .slip: return .similar
            case .nickname: return .nickname
            case .initial: return .initial
            case .none: return .conflict
            }
        }
        let isOwnElsewhere =
            isPaired(0) && Int(mates[0]) < otherGiven && kind(0) != .initial
        if isOwnElsewhere || isOtherFirstElsewhere { return .amongOthers }
        let isOwnSurname = isPaired(0) && Int(mates[0]) >= otherGiven
        if isOwnSurname, isSurname { return .exchanged }
        if isOwnSurname || isSurname { return isSharedSurnameAlone ? .conflict : .halfExchanged }
        if isPaired(0) { return .amongInitials }
        let own = probe.words[0].range
        let range = index.lexicon.range(other(0).id)
        if own.count > 3, range.count > 3,
            probe.letters[own].prefix(3).elementsEqual(index.lexicon.letters[range].prefix(3))
        {
            return .sameBeginning
        }
        let letters = index.lexicon.traits[Int(other(0).id)].letters
        let differing = (probe.words[0].letters ^ letters).nonzeroBitCount
        let shorter = own.count < range.count ? probe.words[0].letters : letters
        let isPart = probe.words[0].letters & letters == shorter
        // Most pairs of names need no closer look.
        guard isPart || differing <= 2 * (max(own.count, range.count) / 3) else { return .conflict }
        return Resemblance.isResembling(probe.letters, own, index.lexicon.letters, range)
            ? .resembling : .conflict
    }

    /// Of two names written in each other's place on one side, the one both sides have is a
    /// surname, and each has another name besides: two children of a family.
    private var isSharedSurnameAlone: Bool {
        let isOwnLeft = (0..<probe.nameCount).contains { !isPaired($0) }
        let isOtherLeft = (0..<otherNames).contains { !isTaken($0) }
        guard isOwnLeft, isOtherLeft else { return false }
        let shared =
            isPaired(0) && Int(mates[0]) >= otherGiven
            ? probe.words[0].sound : index.lexicon.traits[Int(other(0).id)].sound
        let uses = index.lexicon.uses(ofSound: shared)
        return uses[Lexicon.Use.surname.rawValue] > uses[Lexicon.Use.given.rawValue]
    }

    // MARK: - Surnames

    mutating func judgeSurnames(_ evidence: inout Evidence) {
        let ownGiven = probe.givenCount
        var shared = 0
        var exact = 0
        var isInOrder = true
        var last = -1
        for word in 0..<probe.nameCount where isPaired(word) {
            let mate = Int(mates[word])
            guard word >= ownGiven || mate >= otherGiven else { continue }
            shared += 1
            if kind(word) == .exact { exact += 1 }
            if word >= ownGiven, mate >= otherGiven {
                if mate < last { isInOrder = false }
                last = mate
            }
        }
        var own = 0
        var ownKin = 0
        for word in ownGiven..<probe.nameCount where !isPaired(word) {
            if joinsTwo(word) {
                shared += 2
                continue
            }
            own += 1
            if isParents(word) { ownKin += 1 }
        }
        var others = 0
        var otherKin = 0
        for position in otherGiven..<max(otherGiven, otherNames) where !isTaken(position) {
            others += 1
            if isOwnParents(other(position).id) { otherKin += 1 }
        }
        let level: Evidence.Surnames
        switch shared {
        case 0:
            guard own > 0, others > 0 else { return }
            level = ownKin + otherKin > 0 ? .kinOnly : .conflict
        case 1:
            if own > 0, others > 0 {
                level = ownKin + otherKin > 0 ? .oneAndKin : .oneConflict
            } else if own == 0, others == 0 {
                level = exact > 0 ? .single : .singleSimilar
            } else {
                level = exact > 0 ? .one : .oneSimilar
            }
        default:
            if own > 0, others > 0 {
                level = .twoConflict
            } else if exact < shared {
                level = .similar
            } else {
                level = isInOrder ? .same : .exchanged
            }
        }
        evidence[.surnames] = level.rawValue
        if own + others > 0 {
            let isTestable =
                own > 0 && otherHasParentSurname || others > 0 && ownHasParentSurname
            let kin: Evidence.Kin =
                ownKin + otherKin > 0 ? .confirmed : isTestable ? .unconfirmed : .unknown
            evidence[.kin] = kin.rawValue
        }
    }

    /// "Garcialopez" is two words that the other wrote apart.
    private mutating func joinsTwo(_ word: Int) -> Bool {
        let own = probe.words[word]
        guard own.range.count >= 7 else { return false }
        for first in otherGiven..<max(otherGiven, otherNames) where !isTaken(first) {
            let head = index.lexicon.range(other(first).id)
            guard head.count >= 3, head.count < own.range.count - 2,
                probe.letters[own.range].starts(with: index.lexicon.letters[head])
            else { continue }
            let rest = probe.letters[own.range].dropFirst(head.count)
            for second in otherGiven..<otherNames where second != first && !isTaken(second) {
                let tail = index.lexicon.range(other(second).id)
                guard rest.elementsEqual(index.lexicon.letters[tail]) else { continue }
                isTaken |= 1 << UInt32(first) | 1 << UInt32(second)
                rarity += min(-8, own.exact)
                return true
            }
        }
        return false
    }

    private func isParents(_ word: Int) -> Bool {
        let own = probe.words[word]
        for position in otherNames..<words.count {
            let other = other(position)
            guard other.role == 3 || other.role == 5 else { continue }
            if own.id == other.id || own.sound == index.lexicon.traits[Int(other.id)].sound {
                return true
            }
        }
        return false
    }

    private func isOwnParents(_ id: UInt32) -> Bool {
        let sound = index.lexicon.traits[Int(id)].sound
        for word in probe.words[probe.nameCount...]
        where (word.role == 3 || word.role == 5) && (word.id == id || word.sound == sound) {
            return true
        }
        return false
    }

    var otherHasParentSurname: Bool {
        for position in otherNames..<words.count {
            let role = other(position).role
            if role == 3 || role == 5 { return true }
        }
        return false
    }

    private var ownHasParentSurname: Bool {
        probe.words[probe.nameCount...].contains { $0.role == 3 || $0.role == 5 }
    }
}
