package import RecordExchange
import Tabular
package import Vocabulary

/// What the laws of states give schools, as a table with commas: what an operator brings in.
///
/// A heading line, then one limit a line: `state,days,unit,starts,applies,summer,citation,verified`.
package enum LimitTable {
    /// One thing wrong, and the line it stands on, counted from 1.
    package struct Problem: Error, Hashable, Sendable {
        /// What kind of thing.
        package enum Kind: String, Sendable, CaseIterable {
            case tooLarge, unreadable, headingWrong, columnsWrong, stateUnknown, daysImpossible
            case unitUnknown, startUnknown, scopeUnknown, summerUnknown, citationMissing
            case citationTooLong, verifiedUnknown, twice, tooMany
        }

        package let line: Int
        package let kind: Kind
    }

    /// Everything wrong with a table at once.
    package struct Malformed: Error, Hashable, Sendable {
        package let problems: [Problem]
    }

    package static let mostBytes = 1 << 20
    package static let heading = [
        "state", "days", "unit", "starts", "applies", "summer", "citation", "verified",
    ]

    /// The limits of each state that the table names, in its order.
    package static func read(_ bytes: [UInt8]) throws(Malformed) -> [StateCode: [StatutoryLimit]] {
        guard bytes.count <= mostBytes else {
            throw Malformed(problems: [Problem(line: 1, kind: .tooLarge)])
        }
        var rows: [(line: Int, cells: [String])] = []
        do {
            var reader = DelimitedReader()
            let body: (borrowing DelimitedRow) -> Void = { row in
                rows.append((row.line, (0..<row.count).map { row.text($0) }))
            }
            try reader.read(bytes, body)
            try reader.finish(body)
        } catch {
            throw Malformed(problems: [Problem(line: (rows.last?.line ?? 0) + 1, kind: .unreadable)]
            )
        }
        guard let first = rows.first, first.cells == heading else {
            throw Malformed(problems: [Problem(line: 1, kind: .headingWrong)])
        }
        var limits: [StateCode: [StatutoryLimit]] = [:]
        var problems: [Problem] = []
        for row in rows.dropFirst() {
            guard let (state, limit) = entry(row.line, row.cells, &problems) else { continue }
            let known = limits[state] ?? []
            if known.contains(where: { $0.name == limit.name }) {
                problems.append(Problem(line: row.line, kind: .twice))
            } else if known.count == StatutoryLimit.mostOfAState {
                problems.append(Problem(line: row.line, kind: .tooMany))
            } else {
                limits[state] = known + [limit]
            }
        }
        guard problems.isEmpty else { throw Malformed(problems: Array(problems.prefix(100))) }
        return limits
    }

    private static func entry(
        _ line: Int,
        _ cells: [String],
        _ problems: inout [Problem]
    ) -> (StateCode, StatutoryLimit)? {
        guard cells.count == heading.count else {
            problems.append(Problem(line: line, kind: .columnsWrong))
            return nil
        }
        let before = problems.count
        func need<Value>(_ value: Value?, _ kind: Problem.Kind) -> Value? {
            if value == nil { problems.append(Problem(line: line, kind: kind)) }
            return value
        }
        let state = need(StateCode(cells[0]), .stateUnknown)
        let days = need(
            Int(cells[1]).flatMap { StatutoryLimit.possibleDays.contains($0) ? $0 : nil },
            .daysImpossible
        )
        let unit = need(StatutoryLimit.Unit(rawValue: cells[2]), .unitUnknown)
        let start = need(StatutoryLimit.Start(rawValue: cells[3]), .startUnknown)
        let scope = need(StatutoryLimit.Scope(rawValue: cells[4]), .scopeUnknown)
        let summer = need(answer(cells[5]), .summerUnknown)
        let verified = need(answer(cells[7]), .verifiedUnknown)
        let citation = cells[6]
        if !citation.utf8.contains(where: { $0 > 32 }) {
            problems.append(Problem(line: line, kind: .citationMissing))
        } else if citation.utf8.count > StatutoryLimit.longestCitation {
            problems.append(Problem(line: line, kind: .citationTooLong))
        }
        guard problems.count == before, let state, let days, let unit, let start, let scope,
            let summer, let verified
        else { return nil }
        let limit = StatutoryLimit(
            days: days,
            unit: unit,
            start: start,
            scope: scope,
            countsSummer: summer,
            citation: citation,
            isVerified: verified
        )
        return (state, limit)
    }

    private static func answer(_ word: String) -> Bool? {
        switch word {
        case "yes": true
        case "no": false
        default: nil
        }
    }
}
