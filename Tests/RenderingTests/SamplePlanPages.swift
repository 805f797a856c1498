import Rendering
import StudentRecords
import Vocabulary

extension Samples {
    private static let planEnglish = PlanSubjectRow(key: "01", subject: "English", credits: "4")
    private static let planCareer = PlanSubjectRow(
        key: "10",
        subject: "Information Technology",
        credits: "-1",
        called: "Career <b>",
        spanish: "Profesional",
        also: "12 13",
        troubles: [.planCreditsUnreadable(subject: "Information Technology")]
    )
    private static let planElectives = PlanSubjectRow(
        key: PlanSubjectRow.electives,
        subject: "Electives"
    )

    private static func planRows(_ id: String, until: CivilDate? = nil) -> [PlanRow] {
        [ClassYears(from: 2027), ClassYears(from: 2024, through: 2026)].compactMap { $0 }
            .map { classes in
                PlanRow(
                    id: id,
                    planName: "Diploma of \(classes.first) <b>",
                    version: 2,
                    classes: classes,
                    needs: [PlanRow.Need(subject: "English", credits: "4.00")],
                    total: "4.00",
                    citation: classes.last == nil ? "Sample Code 7" : "",
                    isVerified: classes.last == nil,
                    since: Samples.day("2026-05-18"),
                    enteredBy: "Ana Treviño",
                    until: until,
                    endedBy: until == nil ? "" : "Rosa Ibarra"
                )
            }
    }

    /// The graduation plans of an office.
    static let planPages: [SamplePage] = [
        SamplePage(
            name: "plans",
            page: PlansPage(
                path: "/contacts/school:480000100001/plans",
                backPath: "/contacts/school:480000100001",
                name: "Cedar East High School",
                inForce: planRows("plan1"),
                former: planRows("plan0", until: Samples.day("2026-05-19")),
                subjects: [planEnglish, planCareer, planElectives],
                isVerified: true,
                replaces: "plan1",
                replacesName: "Diploma",
                form: Form(
                    [.planName: "Diploma", .planFirst: "2027", .planLast: "20x"],
                    problems: [
                        FieldProblem(.planLast, .planYearImpossible),
                        FieldProblem(.planFirst, .planYearsOverlap(plan: "Old one")),
                        FieldProblem(
                            .planCredits,
                            .planCreditsUnreadable(subject: "Information Technology"),
                            at: "credits-10"
                        ),
                    ]
                )
            ),
            door: .contacts
        ),
        SamplePage(
            name: "plans-none",
            page: PlansPage(
                path: "/contacts/state:WA/plans",
                backPath: "/contacts/state:WA",
                name: "Washington",
                inForce: [],
                subjects: [planEnglish, planElectives]
            ),
            door: .contacts
        ),
    ]
}
