extension DirectorySearch {
    /// Numbers the words as they come and sorts everything at the end.
    struct IndexBuilder {
        private var numbers: [String: UInt32] = [:]
        private var wordsOfText: [String: [UInt32]] = [:]
        private var pairs: [UInt64] = []

        /// Towns and districts repeat: their words are taken apart once.
        mutating func words(of text: String) -> [UInt32] {
            if let known = wordsOfText[text] { return known }
            var result: [UInt32] = []
            for word in SearchWords.of(text) {
                result.append(number(of: word))
                if let meaning = SearchWords.meaning(of: word) {
                    result.append(number(of: meaning))
                }
            }
            wordsOfText[text] = result
            return result
        }

        mutating func add(_ words: [UInt32], to school: Int, at place: UInt32) {
            for word in words {
                pairs.append(UInt64(word) << 32 | UInt64(school) << 3 | UInt64(place))
            }
        }

        /// `position` leads from a word's number to its place in the vocabulary.
        func finish() -> (
            vocabulary: [String], starts: [Int32], postings: [UInt32], position: [Int]
        ) {
            let sorted = numbers.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            var position = [Int](repeating: 0, count: sorted.count)
            for (index, entry) in sorted.enumerated() { position[Int(entry.value)] = index }
            var starts = [Int32](repeating: 0, count: sorted.count + 1)
            for pair in pairs { starts[position[Int(pair >> 32)] + 1] += 1 }
            for index in 1..<max(1, starts.count) { starts[index] += starts[index - 1] }
            var next = starts
            var postings = [UInt32](repeating: 0, count: pairs.count)
            for pair in pairs {
                let word = position[Int(pair >> 32)]
                postings[Int(next[word])] = UInt32(truncatingIfNeeded: pair)
                next[word] += 1
            }
            return (sorted.map(\.key), starts, postings, position)
        }

        private mutating func number(of word: String) -> UInt32 {
            if let known = numbers[word] { return known }
            let new = UInt32(numbers.count)
            numbers[word] = new
            return new
        }
    }
}
