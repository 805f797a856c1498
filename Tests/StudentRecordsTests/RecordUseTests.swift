import StudentRecords
import Testing

@Suite("What a record is for") struct RecordUseTests {
    @Test func `each use asks for all that the one before it asks for`() {
        let uses = RecordUse.allCases
        #expect(uses.map(\.rawValue) == ["E", "P", "G"])
        for (earlier, later) in zip(uses, uses.dropFirst()) {
            #expect(earlier < later && !(later < earlier))
            #expect(Set(earlier.parts).isStrictSubset(of: later.parts))
        }
    }

    @Test func `graduation shows the credits, which the report codes for placement only`() {
        #expect(RecordUse.graduation.parts.contains(.partialCredit))
        #expect(RecordUse.graduation.parts.contains(.transcript))
        #expect(RecordUse.graduation.parts.contains(.assessment))
        #expect(!RecordUse.placement.parts.contains(.assessment))
    }

    @Test func `a child can be enrolled on proof of immunization and health alerts`() {
        #expect(RecordUse.enrollment.parts == [.enrollment, .immunization, .healthAlert])
    }

    @Test(arguments: RecordUse.allCases)
    func `no part is asked for twice, and none that nobody needs`(use: RecordUse) {
        #expect(Set(use.parts).count == use.parts.count)
        // Asked for by name only: they follow a child further than a school needs.
        #expect(!use.parts.contains(.discipline))
    }

    @Test(arguments: ["", "e", "X", "EP", "Ｅ"])
    func `other letters are no use`(text: String) {
        #expect(RecordUse(rawValue: text) == nil)
    }

    @Test(arguments: RecordUse.allCases)
    func `uses are ordered like their letters in the report`(use: RecordUse) {
        #expect(!(use < use))
        #expect(
            RecordUse.allCases.filter { $0 < use }.count == RecordUse.allCases.firstIndex(of: use)
        )
    }
}
