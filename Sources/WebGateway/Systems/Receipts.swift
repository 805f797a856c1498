import Casework
import Hummingbird
import RecordExchange
import StudentRecords
import Vocabulary

/// Signed receipts, for the system that asked and for the one that answered.
extension SystemRoom {
    func receipts(_ visit: SystemVisit) async throws -> Response {
        // Reading them takes what reading the records takes.
        _ = try await desk.records(of: try number(visit), by: visit.actor)
        return list(try await desk.receipts(of: try number(visit), by: visit.actor))
    }

    func receiptsForAnswer(_ visit: SystemVisit) async throws -> Response {
        list(try await desk.receipts(of: try visit.identifier("inquiry"), by: visit.actor))
    }

    /// The caller says whether what it fetched opened.
    func reportReceipt(_ visit: SystemVisit) async throws -> Response {
        enum Outcome: String, CaseIterable { case opened, refused }
        let number = try number(visit)
        let bundle: RecordBundle.ID = try visit.identifier("bundle")
        let (outcome, trouble, unopened) = try visit.read { reader in
            let outcome = reader.choice("outcome", of: Outcome.self, isRequired: true)
            let trouble = reader.choice("reason", of: Receipt.Trouble.self)
            let unopened = reader.objects("unopened", atMost: Self.mostFiles) { file in
                let text = file.text("sha256", isRequired: true)
                if !text.isEmpty, SHA256Digest(hexadecimal: text) == nil {
                    file.note("sha256", "must be 64 hexadecimal digits in lower case")
                }
                return text
            }
            if outcome == .opened, !unopened.isEmpty {
                reader.note("unopened", "goes with refused only")
            }
            if outcome == .refused, trouble == nil { reader.note("reason", "is missing") }
            if outcome == .opened, trouble != nil {
                reader.note("reason", "goes with refused only")
            }
            return (outcome, trouble, Set(unopened))
        }
        guard outcome != nil else { throw SystemProblem(.invalid) }
        let view = try await desk.reportReceipt(
            for: bundle,
            in: number,
            trouble: trouble,
            unopened: unopened,
            by: visit.actor
        )
        return .json(SystemView.ReceiptItem(view))
    }

    /// More than a bundle has.
    private static let mostFiles = 1_000

    private func list(_ views: [ReceiptView]) -> Response {
        .json(SystemView.List(items: views.map(SystemView.ReceiptItem.init), next: nil))
    }
}

extension SystemView {
    struct ReceiptItem: Encodable {
        struct Signed: Encodable, Hashable, Sendable {
            /// JSON, to the byte.
            let text: String
            /// CMS SignedData (DER), detached, in base 64.
            let signature: String
        }

        struct Part: Encodable {
            let part: String
            let opened: String
            let how: [String]
        }

        struct File: Encodable {
            let sha256: String
            let bytes: Int64
            /// Absent in receipts from before each file was told of.
            let how: String?
            let at: String?
        }

        let delivery: String
        let bundle: String
        let way: String
        let outcome: String
        let reason: String?
        let at: String
        let parts: [Part]
        let files: [File]
        /// Absent until it is signed, which takes seconds, and where the receipt is missing.
        let signed: Signed?

        init(_ view: ReceiptView) {
            let receipt = view.receipt
            delivery = receipt.delivery.description
            bundle = receipt.bundle.description
            way = view.way.rawValue
            switch receipt.outcome {
            case .missing: (outcome, reason) = ("missing", nil)
            case .handedOver: (outcome, reason) = ("handedOver", nil)
            case .partly, .stalled: (outcome, reason) = ("partly", nil)
            case .opened: (outcome, reason) = ("opened", nil)
            case .refused(let trouble): (outcome, reason) = ("refused", trouble.rawValue)
            }
            at = SystemView.time(receipt.at)
            parts = view.parts.map { part in
                Part(
                    part: part.part.rawValue,
                    opened: part.word.rawValue,
                    how: part.ways.map(\.rawValue)
                )
            }
            files = view.files.map { file in
                File(
                    sha256: file.sha256,
                    bytes: file.byteCount,
                    how: file.opening?.how.rawValue,
                    at: file.opening?.at.map { SystemView.time($0) }
                )
            }
            signed = receipt.signed.map { Signed(text: $0.text, signature: $0.signature) }
        }
    }
}
