import StudentRecords
import Testing

@Suite("Phases of a state") struct DataPhaseTests {
    @Test(arguments: [
        (RecordPart.enrollment, DataPhase.first), (.immunization, .second), (.healthAlert, .second),
        (.specialEducation, .second), (.assessment, .second), (.transcript, .third),
        (.partialCredit, .third),
    ])
    func `a part is held from the phase in which the report names it`(
        part: RecordPart,
        phase: DataPhase
    ) {
        #expect(part.heldFrom == phase)
    }

    @Test(arguments: [RecordPart.attendance, .discipline, .attachment])
    func `nobody is excused from what the table does not know`(part: RecordPart) {
        #expect(part.heldFrom == .first)
    }

    @Test(arguments: RecordPart.allCases, DataPhase.allCases)
    func `a part is missing in its phase and later, and not yet held before`(
        part: RecordPart,
        phase: DataPhase
    ) {
        let judged = Completeness(of: MergedRecord([]), parts: [part], phase: phase.rawValue)

        #expect(judged.rows.map(\.standing) == [part.heldFrom <= phase ? .missing : .notYetHeld])
        #expect(judged.isComplete == (part.heldFrom > phase))
    }

    @Test(arguments: DataPhase.allCases)
    func `what a holder says goes before the phase`(phase: DataPhase) {
        let judged = Completeness(
            of: MergedRecord([]),
            parts: RecordPart.allCases,
            statements: Dictionary(
                uniqueKeysWithValues: RecordPart.allCases.map { ($0, .toFollow) }
            ),
            phase: phase.rawValue
        )

        #expect(judged.rows.allSatisfy { $0.standing == .toFollow })
    }
}
