import Intake
import Testing
import Vocabulary

@Suite("Openings that are tried again") struct OpeningTrialsTests {
    private let trials = OpeningTrials()
    private let start = Instant(millisecondsSince1970: 1_800_000_000_000)

    @Test func `what never failed is due, and its account waits for nothing`() {
        #expect(trials.isDue("a", at: start))
        #expect(trials.failures(of: "a") == 0)
        #expect(trials.accountsDue(at: start).isEmpty)
    }

    @Test func `each failure puts it off for longer, and the last one gives it up`() {
        var now = start
        var waits: [Int64] = []
        for failure in 1..<OpeningTrials.most {
            #expect(trials.noteFailure(of: "a", from: "oak", at: now))
            #expect(trials.failures(of: "a") == failure)
            var seconds: Int64 = 0
            while !trials.isDue("a", at: now.advanced(bySeconds: seconds)) { seconds += 1 }
            waits.append(seconds)
            now = now.advanced(bySeconds: seconds)
        }
        #expect(waits == waits.sorted() && waits.allSatisfy { $0 > 0 })
        #expect(!trials.noteFailure(of: "a", from: "oak", at: now))
        // The same bytes sent again are tried as often.
        #expect(trials.failures(of: "a") == 0)
        #expect(trials.noteFailure(of: "a", from: "oak", at: now))
    }

    @Test func `its account is looked at when it is due, and no other`() {
        _ = trials.noteFailure(of: "a", from: "oak", at: start)
        _ = trials.noteFailure(of: "b", from: "oak", at: start)
        _ = trials.noteFailure(of: "c", from: "elm", at: start.advanced(bySeconds: 3_600))
        #expect(trials.accountsDue(at: start).isEmpty)
        #expect(trials.accountsDue(at: start.advanced(bySeconds: 600)) == ["oak"])
        #expect(trials.accountsDue(at: start.advanced(bySeconds: 600)).isEmpty)
        #expect(trials.accountsDue(at: start.advanced(bySeconds: 7_200)) == ["elm"])
        _ = trials.noteFailure(of: "a", from: "oak", at: start.advanced(bySeconds: 7_200))
        #expect(trials.accountsDue(at: start.advanced(bySeconds: 9_000)) == ["oak"])
    }

    @Test func `what was decided is forgotten`() {
        _ = trials.noteFailure(of: "a", from: "oak", at: start)
        trials.forget("a")
        #expect(trials.isDue("a", at: start))
        #expect(trials.failures(of: "a") == 0)
    }

    @Test func `a flood of failures is not remembered without end`() {
        for number in 0..<10_010 {
            _ = trials.noteFailure(
                of: "\(number)",
                from: "oak",
                at: start.advanced(bySeconds: Int64(number))
            )
        }
        #expect(trials.failures(of: "0") == 0)
        #expect(trials.failures(of: "10009") == 1)
    }
}
