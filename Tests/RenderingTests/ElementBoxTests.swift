import Rendering
import StudentRecords
import Testing
import Vocabulary

@Suite("The box of an element") struct ElementBoxTests {
    @Test func `the names of fields stay, and no two are the same`() {
        #expect(ElementBox.field(.firstName, in: .identity, row: 1) == "e5-1")
        #expect(ElementBox.absentField(.firstName, in: .identity, row: 1) == "a5-1")
        #expect(
            ElementBox.field(.subjectArea, in: .graduationRequirement, row: 2) == "e61-2"
        )
        #expect(ElementBox.field(.subjectArea, in: .course, row: 2) == "e61-course-2")
        let names = ElementGroup.allCases.flatMap { group in
            group.elements.map { ElementBox.field($0, in: group, row: 1) }
        }
        #expect(Set(names).count == names.count)
        #expect(names.count == Element.allCases.count + 1)
    }

    @Test(arguments: Element.allCases)
    func `an element has a list just where it has codes, and the chosen one is marked`(
        element: Element
    ) throws {
        let empty = ElementBox(element, in: element.group, row: 1)
        #expect(!empty.isUsed && empty.choices.allSatisfy { !$0.isChosen })
        let kind = element.definition.kind
        #expect(empty.isText == (kind != .code && kind != .flag && element != .subjectArea))
        for choice in empty.choices {
            let words = [choice.sheet != nil, choice.code != nil, choice.subject != nil]
            #expect(words.count { $0 } == 1, "\(element) \(choice.value)")
            let chosen = ElementBox(element, in: element.group, row: 1, value: choice.value)
            #expect(chosen.choices.filter(\.isChosen).map(\.value) == [choice.value])
        }
    }

    @Test func `every code has words of its own in place of the report's`() {
        let printed = Element.allCases.flatMap { element in
            CodeChoice.list(of: element, chosen: "").compactMap { choice -> String? in
                if case .printed(let label) = choice.code { "\(element): \(label)" } else { nil }
            }
        }
        #expect(printed == [])
    }

    @Test func `only a group in which something stands is unfolded`() throws {
        func group(_ value: String) -> TypedGroup {
            let box = ElementBox(.firstName, in: .identity, row: 1, value: value)
            return TypedGroup(.identity, rows: [TypedRow(row: 1, boxes: [box])], canAdd: false)
        }
        #expect(!group("").isOpen && group("Ana").isOpen)
    }
}
