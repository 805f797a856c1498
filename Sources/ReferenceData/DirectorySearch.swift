package import RecordExchange
package import Vocabulary

/// Finds schools by what a registrar remembers: words of the name, the town, the state, the ZIP.
///
/// Every word must be found, whole or as a beginning. One school in five shares its name with
/// another, so a result list shows town and state.
package struct DirectorySearch: Sendable {
    /// Where in a school's entry a word stands; the more telling one wins.
    private enum Place: UInt32 {
        case district = 0
        case state, city, zip, name

        var weight: Int32 {
            switch self {
            case .district: 30
            // Above the beginning of a name: "ca" means California before Campeche.
            case .state: 75
            case .city: 80
            case .zip: 90
            case .name: 100
            }
        }
    }

    private let schools: [School]
    private let stateOfSchool: [UInt8]
    private let stateNumbers: [StateCode: UInt8]
    private let nameWordCounts: [UInt8]
    /// Position of each name's first word in the vocabulary.
    private let firstNameWord: [Int32]
    /// All different words in byte order; those of `vocabulary[i]` stand in `postings` from
    /// `starts[i]` to `starts[i + 1]`, each the school's index and the place.
    private let vocabulary: [String]
    private let starts: [Int32]
    private let postings: [UInt32]

    package init(_ directory: NationalDirectory) {
        self.init(schools: directory.schools, states: directory.states)
    }

    /// Makes schools findable; those that come first win where two fit alike.
    package init(schools: [School], states: [StateEntry]) {
        self.schools = schools
        var numbers: [StateCode: UInt8] = [:]
        for (index, state) in states.enumerated() { numbers[state.code] = UInt8(index) }
        stateNumbers = numbers

        var builder = IndexBuilder()
        let stateWords = Dictionary(
            states.map { state in
                (state.code, builder.words(of: state.code.description + " " + state.name))
            },
            uniquingKeysWith: { first, _ in first }
        )
        var stateOfSchool: [UInt8] = []
        var wordCounts: [UInt8] = []
        var firstWords: [UInt32?] = []
        for (index, school) in schools.enumerated() {
            let name = builder.words(of: school.name)
            builder.add(name, to: index, at: Place.name.rawValue)
            builder.add(builder.words(of: school.city), to: index, at: Place.city.rawValue)
            builder.add(
                builder.words(of: school.districtName),
                to: index,
                at: Place.district.rawValue
            )
            builder.add(stateWords[school.state] ?? [], to: index, at: Place.state.rawValue)
            if let zip = school.zip {
                builder.add(builder.words(of: zip), to: index, at: Place.zip.rawValue)
            }
            stateOfSchool.append(numbers[school.state] ?? .max)
            wordCounts.append(UInt8(clamping: name.count))
            firstWords.append(name.first)
        }
        self.stateOfSchool = stateOfSchool
        nameWordCounts = wordCounts
        let index = builder.finish()
        vocabulary = index.vocabulary
        starts = index.starts
        postings = index.postings
        firstNameWord = firstWords.map { word in word.map { Int32(index.position[Int($0)]) } ?? -1 }
    }

    /// The schools that fit best, best first; at most `limit`, and only of `state` where given.
    ///
    /// Where no school fits, words of five and more letters may differ by one letter.
    package func search(_ text: String, state: StateCode? = nil, limit: Int = 20) -> [School] {
        search(SchoolQuestion(name: text, state: state), limit: limit)
    }

    /// The same by field: a word of the town is looked for in towns only, and so on; the words
    /// of the name may stand anywhere.
    package func search(_ question: SchoolQuestion, limit: Int = 20) -> [School] {
        let words =
            words(of: question.name, in: nil) + words(of: question.town, in: .city)
            + words(of: question.zip, in: .zip) + words(of: question.district, in: .district)
        guard !words.isEmpty, limit > 0 else { return [] }
        let exact = ranked(words.map { (matches($0.word), $0.place) }, question, limit: limit)
        guard exact.isEmpty else { return exact }
        return ranked(
            words.map { (matchesForgiving($0.word), $0.place) },
            question,
            limit: limit
        )
    }

    private func words(of text: String, in place: Place?) -> [(word: String, place: Place?)] {
        // Scalars, not Characters: one Character can be a megabyte of accents.
        let beginning = String(String.UnicodeScalarView(text.unicodeScalars.prefix(200)))
        let typed = SearchWords.of(beginning, atMost: 10)
        let strong = typed.filter { !SearchWords.weak.contains($0) }
        return (strong.isEmpty ? typed : strong).map { ($0, place) }
    }

    // MARK: - Words

    /// The words of the vocabulary that a typed word may mean, each with its fit in percent.
    private struct Matches {
        /// The typed word itself and those that begin with it.
        var beginnings: Range<Int>
        var startsWithWhole: Bool
        /// What the word is short for, or words that differ by one letter.
        var others: [(word: Int, fit: Int32)] = []

        var isEmpty: Bool { beginnings.isEmpty && others.isEmpty }

        var all: [(word: Int, fit: Int32)] {
            beginnings.map { word in
                (word, startsWithWhole && word == beginnings.lowerBound ? 100 : 70)
            } + others
        }

        func contains(_ word: Int) -> Bool {
            beginnings.contains(word) || others.contains { $0.word == word }
        }
    }

    private func matches(_ typed: String) -> Matches {
        let first = firstWord(notBefore: typed)
        var end = first
        while end < vocabulary.count, vocabulary[end].utf8.starts(with: typed.utf8) { end += 1 }
        let isWhole = first < end && vocabulary[first].utf8.count == typed.utf8.count
        var result = Matches(beginnings: first..<end, startsWithWhole: isWhole)
        if let meaning = SearchWords.meaning(of: typed) {
            let index = firstWord(notBefore: meaning)
            if index < vocabulary.count, vocabulary[index] == meaning {
                result.others = [(index, 95)]
            }
        }
        return result
    }

    private func matchesForgiving(_ typed: String) -> Matches {
        var found = matches(typed)
        guard found.isEmpty, typed.utf8.count >= 5 else { return found }
        let letters = Array(typed.utf8)
        found.others = vocabulary.indices
            .filter { Self.differByOne(letters, vocabulary[$0].utf8) }
            .map { ($0, 50) }
        return found
    }

    /// One letter more, less, other, or two neighbours exchanged.
    private static func differByOne(_ left: [UInt8], _ right: String.UTF8View) -> Bool {
        let difference = left.count - right.count
        guard abs(difference) <= 1 else { return false }
        let right = Array(right)
        var start = 0
        while start < min(left.count, right.count), left[start] == right[start] { start += 1 }
        let leftRest = left[start...]
        let rightRest = right[start...]
        switch difference {
        case 1: return leftRest.dropFirst() == rightRest
        case -1: return leftRest == rightRest.dropFirst()
        default:
            if leftRest.dropFirst() == rightRest.dropFirst() { return true }
            return leftRest.count >= 2 && leftRest.dropFirst(2) == rightRest.dropFirst(2)
                && leftRest[start] == rightRest[start + 1]
                && leftRest[start + 1] == rightRest[start]
        }
    }

    private func firstWord(notBefore word: String) -> Int {
        var low = 0
        var high = vocabulary.count
        while low < high {
            let middle = (low + high) / 2
            if vocabulary[middle].utf8.lexicographicallyPrecedes(word.utf8) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }

    // MARK: - Schools

    private func ranked(
        _ words: [(matches: Matches, place: Place?)],
        _ question: SchoolQuestion,
        limit: Int
    ) -> [School] {
        let wanted = question.state.flatMap { stateNumbers[$0] }
        if question.state != nil, wanted == nil { return [] }
        var found = [UInt8](repeating: 0, count: schools.count)
        var score = [Int32](repeating: 0, count: schools.count)
        var best = [Int32](repeating: 0, count: schools.count)
        var inName = [UInt8](repeating: 0, count: schools.count)
        var touched: [Int] = []
        for (step, word) in words.enumerated() {
            touched.removeAll(keepingCapacity: true)
            for match in word.matches.all {
                for posting in postings[Int(starts[match.word])..<Int(starts[match.word + 1])] {
                    let school = Int(posting >> 3)
                    // Only schools that every earlier word found go on.
                    guard found[school] == UInt8(step) || best[school] > 0 else { continue }
                    if let wanted, stateOfSchool[school] != wanted { continue }
                    guard let place = Place(rawValue: posting & 7),
                        word.place == nil || word.place == place
                    else { continue }
                    let value = place.weight * match.fit
                    if best[school] == 0 {
                        touched.append(school)
                        found[school] = UInt8(step + 1)
                    }
                    if value > best[school] { best[school] = value }
                }
            }
            for school in touched {
                score[school] += best[school]
                // Above this a word stood in the name, whole or as a beginning.
                if best[school] > 90 * 100 || best[school] == 70 * 100 { inName[school] += 1 }
                best[school] = 0
            }
        }
        let keys = touched.map { school in
            // Of two schools with the same words, the one whose name says less besides is meant.
            let unsaid = Int32(max(0, Int(nameWordCounts[school]) - Int(inName[school])))
            let opens = words.contains { word in
                word.place == nil && word.matches.contains(Int(firstNameWord[school]))
            }
            let rank = UInt64(max(0, score[school] - 300 * unsaid + (opens ? 500 : 0)))
            return rank << 32 | UInt64(UInt32.max - UInt32(school))
        }
        return keys.sorted(by: >).prefix(limit)
            .map { schools[Int(UInt32.max - UInt32(truncatingIfNeeded: $0))] }
    }
}
