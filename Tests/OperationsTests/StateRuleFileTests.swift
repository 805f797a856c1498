import Casework
import Foundation
import Operations
import RecordExchange
import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

@Suite("States' rules as files")
struct StateRuleFileTests {
    private typealias Entry = StateRuleFile.Entry
    private typealias Kind = StateRuleFile.Problem.Kind

    private static let smallest = "state: WA\nphase: 2\n"
    private static let limit =
        "limits:\n  - {days: 2, unit: schoolDay, citation: Code 1, verified: no}\n"

    private func entries(_ text: String) throws -> [Entry] {
        try StateRuleFile.read(Array(text.utf8))
    }

    /// Line, key and kind of everything wrong, as `2 phase phaseUnknown`.
    private func problems(_ text: String) -> [String] {
        do {
            _ = try StateRuleFile.read(Array(text.utf8))
            return []
        } catch {
            return error.problems.map { "\($0.line) \($0.key) \($0.kind.rawValue)" }
        }
    }

    @Test func `the reminder before the law's date can be never, and nothing else can`() throws {
        func read(_ key: String, _ value: String) throws -> Ladder.Policy? {
            let text = "state: TX\nphase: 1\nladder:\n  \(key): \(value)\n"
            return try StateRuleFile.read(Array(text.utf8)).first?.whole.policy
        }
        #expect(try read("lawReminderBefore", "never")?.lawReminderBefore == 0)
        #expect(try read("lawReminderBefore", "0")?.lawReminderBefore == 0)
        for (key, value) in [
            ("lawReminderBefore", "-1"), ("lawReminderBefore", "none"), ("remindAfter", "never"),
            ("remindAfter", "0"), ("capAfter", "never"),
        ] {
            let error = #expect(throws: StateRuleFile.Malformed.self) { try read(key, value) }
            #expect(error?.problems.map(\.kind) == [.stepImpossible], "\(key): \(value)")
        }
    }

    @Test func `the example that is shipped says what it explains, and nobody verified it`() throws
    {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let bytes = try Data(contentsOf: root.appending(path: "Templates/states/example.yaml"))

        let entry = try #require(try StateRuleFile.read(Array(bytes)).first)

        #expect(entry.state.description == "WA" && entry.whole.rule.phase == .third)
        let acceptance = try #require(entry.whole.rule.acceptance)
        #expect(acceptance.electronic == [.enrollment, .placement])
        #expect(acceptance.handCarried == [.enrollment])
        #expect(!acceptance.isVerified && acceptance.isMadeUp)
        #expect(entry.whole.rule.limits?.map(\.name) == ["2-schoolDay-asked-every"])
        // Its ladder is the standard one, so that whoever deletes a line changes nothing.
        var standard = entry.whole.policy
        (standard.citation, standard.authority) = ("", nil)
        #expect(standard == .standard)
        #expect(entry.whole.policy.authority?.email.domain == "ayuda.example")
    }

    @Test func `what a document leaves out is not on file`() throws {
        let entry = try #require(try entries(Self.smallest).first)

        #expect(entry.whole == WholeStateRule(rule: StateRule(phase: .second)))
        #expect(entry.whole.rule.limits == nil && entry.whole.rule.acceptance == nil)
    }

    @Test func `a number in base sixty that nothing has room for is refused like any other`() {
        let number = "1" + String(repeating: ":00", count: 40)
        let text = """
            state: WA
            phase: \(number)
            limits:
              - days: \(number)
                unit: schoolDay
                citation: Code 1
                verified: no
            ladder:
              remindAfter: \(number)
            """
        #expect(
            problems(text) == [
                "2 phase phaseUnknown", "4 limits.1.days daysImpossible",
                "9 ladder.remindAfter stepImpossible",
            ]
        )
    }

    @Test func `a file holds as many states as it has documents`() throws {
        let text = "state: WA\nphase: 1\n---\nstate: TX\nphase: 3\n"

        #expect(try entries(text).map(\.state.description) == ["WA", "TX"])
        #expect(problems(text + "---\nstate: WA\nphase: 2\n") == ["7 state stateTwice"])
    }

    @Test(arguments: [
        ("", ["1  noDocument"]),
        ("state: [", ["2  notYAML"]),
        ("- WA", ["1  notKeys"]),
        ("state: WA", ["1 phase keyMissing"]),
        ("phase: 2", ["1 state keyMissing"]),
        ("state: Washington\nphase: four", ["1 state stateUnknown", "2 phase phaseUnknown"]),
        ("state: WA\nphase: 0", ["2 phase phaseUnknown"]),
        ("state: WA\nphase: 2\nlimit: []", ["3 limit keyUnknown"]),
        ("state: WA\nphase: 2\nlimits: 10", ["3 limits notAList"]),
        ("state: WA\nphase: 2\nacceptance: yes", ["3 acceptance notKeys"]),
        ("state: WA\nphase: 2\nladder: [1, 2]", ["3 ladder notKeys"]),
    ])
    func `what is no rule is refused with its line and key`(text: String, found: [String]) {
        #expect(problems(text) == found)
    }

    @Test func `a key that stands twice is named`() {
        #expect(
            problems("state: WA\nphase: 1\nphase: 2").map { $0.dropFirst(2) } == [
                "phase keyTwice"
            ]
        )
    }

    @Test func `everything wrong is told at once, in the order of the file`() {
        let text = """
            state: WA
            phase: 2
            acceptance:
              certifier: " "
              electronic: [E, X]
              handCarried: E
              citation: Code 1
              verified: perhaps
            limits:
              - {days: 0, unit: weeks, starts: soon, applies: some, summer: no, citation: " ",
                 verified: no}
              - {days: 2, unit: schoolDay, citation: Code 2, verified: no}
              - {days: 2, unit: schoolDay, citation: Code 3, verified: no}
              - {unit: schoolDay}
            ladder:
              remindAfter: 0
              capAfter: never
              missingChildAuthority: {name: Office, email: office}
            """
        #expect(
            problems(text) == [
                "4 acceptance.certifier textMissing", "5 acceptance.electronic useUnknown",
                "6 acceptance.handCarried notAList", "8 acceptance.verified flagUnknown",
                "10 limits.1.days daysImpossible", "10 limits.1.unit unitUnknown",
                "10 limits.1.starts startUnknown", "10 limits.1.applies scopeUnknown",
                "10 limits.1.citation textMissing", "13 limits.3 limitTwice",
                "14 limits.4.days keyMissing", "14 limits.4.citation keyMissing",
                "14 limits.4.verified keyMissing", "16 ladder.remindAfter stepImpossible",
                "17 ladder.capAfter stepImpossible",
                "18 ladder.missingChildAuthority.email emailMalformed",
            ]
        )
    }

    @Test(arguments: [
        ("{backupAfter: 3, remindAfter: 2}", false), ("{districtAfter: 11}", false),
        ("{capAfter: 9}", false), ("{stateAfterWhenClosed: 3}", false),
        ("{backupAfter: 2}", true), ("{stateAfter: 20}", true), ("{}", true),
        ("{collectAfter: 1, completeAfter: 30}", true),
    ])
    func `a ladder's steps come one after the other`(ladder: String, isPossible: Bool) {
        let found = problems(Self.smallest + "ladder: \(ladder)")

        #expect(found == (isPossible ? [] : ["3 ladder stepsOutOfOrder"]))
    }

    @Test func `what a ladder leaves out is as it always was`() throws {
        let entry = try #require(
            try entries(Self.smallest + "ladder: {stateAfter: 15}").first
        )
        var expected = Ladder.Policy.standard
        expected.stateAfter = 15

        #expect(entry.whole.policy == expected)
    }

    @Test func `texts, states and limits have an end`() {
        let long = String(repeating: "x", count: StatutoryLimit.longestCitation + 1)
        #expect(
            problems(Self.smallest + Self.limit.replacing("Code 1", with: long))
                == ["4 limits.1.citation textTooLong"]
        )
        let limits = (1...(StatutoryLimit.mostOfAState + 1)).map {
            "  - {days: \($0), unit: schoolDay, citation: C, verified: no}\n"
        }
        #expect(
            problems(Self.smallest + "limits:\n" + limits.joined())
                == ["16 limits.13 tooManyLimits"]
        )
        #expect(
            problems(String(repeating: "#", count: StateRuleFile.mostBytes + 1)) == ["1  tooLarge"]
        )
    }

    @Test func `a file with a thousand faults names a hundred or so and ends`() {
        let states = (0..<1_000).map { _ in "---\nstate: W\nphase: 9\n" }

        #expect((100...101).contains(problems(states.joined()).count))
    }

    @Test(arguments: 0..<200)
    func `what is written reads back as it was, whatever it says`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let entry = Self.entry(&generator)
        let text = StateRuleFile.write(entry)

        #expect(try entries(text) == [entry])
        #expect(StateRuleFile.difference(from: entry.whole, to: entry).isEmpty)
    }

    @Test func `a mark of byte order before a text is no part of it, and is gone for good`() throws
    {
        let policy = {
            var policy = Ladder.Policy.standard
            policy.citation = "\u{FEFF}Code 1"
            return policy
        }()
        let state = try #require(StateCode("WA"))
        let marked = Entry(state: state, whole: WholeStateRule(policy: policy))

        let read = try #require(try entries(StateRuleFile.write(marked)).first)

        #expect(read.whole.policy.citation == "Code 1")
        #expect(try entries(StateRuleFile.write(read)) == [read])
    }

    @Test func `a difference names what goes and what comes`() throws {
        let before = try #require(try entries(Self.smallest + Self.limit).first)
        let after = try #require(
            try entries("state: WA\nphase: 3\nladder: {stateAfter: 12}").first
        )
        let lines = StateRuleFile.difference(from: before.whole, to: after)

        #expect(lines.contains("- phase: 2") && lines.contains("+ phase: 3"))
        #expect(lines.contains("- limits:") && lines.contains("-     citation: \"Code 1\""))
        #expect(lines.contains("-   stateAfter: 10") && lines.contains("+   stateAfter: 12"))
        #expect(lines.allSatisfy { $0.hasPrefix("- ") || $0.hasPrefix("+ ") })
    }

    // MARK: Any rule there can be

    private static let texts = [
        "Code 1", "yes", "10", "- a", "a: b", "#", "\"quoted\"", "back\\slash", "señal",
        "two\nlines", "tab\there", "  spaces  ", "{x}", "null", "it's", "\u{2028}", "\u{85}!",
        "\u{1F600}", "x\u{FEFF}y", "a\u{7}b",
    ]

    private static func pick<Value>(_ values: [Value], _ generator: inout SeededGenerator) -> Value
    {
        values[Int.random(in: values.indices, using: &generator)]
    }

    private static func uses(_ generator: inout SeededGenerator) -> [RecordUse] {
        RecordUse.allCases.filter { _ in Bool.random(using: &generator) }
    }

    private static func entry(_ generator: inout SeededGenerator) -> Entry {
        var acceptance: StateRule.Acceptance?
        if Bool.random(using: &generator) {
            acceptance = StateRule.Acceptance(
                certifier: pick(texts, &generator),
                electronic: uses(&generator),
                handCarried: uses(&generator),
                note: Bool.random(using: &generator) ? "" : pick(texts, &generator),
                citation: pick(texts, &generator),
                isVerified: Bool.random(using: &generator),
                isMadeUp: Bool.random(using: &generator)
            )
        }
        var limits: [StatutoryLimit] = []
        for _ in 0..<Int.random(in: 0...4, using: &generator) {
            let limit = StatutoryLimit(
                days: Int.random(in: StatutoryLimit.possibleDays, using: &generator),
                unit: pick(StatutoryLimit.Unit.allCases, &generator),
                start: pick(StatutoryLimit.Start.allCases, &generator),
                scope: pick(StatutoryLimit.Scope.allCases, &generator),
                countsSummer: Bool.random(using: &generator),
                citation: pick(texts, &generator),
                isVerified: Bool.random(using: &generator)
            )
            if !limits.contains(where: { $0.name == limit.name }) { limits.append(limit) }
        }
        var policy = Ladder.Policy.standard
        let steps = (0..<5).map { _ in Int.random(in: 1...120, using: &generator) }.sorted()
        (policy.backupAfter, policy.remindAfter, policy.districtAfter) = (
            steps[0], steps[1], steps[2]
        )
        (policy.stateAfter, policy.capAfter) = (steps[3], steps[4])
        policy.cancelAfter = Int.random(in: 1...120, using: &generator)
        policy.lawReminderBefore = Int.random(in: 0...3, using: &generator)
        if Bool.random(using: &generator) { policy.citation = pick(texts, &generator) }
        policy.isVerified = Bool.random(using: &generator)
        if Bool.random(using: &generator), let email = try? EmailAddress(parsing: "a@b.example") {
            policy.authority = Ladder.Authority(name: pick(texts, &generator), email: email)
        }
        let phase = pick(DataPhase.allCases, &generator)
        return Entry(
            state: pick(["WA", "TX", "PR"].compactMap { StateCode($0) }, &generator),
            whole: WholeStateRule(
                rule: StateRule(phase: phase, acceptance: acceptance, limits: limits),
                policy: policy
            )
        )
    }
}
