import RecordFormats
import StudentRecords

/// The graduation plans that an operator gave as a file.
enum PlanShelf {
    /// Throws `UsageFailure` with everything that is wrong with the file.
    static func load(_ path: String?) throws -> [GraduationPlan] {
        guard let path else { return [] }
        let bytes = try readFile(path, upTo: GraduationPlanFile.largest)
        do {
            return try GraduationPlanFile.read(bytes)
        } catch {
            let lines = error.problems.map { "  \($0)" }.joined(separator: "\n")
            throw UsageFailure("\(path) holds no graduation plans that can be used:\n\(lines)")
        }
    }
}
