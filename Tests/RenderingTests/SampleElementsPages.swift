import Rendering
import StudentRecords
import Vocabulary

extension Samples {
    /// Every group that a request for all uses shows at once, with one value that is wrong.
    static let elementsPages: [SamplePage] = [
        SamplePage(
            name: "elements",
            page: ElementsPage(
                base: "/answer/01J0000000000000000000000B",
                number: number,
                requester: "Oak Valley High School",
                groups: ElementGroup.allCases.filter { !laterGroups.contains($0) }.map(typedGroup),
                others: Choice.list(laterGroups, chosen: [ElementGroup]()),
                complete: Choice.list(CompleteWord.allCases, chosen: [.no]),
                canCertify: true,
                isCertifying: true,
                form: Form(
                    [.name: "Ana Treviño"],
                    problems: [
                        FieldProblem(
                            .elements,
                            wrongDate,
                            at: ElementBox.field(.enrollmentDate, in: .enrollment, row: 1)
                        ),
                        FieldProblem(.title, .missing),
                    ]
                )
            )
        )
    ]

    private static let laterGroups: [ElementGroup] = [
        .immunization, .qualifyingMove, .eligibility, .school, .course,
    ]

    private static let wrongDate = FieldTrouble.elementWrong(
        element: .enrollmentDate,
        found: "8/14/25",
        allowed: .date
    )

    private static func typedGroup(_ group: ElementGroup) -> TypedGroup {
        let boxes = group.elements.map { element in
            let isWrong = element == .enrollmentDate
            return ElementBox(
                element,
                in: group,
                row: 1,
                value: isWrong ? "8/14/25" : element == .gradeLevel ? "010" : "",
                absent: element == .middleName ? AbsentWord.none : nil,
                troubles: isWrong ? [wrongDate] : []
            )
        }
        return TypedGroup(group, rows: [TypedRow(row: 1, boxes: boxes)], canAdd: group.repeats)
    }
}
