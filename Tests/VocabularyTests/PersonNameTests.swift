import HostileInput
import SeededNumbers
import Testing
import Vocabulary

@Suite("Person's name") struct PersonNameTests {
    typealias Problem = PersonName.Problem

    @Test func `keeps both surnames apart`() throws {
        let name = try PersonName(
            given: "María",
            middle: "Luz",
            paternalSurname: "Ríos",
            maternalSurname: "Ortega"
        )
        #expect(name.full == "María Luz Ríos Ortega")
        #expect(name.initials == "M. R. O.")
    }

    @Test func `one surname is enough`() throws {
        let name = try PersonName(given: "Ana", paternalSurname: "Roble")
        #expect(name.full == "Ana Roble")
        #expect(name.initials == "A. R.")
    }

    @Test(arguments: [
        ("  María  José ", "María José"), ("\tAna", "Ana"), ("Ana\u{A0}Luz", "Ana Luz"),
        ("O'Neil-Ríos", "O'Neil-Ríos"), ("De la O", "De la O"), ("X Æ", "X Æ"),
        ("Nguyễn", "Nguyễn"),
        ("李", "李"), ("<b>Ana</b>", "<b>Ana</b>"), ("=1+1", "=1+1"),
    ])
    func `is kept as written, with single spaces`(typed: String, kept: String) throws {
        #expect(try PersonName(given: typed, paternalSurname: "Roble").given == kept)
    }

    @Test(arguments: ["", " ", "\t \u{A0}", "\u{200B}", "\u{2003}\u{3000}", "\u{FEFF}\u{2060}"])
    func `a name of nothing visible is missing`(typed: String) {
        #expect(
            problems { () throws(PersonName.Malformed) in
                try PersonName(given: typed, paternalSurname: "Roble")
            } == [.givenMissing]
        )
        #expect(
            problems { () throws(PersonName.Malformed) in
                try PersonName(given: "Ana", paternalSurname: typed)
            } == [.surnameMissing]
        )
    }

    @Test func `all problems are reported at once`() {
        let long = String(repeating: "a", count: 201)
        let expected: [Problem] = [
            .givenMissing, .surnameMissing, .tooLong(.middle), .hasControlCharacter(.middle),
            .tooLong(.maternalSurname),
        ]
        #expect(
            problems { () throws(PersonName.Malformed) in
                try PersonName(
                    given: "",
                    middle: long + "\n",
                    paternalSurname: " ",
                    maternalSurname: long
                )
            } == expected
        )
    }

    @Test(arguments: [
        "\r\n", "\n", "\u{0}", "\u{1B}[31m", "\u{7F}", "\u{85}", "\u{2028}", "\u{2029}", "\u{202E}",
        "\u{2066}", "\u{2069}", "\u{202A}",
    ])
    func `what could end a line or turn it around is refused in every field`(hostile: String) {
        for field in PersonName.Field.allCases {
            func typed(_ other: PersonName.Field) -> String {
                field == other ? "An" + hostile + "a" : "Ana"
            }
            #expect(
                problems { () throws(PersonName.Malformed) in
                    try PersonName(
                        given: typed(.given),
                        middle: typed(.middle),
                        paternalSurname: typed(.paternalSurname),
                        maternalSurname: typed(.maternalSurname)
                    )
                } == [.hasControlCharacter(field)]
            )
        }
    }

    @Test func `joiners and direction marks inside a name are part of it`() throws {
        let name = "علی\u{200C}رضا\u{200F}"
        #expect(try PersonName(given: name, paternalSurname: "Roble").given == name)
    }

    @Test func `200 bytes fit, whatever they are`() throws {
        let fits = String(repeating: "é", count: 100)
        #expect(try PersonName(given: fits, paternalSurname: "Roble").given == fits)
        #expect(
            problems { () throws(PersonName.Malformed) in
                try PersonName(given: fits + "a", paternalSurname: "Roble")
            } == [.tooLong(.given)]
        )
    }

    /// What was wrong; empty where a name was made.
    private func problems(of make: () throws(PersonName.Malformed) -> PersonName) -> [Problem] {
        do {
            _ = try make()
            return []
        } catch {
            return error.problems
        }
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `whatever is taken stays on one line and within bounds`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let typed = (0..<4).map { _ in generator.hostileText(upTo: 12) }
        do {
            let name = try PersonName(
                given: typed[0],
                middle: typed[1],
                paternalSurname: typed[2],
                maternalSurname: typed[3]
            )
            #expect(!name.given.isEmpty && !name.paternalSurname.isEmpty)
            #expect(name.full.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
            #expect(name.full.utf8.count <= 4 * PersonName.longestField + 3)
        } catch {
            #expect(!error.problems.isEmpty)
            #expect(Set(error.problems).count == error.problems.count)
        }
    }
}
