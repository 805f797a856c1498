/// A student's credits against a graduation plan, in hundredths exactly as the schools sent them.
package struct CreditAccrual: Hashable, Sendable {
    /// One subject of the plan, or the courses that no subject of it takes.
    package struct Row: Hashable, Sendable {
        /// `nil` for the courses whose subject the plan does not name.
        package let subject: String?
        /// `nil` without a plan.
        package let needed: Hundredths?
        package let granted: Hundredths
        package let left: Hundredths?
        /// More granted than needed; counts nowhere else by itself: the counselor decides.
        package let surplus: Hundredths
        /// Courses for which credit was granted.
        package let completed: [MergedEntry]
        /// Courses that were left before credit was granted, most clock hours first.
        package let unfinished: [MergedEntry]
        /// Courses whose credits could not be read or were withheld: neither granted nor to be
        /// finished, so they stand in no sum.
        package let notCounted: [MergedEntry]

        package var clockHours: Hundredths { unfinished.compactMap { $0.amount(.clockHours) }.sum }
        /// Three thirds of `.33`: most schools count that as 1.00.
        package var hasThreeThirds: Bool {
            completed.count { $0.amount(.creditsGranted) == Hundredths(33) } >= 3
        }
    }

    package let plan: GraduationPlan?
    package let rows: [Row]

    package init(_ record: MergedRecord, plan: GraduationPlan?) {
        self.plan = plan
        var piles: [Int: [MergedEntry]] = [:]
        let requirements = plan?.requirements ?? []
        var loose: [String: [MergedEntry]] = [:]
        for course in record.entries(of: .course) where Self.isCourse(course) {
            if let index = Self.index(of: course, in: requirements) {
                piles[index, default: []].append(course)
            } else if plan == nil {
                let name = course.subject?.name ?? course.text(.subjectArea) ?? ""
                loose[name, default: []].append(course)
            } else {
                loose["", default: []].append(course)
            }
        }
        rows =
            requirements.enumerated().map { index, requirement in
                Self.row(requirement.subject, requirement.credits, piles[index] ?? [])
            }
            + loose.sorted { $0.key < $1.key }.map { name, courses in
                Self.row(name.isEmpty ? nil : name, nil, courses)
            }
    }

    package var needed: Hundredths? { plan?.total }
    package var granted: Hundredths { rows.map(\.granted).sum }
    package var left: Hundredths? { plan == nil ? nil : rows.compactMap(\.left).sum }
    package var clockHours: Hundredths { rows.map(\.clockHours).sum }

    /// What to finish first: every course without credit, most clock hours first.
    package var unfinished: [MergedEntry] {
        Self.byHours(rows.flatMap(\.unfinished))
    }

    /// Courses that stand in no sum, in the order of the subjects.
    package var notCounted: [MergedEntry] { rows.flatMap(\.notCounted) }

    /// Something is known of it, or kept back of its credits: that none is on file is no course.
    private static func isCourse(_ entry: MergedEntry) -> Bool {
        isNotCounted(entry)
            || entry.entries.flatMap(\.answers.values).contains { answer in
                answer.value != nil || answer.isUnreadable
            }
    }

    /// Left without credit: hours, a grade to date or a final grade, and no word of credit.
    package static func isUnfinished(_ course: MergedEntry) -> Bool {
        course.amount(.creditsGranted) == nil && !isNotCounted(course)
    }

    /// A school says that there are credits, and nobody says how many.
    package static func isNotCounted(_ course: MergedEntry) -> Bool {
        guard course.amount(.creditsGranted) == nil else { return false }
        return course.entries.contains { entry in
            switch entry.answers[.creditsGranted] {
            case .unreadable, .withheld: true
            case .value, .noneOnFile, nil: false
            }
        }
    }

    private static func index(
        of course: MergedEntry,
        in requirements: [GraduationPlan.Requirement]
    ) -> Int? {
        if let name = course.text(.subjectArea)?.folded, !name.isEmpty,
            let index = requirements.firstIndex(where: { $0.subject.folded == name })
        {
            return index
        }
        guard let area = course.subject else { return nil }
        return requirements.firstIndex { $0.areas.contains(area) }
            ?? requirements.firstIndex { $0.areas.isEmpty && $0.subject.folded == "electives" }
    }

    private static func row(
        _ subject: String?,
        _ needed: Hundredths?,
        _ courses: [MergedEntry]
    ) -> Row {
        let completed = courses.filter { $0.amount(.creditsGranted) != nil }
        let granted = completed.compactMap { $0.amount(.creditsGranted) }.sum
        return Row(
            subject: subject,
            needed: needed,
            granted: granted,
            left: needed.map { granted.left(of: $0) },
            surplus: needed.map { $0.left(of: granted) } ?? .zero,
            completed: completed,
            unfinished: byHours(courses.filter(isUnfinished)),
            notCounted: courses.filter(isNotCounted)
        )
    }

    private static func byHours(_ courses: [MergedEntry]) -> [MergedEntry] {
        courses.enumerated().sorted { one, other in
            let hours = [one, other].map { $0.element.amount(.clockHours) ?? .zero }
            return hours[0] == hours[1] ? one.offset < other.offset : hours[0] > hours[1]
        }
        .map(\.element)
    }
}
