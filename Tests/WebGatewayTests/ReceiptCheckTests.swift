import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing
import WebGateway

@Suite("Receipts that somebody shows") struct ReceiptCheckTests {
    @Test func `ours is told from everything else, whichever file comes first`() async throws {
        let house = try await PublicHouse()
        try await house.app.test(.router) { client in
            let browser = Browser(client)
            let page = try await browser.get("/check")
            let good: [KeyValuePairs<String, String>] = [
                ["r.json": "ours", "r.json.p7s": "signed"],
                ["r.json.P7S": "signed", "r.json": "ours"],
            ]
            for files in good {
                let answer = try await browser.upload(
                    "/check/receipt",
                    from: page,
                    "receipt",
                    files
                )
                #expect(answer.status == .ok)
                #expect(answer.text.contains("this receipt is ours"))
            }
            let wrong: [KeyValuePairs<String, String>] = [
                ["r.json": "theirs", "r.json.p7s": "signed"], ["r.json": "ours", "r.p7s": "x"],
                ["r.json": "ours"], ["r.p7s": "signed"], [:],
                ["a": "ours", "b": "signed"], ["a.p7s": "signed", "b.p7s": "ours"],
                ["r.json": String(repeating: "x", count: 300_000), "r.json.p7s": "signed"],
            ]
            for files in wrong {
                let answer = try await browser.upload(
                    "/check/receipt",
                    from: page,
                    "receipt",
                    files
                )
                #expect(answer.status == .unprocessableContent, "\(files)")
                #expect(!answer.text.contains("this receipt is ours"))
            }
            // Parsing what strangers send costs something, so it is limited.
            let paused = try await browser.upload("/check/receipt", from: page, "receipt", good[0])
            #expect(paused.status == .tooManyRequests)
        }
    }

    @Test func `three files are too many, and so is a large body`() async throws {
        let house = try await PublicHouse()
        try await house.app.test(.router) { client in
            let browser = Browser(client)
            let page = try await browser.get("/check")
            let three = try await browser.upload(
                "/check/receipt",
                from: page,
                "receipt",
                ["a": "1", "b": "2", "c": "3"]
            )
            #expect(three.status == .badRequest)
            let large = try await browser.upload(
                "/check/receipt",
                from: page,
                "receipt",
                ["r.json": String(repeating: "x", count: 600_000)]
            )
            #expect(large.status == .contentTooLarge)
        }
    }
}
