package import StudentRecords

/// Which parts of what was asked for are there, by the first use that needs each.
package struct PartStandings: Hashable, Sendable {
    /// The parts one use needs beyond those before it.
    package struct Group: Hashable, Sendable {
        package let title: SheetTitle
        package let rows: [Row]
    }

    /// One part.
    package struct Row: Hashable, Sendable {
        package let part: RecordPart
        package let standing: PartStanding
        /// Names of the elements a receiver cannot do without and that nobody gave.
        package let lacks: [String]
        /// The same, where files came that may hold them.
        package let perhaps: [String]
        /// The requester may write to the school about it.
        package let isAskable: Bool

        init(
            _ row: Completeness.Row,
            phase: DataPhase,
            isRecordOpen: Bool,
            canAsk: Bool = false
        ) {
            part = row.part
            standing = PartStanding(row.standing, phase: phase, isRecordOpen: isRecordOpen)
            lacks = row.missing.map(\.name)
            perhaps = row.perhapsInFiles.map(\.name)
            isAskable = canAsk && row.isLacking
        }
    }

    package let groups: [Group]

    package static let none = Self(groups: [])

    private init(groups: [Group]) {
        self.groups = groups
    }

    /// `isRecordOpen` is false where only what the holders said is known, not the record itself.
    package init(
        _ completeness: Completeness,
        for most: RecordUse,
        phase: DataPhase = .third,
        isRecordOpen: Bool = true,
        canAsk: Bool = false
    ) {
        var seen: Set<RecordPart> = []
        groups = RecordUse.allCases.filter { $0 <= most }.map { use in
            let parts = use.parts.filter { seen.insert($0).inserted }
            let rows = completeness.rows.filter { parts.contains($0.part) }.map { row in
                Row(row, phase: phase, isRecordOpen: isRecordOpen, canAsk: canAsk)
            }
            return Group(title: SheetTitle(use), rows: rows)
        }
    }
}

/// The elements of one part that nobody gave, by number and name.
package struct PartLacks: Hashable, Sendable {
    package let part: RecordPart
    package let elements: [String]
    /// Files came for it that may hold them.
    package let isPerhaps: Bool

    /// Of each part that is there in part; one of which nothing came is not among them.
    package static func all(of completeness: Completeness) -> [Self] {
        completeness.rows.compactMap { row in
            let elements = row.missing + row.perhapsInFiles
            guard !elements.isEmpty else { return nil }
            return Self(
                part: row.part,
                elements: elements.map { "\($0.rawValue) \($0.name)" },
                isPerhaps: !row.perhapsInFiles.isEmpty
            )
        }
    }
}

/// What the receiver will still lack, shown to its sender before anything is sent.
package struct AnswerLook: Hashable, Sendable {
    /// By the first use that needs each part; only what lacks something.
    package let groups: [PartStandings.Group]
    /// Asked for beside what the uses need.
    package let others: [PartStandings.Row]
    /// Files were chosen, which a browser forgets when it shows the page again.
    package let hadFiles: Bool
    /// More lines than a phone shows at once: they are folded.
    package let isLong: Bool
    package let lacksNothing: Bool
    /// What is wrong in what was typed and in the files, of which the sender sees all.
    package let problems: ProblemList

    package init(
        _ completeness: Completeness,
        phase: DataPhase,
        hadFiles: Bool,
        problems: ProblemList = ProblemList()
    ) {
        self.problems = problems
        var seen: Set<RecordPart> = []
        groups = RecordUse.allCases.compactMap { use in
            let parts = use.parts.filter { seen.insert($0).inserted }
            let rows = Self.rows(completeness, phase) { parts.contains($0) }
            return rows.isEmpty ? nil : PartStandings.Group(title: SheetTitle(use), rows: rows)
        }
        others = Self.rows(completeness, phase) { !seen.contains($0) }
        self.hadFiles = hadFiles
        let count = groups.map(\.rows.count).reduce(0, +) + others.count
        isLong = count > 4
        lacksNothing = count == 0
    }

    private static func rows(
        _ completeness: Completeness,
        _ phase: DataPhase,
        where isMeant: (RecordPart) -> Bool
    ) -> [PartStandings.Row] {
        completeness.rows.filter { $0.isLacking && isMeant($0.part) }.map { row in
            PartStandings.Row(row, phase: phase, isRecordOpen: true)
        }
    }
}

/// Where a part stands, in words.
package enum PartStanding: Hashable, Sendable, Worded {
    package static let words = "standing"

    case there, inFiles, sent, unsaid, missing, noneOnFile, toFollow, withheld
    /// The state is in this phase, and the part belongs to a later one.
    case notYetHeld(phase: Int)

    package init(
        _ standing: Completeness.Standing,
        phase: DataPhase,
        isRecordOpen: Bool
    ) {
        self =
            switch standing {
            case .there: .there
            case .inFiles: isRecordOpen ? .inFiles : .sent
            case .unsaid: .unsaid
            case .missing: .missing
            case .noneOnFile: .noneOnFile
            case .toFollow: .toFollow
            case .withheld: .withheld
            case .notYetHeld: .notYetHeld(phase: phase.rawValue)
            }
    }
}
