import StudentRecords
import Vocabulary

extension SheetBuilder {
    /// The transcript of a record; `nil` without a course that credit was granted for.
    ///
    /// Placement sees it too: the report codes titles, grades and credits P. Years and kinds of
    /// courses are coded G only, so they stand there alone.
    func courses(for use: RecordUse) -> SheetCourses? {
        let completed = record.entries(of: .course).filter { $0.amount(.creditsGranted) != nil }
        guard use >= .placement, !completed.isEmpty else { return nil }
        let listed = completed.prefix(SheetCourses.most)
        let twins = Twins(completed)
        var schools: [Home: [MergedEntry]] = [:]
        for course in listed { schools[Home(course), default: []].append(course) }
        let shown: [Element] = [.subjectArea] + Self.courseElements
        return SheetCourses(
            schools: schools.sorted { $0.key < $1.key }.map { home, courses in
                SheetCourses.School(
                    name: home.name,
                    sources: home.sources.map(words),
                    courses: courses.map { course($0, for: use, isTwin: twins.contains($0)) }
                )
            },
            hasTwins: listed.contains(where: twins.contains),
            more: completed.count - listed.count,
            elements: shown.filter { $0.isNeeded(for: use) }.map { "\($0.rawValue)" }
                .joined(separator: ", ")
        )
    }

    private static let courseElements: [Element] = [
        .courseTitle, .courseType, .courseYear, .courseSection, .termType, .finalGrade,
        .creditsGranted,
    ]

    /// Regular, and not applicable.
    private static let plainKinds = ["01", "07"]

    private func course(
        _ course: MergedEntry,
        for use: RecordUse,
        isTwin: Bool
    ) -> SheetCourses.Course {
        func said(_ element: Element) -> String? {
            element.isNeeded(for: use)
                ? course.entries.lazy.compactMap { word($0, element) ?? $0.text(element) }.first
                    ?? note([element], in: course.entries)
                : nil
        }
        var terms: [String] = []
        for element in [Element.courseYear, .courseSection, .termType] {
            guard let term = said(element), !terms.contains(term) else { continue }
            terms.append(term)
        }
        let disputed = course.disputed.filter { [.finalGrade, .creditsGranted].contains($0) }
        return SheetCourses.Course(
            title: said(.courseTitle) ?? "",
            kind: Self.plainKinds.contains(course.text(.courseType) ?? "")
                ? "" : said(.courseType) ?? "",
            subject: course.subject.map { renderer.sentence($0, in: language) }
                ?? said(.subjectArea) ?? "",
            term: terms.joined(separator: " · "),
            grade: course.text(.finalGrade) ?? cell(.finalGrade, in: course.entries) ?? "",
            credits: course.amount(.creditsGranted)?.description ?? "",
            disputed: disputed.flatMap { course.answers($0) }.compactMap { answer in
                guard let text = answer.answer.value?.token else { return nil }
                return SheetCourses.Disputed(text: text, sources: answer.sources.map(words))
            },
            isTwin: isTwin
        )
    }
}

/// Where courses were taken and who says so; the one that was said last comes first.
private struct Home: Hashable, Comparable {
    let name: String
    let sources: [RecordSource]

    init(_ course: MergedEntry) {
        name = course.place?.name ?? course.sources.first?.name ?? ""
        sources = course.sources
    }

    static func < (lhs: Self, rhs: Self) -> Bool {
        let (left, right) = (lhs.sources.map(\.date), rhs.sources.map(\.date))
        if left != right { return right.lexicographicallyPrecedes(left) }
        if lhs.name != rhs.name { return lhs.name < rhs.name }
        return lhs.sources.map(\.name).lexicographicallyPrecedes(rhs.sources.map(\.name))
    }
}

/// Courses of one name and year at several schools: nobody but the counselor can tell whether they
/// are one.
private struct Twins {
    private var schools: [[String]: Set<String>] = [:]

    init(_ courses: [MergedEntry]) {
        for course in courses { schools[Self.key(course), default: []].insert(Self.home(course)) }
    }

    func contains(_ course: MergedEntry) -> Bool { (schools[Self.key(course)]?.count ?? 0) > 1 }

    private static func key(_ course: MergedEntry) -> [String] {
        [course.text(.courseTitle)?.folded ?? "", course.text(.courseYear) ?? ""]
    }

    /// By the number where one is known, so that a school with two spellings is one.
    private static func home(_ course: MergedEntry) -> String {
        if let place = course.place { return place.school?.description ?? place.name.folded }
        let source = course.sources.first
        return source?.school?.description ?? source?.name.folded ?? ""
    }
}
