import StudentRecords
import Vocabulary

/// One thing that a line of the page says, before it is put in words.
private struct Line {
    let text: String
    var sources: [RecordSource]
    /// What stands beside it in place of values.
    var notes: [String] = []
    /// It says only that a school gives no value, which no other school contradicts.
    var isGap = false

    var words: String { notes.isEmpty ? text : "\(text) (\(notes.joined(separator: "; ")))" }
}

private struct Lines {
    private(set) var all: [Line] = []
    /// Texts of which others say the same thing differently.
    private(set) var disputed: Set<String> = []

    /// What is said of one thing, newest first; `note` stands beside the newest text.
    mutating func add(_ texts: [(text: String, source: RecordSource)], note: String?) {
        for (text, source) in texts {
            if let index = all.firstIndex(where: { $0.text == text }) {
                if !all[index].sources.contains(source) { all[index].sources.append(source) }
            } else {
                all.append(Line(text: text, sources: [source]))
            }
        }
        if let note, let first = texts.first?.text,
            let index = all.firstIndex(where: { $0.text == first }),
            !all[index].notes.contains(note)
        {
            all[index].notes.append(note)
        }
        if Set(texts.map(\.text)).count > 1 { disputed.formUnion(texts.map(\.text)) }
    }

    /// Others say it differently elsewhere.
    mutating func dispute(_ texts: [String]) { disputed.formUnion(texts) }

    mutating func add(gap: String, of source: RecordSource) {
        let text = "\(gap) (\(source.name))"
        guard !all.contains(where: { $0.text == text }) else { return }
        all.append(Line(text: text, sources: [source], isGap: true))
    }
}

extension SheetBuilder {
    func single(
        _ label: SheetLabel,
        _ group: ElementGroup,
        _ elements: [Element],
        part: RecordPart? = nil,
        _ words: (RecordEntry) -> String?
    ) -> SheetRow {
        // Birth evidence belongs to another group than the birth date, so all singles are asked.
        let entries = record.entries(of: group).flatMap(\.entries)
        // Who the student is stands at the head of the page: a line that repeats it says nothing,
        // so that only what stands there alone has a part to ask for.
        return lines(label, [entries], elements, part: part, words)
    }

    /// `noted` are the elements that have no place of their own in the words: what a school says in
    /// place of one of them stands beside.
    func list(
        _ label: SheetLabel,
        _ group: ElementGroup,
        _ elements: [Element],
        noting noted: [Element]? = nil,
        part: RecordPart?,
        among isTaken: (MergedEntry) -> Bool = { _ in true },
        newestFirst: Bool = false,
        disputed: Set<MergedEntry> = [],
        _ words: (RecordEntry) -> String?
    ) -> SheetRow {
        // Entries of a group stand in the order of their days.
        let all = record.entries(of: group).filter(isTaken).map(\.entries)
        let differing = disputed.flatMap(\.entries).compactMap(words)
        return lines(
            label,
            newestFirst ? all.reversed() : all,
            elements,
            noting: noted,
            part: part,
            differing: differing,
            words
        )
    }

    /// `things` are the entries about each thing of the line, newest first.
    private func lines(
        _ label: SheetLabel,
        _ things: [[RecordEntry]],
        _ elements: [Element],
        noting noted: [Element]? = nil,
        part: RecordPart?,
        differing: [String] = [],
        _ words: (RecordEntry) -> String?
    ) -> SheetRow {
        var lines = Lines()
        lines.dispute(differing)
        var gaps: [(text: String, source: RecordSource)] = []
        for entries in things {
            let texts: [(text: String, source: RecordSource)] = entries.compactMap { entry in
                guard let text = words(entry), !text.isEmpty else { return nil }
                return (text, entry.source)
            }
            let beside = note(noted ?? elements, in: entries)
            lines.add(texts, note: beside)
            guard texts.isEmpty, let source = entries.first?.source,
                let gap = elements.count == 1
                    ? elements.first.flatMap({ cell($0, in: entries) }) : beside
            else { continue }
            gaps.append((gap, source))
        }
        // Where nobody gives a value, the line's own word says why.
        if !lines.all.isEmpty {
            for gap in gaps { lines.add(gap: gap.text, of: gap.source) }
        }
        return row(
            label,
            lines.all.map { line in
                SheetValue(
                    text: line.words,
                    sources: line.sources.map { self.words($0) },
                    isDisputed: !line.isGap && lines.disputed.contains(line.text)
                )
            },
            elements,
            part: part
        )
    }

    func row(
        _ label: SheetLabel,
        _ values: [SheetValue],
        _ elements: [Element],
        part: RecordPart?
    ) -> SheetRow {
        let standing = part.flatMap { part in completeness.rows.first { $0.part == part }?.standing
        }
        let word: SheetStanding? =
            values.isEmpty
            ? said(of: elements) ?? standing.flatMap { $0 == .there ? .missing : SheetStanding($0) }
            : nil
        let isCredits = label == .credits && standing == .there
        return SheetRow(
            label: label,
            values: values,
            standing: isCredits ? nil : word,
            asksFor: canAsk && word.map(Self.isAskedFor) == true
                ? part.map { AskedPart($0, line: standing == .there ? label : nil) } : nil,
            elements: elements.map { "\($0.rawValue)" }.joined(separator: ", ")
        )
    }

    /// What the schools say of elements that none of them gives a value for.
    private func said(of elements: [Element]) -> SheetStanding? {
        let answers = record.entries.flatMap(\.entries).flatMap { entry in
            elements.compactMap { entry.answers[$0] }
        }
        if answers.contains(where: { $0.value != nil || $0.isUnreadable }) { return nil }
        if answers.contains(.withheld) { return .withheld }
        return answers.contains(.noneOnFile) ? .noneOnFile : nil
    }

    private static func isAskedFor(_ standing: SheetStanding) -> Bool {
        switch standing {
        case .missing, .unsaid, .toFollow: true
        case .inFiles, .noneOnFile, .withheld, .notYetHeld: false
        }
    }

    var hasGuardian: Bool {
        record.entries(of: .guardian).flatMap(\.entries).contains { entry in
            joined(entry, [.guardianFirstName, .guardianLastName]) != nil
        }
    }

    func tests(_ label: SheetLabel, _ isTaken: (MergedEntry) -> Bool) -> SheetRow {
        list(
            label,
            .assessment,
            [
                .assessmentName, .assessmentType, .assessmentDate, .assessmentResult, .resultType,
            ],
            noting: [.assessmentType, .assessmentDate, .assessmentResult, .resultType],
            part: .assessment,
            among: isTaken
        ) { entry in
            guard
                let name = entry.text(.assessmentName) ?? note([.assessmentName], in: [entry])
            else { return nil }
            let result = entry.text(.assessmentResult).map { " \($0)" } ?? ""
            // A number says nothing without its metric.
            let metric = word(entry, .resultType).map { " (\($0))" } ?? ""
            // The line of language tests is named after its type.
            let kind = label == .language ? nil : word(entry, .assessmentType)
            let rest = [kind, month(entry)].compactMap { $0 }.map { ", \($0)" }.joined()
            return name + result + metric + rest
        }
    }

    var immunizations: SheetRow {
        var values = ImmunizationTally(record, codes: codes).groups.map(doses)
        let elements: [Element] = [.immunizationDate, .immunizationType]
        if !values.isEmpty { values += keptBack(.immunization, elements) }
        return row(.immunizations, values, elements, part: .immunization)
    }

    /// The doses of one group; those that may be one stand with who says each, and how many
    /// nobody disputes.
    private func doses(_ group: ImmunizationTally.Group) -> SheetValue {
        let disputed = group.disputed
        let said = group.doses.map { dose in
            let sources = dose.sources.map { words($0) }.joined(separator: "; ")
            return (day: day(dose), sources: sources, isDisputed: disputed.contains(dose))
        }
        let days = said.compactMap { dose -> String? in
            guard dose.isDisputed else { return dose.day }
            return "\(dose.day ?? "") (\(dose.sources))"
        }
        .joined(separator: ", ")
        // A dose of a vaccine that nobody names is one all the same.
        let name = group.name.isEmpty ? label(of: .immunizationType) + " ?" : group.name
        let count = "\(name) ×\(group.doses.count)"
        let differ = SheetWord.dosesDiffer(
            doses: count,
            undisputed: "\(group.doses.count - disputed.count)",
            days: days
        )
        return SheetValue(
            text: disputed.isEmpty
                ? count + (days.isEmpty ? "" : ": \(days)")
                : renderer.sentence(differ, in: language),
            // The fold tells of each dose.
            sources: said.map { dose in "\(dose.day.map { "\($0): " } ?? "")\(dose.sources)" },
            isDisputed: false
        )
    }

    /// The day of a dose, or what was sent in its place.
    private func day(_ dose: ImmunizationTally.Dose) -> String? {
        if let day = dose.day { return "\(day.month)/\(day.day)/\(day.year)" }
        if let text = dose.unreadable {
            return renderer.sentence(SheetWord.notADate(found: text), in: language)
        }
        return SheetGap(dose.instead).map { renderer.sentence($0, in: language) }
    }

    /// What schools say instead of whole entries of a group, where others give values.
    private func keptBack(_ group: ElementGroup, _ elements: [Element]) -> [SheetValue] {
        var lines = Lines()
        for entries in record.entries(of: group).map(\.entries) {
            guard let source = entries.first?.source,
                entries.allSatisfy({ $0.answers.values.allSatisfy { $0.isGap } })
            else { continue }
            let found = elements.compactMap { self.gap($0, in: entries) }
            guard let first = found.first else { continue }
            let word: SheetGap = found.contains(.withheld) ? .withheld : first
            lines.add(gap: renderer.sentence(word, in: language), of: source)
        }
        return lines.all.map { line in
            SheetValue(text: line.text, sources: line.sources.map(words), isDisputed: false)
        }
    }
}

extension ElementAnswer {
    fileprivate var isGap: Bool { value == nil && !isUnreadable }
}
