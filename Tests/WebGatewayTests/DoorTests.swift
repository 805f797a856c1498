import Casework
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import RecordExchange
import TestSupport
import Testing
import Vocabulary
import WebGateway

@Suite("The door of an answer link")
struct DoorTests {
    private let house: PublicHouse

    init() async throws {
        house = try await PublicHouse()
    }

    @Test
    func `scanners change nothing, and the person's code opens after them`() async throws {
        let key = try await house.askMaple()
        try await visit { browser in
            for method in [HTTPRequest.Method.get, .head, .get, .head] {
                #expect(try await browser.get("/r/\(key.token)", method: method).status == .ok)
            }
            let door = try await browser.get("/r/\(key.token)")
            #expect(!door.text.contains("Paloma"))
            let opened = try await browser.post(
                "/r/\(key.token)",
                from: door,
                ["linkCode": " \(key.code.lowercased()) "]
            )
            let location = try #require(opened.location)
            #expect(location.hasPrefix("/answer/") && location.hasSuffix("/records"))
            #expect(try await browser.get(location).text.hasPrefix("link records"))
            #expect(browser.cookies["mochila"] == nil)
        }
    }

    @Test
    func `five wrong codes kill the link, and the page offers a new one`() async throws {
        let key = try await house.askMaple()
        try await visit { browser in
            let door = try await browser.get("/r/\(key.token)")
            for left in [4, 3, 2, 1] {
                let wrong = try await browser.post(
                    "/r/\(key.token)",
                    from: door,
                    ["linkCode": "WRONGX"]
                )
                #expect(wrong.status == .unprocessableContent)
                #expect(wrong.text.contains("\(left)"))
            }
            let dead = try await browser.post(
                "/r/\(key.token)",
                from: door,
                ["linkCode": "WRONGX"]
            )
            #expect(dead.status == .gone)
            let late = try await browser.post(
                "/r/\(key.token)",
                from: door,
                ["linkCode": key.code]
            )
            #expect(late.status == .gone)
            #expect(late.text.contains("/r/\(key.token)/new-link"))

            let asks = house.letters.asks.count
            house.clock.advance(bySeconds: 120)
            let sent = try await browser.post("/r/\(key.token)/new-link", from: door)
            #expect(sent.status == .ok)
            #expect(house.letters.asks.count == asks + 1)
            let newest = try #require(house.letters.asks.last)
            #expect(!newest.link.contains(key.token))
            #expect(!sent.text.contains("@"))
        }
    }

    @Test
    func `saying "not me" takes the code as well`() async throws {
        let key = try await house.askMaple()
        try await visit { browser in
            let door = try await browser.get("/r/\(key.token)/not-me")
            #expect(door.text.contains("action=\"/r/\(key.token)/not-me\""))
            let wrong = try await browser.post(
                "/r/\(key.token)/not-me",
                from: door,
                ["linkCode": "WRONGX"]
            )
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.text.contains("action=\"/r/\(key.token)/not-me\""))
            let opened = try await browser.post(
                "/r/\(key.token)/not-me",
                from: door,
                ["linkCode": key.code]
            )
            #expect(opened.location?.hasSuffix("/not-me") == true)
        }
    }

    @Test(arguments: ["x", "00000000000000000000000000", "..", "%2e%2e", "<script>"])
    func `an unknown link is not found and looks like no other`(token: String) async throws {
        try await visit { browser in
            let path = "/r/\(token.replacing("<", with: "%3C").replacing(">", with: "%3E"))"
            let page = try await browser.get(path)
            #expect(page.status == .notFound)
            #expect(!page.text.contains("<script>"))
        }
    }

    @Test
    func `guessing codes from one address is paused`() async throws {
        let key = try await house.askMaple()
        try await visit { browser in
            let door = try await browser.get("/r/\(key.token)")
            var statuses: Set<HTTPResponse.Status> = []
            for _ in 0..<25 {
                statuses.insert(
                    try await browser.post(
                        "/r/00000000000000000000000000",
                        from: door,
                        ["linkCode": "WRONGX"]
                    ).status
                )
            }
            #expect(statuses == [.notFound, .tooManyRequests])
        }
    }

    @Test
    func `a number is checked without a word about the student`() async throws {
        _ = try await house.askMaple()
        let number = try #require(house.letters.asks.last?.number)
        try await visit { browser in
            let page = try await browser.get("/check")
            let typed = number.description.lowercased().replacing("-", with: " ")
            let found = try await browser.post("/check", from: page, ["number": typed])
            #expect(found.status == .ok)
            #expect(found.text.contains("Oak School") && found.text.contains("Maple School"))
            #expect(!found.text.contains("Paloma"))
            for text in ["", "RQ-1", "RQ-00000-00001", "nonsense!!"] {
                let wrong = try await browser.post("/check", from: page, ["number": text])
                #expect(wrong.status == .unprocessableContent, "\(text)")
            }
        }
    }

    @Test
    func `numbers are checked five times a minute`() async throws {
        try await visit { browser in
            let page = try await browser.get("/check")
            let number = RequestNumber(bits: 77).description
            for _ in 0..<5 {
                let answer = try await browser.post("/check", from: page, ["number": number])
                #expect(answer.status == .unprocessableContent)
            }
            let paused = try await browser.post("/check", from: page, ["number": number])
            #expect(paused.status == .tooManyRequests)
        }
    }

    private func visit(_ body: @escaping @Sendable (Browser) async throws -> Void) async throws {
        try await house.app.test(.router) { client in try await body(Browser(client)) }
    }
}
