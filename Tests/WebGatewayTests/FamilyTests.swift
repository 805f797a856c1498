import Casework
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import RecordExchange
import TestSupport
import Testing
import Vocabulary
import WebGateway

@Suite("The family's page") struct FamilyTests {
    private let house: PublicHouse

    init() async throws {
        house = try await PublicHouse()
    }

    private func slip() async throws -> PrintedSlip {
        _ = try await house.askMaple()
        let actor = Actor(house.registrar)
        let request = try #require(try await house.desk.requests(by: actor).items.first)
        return try await house.desk.makeFamilySlip(of: request.request.number, by: actor)
    }

    private func look(
        _ browser: Browser,
        _ number: String,
        _ year: String,
        _ code: String,
        at path: String = "/familia"
    ) async throws -> Browser.Page {
        let page = try await browser.get(path)
        return try await browser.post(
            path,
            from: page,
            ["number": number, "familyYear": year, "slipCode": code]
        )
    }

    @Test func `the slip shows a stage and a date in both languages, and nobody's name`()
        async throws
    {
        let slip = try await slip()
        try await house.app.test(.router) { client in
            for (path, language) in [("/familia", "es"), ("/family", "en")] {
                let typed = slip.code.lowercased().replacing("-", with: " ")
                let page = try await look(
                    Browser(client),
                    " \(slip.number) ".lowercased(),
                    "2011",
                    typed,
                    at: path
                )
                #expect(page.status == .ok)
                #expect(page.text.contains("<html lang=\"\(language)\">"))
                for sentence in [
                    "Ya se pidieron a la escuela que los tiene.", "El siguiente paso es el",
                    "The school that has the records was asked for them.", "The next step is on",
                ] { #expect(page.text.contains(sentence), "\(sentence)") }
                for secret in [
                    "Paloma", "Prueba", "Maple", "Oak", "Texas", "California", "March", "marzo",
                ] { #expect(!page.text.contains(secret), "\(secret)") }
            }
        }
    }

    @Test func `each address speaks its language until the reader chooses another`() async throws {
        try await house.app.test(.router) { client in
            let browser = Browser(client)
            let spanish = try await browser.get("/familia")
            #expect(spanish.text.contains("¿Dónde están los documentos"))
            #expect(try await browser.get("/family").text.contains("Where are my child"))
            let chosen = try await browser.get("/familia?lang=en")
            #expect(chosen.text.contains("Where are my child"))
            #expect(try await browser.get("/familia").text.contains("Where are my child"))
        }
    }

    @Test func `everything that is wrong gets the same answer`() async throws {
        let slip = try await slip()
        // Another request, whose number has no slip.
        let other = RequestNumber(bits: 77).description
        let wrong = [
            (other, "2011", slip.code), (slip.number.description, "2012", slip.code),
            (slip.number.description, "2011", "ZZZZ-ZZZZ"),
            (slip.number.description, "2011", "<script>"),
            (slip.number.description, "2011", String(slip.code.dropLast())),
        ]
        let answers = try await house.app.test(.router) { client -> Set<String> in
            let browser = Browser(client)
            var answers: Set<String> = []
            for tries in wrong {
                house.stage.clock.advance(15 * 60)
                let page = try await look(browser, tries.0, tries.1, tries.2)
                #expect(page.status == .unprocessableContent)
                var text = page.text.replacing(page.csrf, with: "")
                for typed in [tries.0, tries.1, tries.2, "&lt;script&gt;"] {
                    text = text.replacing("value=\"\(typed)\"", with: "")
                }
                answers.insert(text)
            }
            let right = try await look(browser, slip.number.description, "2011", slip.code)
            #expect(right.status == .ok)
            return answers
        }
        #expect(answers.count == 1)
    }

    @Test func `what cannot be a slip is explained at once, all of it`() async throws {
        try await house.app.test(.router) { client in
            let page = try await look(Browser(client), "RQ-7Q4K9-2PMX0", "12", "  ")
            #expect(page.status == .unprocessableContent)
            for word in ["Un carácter del número", "cuatro cifras", "Escriba la clave"] {
                #expect(page.text.contains(word), "\(word)")
            }
        }
    }

    @Test func `five wrong tries, then a wait that the right code does not end`() async throws {
        let slip = try await slip()
        let number = slip.number.description
        try await house.app.test(.router) { client in
            let browser = Browser(client)
            for _ in 1...5 {
                let page = try await look(browser, number, "2011", "ZZZZZZZZ")
                #expect(page.status == .unprocessableContent)
            }
            let right = try await look(browser, number, "2011", slip.code)
            #expect(right.status == .tooManyRequests)
            // A number that is nobody's makes one wait in the same way.
            let nobodys = RequestNumber(bits: 77).description
            for _ in 1...5 { _ = try await look(browser, nobodys, "2011", "ZZZZZZZZ") }
            let again = try await look(browser, nobodys, "2011", "ZZZZZZZZ")
            #expect(again.status == .tooManyRequests)
            house.stage.clock.advance(15 * 60)
            let later = try await look(browser, number, "2011", slip.code)
            #expect(later.status == .ok)
        }
    }
}
