import ArgumentParser
import Casework
import Operations
import RecordExchange
import StudentRecords
import Vocabulary

/// What states say of records.
struct StateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "state",
        abstract: "Read and write all that is data about a state.",
        subcommands: [Import.self, Export.self]
    )

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Replace what is on file of states by a YAML file.",
            discussion: """
                One document a state: how much it holds, which copies it accepts, what its law \
                gives schools, and the steps of its ladder. Templates/states/example.yaml explains \
                each key. A document is the whole of it; a state that the file does not name keeps \
                what it has. A file with anything wrong in it changes nothing. What comes and what \
                goes is told; with --dry-run nothing is changed, and the same file again changes \
                nothing either. Requests that wait take the new dates at once.
                """
        )

        @OptionGroup var installation: InstallationOption
        @Flag(help: "Say what would change, and change nothing.") var dryRun = false
        @Argument(help: "The file, such as Templates/states/example.yaml.") var file: String

        func run() async throws {
            let entries: [StateRuleFile.Entry]
            do {
                entries = try StateRuleFile.read(
                    try readBytes(file, limit: StateRuleFile.mostBytes)
                )
            } catch let malformed as StateRuleFile.Malformed {
                throw unusable(malformed.problems.map { "  line \($0.line): \($0.words)" })
            }
            let house = try await installation.open(try installation.configuration())
            // Before the first is changed, so that a file is taken as a whole or not at all.
            var changes: [(entry: StateRuleFile.Entry, before: WholeStateRule)] = []
            var unknown: [String] = []
            for entry in entries {
                do {
                    changes.append((entry, try await house.desk.wholeRule(of: entry.state)))
                } catch CaseworkFailure.notFound {
                    unknown.append("  \(entry.state): not in the directory")
                }
            }
            guard unknown.isEmpty else { throw unusable(unknown) }
            for (entry, before) in changes {
                guard before != entry.whole else {
                    print("\(entry.state): as it was.")
                    continue
                }
                print("\(entry.state):")
                for line in StateRuleFile.difference(from: before, to: entry) {
                    print("  \(line)")
                }
                if dryRun { continue }
                let count =
                    try await house.desk.replaceWholeRule(of: entry.state, with: entry.whole)
                print("  \(count ?? 0) waiting inquiries were looked at again.")
            }
            if dryRun { print("Nothing was changed.") }
        }

        private func unusable(_ lines: [String]) -> UsageFailure {
            UsageFailure(
                "\(file) cannot be used; nothing was changed.\n" + lines.joined(separator: "\n")
            )
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write what is on file of states as YAML to standard output."
        )

        @OptionGroup var installation: InstallationOption
        @Argument(help: "Two letters each, such as WA TX.") var states: [String]

        func run() async throws {
            let codes = try states.map { text in
                guard let state = StateCode(text) else {
                    throw UsageFailure("\(text): not the two letters of a state")
                }
                return state
            }
            let house = try await installation.open(try installation.configuration())
            for state in codes {
                let whole: WholeStateRule
                do {
                    whole = try await house.desk.wholeRule(of: state)
                } catch CaseworkFailure.notFound {
                    throw UsageFailure("\(state): not in the directory")
                }
                print(StateRuleFile.write(.init(state: state, whole: whole)), terminator: "")
            }
        }
    }
}

extension StateRuleFile.Problem {
    fileprivate var words: String { key.isEmpty ? kind.words : "\(key): \(kind.words)" }
}

extension StateRuleFile.Problem.Kind {
    fileprivate var words: String {
        switch self {
        case .tooLarge: "more than \(StateRuleFile.mostBytes >> 20) MiB"
        case .notYAML: "not YAML"
        case .noDocument: "nothing stands in it"
        case .tooManyStates: "more than \(StateRuleFile.mostStates) states"
        case .keyUnknown: "there is no such key"
        case .keyTwice: "stands twice"
        case .keyMissing: "is missing"
        case .notKeys: "keys are expected here"
        case .notAList: "a list is expected here"
        case .stateUnknown: "not the two letters of a state"
        case .stateTwice: "an earlier document is about this state"
        case .phaseUnknown: "1, 2 or 3"
        case .useUnknown: "E, P or G"
        case .textMissing: "say it in words"
        case .textTooLong: "too long; at most \(StatutoryLimit.longestCitation) bytes"
        case .flagUnknown: "yes or no"
        case .daysImpossible: "a number from 1 to 366"
        case .unitUnknown: "schoolDay, workingDay or calendarDay"
        case .startUnknown: "asked or enrolled"
        case .scopeUnknown: "every, otherStates, sameState or militaryFamilies"
        case .limitTwice: "the same limit twice"
        case .tooManyLimits: "more than \(StatutoryLimit.mostOfAState) limits"
        case .stepImpossible:
            "a number from \(StateRuleFile.possibleStep.lowerBound) to "
                + "\(StateRuleFile.possibleStep.upperBound); "
                + "lawReminderBefore can be \(StateRuleFile.never)"
        case .stepsOutOfOrder:
            "the steps do not come one after the other: backup, remind, district, state, cap"
        case .emailMalformed: "not a complete email address"
        }
    }
}
