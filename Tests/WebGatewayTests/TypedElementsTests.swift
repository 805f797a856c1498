import RecordFormats
import Rendering
import StudentRecords
import Testing
import Vocabulary
import WebGateway

@Suite("Data elements that were typed in") struct TypedElementsTests {
    private static let today = CivilDate(dayNumber: 20_000)
    private static let source = RecordSource(name: "Maple School", date: today)
    private static let codes = StandardCodes(
        vaccines: [Vaccine(code: "110", name: "DTaP-Hep B-IPV", groups: ["DTAP"])],
        courses: [:]
    )

    private func read(
        _ text: String,
        asked: Set<RecordPart> = Set(RecordPart.allCases)
    ) throws -> TypedElements {
        TypedElements(
            try FormFields(urlEncoded: Array(text.utf8)),
            asked: asked,
            codes: Self.codes,
            from: Self.source
        )
    }

    private func row(_ group: ElementGroup) -> String { "rows-\(group.rawValue)=1" }

    /// What a clerk would type or choose of an element.
    private static func sample(_ element: Element) -> String {
        if element == .subjectArea { return "02" }
        return switch element.definition.kind {
        case .identifier, .text: "Maple 7"
        case .date: "5/29/2013"
        case .month: "4/2014"
        case .year: "2014"
        case .code: element.definition.codes.first?.token ?? ""
        case .flag: "yes"
        case .stateCode: "TX"
        case .countryCode: "MX"
        case .zip: "98901"
        case .phone: "(555) 555-0105"
        case .amount: "0.50"
        case .percentage: "84"
        }
    }

    /// The entry as our own JSON and then our own table give it back.
    private func carried(_ entries: [RecordEntry]) throws -> [RecordEntry] {
        let json = try RecordJSON.write(StudentRecord(entries))
        let first = try #require(RecordFile.read(json, from: Self.source, codes: Self.codes))
        #expect(first.problems.isEmpty)
        return try RecordCSV.write(first.record).flatMap { file in
            let bytes = Array(file.text.utf8)
            let reading = try #require(
                RecordFile.read(bytes, from: Self.source, codes: Self.codes)
            )
            #expect(reading.problems.isEmpty)
            return reading.record.entries
        }
    }

    @Test(arguments: Element.allCases)
    func `each element is typed, and comes back from JSON and CSV as it was`(
        element: Element
    ) throws {
        let group = element.group
        let field = ElementBox.field(element, in: group, row: 1)
        let text = Self.sample(element)
        let typed = try read("\(row(group))&\(field)=\(text)")
        // A course needs its title, which is said beside; the value is read all the same.
        let isUntitled = group == .course && element != .courseTitle
        #expect(
            typed.problems.map(\.trouble) == (isUntitled ? [.courseTitleMissing(row: 1)] : [])
        )
        let entry = try #require(typed.entries.first)
        #expect(typed.entries.count == 1 && entry.group == group)
        let value = try #require(entry.value(element))
        if element == .subjectArea {
            #expect(value == .text(SubjectArea.mathematics.name) && entry.standard == "02")
        } else {
            #expect(try ElementValue.read(text, for: element) == value)
        }
        #expect(try carried(typed.entries) == typed.entries)
    }

    @Test(arguments: Element.allCases, [ElementAnswer.noneOnFile, .withheld])
    func `of each element it can be said that none is on file, or that it is withheld`(
        element: Element,
        answer: ElementAnswer
    ) throws {
        let group = element.group
        let word = answer == .withheld ? "withheld" : "none"
        let box = ElementBox(element, in: group, row: 1)
        let field = box.isText ? box.absentField : box.field
        let typed = try read("\(row(group))&\(field)=\(word)")
        #expect(typed.entries.map { $0.answers[element] } == [answer])
        #expect(try carried(typed.entries) == typed.entries)
    }

    @Test func `everything that is wrong is said at once, and what was typed is kept`() throws {
        let typed = try read(
            "rows-enrollment=2&e54-1=8%2F14%2F25&e20-1=77&e54-2=8%2F14%2F2013&e5-1=Ana&a5-1=none"
        )
        #expect(
            typed.problems.map(\.input) == ["e5-1", "e20-1", "e54-1"]
        )
        let boxes = typed.groups(showing: typed.problems).flatMap(\.rows).flatMap(\.boxes)
        let kept = Dictionary(
            boxes.filter(\.isUsed).map { ($0.field, $0.value) },
            uniquingKeysWith: { first, _ in first }
        )
        #expect(
            kept == ["e5-1": "Ana", "e20-1": "77", "e54-1": "8/14/25", "e54-2": "8/14/2013"]
        )
        #expect(boxes.filter { !$0.troubles.isEmpty }.count == 3)
    }

    @Test func `days that cannot be are said where they were typed`() throws {
        var typed = try read(
            "rows-enrollment=2&e54-2=8%2F14%2F2013&e21-2=8%2F1%2F2013&rows-immunization=1"
                + "&e30-1=MMR&e29-1=1%2F1%2F2001"
        )
        #expect(typed.problems.isEmpty)
        typed.check(birth: CivilDate(dayNumber: 14_700), today: Self.today)
        #expect(Set(typed.problems.map(\.input)) == ["e21-2", "e29-1"])
    }

    @Test func `a vaccine is named by its word or its number`() throws {
        let typed = try read("rows-immunization=3&e30-1=110&e30-2=Old+shot&e30-3=999")
        #expect(typed.entries.map(\.standard) == ["110", nil])
        #expect(
            typed.entries.map { $0.text(.immunizationType) } == ["DTaP-Hep B-IPV", "Old shot"]
        )
        #expect(typed.problems.map(\.input) == ["e30-3"])
    }

    @Test func `what was asked for is on the page, and anything else can be added`() throws {
        let asked = try read("", asked: [.enrollment])
        let shown = asked.groups(showing: []).map(\.group)
        #expect(
            shown == [.identity, .stateIdentifier, .birth, .parents, .guardian, .enrollment]
        )
        let others = asked.others.compactMap { ElementGroup(rawValue: $0.value) }
        #expect(Set(shown).union(others) == Set(ElementGroup.allCases))
        let more = try read("more=assessment&e5-1=Ana", asked: [.enrollment])
        let groups = more.groups(showing: [])
        #expect(groups.last?.group == .assessment && groups.last?.isOpen == true)
        #expect(groups.first?.rows.first?.boxes.contains { $0.value == "Ana" } == true)
    }

    @Test func `no form has more fields than a browser may send back`() throws {
        let all = ElementGroup.allCases.map { "rows-\($0.rawValue)=99" }.joined(separator: "&")
        let typed = try read(all + "&more=course")
        let boxes = typed.groups(showing: []).flatMap(\.rows).flatMap(\.boxes)
        #expect(boxes.count * 2 + ElementGroup.allCases.count + 10 <= FormFields.most)
        #expect(Set(boxes.map(\.field)).count == boxes.count)
        for group in ElementGroup.allCases { #expect((typed.rows[group] ?? 0) >= 1) }
    }
}
