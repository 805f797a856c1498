/// One thing that is wrong in a record or in a file that was read.
///
/// The rest is taken; what could not be read is shown to whoever can mend it and is never guessed.
package struct RecordProblem: Hashable, Sendable {
    /// `nil` where it is about the whole row or file.
    package let element: Element?
    /// Where it stands: `course 3`, `row 12`, `line 4`.
    package let place: String
    /// What was read, cut and made harmless.
    package let found: String
    package let allowed: Allowed

    package init(_ element: Element?, at place: String, found: String, allowed: Allowed) {
        self.element = element
        self.place = place.shown(atMost: 120)
        self.found = found.shown()
        self.allowed = allowed
    }

    /// The same problem, where several files are looked at.
    package func inside(_ file: String) -> Self {
        Self(element, at: "\(file.shown(atMost: 60)), \(place)", found: found, allowed: allowed)
    }
}

/// A record as far as it could be read, and everything that was wrong.
package struct RecordReading: Hashable, Sendable {
    package var record: StudentRecord
    package var problems: [RecordProblem]
    /// Problems beyond those that are listed.
    package var unlisted = 0
    /// What a file says that its school prints on its transcripts; of several files, what each
    /// says.
    package var legend: String?

    package init(record: StudentRecord = StudentRecord(), problems: [RecordProblem] = []) {
        self.record = record
        self.problems = problems
    }

    /// Joins what was read of one more file; each of its problems then names the file.
    package mutating func add(_ other: Self, of file: String) {
        record.entries += other.record.entries
        if let more = other.legend, legend?.contains(more) != true {
            let both = [legend, more].compactMap(\.self).joined(separator: " · ")
            legend = both.shown(atMost: Self.longestLegend)
        }
        let room = max(0, Self.mostProblems - problems.count)
        problems += other.problems.prefix(room).map { $0.inside(file) }
        unlisted += other.unlisted + max(0, other.problems.count - room)
    }

    /// The longest legend that is kept, in bytes.
    package static let longestLegend = 2_000
    /// Entries that are read of one file: no student has as many, and each is held against others.
    package static let mostEntries = 12_000
    /// Problems that are listed of one file; `unlisted` counts those beyond.
    package static let mostProblems = 1_000
}
