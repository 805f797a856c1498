import Casework
import FoundationEssentials
import Hummingbird
import RecordExchange
import Rendering
import Vocabulary

/// The signed receipts of a request, for both sides.
extension StaffRoom {
    func receiptRows(_ number: RequestNumber, _ visit: StaffVisit) async throws -> [ReceiptRow] {
        let receipts = try await desk.receipts(of: number, by: visit.actor)
        let place = try? await desk.story(of: number, by: visit.actor).requester.state
        let state = place ?? visit.actor.watchedStates.first ?? Self.capital
        var rows: [ReceiptRow] = []
        for view in receipts {
            let receipt = view.receipt
            rows.append(
                ReceiptRow(
                    at: local(receipt.at, state),
                    recipient: try await desk.name(of: view.recipient),
                    holder: try await desk.name(of: view.holder),
                    way: view.way,
                    word: ReceiptWord(receipt.outcome),
                    parts: view.parts.map {
                        OpenedPart(part: $0.part, opened: $0.word, ways: $0.ways)
                    },
                    path: receipt.signed == nil
                        ? "" : "/requests/\(number)/receipts/\(receipt.delivery)"
                )
            )
        }
        return rows
    }

    func signedReceipt(_ visit: StaffVisit) async throws -> Response {
        let signed = try await signed(visit)
        var response = Response.text(signed.text, mediaType: "application/json")
        response.headers[.contentDisposition] =
            ContentDisposition.attachment("\(try number(visit))-receipt.json")
        return response
    }

    func receiptSignature(_ visit: StaffVisit) async throws -> Response {
        guard let bytes = Data(base64Encoded: try await signed(visit).signature) else {
            throw GatewayFailure.notFound
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/pkcs7-signature",
                .contentDisposition: ContentDisposition.attachment(
                    "\(try number(visit))-receipt.json.p7s"
                ),
            ],
            body: .init(byteBuffer: .init(bytes: bytes))
        )
    }

    private func signed(_ visit: StaffVisit) async throws -> Receipt.Signed {
        let delivery: Delivery.ID = try visit.visit.identifier("delivery")
        let receipts = try await desk.receipts(of: try number(visit), by: visit.actor)
        guard
            let signed = receipts.first(where: { $0.receipt.delivery == delivery })?.receipt.signed
        else { throw GatewayFailure.notFound }
        return signed
    }
}
