import RecordExchange
import StudentRecords
import Testing
import Vocabulary
import WebGateway

@Suite("What is said of each part after a correction") struct CorrectionPartsTests {
    private static let earlier: [RecordBundle.Part] = [
        .init(part: .transcript, status: .sent),
        .init(part: .immunization, status: .sent),
        .init(part: .healthAlert, status: .noneOnFile),
        .init(part: .assessment, status: .unsaid),
        .init(part: .attendance, status: .toFollow(by: nil)),
    ]

    private static let shots = StudentRecord([
        RecordEntry(
            .immunization,
            from: RecordSource(name: "Maple School", date: CivilDate(dayNumber: 20_000)),
            [.immunizationType: .value(.text("MMR"))]
        )
    ])

    private func said(
        _ earlier: [RecordBundle.Part],
        in record: StudentRecord
    ) -> [RecordPart: RecordBundle.PartStatus] {
        Dictionary(
            AnswerRoom.parts(after: earlier, in: record).map { ($0.part, $0.status) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    @Test func `a part is sent where the new files are read to hold it, and unsaid otherwise`() {
        #expect(
            said(Self.earlier, in: Self.shots) == [
                .transcript: .unsaid, .immunization: .sent, .healthAlert: .noneOnFile,
                .assessment: .unsaid, .attendance: .toFollow(by: nil),
            ]
        )
    }

    @Test func `nothing is said to be in files of which nothing can be read`() {
        let parts = said(Self.earlier, in: StudentRecord([]))
        #expect(!parts.values.contains(.sent))
        #expect(parts[.transcript] == .unsaid && parts[.immunization] == .unsaid)
    }

    @Test func `what is read and was not spoken of before is there too`() {
        #expect(said([], in: Self.shots) == [.immunization: .sent])
        let late = [RecordBundle.Part(part: .immunization, status: .toFollow(by: nil))]
        #expect(said(late, in: Self.shots) == [.immunization: .sent])
    }
}
