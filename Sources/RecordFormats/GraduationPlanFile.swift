package import StudentRecords
import Vocabulary

/// The graduation plans of states and schools, as a table: one row for each subject of a plan.
///
/// Its columns, in any order: `state` (two letters), `plan` (its name), `subject`, `credits`, and
/// where they are wanted `school` (an NCES number, for a plan of one school), `subject_es` (the
/// subject in Spanish) and `areas` (SCED subject areas that count for it, parted by spaces; none for
/// electives, which must be called so).
package enum GraduationPlanFile {
    /// Everything that is wrong with a file, at once; nothing of it is then used.
    package struct Malformed: Error, Hashable, Sendable, CustomStringConvertible {
        /// One a line, with the row and the column.
        package let problems: [String]

        package var description: String { problems.joined(separator: "\n") }
    }

    /// The largest file that is read.
    package static let largest = 4 << 20

    package static func read(_ bytes: [UInt8]) throws(Malformed) -> [GraduationPlan] {
        guard bytes.count <= largest, let text = RecordFile.text(bytes) else {
            throw Malformed(problems: ["it is no table of ordinary size"])
        }
        var reader = Reader(DelimitedTable(text))
        reader.readAll()
        guard reader.problems.isEmpty else { throw Malformed(problems: reader.problems) }
        return reader.plans
    }

    private struct Reader {
        let table: DelimitedTable
        let columns: [String: Int]
        var problems: [String] = []
        var plans: [GraduationPlan] = []

        private static let required = ["state", "plan", "subject", "credits"]
        private static let optional = ["school", "subject_es", "areas"]

        init(_ table: DelimitedTable) {
            self.table = table
            columns = Dictionary(
                table.head.enumerated().map { ($0.element.trimmed.lowercased(), $0.offset) },
                uniquingKeysWith: { first, _ in first }
            )
        }

        mutating func readAll() {
            for name in Self.required where columns[name] == nil {
                problems.append("row 1: the column \(name) is missing")
            }
            for name in columns.keys.sorted()
            where !(Self.required + Self.optional).contains(name) {
                problems.append("row 1: \(name.shown()) is no column of such a file")
            }
            guard problems.isEmpty else { return }
            if table.fault != nil { problems.append("the table ends before the file does") }
            for row in table.rows where row.cells.contains(where: { !$0.trimmed.isEmpty }) {
                read(row)
            }
            if plans.isEmpty, problems.isEmpty { problems.append("it holds no plan") }
        }

        private mutating func read(_ row: DelimitedTable.Row) {
            let before = problems.count
            func cell(_ name: String) -> String {
                guard let index = columns[name], index < row.cells.count else { return "" }
                return row.cells[index].trimmed
            }
            func refuse(_ name: String, _ allowed: String) {
                let found = cell(name).shown()
                problems.append("row \(row.number): \(name): found \"\(found)\"; \(allowed)")
            }
            for name in ["plan", "subject", "subject_es"]
            where cell(name).utf8.count > ElementValue.longestText || cell(name).hasControl {
                refuse(name, Allowed.shortText.description)
            }
            for name in ["plan", "subject"] where cell(name).isEmpty { refuse(name, "is missing") }
            let state = StateCode(cell("state"))
            if state == nil { refuse("state", Allowed.stateCode.description) }
            let credits = Hundredths(cell("credits"))
            if credits == nil { refuse("credits", Allowed.amount.description) }
            let school = SchoolID(cell("school"))
            if school == nil, !cell("school").isEmpty {
                refuse("school", Allowed.schoolNumber.description)
            }
            let codes = cell("areas").split(separator: " ").map(String.init)
            let areas = codes.compactMap(SubjectArea.init(rawValue:))
            if areas.count < codes.count { refuse("areas", "SCED subject areas of two digits") }
            if codes.isEmpty, cell("subject").folded != "electives" {
                refuse("areas", "only a subject called Electives takes whatever nothing else does")
            }
            guard problems.count == before, let state, let credits else { return }
            let requirement = GraduationPlan.Requirement(
                subject: cell("subject"),
                spanish: cell("subject_es").isEmpty ? nil : cell("subject_es"),
                areas: areas,
                credits: credits
            )
            let name = cell("plan")
            let found = plans.firstIndex {
                $0.name == name && $0.state == state && $0.school == school
            }
            let earlier = found.map { plans[$0].requirements } ?? []
            if earlier.contains(where: { $0.subject.folded == requirement.subject.folded }) {
                return refuse("subject", "each subject once in a plan")
            }
            let plan = GraduationPlan(
                name: name,
                state: state,
                school: school,
                requirements: earlier + [requirement]
            )
            if let found {
                plans[found] = plan
            } else if plans.contains(where: { $0.state == state && $0.school == school }) {
                // Which of two would count nobody could tell.
                refuse("plan", "one plan for each state and each school")
            } else {
                plans.append(plan)
            }
        }
    }
}
