import ArgumentParser
import Casework
import RecordExchange
import Vocabulary

extension CalendarCommand {
    struct Limits: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Replace what is on file of the time that states' laws give schools.",
            discussion: """
                A table with commas: \(LimitTable.heading.joined(separator: ",")). One limit a \
                line; a state that the table does not name keeps what it has. Units are schoolDay, \
                workingDay and calendarDay; a limit starts when the school is "asked" or the \
                student is "enrolled", and applies to every, otherStates, sameState or \
                militaryFamilies; summer says whether summer weekdays count as school days. \
                Nothing is called verified unless the table says so. These dates are shown beside \
                ours, and draw our timers forward; they put none off.
                """
        )

        @OptionGroup var installation: InstallationOption
        @Flag(help: "Say what would change, and change nothing.") var dryRun = false
        @Argument(help: "The table, such as Templates/limits/presets.csv.") var file: String

        func run() async throws {
            let limits: [StateCode: [StatutoryLimit]]
            do {
                limits = try LimitTable.read(try readBytes(file, limit: LimitTable.mostBytes))
            } catch let malformed as LimitTable.Malformed {
                let lines = malformed.problems.map { "  line \($0.line): \($0.kind.words)" }
                throw UsageFailure(
                    "\(file) cannot be used; nothing was changed.\n"
                        + lines.joined(separator: "\n")
                )
            }
            let house = try await installation.open(try installation.configuration())
            for (state, limits) in limits.sorted(by: { $0.key.description < $1.key.description }) {
                let before: [StatutoryLimit]
                let isChanged: Bool
                do {
                    before = try await house.desk.stateRule(of: state).limits ?? []
                    isChanged =
                        dryRun
                        ? before != limits
                        : try await house.desk.replaceLimits(limits, of: state)
                } catch CaseworkFailure.notFound {
                    print("\(state): not in the directory; left out.")
                    continue
                }
                guard isChanged else {
                    print("\(state): as it was.")
                    continue
                }
                print("\(state): \(dryRun ? "would have" : "has") \(limits.count) on file now.")
                for limit in before where !limits.contains(limit) { print("  - \(limit.line)") }
                for limit in limits where !before.contains(limit) { print("  + \(limit.line)") }
            }
        }
    }
}

extension StatutoryLimit {
    fileprivate var line: String {
        "\(days) \(unit.words) from \(start.rawValue), \(scope.rawValue), "
            + "\(isVerified ? "verified" : "not verified"): \(citation)"
    }
}

extension StatutoryLimit.Unit {
    var words: String {
        switch self {
        case .schoolDay: "school days"
        case .workingDay: "working days"
        case .calendarDay: "calendar days"
        }
    }
}

extension LimitTable.Problem.Kind {
    fileprivate var words: String {
        switch self {
        case .tooLarge: "more than \(LimitTable.mostBytes >> 20) MiB"
        case .unreadable: "not a table with commas, or a quotation mark that is never closed"
        case .headingWrong: "the first line must be \(LimitTable.heading.joined(separator: ","))"
        case .columnsWrong: "not \(LimitTable.heading.count) columns"
        case .stateUnknown: "state: not the two letters of a state"
        case .daysImpossible: "days: not a number from 1 to 366"
        case .unitUnknown: "unit: schoolDay, workingDay or calendarDay"
        case .startUnknown: "starts: asked or enrolled"
        case .scopeUnknown: "applies: every, otherStates, sameState or militaryFamilies"
        case .summerUnknown: "summer: yes or no"
        case .citationMissing: "citation: say where the law stands"
        case .citationTooLong: "citation: longer than \(StatutoryLimit.longestCitation) bytes"
        case .verifiedUnknown: "verified: yes or no"
        case .twice: "the same limit twice"
        case .tooMany: "more than \(StatutoryLimit.mostOfAState) limits of one state"
        }
    }
}
