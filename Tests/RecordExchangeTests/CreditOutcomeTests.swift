import Foundation
import RecordExchange
import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

@Suite("What became of credits") struct CreditOutcomeTests {
    private static func line(_ sent: Int?, _ accepted: Int?, note: String = "") -> CreditLine {
        CreditLine(
            course: "Algebra I",
            sent: sent.map { Hundredths($0) },
            accepted: accepted.map { Hundredths($0) },
            note: note
        )
    }

    private static func outcome(_ lines: [CreditLine]) -> CreditOutcome {
        CreditOutcome(
            id: Identifier(rawValue: 1),
            request: Identifier(rawValue: 2),
            bundle: Identifier(rawValue: 3),
            holder: .gateway,
            number: 1,
            at: Instant(millisecondsSince1970: 0),
            person: "Rosa",
            enrolledOn: nil,
            placedOn: nil,
            lines: lines
        )
    }

    @Test(
        arguments: [
            (50, 50, CreditLine.Verdict.accepted), (50, 49, .partly), (50, 1, .partly),
            (50, 0, .notAccepted), (0, 0, .accepted), (50, 51, .accepted), (nil, 0, .notAccepted),
            (nil, 25, .accepted), (50, nil, nil), (nil, nil, nil),
        ] as [(Int?, Int?, CreditLine.Verdict?)]
    )
    func `the verdict on a course follows from the two amounts`(
        sent: Int?,
        accepted: Int?,
        verdict: CreditLine.Verdict?
    ) {
        #expect(Self.line(sent, accepted).verdict == verdict)
    }

    @Test(
        arguments: [
            (50, 50, nil), (50, 49, CreditLine.Fault.reasonMissing), (50, 0, .reasonMissing),
            (50, 51, .moreThanSent), (nil, 1, .moreThanSent), (nil, 0, .reasonMissing),
            (0, 0, nil), (50, nil, nil),
        ] as [(Int?, Int?, CreditLine.Fault?)]
    )
    func `less or more than was sent needs its reason`(
        sent: Int?,
        accepted: Int?,
        fault: CreditLine.Fault?
    ) {
        #expect(Self.line(sent, accepted).fault == fault)
        #expect(Self.line(sent, accepted, note: " \t").fault == fault)
        #expect(Self.line(sent, accepted, note: "Lab missing").fault == nil)
    }

    @Test(arguments: CreditLine.Reason.allCases)
    func `every reason but another one says why less counts, and none why more does`(
        reason: CreditLine.Reason
    ) {
        func line(_ accepted: Int) -> CreditLine {
            CreditLine(
                course: "Art",
                sent: Hundredths(50),
                accepted: Hundredths(accepted),
                reason: reason
            )
        }
        #expect(line(25).fault == (reason == .other ? .reasonMissing : nil))
        #expect(line(75).fault == .moreThanSent)
    }

    @Test func `of the whole record any amount counts, since nothing is known to compare it with`()
    {
        let part = CreditLine(whole: .partly, accepted: Hundredths(250), reason: .proofMissing)

        #expect(part.fault == nil)
        #expect(CreditLine(whole: .accepted, accepted: Hundredths(900)).fault == nil)
        #expect(CreditLine(whole: .notAccepted).fault == .reasonMissing)
        #expect(CreditLine(whole: nil).fault == nil)
    }

    @Test(
        arguments: [
            ([], nil), ([(50, 50)], CreditLine.Verdict.accepted), ([(50, 50), (50, nil)], nil),
            ([(50, 0), (100, 0)], .notAccepted), ([(50, 50), (100, 0)], .partly),
            ([(50, 50), (100, 99)], .partly),
        ] as [([(Int, Int?)], CreditLine.Verdict?)]
    )
    func `the verdict on all waits for the last course`(
        lines: [(Int, Int?)],
        verdict: CreditLine.Verdict?
    ) {
        #expect(Self.outcome(lines.map { Self.line($0.0, $0.1) }).verdict == verdict)
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `sums are exact, and never more than was sent unless somebody said why`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let lines = (0..<200).map { _ in
            Self.line(
                Int.random(in: 0...150, using: &generator),
                Bool.random(using: &generator) ? Int.random(in: 0...150, using: &generator) : nil
            )
        }
        let sound = lines.filter { $0.fault != .moreThanSent }
        let outcome = Self.outcome(sound)

        #expect(outcome.sent.count == sound.compactMap { $0.sent?.count }.reduce(0, +))
        #expect(outcome.accepted.count == sound.compactMap { $0.accepted?.count }.reduce(0, +))
        #expect(outcome.accepted <= outcome.sent)
        for line in sound {
            let isAll = line.accepted == line.sent && line.accepted != nil
            #expect((line.verdict == .accepted) == isAll)
        }
    }

    @Test func `a statement is stored by these names, amounts in hundredths`() throws {
        let line = CreditLine(
            course: "Art",
            detail: "A",
            sent: Hundredths(50),
            accepted: Hundredths(25),
            reason: .tooFewHours,
            note: "30 hours"
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let data = try encoder.encode(line)
        #expect(
            String(decoding: data, as: UTF8.self)
                == #"{"accepted":25,"detail":"A","note":"30 hours","reason":"tooFewHours","#
                + #""sent":50,"title":"Art","verdict":"partly"}"#
        )
        #expect(try JSONDecoder().decode(CreditLine.self, from: data) == line)
    }
}
