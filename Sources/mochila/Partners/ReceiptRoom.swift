import BundleFormat
import Casework
import DropLayout
import Intake
import Logging
import RecordExchange
import SFTPProtocol
import Sealing
import StudentRecords
import Vocabulary

/// Signs receipts, lays them where partners find them, and checks those that somebody shows.
struct ReceiptRoom: ReceiptChecker {
    let desk: Desk
    let drop: PartnerDrop
    let keys: GatewayKeys
    let logger: Logger

    /// Signs with the key that counts now: `mochila keys rotate` may have changed it meanwhile.
    func sign(_ text: [UInt8]) throws -> SignedReceipt {
        try SignedReceipt(text, by: try keys.reloaded().signing, at: desk.time.now())
    }

    /// Signs what is due.
    ///
    /// Laid into the folder first: a cut in between lays it there once more, and nothing is lost.
    func signDue() async throws {
        for order in try await desk.receiptOrders() {
            guard let receipt = DeliveryReceipt(order) else { continue }
            let signed: SignedReceipt
            do {
                signed = try await SealingRoom.run {
                    let signed = try sign(receipt.bytes)
                    try lay(signed, of: order)
                    return signed
                }
            } catch {
                // It stays due; the others do not wait for it.
                logger.error(
                    "a receipt waits",
                    metadata: [
                        "delivery": "\(order.receipt.delivery)", "trouble": "\(type(of: error))",
                    ]
                )
                continue
            }
            try await desk.noteSigned(
                order,
                Receipt.Signed(
                    text: String(decoding: signed.text, as: UTF8.self),
                    signature: signed.signatureText
                )
            )
        }
    }

    /// For the system that sent the records.
    private func lay(_ signed: SignedReceipt, of order: ReceiptOrder) throws {
        let name = "\(order.number)-\(order.bundle.sequence).\(order.receipt.delivery)"
        for account in order.accounts.compactMap({ PartnerAccount($0) })
        where try drop.accounts().contains(account) {
            try drop.write(
                receipt: String(decoding: signed.text, as: UTF8.self),
                signature: signed.signature,
                for: try DropName(name.utf8),
                to: account
            )
        }
    }

    func check(_ text: [UInt8], signature: [UInt8]) async throws -> CheckedReceipt? {
        let now = desk.time.now()
        let shown = SignedReceipt(text: text, signature: signature)
        let signer: Signer
        do {
            // What a stranger sends is parsed in the confined program only.
            signer = try await SealingRoom.run {
                try shown.signer(
                    trust: [keys.authority],
                    at: now,
                    by: try OpeningProgram.besideThisProgram()
                )
            }
        } catch let failure as BundleFailure where !failure.isOurs {
            return nil
        }
        let current = try keys.reloaded().signing.certificate
        let certificate = signer.certificate
        let known = try await desk.store.read { session in
            try session.trustedKey(certificate.fingerprint.description)
        }
        // Schools' keys of the same authority sign records, and no receipts.
        let isOurs = known.map { $0.organization == .gateway && $0.usage == .signing }
        guard isOurs ?? (certificate == current), known?.isRevoked != true,
            let receipt = try? ReceivedReceipt(parsing: text)
        else { return nil }
        return CheckedReceipt(
            outcome: receipt.outcome,
            request: receipt.request,
            at: receipt.at,
            signedAt: signer.signedAt,
            sealedDigest: receipt.sealedDigest,
            files: receipt.files.map { .init(byteCount: $0.byteCount, digest: $0.digest) },
            parts: receipt.parts.compactMap { part in
                part.opened.flatMap(PartOpening.Word.init(statement:)).map {
                    CheckedReceipt.Part(
                        part: part.part,
                        word: $0,
                        ways: part.how.compactMap(FileOpening.How.init(rawValue:))
                    )
                }
            }
        )
    }
}

extension DeliveryReceipt {
    /// `nil` where nothing was sealed, which has no delivery either.
    init?(_ order: ReceiptOrder) {
        guard let seal = order.bundle.seal, let digest = SHA256Digest(hexadecimal: seal.sha256)
        else { return nil }
        let outcome: Outcome
        // Of all files alike, in receipts from before each was told of.
        let isOpened: Bool?
        switch order.receipt.outcome {
        case .missing: return nil
        case .handedOver: (outcome, isOpened) = (.handedOver, nil)
        case .partly, .stalled: (outcome, isOpened) = (.partly, nil)
        case .opened: (outcome, isOpened) = (.opened, true)
        case .refused(let trouble):
            (outcome, isOpened) = (.refused(reason: trouble.rawValue), false)
        }
        let openings = Dictionary(
            order.receipt.openings(of: order.bundle).map { ($0.file, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        self.init(
            delivery: order.receipt.delivery.description,
            at: order.receipt.at,
            outcome: outcome,
            sealedByteCount: seal.byteCount,
            sealedDigest: digest,
            content: Content(
                bundle: order.bundle.id.description,
                request: order.number,
                sender: order.bundle.holder.description,
                recipient: order.recipient.description,
                parts: order.receipt.parts(of: order.bundle).map { part in
                    Part(
                        part: part.part,
                        status: part.status.word,
                        opened: part.word.statement,
                        how: part.ways.map(\.rawValue)
                    )
                },
                files: order.bundle.files.compactMap { file in
                    SHA256Digest(hexadecimal: file.sha256).map {
                        let opening = openings[file.id]
                        return File(
                            byteCount: file.byteCount,
                            digest: $0,
                            isOpened: opening.map(\.how.isOpen) ?? isOpened,
                            how: opening?.how.rawValue,
                            at: opening?.at
                        )
                    }
                }
            )
        )
    }
}

extension PartOpening.Word {
    /// As a receipt writes it.
    var statement: String {
        switch self {
        case .opened: "yes"
        case .partly: "partly"
        case .unopened: "no"
        case .unknown: "unknown"
        case .nothingSent: "nothing"
        }
    }

    /// `nil` for a word that no receipt has.
    init?(statement: String) {
        guard let word = Self.allCases.first(where: { $0.statement == statement }) else {
            return nil
        }
        self = word
    }
}

extension RecordBundle.PartStatus {
    /// As the programming interface writes it.
    var word: String {
        switch self {
        case .sent: "sent"
        case .unsaid: "unsaid"
        case .noneOnFile: "noneOnFile"
        case .toFollow: "toFollow"
        case .withheld: "withheld"
        }
    }
}
