package import Casework
import RecordExchange
import StudentRecords
import Vocabulary

extension StateRuleFile {
    /// One number of a ladder: its key in a file, and where it stands.
    package struct Step: Sendable {
        package let key: String
        let path: any WritableKeyPath<Ladder.Policy, Int> & Sendable
        /// `never` can stand in its place: it is 0 then.
        var mayBeNever = false

        /// Whether it can be so many days.
        func allows(_ days: Int) -> Bool {
            StateRuleFile.possibleStep.contains(days) || (mayBeNever && days == 0)
        }
    }

    /// In the place of a number, where something does not happen at all.
    package static let never = "never"

    /// The numbers of a ladder, in the order in which they come.
    package static let steps: [Step] = [
        Step(key: "backupAfter", path: \.backupAfter),
        Step(key: "remindAfter", path: \.remindAfter),
        Step(key: "districtAfter", path: \.districtAfter),
        Step(key: "stateAfter", path: \.stateAfter),
        Step(key: "lawReminderBefore", path: \.lawReminderBefore, mayBeNever: true),
        Step(key: "lawReminderAtPercent", path: \.lawReminderAtPercent, mayBeNever: true),
        Step(key: "capAfter", path: \.capAfter),
        Step(key: "urgentRemindAfter", path: \.urgentRemindAfter),
        Step(key: "urgentDistrictAfter", path: \.urgentDistrictAfter),
        Step(key: "urgentStateAfter", path: \.urgentStateAfter),
        Step(key: "urgentCapAfter", path: \.urgentCapAfter),
        Step(key: "stateAfterWhenClosed", path: \.stateAfterWhenClosed),
        Step(key: "remindStateAfterWhenClosed", path: \.remindStateAfterWhenClosed),
        Step(key: "holdReviewAfter", path: \.holdReviewAfter),
        Step(key: "cancelAfter", path: \.cancelAfter),
        Step(key: "collectAfter", path: \.collectAfter),
        Step(key: "completeAfter", path: \.completeAfter),
    ]

    /// The numbers that a step can have.
    package static let possibleStep = 1...120

    /// The document of one state; read again it changes nothing.
    package static func write(_ entry: Entry) -> String {
        let (rule, policy) = (entry.whole.rule, entry.whole.policy)
        var lines = ["---", "state: \(entry.state)", "phase: \(rule.phase.rawValue)"]
        if let acceptance = rule.acceptance { lines += Self.lines(acceptance) }
        if let limits = rule.limits {
            lines.append("limits:")
            lines += limits.flatMap(Self.lines)
        }
        lines.append("ladder:")
        lines += steps.map { step in
            let days = policy[keyPath: step.path]
            return "  \(step.key): \(step.mayBeNever && days == 0 ? never : String(days))"
        }
        if !policy.citation.isEmpty { lines.append("  citation: \(quoted(policy.citation))") }
        lines.append("  verified: \(word(policy.isVerified))")
        if let authority = policy.authority {
            lines += [
                "  missingChildAuthority:", "    name: \(quoted(authority.name))",
                "    email: \(quoted(authority.email.description))",
            ]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func lines(_ acceptance: StateRule.Acceptance) -> [String] {
        var lines = [
            "acceptance:", "  certifier: \(quoted(acceptance.certifier))",
            "  electronic: \(list(acceptance.electronic))",
            "  handCarried: \(list(acceptance.handCarried))",
        ]
        if !acceptance.note.isEmpty { lines.append("  note: \(quoted(acceptance.note))") }
        lines += [
            "  citation: \(quoted(acceptance.citation))",
            "  verified: \(word(acceptance.isVerified))",
        ]
        if acceptance.isMadeUp { lines.append("  madeUp: yes") }
        return lines
    }

    private static func lines(_ limit: StatutoryLimit) -> [String] {
        [
            "  - days: \(limit.days)", "    unit: \(limit.unit.rawValue)",
            "    starts: \(limit.start.rawValue)", "    applies: \(limit.scope.rawValue)",
            "    summer: \(word(limit.countsSummer))",
            "    citation: \(quoted(limit.citation))",
            "    verified: \(word(limit.isVerified))",
        ]
    }

    private static func word(_ flag: Bool) -> String { flag ? "yes" : "no" }

    private static func list(_ uses: [RecordUse]) -> String {
        "[\(RecordUse.allCases.filter(uses.contains).map(\.rawValue).joined(separator: ", "))]"
    }

    // Always quoted: a citation may look like anything else.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x22, 0x5C: quoted += "\\\(scalar)"
            case ..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

extension StateRuleFile {
    /// What goes and what comes, a line each, as the file writes it.
    package static func difference(from before: WholeStateRule, to entry: Entry) -> [String] {
        let old = write(Entry(state: entry.state, whole: before)).lines
        let new = write(entry).lines
        return new.difference(from: old).map { change in
            switch change {
            case .remove(_, let line, _): "- \(line)"
            case .insert(_, let line, _): "+ \(line)"
            }
        }
    }
}

extension String {
    fileprivate var lines: [String] {
        split(separator: "\n").map(String.init)
    }
}
