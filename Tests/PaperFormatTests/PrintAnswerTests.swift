import HostileInput
import PaperFormat
import SeededNumbers
import Testing

@Suite("Answers of the program that prints") struct PrintAnswerTests {
    private typealias Head = PrintAnswer.Head

    @Test func `a head comes out as it went in`() {
        for (outcome, count) in [
            (PrintAnswer.Outcome.printed, 1), (.printed, PrintAnswer.mostBytes), (.tried, 1),
            (.notAnOrder, 0), (.notDrawn, 0),
        ] {
            let head = Head(confinement: 0x1F, outcome: outcome, count: count)
            #expect(head.bytes.count == Head.byteCount)
            #expect(Head(bytes: head.bytes) == head)
        }
    }

    @Test(arguments: [
        (PrintAnswer.Outcome.printed, 0), (.printed, PrintAnswer.mostBytes + 1),
        (.printed, Int(UInt32.max)), (.tried, 0), (.tried, 2), (.notAnOrder, 1), (.notDrawn, 1),
    ])
    func `an answer has no more bytes than one of its kind may have`(
        outcome: PrintAnswer.Outcome,
        count: Int
    ) {
        #expect(Head(bytes: Head(confinement: 0, outcome: outcome, count: count).bytes) == nil)
    }

    @Test func `whatever is taken for a head is one, to the last byte`() {
        var generator = SeededGenerator(seed: 1)
        let good = Head(confinement: 31, outcome: .printed, count: 4_000).bytes
        for _ in 0..<20_000 {
            let bytes =
                generator.happens(50)
                ? generator.bytes(Int.random(in: 0...12, using: &generator))
                : generator.mutant(of: good)
            if let head = Head(bytes: bytes) { #expect(head.bytes == bytes) }
        }
    }
}
