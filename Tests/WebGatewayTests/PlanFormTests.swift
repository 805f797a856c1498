import RecordExchange
import Rendering
import StudentRecords
import Testing
import Vocabulary
import WebGateway

@Suite("The form of a graduation plan") struct PlanFormTests {
    private static let names = Dictionary(
        uniqueKeysWithValues: PlanForm.keys.map { ($0, "Subject \($0)") }
    )

    private func read(_ text: String) throws -> PlanForm {
        try PlanForm(FormFields(urlEncoded: Array(text.utf8)), names: Self.names)
    }

    @Test func `amounts are taken to the hundredth, and empty lines ask for nothing`() throws {
        let form = try read(
            "planName=Diploma&planFirst=2027&credits-01=4&credits-02=.33&called-12=&credits-12="
                + "&credits-any=5.5"
        )
        let content = try #require(form.content)
        #expect(form.form.problems.isEmpty)
        #expect(content.requirements.map(\.credits.count) == [400, 33, 550])
        #expect(content.requirements.map(\.areas) == [[.english], [.mathematics], []])
        #expect(content.requirements.last?.subject == "Electives")
        #expect(content.classes == ClassYears(from: 2027))
    }

    @Test func `a subject has its office's names and further areas`() throws {
        let form = try read(
            "planName=D&planFirst=2027&planLast=2030&credits-10=1&called-10=Career"
                + "&spanish-10=Profesional&also-10=12%2C+13&planCitation=Code&planVerified=yes"
        )
        let need = try #require(form.content?.requirements.first)
        #expect(need.subject == "Career" && need.spanish == "Profesional")
        #expect(need.areas == [.informationTechnology, .business, .manufacturing])
        #expect(form.content?.isVerified == true && form.content?.citation == "Code")
    }

    @Test func `everything that is wrong is said at once, and what was typed is kept`() throws {
        let text =
            "planName=+&planFirst=27&planLast=20x&credits-01=-1&credits-02=1.234&called-03=Physics"
            + "&credits-04=21&credits-05=1&also-05=99&planVerified=yes"
        let form = try read(text)
        #expect(form.content == nil)
        #expect(
            form.form.problems.map(\.trouble) == [
                .planYearImpossible, .planYearImpossible,
                .planCreditsUnreadable(subject: "Subject 01"),
                .planCreditsUnreadable(subject: "Subject 02"),
                .planCreditsMissing(subject: "Subject 03"),
                .planAreasUnknown(subject: "Subject 05"),
                .planNameMissing, .planCitationMissing,
                .planCreditsUnreadable(subject: "Subject 04"),
            ]
        )
        #expect(form.form.values[.planFirst] == "27")
        let rows = form.rows
        #expect(rows.count == SubjectArea.allCases.count + 1)
        let english = try #require(rows.first)
        #expect(english.credits == "-1" && english.isOpen && !english.troubles.isEmpty)
        #expect(rows.first { $0.key == "03" }?.called == "Physics")
    }

    @Test func `a subject that stands twice leads to its own line`() throws {
        let form = try read(
            "planName=D&planFirst=2027&credits-01=4&credits-02=1&called-02=A&credits-03=1"
                + "&called-03=a&also-03=01"
        )
        #expect(
            form.form.problems == [
                FieldProblem(
                    .planCredits,
                    .planSubjectTwice(subject: "Subject 03"),
                    at: "credits-03"
                )
            ]
        )
    }

    @Test func `an empty form says what is missing of each kind, once`() throws {
        let problems = try read("").form.problems.map(\.trouble)
        #expect(problems == [.planYearMissing, .planNameMissing, .planEmpty])
    }

    @Test func `years in the wrong order are said beside the last one`() throws {
        let form = try read("planName=D&planFirst=2030&planLast=2027&credits-01=1")
        #expect(form.form.problems == [FieldProblem(.planLast, .planYearsReversed)])
    }
}
