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
        isRecordOpen: Bool = true
    ) {
        var seen: Set<RecordPart> = []
        groups = RecordUse.allCases.filter { $0 <= most }.map { use in
            let parts = use.parts.filter { seen.insert($0).inserted }
            let rows = completeness.rows.filter { parts.contains($0.part) }.map { row in
                Row(
                    part: row.part,
                    standing: PartStanding(
                        row.standing,
                        phase: phase,
                        isRecordOpen: isRecordOpen
                    ),
                    lacks: row.missing.map(\.name)
                )
            }
            return Group(title: SheetTitle(use), rows: rows)
        }
    }
}

/// The elements of one part that nobody gave, by number and name.
package struct PartLacks: Hashable, Sendable {
    package let part: RecordPart
    package let elements: [String]

    /// Of each part that is there in part; one of which nothing came is not among them.
    package static func all(of completeness: Completeness) -> [Self] {
        completeness.rows.filter { !$0.missing.isEmpty }.map { row in
            Self(part: row.part, elements: row.missing.map { "\($0.rawValue) \($0.name)" })
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
