package import PaperFormat
package import StudentRecords
package import Vocabulary

/// What stands around a record on paper: whose it is, who sent it and to whom.
package struct PrintedFacts: Hashable, Sendable {
    package let number: RequestNumber
    package let student: StudentSummary
    package let sentBy: [String]
    package let sentTo: String
    package let answeredAt: [LocalTime]
    package let certified: [CertificationWord]
    /// What schools print on their transcripts, each once.
    package let legends: [String]
    package let uses: [RecordUse]
    package let wholeness: Wholeness
    package let notes: [String]
    package let parts: [PartRow]
    /// Where the request number can be checked, with the scheme.
    package let checkAddress: String
    package let at: Instant

    package init(
        number: RequestNumber,
        student: StudentSummary,
        sentBy: [String],
        sentTo: String,
        answeredAt: [LocalTime],
        certified: [CertificationWord],
        legends: [String] = [],
        uses: [RecordUse],
        wholeness: Wholeness,
        notes: [String],
        parts: [PartRow],
        checkAddress: String,
        at instant: Instant
    ) {
        self.number = number
        self.student = student
        self.sentBy = sentBy
        self.sentTo = sentTo
        self.answeredAt = answeredAt
        self.certified = certified
        self.legends = legends
        self.uses = uses
        self.wholeness = wholeness
        self.notes = notes
        self.parts = parts
        self.checkAddress = checkAddress
        at = instant
    }
}

extension Renderer {
    /// The record on one page, for paper; without a sheet only what is known of its files.
    package func printed(
        _ sheet: RecordSheet?,
        _ facts: PrintedFacts,
        in language: Language
    ) -> PrintedRecord {
        let writer = PrintWriter(renderer: self, language: language)
        let title = writer.say(CoverHead.title)
        return PrintedRecord(
            title: "\(title) \(facts.number)",
            heading: facts.student.name,
            caption: "\(title) · \(facts.number)",
            facts: writer.facts(facts),
            sections: (sheet?.sections ?? []).map(writer.section) + [writer.parts(facts)],
            table: sheet?.credits.map(writer.table),
            lists: writer.lists(sheet),
            checkAddress: facts.checkAddress,
            foot: facts.number.description,
            language: language,
            at: facts.at
        )
    }
}

/// Lines of one list that are printed; a file of ten thousand courses is read by machines.
private let mostLines = 200

private struct PrintWriter {
    let renderer: Renderer
    let language: Language

    func say(_ words: some Worded) -> String { renderer.sentence(words, in: language) }

    /// A label of the web page, which there ends in a colon.
    private func label(_ words: some Worded) -> String {
        let text = say(words)
        return text.utf8.last == UInt8(ascii: ":") ? String(text.unicodeScalars.dropLast()) : text
    }

    func facts(_ facts: PrintedFacts) -> [PrintedRecord.Fact] {
        let times = facts.answeredAt.map { time in
            "\(DateWords(time.date, in: language).full), \(TimeWords(time, in: language).clock)"
        }
        let all: [PrintedRecord.Fact] = [
            .init(say(CheckHead.born), [DateWords(facts.student.birthDate, in: language).full]),
            .init(say(CheckHead.grade), facts.student.grade.map { [say($0)] } ?? []),
            .init(say(CheckHead.number), [facts.student.number].filter { !$0.isEmpty }),
            .init(say(CoverHead.sentBy), facts.sentBy),
            .init(say(CoverHead.sentTo), [facts.sentTo]),
            .init(say(CoverHead.when), times),
            .init(label(RecordsHead.certified), facts.certified.map { say($0) }),
            .init(label(RecordsHead.legend), facts.legends),
            .init(say(CheckHead.uses), facts.uses.map { say($0) }),
            .init(say(CoverHead.complete), [say(facts.wholeness)]),
            .init(label(RecordsHead.note), facts.notes.filter { !$0.isEmpty }),
        ]
        return all.filter { !$0.values.isEmpty }
    }

    func parts(_ facts: PrintedFacts) -> PrintedRecord.Section {
        PrintedRecord.Section(
            title: say(RecordsHead.parts),
            facts: facts.parts.map { .init(say($0.part), [say($0.state)]) }
        )
    }

    func section(_ section: SheetSection) -> PrintedRecord.Section {
        PrintedRecord.Section(
            title: say(section.title),
            facts: section.rows.map { row in
                let standing = row.standing.map { [say($0)] } ?? []
                return PrintedRecord.Fact(say(row.label), standing + limited(row.values.map(value)))
            }
        )
    }

    /// Where schools say different things, each stands with who says it.
    private func value(_ value: SheetValue) -> String {
        guard value.isDisputed else { return value.text }
        return "\(value.text) (\(value.sources.joined(separator: "; ")))"
    }

    func table(_ credits: SheetCredits) -> PrintedRecord.Table {
        func row(
            _ subject: String,
            _ needed: String,
            _ granted: String,
            _ inProgress: String,
            _ left: String
        ) -> [String] {
            credits.hasPlan
                ? [subject, needed, granted, inProgress, left] : [subject, granted, inProgress]
        }
        let head = row(
            say(SheetHead.subject),
            say(SheetHead.needed),
            say(SheetHead.granted),
            say(SheetHead.inProgress),
            say(SheetHead.left)
        )
        let rows = credits.rows.map { line in
            row(
                line.isSubjectUnknown ? say(SheetHead.noSubject) : line.subject,
                line.needed,
                line.granted + (line.hasThreeThirds ? " *" : "")
                    + (line.surplus.isEmpty ? "" : " +"),
                inProgress(line.courses, line.hours),
                line.left
            )
        }
        let total = row(
            say(SheetHead.total),
            credits.needed,
            credits.granted,
            inProgress(credits.courses, credits.hours),
            credits.left
        )
        let plan = credits.hasPlan ? " · \(credits.plan)" : ""
        return PrintedRecord.Table(
            title: say(SheetHead.credits) + plan,
            head: head,
            rows: rows + [total]
        )
    }

    private func inProgress(_ courses: Int, _ hours: String) -> String {
        courses == 0 ? "" : "\(courses)" + (hours.isEmpty ? "" : " · \(hours)")
    }

    func lists(_ sheet: RecordSheet?) -> [PrintedRecord.Lines] {
        var lists: [PrintedRecord.Lines] = []
        var small: [String] = []
        if let credits = sheet?.credits {
            let unfinished = credits.unfinished.map { course in
                [course.title, course.section, course.hours, course.grade, course.school]
                    .filter { !$0.isEmpty }.joined(separator: " · ")
            }
            lists = [
                .init(title: say(SheetHead.finish), lines: limited(unfinished)),
                .init(title: say(SheetHead.notCounted), lines: limited(credits.notCounted)),
            ]
            if !credits.undisputed.isEmpty {
                small.append("\(say(SheetHead.undisputed)) \(credits.undisputed)")
            }
            if credits.hasThreeThirds { small.append("* " + say(SheetHead.thirds)) }
            if credits.hasSurplus { small.append("+ " + say(SheetHead.surplus)) }
        }
        if let courses = sheet?.courses {
            let schools = courses.schools.map(lines(of:))
            lists.append(.init(title: say(SheetHead.courses), lines: schools))
            if courses.hasTwins { small.append("= " + say(SheetHead.twins)) }
            if courses.more > 0 { small.append("\(say(SheetHead.moreCourses)) \(courses.more)") }
        }
        if let sources = sheet?.sources, !sources.isEmpty {
            small.append(say(SheetHead.sources) + " " + sources.joined(separator: "; "))
        }
        small.append(say(RecordsHead.redisclose))
        return lists + [.init(lines: small)]
    }

    /// The courses of one school run on, as on the printed web page: a transcript of four years
    /// has to stand beside all else.
    private func lines(of school: SheetCourses.School) -> String {
        let courses = school.courses.map { course in
            let kind = course.kind.isEmpty ? "" : " (\(course.kind))"
            let title = course.title + kind + (course.isTwin ? " =" : "")
            let disputed = course.disputed.map { side in
                "\(side.text) – \(side.sources.joined(separator: "; "))"
            }
            let differ =
                disputed.isEmpty
                ? "" : " (\(say(SheetHead.differ)) \(disputed.joined(separator: " / ")))"
            return [title, course.term, course.grade, course.credits].filter { !$0.isEmpty }
                .joined(separator: " · ") + differ
        }
        let sources = school.sources.joined(separator: "; ")
        return "\(school.name), \(say(SheetHead.saidBy)) \(sources): "
            + courses.joined(separator: "; ")
    }

    private func limited(_ lines: [String]) -> [String] {
        guard lines.count > mostLines else { return lines }
        return lines.prefix(mostLines) + ["… + \(lines.count - mostLines)"]
    }
}

// The words of the web pages, which a template there names itself.

private enum CoverHead: Worded {
    static let words = "cover"

    case title, sentBy, sentTo, when, complete
}

private enum CheckHead: Worded {
    static let words = "check"

    case born, grade, number, uses
}

private enum RecordsHead: Worded {
    static let words = "records"

    case certified, legend, note, parts, redisclose
}

private enum SheetHead: Worded {
    static let words = "sheet"

    case credits, subject, needed, granted, inProgress, left, noSubject, total
    case undisputed, thirds, surplus, finish, notCounted, sources
    case courses, saidBy, differ, twins, moreCourses
}
