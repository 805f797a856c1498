import Casework
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing
import WebGateway

@Suite("Bundles and printed records that somebody shows") struct ProofCheckTests {
    private func show(
        _ text: String,
        to browser: Browser,
        from page: Browser.Page
    ) async throws -> Browser.Page {
        try await browser.upload("/check/file", from: page, "shownFile", ["file.zip": text])
    }

    @Test(arguments: ProofStanding.allCases)
    func `what is proved is said, and what speaks against using it`(
        standing: ProofStanding
    ) async throws {
        let house = try await PublicHouse()
        try await house.app.test(.router) { client in
            let browser = Browser(client)
            let page = try await browser.get("/check")
            let answer = try await show(standing.rawValue, to: browser, from: page)
            #expect(answer.status == .ok)
            for text in ["every file is unchanged", "Maple School", "Oak School"] {
                #expect(answer.text.contains(text), "\(text)")
            }
            let isBad = standing == .withdrawn || standing == .keyRevoked
            #expect(answer.text.contains("Do not use it") == isBad)
        }
    }

    @Test(arguments: ProofRefusal.allCases)
    func `what proves nothing is refused in words`(refusal: ProofRefusal) async throws {
        let house = try await PublicHouse()
        try await house.app.test(.router) { client in
            let browser = Browser(client)
            let page = try await browser.get("/check")
            let answer = try await show(refusal.rawValue, to: browser, from: page)
            #expect(answer.status == .unprocessableContent)
            #expect(!answer.text.contains("is unchanged"))
            #expect(answer.text.contains("shownFile-err"))
        }
    }

    @Test(arguments: [(10, true), (31, false)])
    func `a file that comes too slowly is given up in words, and keeps nobody's turn`(
        seconds: Int,
        isTaken: Bool
    ) async throws {
        let house = try await PublicHouse(secondsPerLook: Int64(seconds))
        try await house.app.test(.router) { client in
            let browser = Browser(client)
            let page = try await browser.get("/check")
            // More often than there are turns.
            for _ in 0..<6 {
                let answer = try await show("current", to: browser, from: page)
                // Not 408: browsers would send the whole file again by themselves.
                #expect(answer.status == (isTaken ? .ok : .unprocessableContent))
                #expect(answer.text.contains("is unchanged") == isTaken)
                for words in ["too slowly", "Nothing of it was kept", "mochila verify"] {
                    #expect(answer.text.contains(words) == !isTaken, "\(words)")
                }
            }
        }
    }

    @Test func `no file, two files and too many tries are told`() async throws {
        let house = try await PublicHouse()
        try await house.app.test(.router) { client in
            let browser = Browser(client)
            let page = try await browser.get("/check")
            let none = try await browser.upload("/check/file", from: page, "shownFile", [:])
            #expect(none.status == .unprocessableContent)
            #expect(none.text.contains("Choose the file"))
            let two = try await browser.upload(
                "/check/file",
                from: page,
                "shownFile",
                ["a.zip": "current", "b.zip": "current"]
            )
            #expect(two.status == .badRequest)
            for _ in 0..<8 {
                let answer = try await show("current", to: browser, from: page)
                #expect(answer.status == .ok)
            }
            let paused = try await show("current", to: browser, from: page)
            #expect(paused.status == .tooManyRequests)
        }
    }
}
