import Casework
import Foundation
import RecordExchange
import SeededNumbers
import TestSupport
import Testing
import Vocabulary

@Suite("A table of what laws give schools") struct LimitTableTests {
    private let heading = LimitTable.heading.joined(separator: ",")

    private func problems(_ lines: String...) -> [LimitTable.Problem] {
        let text = ([heading] + lines).joined(separator: "\n")
        do {
            _ = try LimitTable.read(Array(text.utf8))
            return []
        } catch { return error.problems }
    }

    @Test func `the presets that are shipped can be read, and nobody verified any`() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Templates/limits/presets.csv")
        let limits = try LimitTable.read(Array(try Data(contentsOf: file)))
        #expect(limits.count == 6)
        let all = limits.values.flatMap { $0 }
        #expect(all.allSatisfy { !$0.isVerified })
        let california = try #require(limits[.california]?.first)
        #expect(california.unit == .schoolDay && california.countsSummer)
    }

    @Test func `every problem is named with its line`() {
        #expect(
            problems(
                "XXX,0,weeks,soon,some,maybe, ,perhaps",
                "TX,10,workingDay,asked,every,no,Code 1,no",
                "TX,10,workingDay,asked,every,no,Code 2,no",
                "TX,10",
                "TX,367,workingDay,asked,every,no,Code 3,no"
            ).map { "\($0.line) \($0.kind.rawValue)" } == [
                "2 stateUnknown", "2 daysImpossible", "2 unitUnknown", "2 startUnknown",
                "2 scopeUnknown", "2 summerUnknown", "2 verifiedUnknown", "2 citationMissing",
                "4 twice", "5 columnsWrong", "6 daysImpossible",
            ]
        )
    }

    @Test func `a table without its heading, or that never ends, is refused`() {
        #expect(throws: LimitTable.Malformed.self) { try LimitTable.read(Array("TX,10".utf8)) }
        #expect(throws: LimitTable.Malformed.self) { try LimitTable.read([]) }
        #expect(problems("TX,10,workingDay,asked,every,no,\"Code").map(\.kind) == [.unreadable])
        #expect(throws: LimitTable.Malformed.self) {
            try LimitTable.read(Array(repeating: 65, count: LimitTable.mostBytes + 1))
        }
    }

    @Test func `noise is refused or read, and never stops anything`() {
        var random = SeededGenerator(seed: 7)
        let base = Array("\(heading)\nTX,10,workingDay,asked,every,no,Code 1,no\n".utf8)
        for _ in 0..<2_000 {
            var bytes = base
            for _ in 0...Int(random.next() % 4) {
                bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(
                    truncatingIfNeeded: random.next()
                )
            }
            guard let limits = try? LimitTable.read(bytes) else { continue }
            #expect(
                limits.values.flatMap { $0 }
                    .allSatisfy { StatutoryLimit.possibleDays.contains($0.days) }
            )
        }
    }
}
