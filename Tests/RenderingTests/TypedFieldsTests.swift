import Rendering
import StudentRecords
import Testing
import Vocabulary

@Suite("Typed fields of an answer") struct TypedFieldsTests {
    @Test(arguments: Language.allCases)
    func `only the wrong boxes are marked, with their message beside them`(
        language: Language
    ) throws {
        let html = try Samples.html(of: "answer", in: language)
        let typed = try #require(
            html.firstMatch(of: /(?s)<details id="typed".*?<fieldset id="parts"/)
        )
        let marked = String(typed.0).matches(of: /id="([^"]*)-err"/).map { String($0.1) }
        #expect(marked == ["dose-03", "course-1-hours"])
        #expect(String(typed.0).matches(of: /aria-invalid="true"/).count == 2)
        #expect(String(typed.0).matches(of: /class="has-err"/).count == 2)
        #expect(html.contains("href=\"#dose-03\"") && html.contains("href=\"#course-1-hours\""))
        // What is sound stays folded unless something was typed there.
        #expect(String(typed.0).matches(of: /<details class="fold" open>/).count == 2)
    }

    @Test func `a section that nobody typed in is folded, all of it`() {
        let section = TypedSection(
            doses: TypedVaccine.allCases.map { TypedDoses(vaccine: $0, dates: "") },
            courses: [
                TypedCourse(
                    row: 1,
                    title: TypedBox(field: "course-1-title", label: .title, value: ""),
                    boxes: [],
                    subjects: [],
                    sections: []
                )
            ]
        )
        #expect(!section.isOpen && !section.hasDoses)
        #expect(section.courses.allSatisfy { !$0.isOpen })
    }
}
