import FoundationEssentials
import StudentRecords
package import Vocabulary

/// What a receipt says, read by whoever checks one: told apart from everything else that the same
/// key signs.
///
/// Meant for a text whose signature is good; a text that is no receipt throws.
package struct ReceivedReceipt: Hashable, Sendable {
    /// Which statement it is, as its member `format` says.
    package enum Kind: String, Sendable, CaseIterable {
        /// The gateway took a partner's bundle, or did not.
        case intake = "mochila-receipt"
        /// A bundle reached the one who asked for it.
        case delivery = "mochila-delivery"
    }

    package let kind: Kind
    /// `accepted`, `refused` or `incomplete`; `opened`, `partly`, `handedOver` or `refused`.
    package let outcome: String
    /// `nil` where nothing was opened.
    package let request: RequestNumber?
    package let at: Instant
    package let sealedDigest: SHA256Digest
    package let files: [DeliveryReceipt.File]
    /// What became of each part; empty in receipts from before that was told.
    package let parts: [DeliveryReceipt.Part]

    /// It is something else, or of a later version.
    package struct NoReceipt: Error, Hashable, Sendable {
        package init() {}
    }

    /// More than any receipt has, in bytes.
    package static let longest = 256 << 10

    package init(parsing text: [UInt8]) throws(NoReceipt) {
        guard text.count <= Self.longest,
            let read = try? JSONDecoder().decode(Text.self, from: Data(text)), read.version == 1,
            let kind = Kind(rawValue: read.format),
            let outcome = kind == .intake ? read.verdict : read.outcome,
            kind.outcomes.contains(outcome), let at = Instant(iso8601: read.at),
            let sealed = SHA256Digest(hexadecimal: read.sealed?.sha256 ?? read.sealedSHA256 ?? "")
        else { throw NoReceipt() }
        var files: [DeliveryReceipt.File] = []
        for file in read.content?.files ?? read.files ?? [] {
            guard let digest = SHA256Digest(hexadecimal: file.sha256) else { throw NoReceipt() }
            files.append(
                DeliveryReceipt.File(
                    byteCount: file.bytes,
                    digest: digest,
                    isOpened: file.opened == "yes" ? true : file.opened == "no" ? false : nil,
                    how: file.how,
                    at: file.at.flatMap { Instant(iso8601: $0) }
                )
            )
        }
        var request: RequestNumber?
        if let number = read.content?.request ?? read.request {
            guard let parsed = try? RequestNumber(parsing: number) else { throw NoReceipt() }
            request = parsed
        }
        self.kind = kind
        self.outcome = outcome
        self.request = request
        self.at = at
        sealedDigest = sealed
        self.files = files
        // A part that a later version knows is left out: what is signed stays in the text.
        parts = (read.content?.parts ?? []).compactMap { part in
            RecordPart(rawValue: part.part).map {
                DeliveryReceipt.Part(
                    part: $0,
                    status: part.status,
                    opened: part.opened,
                    how: part.how ?? []
                )
            }
        }
    }

    private struct Text: Decodable {
        struct File: Decodable {
            let bytes: Int64
            let sha256: String
            let opened: String?
            let how: String?
            let at: String?
        }

        struct Part: Decodable {
            let part: String
            let status: String
            let opened: String?
            let how: [String]?
        }

        struct Content: Decodable {
            let request: String
            let files: [File]
            let parts: [Part]?
        }

        struct Sealed: Decodable {
            let sha256: String
        }

        let format: String
        let version: Int
        let at: String
        let verdict: String?
        let outcome: String?
        let request: String?
        let files: [File]?
        let sealedSHA256: String?
        let content: Content?
        let sealed: Sealed?
    }
}

extension ReceivedReceipt.Kind {
    fileprivate var outcomes: Set<String> {
        switch self {
        case .intake: ["accepted", "refused", "incomplete"]
        case .delivery: ["opened", "partly", "handedOver", "refused"]
        }
    }
}
