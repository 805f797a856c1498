import DropLayout
import Foundation
import SFTPProtocol
import Testing

@Suite("Receipts") struct DropReceiptTests {
    private func object(_ verdict: DropReceipt.Verdict) throws -> [String: Any] {
        let receipt = DropReceipt(
            verdict: verdict,
            at: "2026-05-18T14:00:00Z",
            sealedBytes: 4_096,
            sealedSHA256: String(repeating: "a", count: 64)
        )
        let object = try JSONSerialization.jsonObject(with: Data(receipt.json.utf8))
        return try #require(object as? [String: Any])
    }

    @Test func `an accepted bundle's digests are said`() throws {
        let files = [(bytes: Int64(3), sha256: "b"), (bytes: 4, sha256: "c")]
        let read = try object(
            .accepted(
                .init(
                    number: "ABC",
                    request: "RQ-1",
                    manifestSHA256: "d",
                    parts: [("transcript", "sent"), ("alerts", "none")],
                    files: files,
                    held: ["c"]
                )
            )
        )
        #expect(
            (read["files"] as? [[String: Any]])?.map { $0["held"] as? String } == [nil, "virus"]
        )
        #expect(read["verdict"] as? String == "accepted")
        #expect(read["request"] as? String == "RQ-1")
        #expect(read["sealedBytes"] as? Int == 4_096)
        #expect((read["files"] as? [[String: Any]])?.map { $0["bytes"] as? Int } == [3, 4])
        #expect(
            (read["files"] as? [[String: Any]])?.allSatisfy { $0["opened"] as? String == "yes" }
                == true
        )
        let parts = read["parts"] as? [[String: String]]
        #expect(
            parts == [
                ["part": "transcript", "status": "sent"], ["part": "alerts", "status": "none"],
            ]
        )
    }

    @Test func `no files make a list of none`() throws {
        let accepted = DropReceipt.Accepted(
            number: "",
            request: "",
            manifestSHA256: "",
            parts: [],
            files: []
        )
        #expect((try object(.accepted(accepted))["files"] as? [Any])?.isEmpty == true)
    }

    @Test func `whatever stands in a reason, the receipt is JSON`() throws {
        let text = "a \"b\" \\ \n \u{1} ñ"
        let reason = DropReceipt.Reason(
            word: "tampered",
            whatHappened: text,
            whatIsKept: "",
            whatToDo: text
        )
        let read = try object(.refused(reason))
        #expect(read["verdict"] as? String == "refused")
        #expect(read["reason"] as? String == "tampered")
        #expect(read["whatHappened"] as? String == text)
        #expect(try object(.incomplete(reason))["verdict"] as? String == "incomplete")
    }

    @Test func `a receipt is named after its file where that is short enough`() throws {
        let name = try DropName("a b.cms".utf8)
        #expect(DropReceipt.name(for: name)?.text == "a b.cms.receipt.json")
        #expect(DropReceipt.signatureName(for: name)?.text == "a b.cms.receipt.json.p7s")
        // A receipt goes with its signature, so both names must fit.
        for (length, fits) in [(143, true), (144, false), (160, false)] {
            let long = try DropName(String(repeating: "x", count: length).utf8)
            #expect((DropReceipt.name(for: long) != nil) == fits)
        }
    }
}
