import Casework
import RecordExchange
import StudentRecords
import Vocabulary
import Yams

/// Reads the documents of a file, and goes on after everything that is wrong.
struct StateRuleReader {
    typealias Kind = StateRuleFile.Problem.Kind

    private(set) var entries: [StateRuleFile.Entry] = []
    private(set) var problems: [StateRuleFile.Problem] = []

    mutating func read(_ text: String) {
        do {
            var documents = try Yams.compose_all(yaml: text)
            while let document = documents.next() {
                guard entries.count < StateRuleFile.mostStates else {
                    return note(.tooManyStates, "", document)
                }
                read(document)
                // Thousands of wrong lines help nobody.
                if problems.count >= 100 { return }
            }
            if let error = documents.error { throw error }
        } catch {
            return note(failure: error)
        }
        if entries.isEmpty, problems.isEmpty {
            problems.append(.init(line: 1, key: "", kind: .noDocument))
        }
    }

    private mutating func note(failure: any Error) {
        switch failure as? YamlError {
        case .duplicatedKeysInMapping(let keys, let context)?:
            for key in keys.sorted() {
                problems.append(.init(line: context.mark.line, key: key, kind: .keyTwice))
            }
        case .scanner(_, _, let mark, _)?, .parser(_, _, let mark, _)?,
            .composer(_, _, let mark, _)?:
            problems.append(.init(line: mark.line, key: "", kind: .notYAML))
        default: problems.append(.init(line: 1, key: "", kind: .notYAML))
        }
    }

    private mutating func note(_ kind: Kind, _ key: String, _ node: Node?) {
        problems.append(.init(line: node?.mark?.line ?? 1, key: key, kind: kind))
    }

    // MARK: One state

    private mutating func read(_ document: Node) {
        let known = ["state", "phase", "acceptance", "limits", "ladder"]
        guard let keys = keys(of: document, "", known) else { return }
        let state = state(keys["state"], document)
        let rule = StateRule(
            phase: phase(keys["phase"], document),
            acceptance: keys["acceptance"].flatMap { acceptance($0) },
            limits: limits(keys["limits"])
        )
        let policy = keys["ladder"].map { ladder($0) } ?? .standard
        guard let state else { return }
        entries.append(.init(state: state, whole: .init(rule: rule, policy: policy)))
    }

    private mutating func state(_ node: Node?, _ document: Node) -> StateCode? {
        guard let node else {
            note(.keyMissing, "state", document)
            return nil
        }
        guard let state = node.scalar.flatMap({ StateCode($0.string) }) else {
            note(.stateUnknown, "state", node)
            return nil
        }
        guard !entries.contains(where: { $0.state == state }) else {
            note(.stateTwice, "state", node)
            return nil
        }
        return state
    }

    private mutating func phase(_ node: Node?, _ document: Node) -> DataPhase {
        guard let node else {
            note(.keyMissing, "phase", document)
            return .third
        }
        guard let phase = node.number.flatMap(DataPhase.init(rawValue:)) else {
            note(.phaseUnknown, "phase", node)
            return .third
        }
        return phase
    }

    // MARK: Copies

    private mutating func acceptance(_ node: Node) -> StateRule.Acceptance? {
        let known = [
            "certifier", "electronic", "handCarried", "note", "citation", "verified", "madeUp",
        ]
        guard let keys = keys(of: node, "acceptance", known) else { return nil }
        let longest = StateRule.Acceptance.longestText
        return StateRule.Acceptance(
            certifier: text(keys, "acceptance.certifier", node, longest),
            electronic: uses(keys, "acceptance.electronic", node),
            handCarried: uses(keys, "acceptance.handCarried", node),
            note: keys["note"] == nil ? "" : text(keys, "acceptance.note", node, longest),
            citation: text(keys, "acceptance.citation", node, longest),
            isVerified: flag(keys, "acceptance.verified", node),
            isMadeUp: keys["madeUp"] != nil && flag(keys, "acceptance.madeUp", node)
        )
    }

    private mutating func uses(
        _ keys: [String: Node],
        _ path: String,
        _ owner: Node
    ) -> [RecordUse] {
        guard let node = required(keys, path, owner) else { return [] }
        guard let list = node.sequence else {
            note(.notAList, path, node)
            return []
        }
        var found: Set<RecordUse> = []
        for item in list {
            guard let use = item.scalar.flatMap({ RecordUse(rawValue: $0.string) }) else {
                note(.useUnknown, path, item)
                continue
            }
            found.insert(use)
        }
        return RecordUse.allCases.filter(found.contains)
    }

    // MARK: Law

    private mutating func limits(_ node: Node?) -> [StatutoryLimit] {
        guard let node else { return [] }
        guard let list = node.sequence else {
            note(.notAList, "limits", node)
            return []
        }
        var limits: [StatutoryLimit] = []
        for (index, item) in list.enumerated() {
            let path = "limits.\(index + 1)"
            guard let limit = limit(item, path) else { continue }
            if limits.contains(where: { $0.name == limit.name }) {
                note(.limitTwice, path, item)
            } else if limits.count == StatutoryLimit.mostOfAState {
                note(.tooManyLimits, path, item)
                return limits
            } else {
                limits.append(limit)
            }
        }
        return limits
    }

    private mutating func limit(_ node: Node, _ path: String) -> StatutoryLimit? {
        let known = ["days", "unit", "starts", "applies", "summer", "citation", "verified"]
        guard let keys = keys(of: node, path, known) else { return nil }
        let typed = required(keys, "\(path).days", node)
        let possible = typed?.number.flatMap {
            StatutoryLimit.possibleDays.contains($0) ? $0 : nil
        }
        if let typed, possible == nil { note(.daysImpossible, "\(path).days", typed) }
        let counted: StatutoryLimit.Unit? = word(keys, "\(path).unit", node, .unitUnknown)
        let first: StatutoryLimit.Start? =
            keys["starts"] == nil ? .asked : word(keys, "\(path).starts", node, .startUnknown)
        let covered: StatutoryLimit.Scope? =
            keys["applies"] == nil ? .every : word(keys, "\(path).applies", node, .scopeUnknown)
        let summer = keys["summer"] != nil && flag(keys, "\(path).summer", node)
        let citation = text(keys, "\(path).citation", node, StatutoryLimit.longestCitation)
        let isVerified = flag(keys, "\(path).verified", node)
        guard let days = possible, let unit = counted, let start = first, let scope = covered
        else { return nil }
        return StatutoryLimit(
            days: days,
            unit: unit,
            start: start,
            scope: scope,
            countsSummer: summer,
            citation: citation,
            isVerified: isVerified
        )
    }

    private mutating func word<Word: RawRepresentable>(
        _ keys: [String: Node],
        _ path: String,
        _ owner: Node,
        _ kind: Kind
    ) -> Word? where Word.RawValue == String {
        guard let node = required(keys, path, owner) else { return nil }
        if let word = node.scalar.flatMap({ Word(rawValue: $0.string) }) { return word }
        note(kind, path, node)
        return nil
    }

    // MARK: The ladder

    private mutating func ladder(_ node: Node) -> Ladder.Policy {
        let known =
            StateRuleFile.steps.map(\.key) + ["citation", "verified", "missingChildAuthority"]
        guard let keys = keys(of: node, "ladder", known) else { return .standard }
        var policy = Ladder.Policy.standard
        let before = problems.count
        for step in StateRuleFile.steps {
            guard let typed = keys[step.key] else { continue }
            let isNever = typed.scalar?.string == StateRuleFile.never
            guard let days = isNever ? 0 : typed.number, step.allows(days) else {
                note(.stepImpossible, "ladder.\(step.key)", typed)
                continue
            }
            policy[keyPath: step.path] = days
        }
        if problems.count == before, !policy.isInOrder { note(.stepsOutOfOrder, "ladder", node) }
        if keys["citation"] != nil {
            policy.citation = text(
                keys,
                "ladder.citation",
                node,
                StatutoryLimit.longestCitation
            )
        }
        if keys["verified"] != nil { policy.isVerified = flag(keys, "ladder.verified", node) }
        policy.authority = keys["missingChildAuthority"].flatMap { authority($0) }
        return policy
    }

    private mutating func authority(_ node: Node) -> Ladder.Authority? {
        let path = "ladder.missingChildAuthority"
        guard let keys = keys(of: node, path, ["name", "email"]) else { return nil }
        let name = text(keys, "\(path).name", node, 200)
        guard let typed = required(keys, "\(path).email", node) else { return nil }
        guard let email = try? EmailAddress(parsing: typed.scalar?.string.lowercased() ?? "")
        else {
            note(.emailMalformed, "\(path).email", typed)
            return nil
        }
        return Ladder.Authority(name: name, email: email)
    }

    // MARK: Values

    /// The keys of a mapping; `nil` where it is none.
    private mutating func keys(
        of node: Node,
        _ path: String,
        _ known: [String]
    ) -> [String: Node]? {
        guard let mapping = node.mapping else {
            note(.notKeys, path, node)
            return nil
        }
        var found: [String: Node] = [:]
        for (key, value) in mapping {
            let name = key.scalar?.string ?? ""
            guard known.contains(name) else {
                note(.keyUnknown, path.isEmpty ? name : "\(path).\(name)", key)
                continue
            }
            found[name] = value
        }
        return found
    }

    private mutating func required(
        _ keys: [String: Node],
        _ path: String,
        _ owner: Node
    ) -> Node? {
        let name = path.split(separator: ".").last.map(String.init) ?? path
        guard let node = keys[name] else {
            note(.keyMissing, path, owner)
            return nil
        }
        return node
    }

    private mutating func text(
        _ keys: [String: Node],
        _ path: String,
        _ owner: Node,
        _ longest: Int
    ) -> String {
        guard let node = required(keys, path, owner) else { return "" }
        let text = node.scalar?.string ?? ""
        if !text.utf8.contains(where: { $0 > 32 }) { note(.textMissing, path, node) }
        if text.utf8.count > longest { note(.textTooLong, path, node) }
        return text
    }

    private mutating func flag(
        _ keys: [String: Node],
        _ path: String,
        _ owner: Node
    ) -> Bool {
        guard let node = required(keys, path, owner) else { return false }
        if let flag = node.bool { return flag }
        note(.flagUnknown, path, node)
        return false
    }
}

extension Node {
    /// A whole number; `nil` where the reader of numbers has no room for it either.
    fileprivate var number: Int? {
        guard let scalar, !PlainYAML.isTooLargeInBaseSixty(scalar.string) else { return nil }
        return int
    }
}

extension Ladder.Policy {
    /// Nobody is passed over: each step comes no earlier than the one before it.
    fileprivate var isInOrder: Bool {
        let steps = [backupAfter, remindAfter, districtAfter, stateAfter, capAfter]
        let urgent = [urgentRemindAfter, urgentDistrictAfter, urgentStateAfter, urgentCapAfter]
        return steps == steps.sorted() && urgent == urgent.sorted()
            && stateAfterWhenClosed <= remindStateAfterWhenClosed
    }
}
