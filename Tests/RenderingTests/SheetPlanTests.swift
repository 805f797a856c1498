import Rendering
import StudentRecords
import Testing
import Vocabulary

@Suite("The plan that the record page names") struct SheetPlanTests {
    private func words(through last: Int?, in language: Language) throws -> String? {
        let plan = GraduationPlan(
            name: "Diploma",
            state: StateCode("TX"),
            classes: ClassYears(from: 2027, through: last),
            entry: GraduationPlan.Entry(
                office: "Texas",
                since: Samples.day("2026-05-18"),
                version: 2
            ),
            requirements: [
                .init(subject: "Mathematics", areas: [.mathematics], credits: Hundredths(400))
            ]
        )
        return try Samples.shared.get().sheet(
            of: MergedRecord([]),
            for: .graduation,
            plan: plan,
            codes: .none,
            in: language
        )
        .credits?.plan
    }

    @Test func `an entered plan says by whom, since when and for which classes`() throws {
        let start = "Diploma, of the school that asked (entered by Texas, since May 18, 2026, "
        #expect(
            try words(through: nil, in: .english)
                == start + "classes from 2027 on, version 2)"
        )
        #expect(
            try words(through: 2030, in: .english) == start + "classes 2027–2030, version 2)"
        )
        #expect(
            try words(through: nil, in: .spanish)
                == "Diploma, de la escuela que lo pidió (anotado por Texas, desde el "
                + "18 de mayo de 2026, generaciones desde 2027, versión 2)"
        )
    }
}
