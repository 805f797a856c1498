import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

@Suite("The minimum data elements") struct ElementTests {
    @Test func `there are 65, in five categories, with ten numbers absent`() {
        #expect(ElementDefinition.all.map(\.element) == Element.allCases)
        #expect(Element.allCases.count == 65)
        let counts = ElementCategory.allCases.map { category in
            Element.allCases.count { $0.category == category }
        }
        #expect(counts == [36, 13, 2, 9, 5])
        let absent = Set(1...75).subtracting(Element.allCases.map(\.rawValue))
        #expect(absent == [24, 27, 28, 49, 50, 52, 53, 57, 58, 60])
    }

    @Test func `ten code lists have 59 values, one of them without a code`() {
        let lists = ElementDefinition.all.map(\.codes).filter { !$0.isEmpty }
        #expect(lists.count == 10)
        #expect(lists.joined().count == 59)
        #expect(lists.joined().filter { $0.code == nil }.map(\.label) == ["Other"])
    }

    @Test func `every element stands in the group that lists it, and every group has one part`() {
        for element in Element.allCases {
            #expect(element.group.elements.contains(element))
        }
        #expect(ElementGroup.course.elements.contains(.subjectArea))
        #expect(ElementDefinition.all.filter { $0.kind == .code }.allSatisfy { !$0.codes.isEmpty })
    }

    @Test(
        arguments: [
            (Element.gender, "1", "01"), (.gender, "01", "01"), (.gender, "female", "01"),
            (.gradeLevel, "10", "010"), (.gradeLevel, "010", "010"), (.gradeLevel, "Grade 9", "09"),
            (.assessmentType, "other", "Other"), (.birthDate, "3/27/2010", "2010-03-27"),
            (.birthDate, "20100327", "2010-03-27"),
            (.birthDate, "2010-03-27T00:00:00", "2010-03-27"),
            (.assessmentDate, "4/2026", "2026-04"), (.assessmentDate, "2026-04", "2026-04"),
            (.creditsGranted, ".5", "0.50"), (.creditsGranted, "1.000", "1.00"),
            (.gradeToDate, "84%", "84.00"), (.state, "tx", "TX"),
            (.birthState, "Tamaulipas", "Tamaulipas"),
            (.medicalAlert, "Y", "yes"), (.zip, "78596-1234", "78596-1234"),
            (.courseYear, "2025", "2025"), (.schoolName, "  Weslaco East HS ", "Weslaco East HS"),
        ]
    )
    func `a value is read as schools write it`(
        element: Element,
        text: String,
        token: String
    ) throws {
        let value = try ElementValue.read(text, for: element)
        #expect(value.token == token)
        #expect(try ElementValue.read(value.token, for: element) == value)
    }

    @Test(
        arguments: [
            (Element.gender, "3"), (.gender, ""), (.gradeLevel, "17"), (.birthDate, "2/30/2010"),
            (.birthDate, "3/27/10"), (.birthDate, "27.3.2010"), (.assessmentDate, "13/2026"),
            (.creditsGranted, "-1"), (.creditsGranted, ".333"), (.creditsGranted, "1,5"),
            (.creditsGranted, "."), (.clockHours, "-3"), (.gradeToDate, "151"),
            (.state, "XX"), (.medicalAlert, "maybe"), (.zip, "7859"), (.courseYear, "25"),
            (.schoolName, "Weslaco\nEast"), (.schoolName, "a\u{202E}b"),
            (.schoolName, String(repeating: "x", count: 401)), (.phone, "none"),
        ]
    )
    func `what is outside the list is refused, with what is allowed`(
        element: Element,
        text: String
    ) {
        #expect(throws: ElementValue.Unreadable.self) {
            try ElementValue.read(text, for: element)
        }
    }

    @Test func `every value of every kind is read back from what is written`() throws {
        var generator = SeededGenerator(seed: 65)
        for definition in ElementDefinition.all {
            for code in definition.codes {
                let value = try ElementValue.read(code.label, for: definition.element)
                #expect(try ElementValue.read(value.token, for: definition.element) == value)
            }
        }
        for _ in 0..<300 {
            let amount = Hundredths(Int.random(in: 0...10_000_000, using: &generator))
            #expect(Hundredths(amount.description) == amount)
            let day = CivilDate(dayNumber: Int.random(in: -20_000...40_000, using: &generator))
            let american = "\(day.month)/\(day.day)/\(day.year)"
            #expect(try ElementValue.read(american, for: .birthDate) == .date(day))
        }
    }

    @Test func `subjects are known by code and by their common names`() {
        #expect(SubjectArea(code: "02052") == .mathematics)
        #expect(SubjectArea(code: "02") == .mathematics)
        #expect(SubjectArea(code: "2") == nil)
        #expect(SubjectArea(code: "02x52") == nil)
        #expect(SubjectArea(named: "English Language Arts") == .english)
        #expect(SubjectArea(named: "FINE ARTS") == .arts)
        #expect(SubjectArea(named: "Basket weaving") == nil)
        #expect(SubjectArea.allCases.allSatisfy { SubjectArea(named: $0.name) == $0 })
    }

    @Test func `hostile text is shown cut and harmless`() {
        #expect("a\u{0}b\nc\u{202E}d".shown() == "a\u{FFFD}b\u{FFFD}c\u{FFFD}d")
        #expect(String(repeating: "é", count: 100).shown(atMost: 10) == "ééééé…")
    }
}
