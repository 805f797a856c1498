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
                schools,
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
                    [.gradeLevel, .enrollmentType],
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
                    noting: [],
                    part: .partialCredit,
                    among: CreditAccrual.isUnfinished
                ) {
                    unfinished($0)
                },
                list(
                    .notCounted,
                    .course,
                    [.courseTitle, .creditsGranted],
                    noting: [],
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
                    noting: [.designatedForGraduation],
                    part: .enrollment
                ) {
                    designated($0)
                },
                list(.credits, .course, [.creditsGranted], part: .transcript) { _ in nil },
            ]
            return rows.filter(isShown)
        }
    }

    // A line without a value is shown only where its part says something about it.
    private func isShown(_ row: SheetRow) -> Bool {
        !row.values.isEmpty || row.standing != nil || !row.details.isEmpty
    }
}
