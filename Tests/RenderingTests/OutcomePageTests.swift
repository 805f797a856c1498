import RecordExchange
import Rendering
import StudentRecords
import Testing
import Vocabulary

@Suite("The page about credits") struct OutcomePageTests {
    private static func course(
        _ index: Int,
        accepted: String = "",
        troubles: [FieldTrouble] = []
    ) -> OutcomeCourse {
        OutcomeCourse(
            index: index,
            title: "Course \(index)",
            detail: "2024",
            sent: "1.00",
            accepted: accepted,
            reasons: Choice.list(CreditLine.Reason.allCases, chosen: []),
            troubles: troubles
        )
    }

    private static func html(_ groups: [OutcomeGroup], in language: Language) throws -> String {
        let page = OutcomePage(
            number: Samples.number,
            bundle: "b1",
            studentName: "Marisol Reyes Ortega",
            holder: "Cedar East High School",
            choices: Choice.list([.asSent, .except], chosen: [.except]),
            reasons: [],
            groups: groups
        )
        let chrome = Samples.chrome(language, signedIn: true, current: .requests)
        return try Samples.shared.get().render(page, chrome: chrome)
    }

    @Test(arguments: Language.allCases)
    func `a long transcript is folded away but for what is typed or wrong`(
        language: Language
    ) throws {
        let groups = [
            OutcomeGroup(
                title: "Oak · 2022",
                credits: "10.00",
                courses: (1...10).map { Self.course($0) },
                isShort: false
            ),
            OutcomeGroup(
                title: "Oak · 2023",
                credits: "10.00",
                courses: (11...19).map { Self.course($0) } + [Self.course(20, accepted: "0.50")],
                isShort: false
            ),
            OutcomeGroup(
                title: "Oak · 2024",
                credits: "1.00",
                courses: [
                    Self.course(
                        21,
                        accepted: "x",
                        troubles: [.courseCreditsUnreadable(course: "Course 21")]
                    )
                ],
                isShort: false
            ),
        ]
        #expect(groups.map(\.isOpen) == [false, true, true])

        let html = try Self.html(groups, in: language)

        // The three groups and every course; open are two groups and the one course with a problem.
        #expect(html.ranges(of: "<details class=\"fold").count == 24)
        #expect(html.ranges(of: "<details class=\"fold\" open>").count == 2)
        #expect(html.ranges(of: "<details class=\"fold has-err\" open>").count == 1)
        // What was typed is there to be sent again, folded or not.
        #expect(html.contains("name=\"accepted-20\" value=\"0.50\""))
        #expect(html.contains("name=\"accepted-21\" value=\"x\""))
    }

    @Test func `a short transcript stands open as a whole`() throws {
        let group = OutcomeGroup(
            title: "Oak · 2022",
            credits: "2.00",
            courses: [Self.course(1), Self.course(2)],
            isShort: true
        )
        #expect(group.isOpen && group.count == 2)
        #expect(group.courses.allSatisfy { !$0.isOpen })
    }
}
