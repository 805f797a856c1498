import HostileInput
import Rendering
import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

@Suite("Where a problem stands, in words") struct PlaceWordTests {
    private static func said(_ place: String, _ language: Language) throws -> String {
        try Samples.shared.get().sentence(
            PlaceWord.inside(outer: .other(text: "f"), place: PlaceWord(place)),
            in: language
        )
    }

    @Test(arguments: [
        ("row 5", "row 5", "fila 5"), ("entry 12", "entry 12", "registro 12"),
        ("course 3", "Courses, no. 3", "Cursos, n.º 3"),
        ("medAlert 1", "Medical alert, no. 1", "Aviso médico, n.º 1"),
        ("student", "the student", "el estudiante"),
        ("student 2", "student 2", "estudiante 2"), ("file", "the file", "el archivo"),
        ("courses.csv, row 5", "courses.csv, row 5", "courses.csv, fila 5"),
        ("a, b.csv, row 5", "a, b.csv, row 5", "a, b.csv, fila 5"),
        ("a.json, entry 3, source", "a.json, entry 3, source", "a.json, registro 3, fuente"),
        (
            "course 3, as course 1", "Courses, no. 3, the same as Courses, no. 1",
            "Cursos, n.º 3, lo mismo que Cursos, n.º 1"
        ),
        // What a format or a school calls things stays.
        ("HighSchoolTranscript 2", "HighSchoolTranscript 2", "HighSchoolTranscript 2"),
        ("Person", "Person", "Person"), ("row five", "row five", "row five"),
        ("row -1", "row -1", "row -1"), ("row 05", "row 05", "row 05"), ("", "", ""),
        ("as as course 1", "as as course 1", "as as course 1"),
    ])
    func `places of records and files are said in the page's language`(
        place: String,
        english: String,
        spanish: String
    ) throws {
        #expect(try Self.said(place, .english) == "f, \(english)")
        #expect(try Self.said(place, .spanish) == "f, \(spanish)")
    }

    @Test(arguments: ElementGroup.allCases)
    func `every group of a record has its words`(group: ElementGroup) {
        #expect(PlaceWord("\(group.rawValue) 7") == .oneOf(group: group, number: 7))
    }

    @Test(arguments: 0..<20)
    func `whatever a file is called, its name is not changed`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            // Names as hostile as they come, but none that reads like a place.
            let name = generator.hostileText(upTo: 12) + "~"
            let place = PlaceWord("\(name), row 4")
            #expect(place == .inside(outer: .other(text: name), place: .row(number: 4)))
        }
    }
}
