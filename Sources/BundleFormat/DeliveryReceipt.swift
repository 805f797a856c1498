package import StudentRecords
package import Vocabulary

/// What became of one delivery of a bundle, as it is signed and shown to both sides.
///
/// Digests and parts, never a student's or a file's name: a file's own name may hold the
/// student's.
package struct DeliveryReceipt: Hashable, Sendable {
    package enum Outcome: Hashable, Sendable {
        case opened
        /// Its recipient has every byte; whether it opened there is not known yet.
        case handedOver
        /// Why, as `BundleFailure.key` names it.
        case refused(reason: String)
    }

    /// One part, with what its sender says of it.
    package struct Part: Hashable, Sendable {
        package let part: RecordPart
        /// `sent`, `none`, `toFollow` or `withheld`.
        package let status: String

        package init(part: RecordPart, status: String) {
            self.part = part
            self.status = status
        }
    }

    /// One file.
    package struct File: Hashable, Sendable {
        package let byteCount: Int64
        package let digest: SHA256Digest
        /// `nil` where that is not known.
        package let isOpened: Bool?

        package init(byteCount: Int64, digest: SHA256Digest, isOpened: Bool?) {
            self.byteCount = byteCount
            self.digest = digest
            self.isOpened = isOpened
        }
    }

    /// Names the delivery, the same in every receipt for it.
    package let delivery: String
    package let at: Instant
    package let outcome: Outcome
    /// The file as it came.
    package let sealedByteCount: Int64
    package let sealedDigest: SHA256Digest
    /// What was inside; `nil` where it was not opened.
    package let content: Content?

    /// What was in it.
    package struct Content: Hashable, Sendable {
        /// The bundle's identifier.
        package let bundle: String
        package let request: RequestNumber
        package let sender: String
        package let recipient: String
        package let parts: [Part]
        package let files: [File]

        package init(
            bundle: String,
            request: RequestNumber,
            sender: String,
            recipient: String,
            parts: [Part],
            files: [File]
        ) {
            self.bundle = bundle
            self.request = request
            self.sender = sender
            self.recipient = recipient
            self.parts = parts
            self.files = files
        }
    }

    package init(
        delivery: String,
        at: Instant,
        outcome: Outcome,
        sealedByteCount: Int64,
        sealedDigest: SHA256Digest,
        content: Content?
    ) {
        self.delivery = delivery
        self.at = at
        self.outcome = outcome
        self.sealedByteCount = sealedByteCount
        self.sealedDigest = sealedDigest
        self.content = content
    }

    /// The bytes that are signed: one text for one receipt, always.
    package var bytes: [UInt8] {
        var members: [String: JSONText] = [
            "at": .text(at.iso8601),
            "delivery": .text(delivery),
            "format": .text(ReceivedReceipt.Kind.delivery.rawValue),
            "sealed": .object([
                "bytes": .number(sealedByteCount), "sha256": .text(sealedDigest.description),
            ]),
            "version": .number(1),
        ]
        switch outcome {
        case .opened: members["outcome"] = .text("opened")
        case .handedOver: members["outcome"] = .text("handedOver")
        case .refused(let reason):
            members["outcome"] = .text("refused")
            members["reason"] = .text(reason)
        }
        if let content { members["content"] = content.json }
        return JSONText.object(members).bytes
    }
}

extension DeliveryReceipt.Content {
    fileprivate var json: JSONText {
        .object([
            "bundle": .text(bundle),
            "files": .list(
                files.map { file in
                    .object([
                        "bytes": .number(file.byteCount),
                        "opened": .text(file.isOpened.map { $0 ? "yes" : "no" } ?? "unknown"),
                        "sha256": .text(file.digest.description),
                    ])
                }
            ),
            "parts": .list(
                parts.map { part in
                    .object(["part": .text(part.part.rawValue), "status": .text(part.status)])
                }
            ),
            "recipient": .text(recipient),
            "request": .text(request.description),
            "sender": .text(sender),
        ])
    }
}
