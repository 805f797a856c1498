/// The courses that credit was granted for, by the school where they were taken: a transcript.
package struct SheetCourses: Hashable, Sendable {
    /// The courses of one school, as the same sources say them.
    package struct School: Hashable, Sendable {
        package let name: String
        /// Schools and days the rows come from, newest first.
        package let sources: [String]
        package let courses: [Course]
    }

    /// One course.
    package struct Course: Hashable, Sendable {
        package let title: String
        /// What sets its level apart, such as honors; empty for a regular course.
        package let kind: String
        package let subject: String
        /// Its year, section and term, as far as they were said.
        package let term: String
        package let grade: String
        /// In hundredths, as sent; the newest where schools disagree.
        package let credits: String
        /// Where schools say different things, each of them with who says it, newest first.
        package let disputed: [Disputed]
        /// Another school lists a course of the same name and year.
        package let isTwin: Bool
    }

    /// What is said of a grade or of credits, and by whom.
    package struct Disputed: Hashable, Sendable {
        package let text: String
        package let sources: [String]
    }

    /// Rows that are shown: a file of ten thousand courses is read by machines.
    package static let most = 300

    package let schools: [School]
    package let hasTwins: Bool
    /// Courses that are not shown.
    package let more: Int
    /// The elements' numbers, for whoever must look them up.
    package let elements: String
}
