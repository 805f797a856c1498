import Casework
import RecordExchange
import Rendering
import Testing
import Vocabulary

@Suite("The letters of the use cases")
struct LetterBookTests {
    static let link = "https://records.ayuda.example/requests/\(Samples.number)"
    static let news: [Casework.Letter.News] = [
        .question, .needsUntil(Samples.day("2026-06-08")), .noRecords(.neverEnrolled),
        .restNotComing,
        .movedOn(toSchool: "Pine School"), .noLocationLeft(state: "Texas"),
    ]
    static let letters: [Casework.Letter] =
        news.map {
            .news(
                number: Samples.number,
                recipient: "Rosa Delgado",
                holderSchool: "Cedar East High School",
                news: $0,
                link: link
            )
        } + [
            .ready(
                number: Samples.number,
                recipient: "Rosa Delgado",
                holderSchool: "Cedar East High School",
                files: 2,
                complete: true,
                address: link
            ),
            .family(number: Samples.number, address: link),
            .receipt(
                number: Samples.number,
                receipt: "4K2P-9TZ1",
                recipient: "Ana Treviño",
                requesterSchool: "Oak Valley High School",
                files: [],
                complete: true,
                link: link
            ),
            .withdrawn(
                number: Samples.number,
                recipient: "Ana Treviño",
                holderSchool: "Cedar East High School",
                requesterSchool: "Oak Valley High School",
                address: link
            ),
        ]

    @Test(arguments: letters, Language.allCases)
    func `a letter about a request says its number and one link`(
        letter: Casework.Letter,
        language: Language
    ) throws {
        let book = LetterBook(
            renderer: try Samples.shared.get(),
            installation: Samples.installation
        )

        let text = try book.write(letter, in: language)

        #expect(text.subject.contains("\(Samples.number): "))
        #expect(text.plainText.contains("\n  \(Self.link)\n"))
        #expect(text.plainText.matches(of: /https?:\/\//).count == 1)
        #expect(!text.plainText.contains("[") && !text.html.contains("["))
    }

    @Test(arguments: [1, 12], Language.allCases)
    func `whoever is given requests reads how many, and of none`(
        count: Int,
        language: Language
    ) throws {
        let book = LetterBook(
            renderer: try Samples.shared.get(),
            installation: Samples.installation
        )
        let link = "https://records.ayuda.example/queue?who=me"

        let text = try book.write(
            .assigned(recipient: "Ingrid Vance", count: count, link: link),
            in: language
        )

        #expect(text.subject.contains("\(count) "))
        #expect(text.plainText.contains("\n  \(link)\n"))
        #expect(!text.plainText.contains("RQ-"))
    }

    @Test(arguments: [nil, "Rosa Delgado"], Language.allCases)
    func `who looked up too many is told to whom it concerns, with no command to run`(
        person: String?,
        language: Language
    ) throws {
        let book = LetterBook(
            renderer: try Samples.shared.get(),
            installation: Samples.installation
        )

        let text = try book.write(
            .lookupsSpent(
                recipient: "Ingrid Vance",
                person: person,
                organization: "Oak Valley High School",
                made: 40,
                link: "https://records.ayuda.example/locator"
            ),
            in: language
        )

        #expect(text.subject.contains("Oak Valley High School"))
        #expect(person.map(text.subject.contains) ?? true)
        #expect(text.plainText.contains("\n  https://records.ayuda.example/locator\n"))
        #expect(text.plainText.matches(of: /https?:\/\//).count == 1)
        #expect(!text.plainText.contains("mochila doctor") && !text.plainText.contains("\n\n\n"))
    }

    @Test(arguments: StaffRole.allCases)
    func `every role is invited in words`(role: StaffRole) throws {
        let book = LetterBook(
            renderer: try Samples.shared.get(),
            installation: Samples.installation
        )

        let text = try book.write(
            .invitation(
                person: "Ana Treviño",
                organization: "Cedar East High School",
                role: role,
                link: Self.link,
                expires: Samples.day("2026-05-25")
            ),
            in: .english
        )

        #expect(text.plainText.contains("as \(RoleWord(role).said) at"))
    }

    @Test func `the words of roles and accounts stand for the same things as the accounts`() {
        #expect(StaffRole.allCases.map(\.rawValue) == RoleWord.allCases.map(\.rawValue))
        #expect(
            StaffAccount.Status.allCases.map(\.rawValue) == AccountWord.allCases.map(\.rawValue)
        )
    }
}

extension RoleWord {
    /// The English words, straight from the catalogue.
    fileprivate var said: String {
        (try? Samples.shared.get().sentence(self, in: .english)) ?? ""
    }
}
