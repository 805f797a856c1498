import StudentRecords
import Testing
import Vocabulary

/// Every combination of what is in a record, what its holder says and what a state need hold.
@Suite("Completeness, case by case") struct CompletenessTableTests {
    /// What of a part is in the record.
    enum Content: CaseIterable, Sendable {
        case nothing, value, unreadable, noneOnFile, withheld

        var answer: ElementAnswer? {
            switch self {
            case .nothing: nil
            case .value: .value(.text("x"))
            case .unreadable: .unreadable("x")
            case .noneOnFile: .noneOnFile
            case .withheld: .withheld
            }
        }
    }

    private static let statements: [Completeness.Statement?] = [
        nil, .sent, .unsaid, .noneOnFile, .toFollow, .withheld,
    ]

    /// Parts with an element that can stand alone.
    private static let elements: [RecordPart: (ElementGroup, Element)] = [
        .enrollment: (.identity, .firstName), .immunization: (.immunization, .immunizationType),
        .healthAlert: (.medicalAlert, .medicalAlert), .transcript: (.course, .courseTitle),
        .partialCredit: (.course, .gradeToDate), .assessment: (.assessment, .assessmentName),
        .specialEducation: (.educationAlert, .educationAlert),
    ]

    @Test(arguments: elements.keys.sorted { $0.rawValue < $1.rawValue }, Content.allCases)
    func `what is in the record goes before what is said, and that before the phase`(
        part: RecordPart,
        content: Content
    ) throws {
        let (group, element) = try #require(Self.elements[part])
        var entry = RecordEntry(group, from: try Samples.source("A"))
        entry.answers[element] = content.answer
        let record = MergedRecord([StudentRecord([entry])])
        for statement in Self.statements {
            for phase in 1...3 {
                let statements = statement.map { [part: $0] } ?? [:]
                let row = try #require(
                    Completeness(
                        of: record,
                        parts: [part],
                        statements: statements,
                        phase: phase
                    ).rows.first
                )
                let expected: Completeness.Standing =
                    switch (content, statement) {
                    case (.value, _): .there
                    case (.unreadable, _): .inFiles
                    case (.withheld, _): .withheld
                    case (.noneOnFile, _): .noneOnFile
                    case (.nothing, .sent): .inFiles
                    case (.nothing, .unsaid): .unsaid
                    case (.nothing, .noneOnFile): .noneOnFile
                    case (.nothing, .toFollow): .toFollow
                    case (.nothing, .withheld): .withheld
                    case (.nothing, nil): part.heldFrom.rawValue > phase ? .notYetHeld : .missing
                    }
                #expect(row.standing == expected, "\(part) \(content) phase \(phase)")
                #expect(row.missing.isEmpty || expected == .there)
                #expect(!row.missing.contains(element))
            }
        }
    }

    @Test(arguments: Completeness.Standing.allCases)
    func `only what is missing makes a record incomplete; to follow and withheld make it not whole`(
        standing: Completeness.Standing
    ) throws {
        let part = RecordPart.assessment
        let statement: Completeness.Statement? =
            switch standing {
            case .inFiles: .sent
            case .unsaid: .unsaid
            case .noneOnFile: .noneOnFile
            case .toFollow: .toFollow
            case .withheld: .withheld
            default: nil
            }
        var records: [StudentRecord] = []
        if standing == .there {
            records = [
                StudentRecord([
                    try Samples.entry(
                        .assessment,
                        from: Samples.source("A"),
                        [.assessmentName: "STAAR"]
                    )
                ])
            ]
        }
        let found = Completeness(
            of: MergedRecord(records),
            parts: [part],
            statements: statement.map { [part: $0] } ?? [:],
            phase: standing == .notYetHeld ? 1 : 3
        )
        #expect(found.rows.map(\.standing) == [standing])
        #expect(found.isComplete == (standing != .missing))
        let lacks: Set<Completeness.Standing> = [.missing, .toFollow, .withheld]
        let wholeness: Wholeness = standing == .unsaid ? .unsaid : .complete
        #expect(found.wholeness == (lacks.contains(standing) ? .partial : wholeness))
    }

    @Test func `a course with credit is no partial credit, and one without it is both`() throws {
        let source = try Samples.source("A")
        let done = try Samples.course("Art", from: source, credits: "1")
        let partial = try Samples.course("Band", from: source, hours: "40")
        func standings(_ entries: [RecordEntry]) -> [Completeness.Standing] {
            Completeness(
                of: MergedRecord([StudentRecord(entries)]),
                parts: [.transcript, .partialCredit]
            ).rows.map(\.standing)
        }
        #expect(standings([done]) == [.there, .missing])
        #expect(standings([partial]) == [.there, .there])
        #expect(standings([done, partial]) == [.there, .there])
        #expect(standings([]) == [.missing, .missing])
    }

    @Test func `nothing that a later phase asks for is named as missing in an earlier one`() {
        for part in RecordPart.allCases {
            for phase in DataPhase.allCases {
                let row = Completeness(of: MergedRecord([]), parts: [part], phase: phase.rawValue)
                    .rows.first
                #expect(
                    row?.standing == (part.heldFrom > phase ? .notYetHeld : .missing),
                    "\(part) \(phase)"
                )
            }
        }
    }
}
