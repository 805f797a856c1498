package import StudentRecords
package import Vocabulary

extension Renderer {
    /// The one page of a record for a use and those below it, in words.
    ///
    /// `statements` are what the holders said of the parts; `plans` are those that were entered, one
    /// of which may be that of the designated school; `plan` is used where the record brings none;
    /// `year` is that in which the student graduates, where it can be told;
    /// `phase` is that of the states the record comes from; `canAsk` offers to ask for what is
    /// missing.
    package func sheet(
        of record: MergedRecord,
        for use: RecordUse,
        statements: [RecordPart: Completeness.Statement] = [:],
        phase: DataPhase = .third,
        problems: [RecordProblem] = [],
        unlisted: Int = 0,
        plans: [GraduationPlan] = [],
        plan: GraduationPlan? = nil,
        graduating year: Int? = nil,
        codes: StandardCodes,
        canAsk: Bool = false,
        in language: Language
    ) -> RecordSheet {
        SheetBuilder(
            record: record,
            completeness: Completeness(
                of: record,
                for: use,
                statements: statements,
                phase: phase.rawValue
            ),
            planInForce: PlanInForce(
                for: record,
                entered: plans,
                own: plan,
                graduating: year
            ),
            codes: codes,
            canAsk: canAsk,
            problems: ProblemList(problems, unlisted: unlisted),
            renderer: self,
            language: language
        ).sheet(for: use)
    }
}

struct SheetBuilder {
    let record: MergedRecord
    let completeness: Completeness
    let planInForce: PlanInForce?
    let codes: StandardCodes
    let canAsk: Bool
    let problems: ProblemList
    let renderer: Renderer
    let language: Language

    var plan: GraduationPlan? { planInForce?.plan }

    func sheet(for use: RecordUse) -> RecordSheet {
        let sections = RecordUse.allCases.filter { $0 <= use }.map { use in
            SheetSection(use: use, title: SheetTitle(use), rows: rows(for: use))
        }
        let hasCourses = !record.entries(of: .course).isEmpty
        return RecordSheet(
            sections: sections,
            credits: use == .graduation && (hasCourses || plan != nil) ? credits : nil,
            courses: courses(for: use),
            sources: record.sources.map(words),
            problems: problems
        )
    }

    private func rows(for use: RecordUse) -> [SheetRow] {
        switch use {
        case .enrollment:
            let rows: [SheetRow] = [
                single(.name, .identity, Self.nameElements) { name($0) },
                single(.birthDate, .identity, [.birthDate, .birthEvidence]) { birth($0) },
                single(.gender, .identity, [.gender]) { word($0, .gender) },
                single(
                    .birthPlace,
                    .birth,
                    [.birthCity, .birthState, .birthCountry],
                    part: .enrollment
                ) {
                    joined($0, [.birthCity, .birthState, .birthCountry])
                },
                single(.recordNumber, .identity, [.studentRecordNumber]) {
                    $0.text(.studentRecordNumber)
                },
                list(
                    .stateNumber,
                    .stateIdentifier,
                    [.stateStudentIdentificationNumber],
                    part: .enrollment
                ) {
                    $0.text(.stateStudentIdentificationNumber)
                },
                // A child with a guardian may have no parents to name.
                single(
                    .parents,
                    .parents,
                    Self.parentElements,
                    part: hasGuardian ? nil : .enrollment
                ) {
                    parents($0)
                },
                single(.guardian, .guardian, [.guardianFirstName, .guardianLastName]) {
                    joined($0, [.guardianFirstName, .guardianLastName], separator: " ")
                },
                list(
                    .schools,
                    .enrollment,
                    [.schoolName, .enrollmentDate, .withdrawalDate],
                    part: .enrollment,
                    newestFirst: true
                ) {
                    school($0)
                },
                immunizations,
                list(.medicalAlerts, .medicalAlert, [.medicalAlert], part: .healthAlert) {
                    alert($0, .medicalAlert, .medicalAlertResolution)
                },
                list(
                    .educationAlerts,
                    .educationAlert,
                    [.educationAlert],
                    part: .specialEducation
                ) {
                    alert($0, .educationAlert, .educationAlertResolution)
                },
            ]
            return rows.filter(isShown)
        case .placement:
            let rows: [SheetRow] = [
                list(
                    .gradeLevel,
                    .enrollment,
                    [.gradeLevel],
                    part: .enrollment,
                    newestFirst: true
                ) {
                    grade($0)
                },
                tests(.language) { $0.text(.assessmentType) == "03" },
                tests(.tests) { $0.text(.assessmentType) != "03" },
                list(
                    .inProgress,
                    .course,
                    [.courseTitle, .courseSection, .clockHours, .gradeToDate],
                    part: .partialCredit,
                    among: CreditAccrual.isUnfinished
                ) {
                    unfinished($0)
                },
                list(
                    .notCounted,
                    .course,
                    [.courseTitle, .creditsGranted],
                    part: nil,
                    among: CreditAccrual.isNotCounted
                ) {
                    notCounted($0)
                },
            ]
            return rows.filter(isShown)
        case .graduation:
            let rows: [SheetRow] = [
                list(
                    .designated,
                    .school,
                    [.designatedForGraduation, .schoolName],
                    part: .enrollment
                ) {
                    $0.text(.designatedForGraduation) == "yes" ? $0.text(.schoolName) : nil
                },
                list(.credits, .course, [.creditsGranted], part: .transcript) { _ in nil },
            ]
            return rows.filter(isShown)
        }
    }

    // A line without a value is shown only where its part says something about it.
    private func isShown(_ row: SheetRow) -> Bool { !row.values.isEmpty || row.standing != nil }

    // MARK: Lines

    private func single(
        _ label: SheetLabel,
        _ group: ElementGroup,
        _ elements: [Element],
        part: RecordPart? = nil,
        _ words: (RecordEntry) -> String?
    ) -> SheetRow {
        // Birth evidence belongs to another group than the birth date, so all singles are asked.
        let entries = record.entries(of: group).flatMap(\.entries)
        var values: [(text: String, sources: [RecordSource])] = []
        for entry in entries {
            guard let text = words(entry), !text.isEmpty else { continue }
            if let index = values.firstIndex(where: { $0.text == text }) {
                values[index].sources.append(entry.source)
            } else {
                values.append((text, [entry.source]))
            }
        }
        // Who the student is stands at the head of the page: a line that repeats it says nothing,
        // so that only what stands there alone has a part to ask for.
        return row(label, values, elements, part: part, single: true)
    }

    private func list(
        _ label: SheetLabel,
        _ group: ElementGroup,
        _ elements: [Element],
        part: RecordPart?,
        among isTaken: (MergedEntry) -> Bool = { _ in true },
        newestFirst: Bool = false,
        _ words: (RecordEntry) -> String?
    ) -> SheetRow {
        var values: [(text: String, sources: [RecordSource])] = []
        var disputed: Set<String> = []
        // Entries of a group stand in the order of their days.
        let all = record.entries(of: group)
        for merged in newestFirst ? all.reversed() : all where isTaken(merged) {
            var texts: [String] = []
            for entry in merged.entries {
                guard let text = words(entry), !text.isEmpty else { continue }
                texts.append(text)
                if let index = values.firstIndex(where: { $0.text == text }) {
                    if !values[index].sources.contains(entry.source) {
                        values[index].sources.append(entry.source)
                    }
                } else {
                    values.append((text, [entry.source]))
                }
            }
            if Set(texts).count > 1 { disputed.formUnion(texts) }
        }
        return row(label, values, elements, part: part, disputed: disputed)
    }

    private func row(
        _ label: SheetLabel,
        _ values: [(text: String, sources: [RecordSource])],
        _ elements: [Element],
        part: RecordPart?,
        single: Bool = false,
        disputed: Set<String> = []
    ) -> SheetRow {
        let standing = part.flatMap { part in completeness.rows.first { $0.part == part }?.standing
        }
        let isEmpty = values.isEmpty
        let word: SheetStanding? =
            isEmpty
            ? said(of: elements) ?? standing.flatMap { $0 == .there ? .missing : SheetStanding($0) }
            : nil
        let isCredits = label == .credits && standing == .there
        return SheetRow(
            label: label,
            values: values.map { value in
                SheetValue(
                    text: value.text,
                    sources: value.sources.map(words),
                    isDisputed: single ? values.count > 1 : disputed.contains(value.text)
                )
            },
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

    private var hasGuardian: Bool {
        record.entries(of: .guardian).flatMap(\.entries).contains { entry in
            joined(entry, [.guardianFirstName, .guardianLastName]) != nil
        }
    }

    private var immunizations: SheetRow {
        let values = ImmunizationTally(record, codes: codes).groups.map { group in
            let days = group.doses.compactMap { dose in
                dose.day.map { "\($0.month)/\($0.day)/\($0.year)" }
                    ?? dose.unreadable.map {
                        renderer.sentence(SheetWord.notADate(found: $0), in: language)
                    }
            }
            let dates = days.isEmpty ? "" : ": " + days.joined(separator: ", ")
            return (text: "\(group.name) ×\(group.doses.count)\(dates)", sources: group.sources)
        }
        return row(
            .immunizations,
            values,
            [.immunizationDate, .immunizationType],
            part: .immunization
        )
    }

    private func tests(
        _ label: SheetLabel,
        _ isTaken: (RecordEntry) -> Bool
    ) -> SheetRow {
        list(
            label,
            .assessment,
            [.assessmentName, .assessmentDate, .assessmentResult],
            part: .assessment
        ) { entry in
            guard isTaken(entry), let name = entry.text(.assessmentName) else { return nil }
            let result = entry.text(.assessmentResult).map { " \($0)" } ?? ""
            let date = month(entry).map { ", \($0)" } ?? ""
            return name + result + date
        }
    }
}
