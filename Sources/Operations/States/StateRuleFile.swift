package import Casework
package import Vocabulary
import Yams

/// What states say of records, as a YAML file: one document a state.
///
/// A document is the whole of it. What it leaves out is not on file afterwards: a state without
/// `acceptance` has no rule about copies, one without `limits` no law that anybody entered, one
/// without `ladder` the standard steps.
package enum StateRuleFile {
    /// What one document says.
    package struct Entry: Hashable, Sendable {
        package let state: StateCode
        package let whole: WholeStateRule

        package init(state: StateCode, whole: WholeStateRule) {
            self.state = state
            self.whole = whole
        }
    }

    /// One thing wrong: the line, counted from 1, and the key, such as `limits.2.unit`.
    package struct Problem: Error, Hashable, Sendable {
        /// What kind of thing.
        package enum Kind: String, Sendable, CaseIterable {
            case tooLarge, notYAML, noDocument, tooManyStates
            case keyUnknown, keyTwice, keyMissing, notKeys, notAList
            case stateUnknown, stateTwice
            case phaseUnknown, useUnknown, textMissing, textTooLong, flagUnknown
            case daysImpossible, unitUnknown, startUnknown, scopeUnknown
            case limitTwice, tooManyLimits
            case stepImpossible, stepsOutOfOrder, emailMalformed
        }

        package let line: Int
        package let key: String
        package let kind: Kind

        package init(line: Int, key: String, kind: Kind) {
            self.line = line
            self.key = key
            self.kind = kind
        }
    }

    /// Everything wrong with a file at once.
    package struct Malformed: Error, Hashable, Sendable {
        package let problems: [Problem]
    }

    package static let mostBytes = 1 << 20
    /// More than there are states and territories.
    package static let mostStates = 100

    /// The states of a file, in its order.
    package static func read(_ bytes: [UInt8]) throws(Malformed) -> [Entry] {
        guard bytes.count <= mostBytes else {
            throw Malformed(problems: [Problem(line: 1, key: "", kind: .tooLarge)])
        }
        var reader = StateRuleReader()
        reader.read(String(decoding: bytes, as: UTF8.self))
        guard reader.problems.isEmpty else { throw Malformed(problems: reader.problems) }
        return reader.entries
    }
}
