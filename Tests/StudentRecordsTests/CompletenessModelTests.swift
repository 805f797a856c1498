import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

/// Where each part stands, judged a second time by rules of one line each.
@Suite("Completeness against the rules of the page") struct CompletenessModelTests {
    private static let statements: [Completeness.Statement?] = [
        nil, .sent, .unsaid, .noneOnFile, .toFollow, .withheld,
    ]

    /// What a receiver cannot do without, from the pages' own list.
    private static let wanted: [RecordPart: Set<Element>] = [
        .enrollment: [.paternalSurname, .firstName, .birthDate, .birthEvidence, .gradeLevel],
        .immunization: [.immunizationDate, .immunizationType],
        .transcript: [.courseTitle, .creditsGranted],
        .partialCredit: [.courseTitle, .gradeToDate, .clockHours],
        .assessment: [.assessmentName, .assessmentDate, .assessmentResult],
    ]

    private static func record(_ generator: inout SeededGenerator) throws -> [RecordEntry] {
        let source = try Samples.source("School \(Int.random(in: 0...2, using: &generator))")
        return ElementGroup.allCases.filter { _ in Bool.random(using: &generator) }.map { group in
            var entry = RecordEntry(group, from: source)
            for element in group.elements where Bool.random(using: &generator) {
                let value: ElementValue =
                    element == .creditsGranted ? .amount(Hundredths(50)) : .text("x")
                let answers: [ElementAnswer] = [
                    .value(value), .value(value), .unreadable("?"), .noneOnFile, .withheld,
                ]
                entry.answers[element] = answers.randomElement(using: &generator)
            }
            return entry
        }
    }

    /// The entries that say something of a part.
    private static func about(_ part: RecordPart, _ entries: [RecordEntry]) -> [RecordEntry] {
        entries.filter { entry in
            guard part == .partialCredit else { return entry.group.part == part }
            let credits = entry.answers[.creditsGranted]
            let isSaid = credits != nil && credits != .noneOnFile
            return entry.group == .course && !isSaid
        }
    }

    @Test(arguments: 0..<120)
    func `values go before files, files before words, and words before the phase`(
        seed: UInt64
    ) throws {
        var generator = SeededGenerator(seed: seed)
        let entries = try Self.record(&generator)
        var statements: [RecordPart: Completeness.Statement] = [:]
        for part in RecordPart.allCases {
            statements[part] = Self.statements.randomElement(using: &generator) ?? nil
        }
        let phase = Int.random(in: 1...3, using: &generator)
        let found = Completeness(
            of: MergedRecord([StudentRecord(entries)]),
            parts: RecordPart.allCases,
            statements: statements,
            phase: phase
        )

        #expect(found.rows.map(\.part) == RecordPart.allCases)
        for row in found.rows {
            let answers = Self.about(row.part, entries).flatMap(\.answers)
            let given = answers.filter { $0.value.value != nil }
            let expected: Completeness.Standing =
                if !given.isEmpty {
                    .there
                } else if answers.contains(where: { $0.value.isUnreadable }) {
                    .inFiles
                } else if answers.contains(where: { $0.value == .withheld }) {
                    .withheld
                } else if !answers.isEmpty {
                    .noneOnFile
                } else if let said = statements[row.part] {
                    switch said {
                    case .sent: .inFiles
                    case .unsaid: .unsaid
                    case .noneOnFile: .noneOnFile
                    case .toFollow: .toFollow
                    case .withheld: .withheld
                    }
                } else {
                    row.part.heldFrom.rawValue > phase ? .notYetHeld : .missing
                }
            #expect(row.standing == expected, "\(row.part)")
            // Nothing is called there that nobody typed and nobody sent as data.
            #expect((row.standing == .there) == !given.isEmpty)

            let said = Set(answers.filter { !$0.value.isUnreadable }.map(\.key))
            let lacks = (Self.wanted[row.part] ?? []).subtracting(said)
                .filter { $0.definition.phase <= phase }
            #expect(Set(row.missing) == (expected == .there ? lacks : []))
        }
        #expect(found.isComplete == !found.rows.contains { $0.standing == .missing })
    }

    @Test(arguments: 0..<60)
    func `no element is missing of a part whose files nobody can read`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let record = MergedRecord([StudentRecord(try Self.record(&generator))])
        let unread = Set(RecordPart.allCases.filter { _ in Bool.random(using: &generator) })
        let phase = Int.random(in: 1...3, using: &generator)
        let plain = Completeness(of: record, parts: RecordPart.allCases, phase: phase)
        let found = Completeness(
            of: record,
            parts: RecordPart.allCases,
            unread: unread,
            phase: phase
        )

        #expect(found.rows.map(\.standing) == plain.rows.map(\.standing))
        for (row, before) in zip(found.rows, plain.rows) {
            // Nothing gets lost between the two lists, and nothing stands in both.
            #expect(row.missing == (unread.contains(row.part) ? [] : before.missing))
            #expect(row.perhapsInFiles == (unread.contains(row.part) ? before.missing : []))
            #expect(row.isLacking == before.isLacking)
            #expect(before.perhapsInFiles.isEmpty)
        }
        for standing in Completeness.Standing.allCases {
            let parts = found.parts(standing: standing)
            #expect(parts == found.rows.filter { $0.standing == standing }.map(\.part))
        }
    }

    @Test(arguments: [
        (Completeness.Statement.sent, false), (.noneOnFile, false), (.unsaid, true),
        (.toFollow, true), (.withheld, true),
    ])
    func `what is to follow, withheld or left open is lacking, and what is not on file is not`(
        statement: Completeness.Statement,
        isLacking: Bool
    ) {
        let found = Completeness(
            of: MergedRecord([]),
            parts: [.transcript],
            statements: [.transcript: statement]
        )
        #expect(found.rows.map { $0.isLacking } == [isLacking])
    }

    @Test(arguments: DataPhase.allCases)
    func `what a state need not hold yet is not lacking`(phase: DataPhase) {
        let found = Completeness(
            of: MergedRecord([]),
            parts: RecordPart.allCases,
            phase: phase.rawValue
        )
        #expect(
            found.rows.filter { $0.isLacking }.map(\.part)
                == RecordPart.allCases.filter { $0.heldFrom <= phase }
        )
    }

    @Test(arguments: 0..<60)
    func `nothing becomes complete by being left open`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var statements: [RecordPart: Completeness.Statement] = [:]
        for part in RecordUse.graduation.parts {
            statements[part] = Self.statements.randomElement(using: &generator) ?? nil
        }
        let before = Completeness(
            of: MergedRecord([]),
            for: .graduation,
            statements: statements
        )
        let part = try #require(RecordUse.graduation.parts.randomElement(using: &generator))
        statements[part] = .unsaid
        let after = Completeness(of: MergedRecord([]), for: .graduation, statements: statements)
        #expect(after.wholeness != .complete)
        let lacksElse = before.rows.contains { row in
            row.part != part && [.missing, .toFollow, .withheld].contains(row.standing)
        }
        #expect(after.wholeness == (lacksElse ? .partial : .unsaid))
    }
}
