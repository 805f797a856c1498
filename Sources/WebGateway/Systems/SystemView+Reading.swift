import StudentRecords

extension SystemView {
    /// What the files of an answer say as data, and what of them could not be read.
    struct Reading: Encodable {
        /// One thing that was not read, or that cannot be: the value is kept as it was sent.
        struct Problem: Encodable {
            /// The file and where in it.
            let place: String
            /// The number of a minimum data element; absent where it is about a row or file.
            let element: Int?
            let found: String
            let allowed: String
        }

        /// How many entries there are of each group, such as `course`.
        let entries: [String: Int]
        let problems: [Problem]
        /// How many there are beyond those.
        let moreProblems: Int

        /// Problems that are told; the record's own file has more.
        static let most = 200

        /// `nil` where none of the files is a record.
        init?(_ reading: RecordReading) {
            guard !reading.record.entries.isEmpty || !reading.problems.isEmpty else { return nil }
            entries = Dictionary(grouping: reading.record.entries, by: \.group.rawValue)
                .mapValues(\.count)
            problems = reading.problems.prefix(Self.most).map { problem in
                Problem(
                    place: problem.place,
                    element: problem.element?.rawValue,
                    found: problem.found,
                    allowed: problem.allowed.description
                )
            }
            moreProblems = reading.problems.count - problems.count + reading.unlisted
        }
    }
}
