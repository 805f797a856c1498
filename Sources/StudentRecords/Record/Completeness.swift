/// Which parts of what was asked for are there: for the holder before sending, and for the
/// receiver afterwards.
package struct Completeness: Hashable, Sendable {
    /// Where one part stands.
    package enum Standing: String, Hashable, Sendable, CaseIterable {
        case there
        /// In a file that cannot be read as data.
        case inFiles
        /// Files came, and nobody said whether it is in them.
        case unsaid
        case missing
        case noneOnFile
        case toFollow
        case withheld
        /// The state need not hold it yet, so it is not missing.
        case notYetHeld
    }

    /// What a holder said of a part apart from the data.
    package enum Statement: Hashable, Sendable {
        case sent, noneOnFile, toFollow, withheld
        /// Nothing, but files came that may hold it.
        case unsaid
    }

    /// One part with its standing and the elements of it that nobody gave.
    package struct Row: Hashable, Sendable {
        package let part: RecordPart
        package let standing: Standing
        package let missing: [Element]
        /// Elements that nobody gave as data, of a part of which files came that cannot be read as
        /// data: they may be in them, so nobody calls them missing.
        package let perhapsInFiles: [Element]

        /// The receiver will lack all of it, or something it cannot do without.
        ///
        /// What is not on file, or not yet held, nobody can still send.
        package var isLacking: Bool {
            switch standing {
            case .missing, .toFollow, .withheld, .unsaid: true
            case .there: !missing.isEmpty || !perhapsInFiles.isEmpty
            case .inFiles, .noneOnFile, .notYetHeld: false
            }
        }
    }

    package let rows: [Row]

    /// `phase` is the state's, from 1 to 3; `unread` are the parts of which files may hold more than
    /// can be read as data.
    package init(
        of record: MergedRecord,
        for use: RecordUse,
        statements: [RecordPart: Statement] = [:],
        unread: Set<RecordPart> = [],
        phase: Int = 3
    ) {
        self.init(
            of: record,
            parts: use.parts,
            statements: statements,
            unread: unread,
            phase: phase
        )
    }

    package init(
        of record: MergedRecord,
        parts: [RecordPart],
        statements: [RecordPart: Statement] = [:],
        unread: Set<RecordPart> = [],
        phase: Int = 3
    ) {
        rows = parts.map { part in
            let groups = Self.groups(of: part)
            let entries = groups.flatMap { record.entries(of: $0) }.filter {
                part != .partialCredit || CreditAccrual.isUnfinished($0)
            }
            let wanted = Self.wanted(part)
            let answers = entries.flatMap(\.entries).flatMap(\.answers)
            let unreadable = answers.filter { $0.value.isUnreadable }
            let answered = Set(answers.filter { !$0.value.isUnreadable }.map(\.key))
            let values = answers.map(\.value)
            let missing = wanted.filter { !answered.contains($0) && $0.definition.phase <= phase }
            let standing: Standing =
                if values.contains(where: { $0.value != nil }) {
                    .there
                } else if !unreadable.isEmpty {
                    .inFiles
                } else if values.contains(.withheld) {
                    .withheld
                } else if !values.isEmpty {
                    .noneOnFile
                } else {
                    switch statements[part] {
                    case .sent: .inFiles
                    case .noneOnFile: .noneOnFile
                    case .toFollow: .toFollow
                    case .withheld: .withheld
                    case .unsaid: .unsaid
                    case nil: part.heldFrom.rawValue > phase ? .notYetHeld : .missing
                    }
                }
            let lacks = standing == .there ? missing : []
            let isUnread = unread.contains(part)
            return Row(
                part: part,
                standing: standing,
                missing: isUnread ? [] : lacks,
                perhapsInFiles: isUnread ? lacks : []
            )
        }
    }

    /// The parts that stand like this, in the order in which they were asked for.
    package func parts(standing: Standing) -> [RecordPart] {
        rows.filter { $0.standing == standing }.map(\.part)
    }

    /// Nothing of what the receiver needs is missing.
    package var isComplete: Bool { !rows.contains { $0.standing == .missing } }

    /// Whether all of it came, as far as anybody said.
    package var wholeness: Wholeness {
        Wholeness(
            of: rows.map { row in
                switch row.standing {
                case .there, .inFiles, .noneOnFile, .notYetHeld: .complete
                case .unsaid: .unsaid
                case .missing, .toFollow, .withheld: .partial
                }
            }
        )
    }

    static func groups(of part: RecordPart) -> [ElementGroup] {
        switch part {
        case .partialCredit: [.course]
        default: ElementGroup.allCases.filter { $0.part == part }
        }
    }

    /// What a receiver cannot do without.
    private static func wanted(_ part: RecordPart) -> [Element] {
        switch part {
        case .enrollment: [.paternalSurname, .firstName, .birthDate, .birthEvidence, .gradeLevel]
        case .immunization: [.immunizationDate, .immunizationType]
        case .transcript: [.courseTitle, .creditsGranted]
        case .partialCredit: [.courseTitle, .gradeToDate, .clockHours]
        case .assessment: [.assessmentName, .assessmentDate, .assessmentResult]
        default: []
        }
    }
}
