package import StudentRecords
package import Vocabulary

/// What became of one delivery of a bundle, as it is signed and shown to both sides.
///
/// Digests and parts, never a student's or a file's name: a file's own name may hold the
/// student's.
package struct DeliveryReceipt: Hashable, Sendable {
    package enum Outcome: Hashable, Sendable {
        case opened
        /// Why, as `BundleFailure.key` names it.
        case refused(reason: String)
    }

    /// One file of a part.
    package struct File: Hashable, Sendable {
        package let part: RecordPart
        package let byteCount: Int64
        package let digest: SHA256Digest
        package let isOpened: Bool

        package init(part: RecordPart, byteCount: Int64, digest: SHA256Digest, isOpened: Bool) {
            self.part = part
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

    /// What the signed manifest said.
    package struct Content: Hashable, Sendable {
        package let bundle: BundleManifest.ID
        package let request: RequestNumber
        package let sender: String
        package let recipient: String
        /// Of `manifest.json`.
        package let manifestDigest: SHA256Digest
        package let files: [File]

        package init(_ manifest: BundleManifest, digest: SHA256Digest, isOpened: Bool) {
            bundle = manifest.bundle
            request = manifest.request
            sender = manifest.sender.organization
            recipient = manifest.recipient.organization
            manifestDigest = digest
            files = manifest.parts.flatMap { statement in
                statement.files.map { file in
                    File(
                        part: statement.part,
                        byteCount: file.byteCount,
                        digest: file.digest,
                        isOpened: isOpened
                    )
                }
            }
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
            "format": .text("mochila-receipt"),
            "sealed": .object([
                "bytes": .number(sealedByteCount), "sha256": .text(sealedDigest.description),
            ]),
            "version": .number(1),
        ]
        switch outcome {
        case .opened: members["outcome"] = .text("opened")
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
            "bundle": .text(bundle.description),
            "files": .list(
                files.map { file in
                    .object([
                        "bytes": .number(file.byteCount),
                        "opened": .text(file.isOpened ? "yes" : "no"),
                        "part": .text(file.part.rawValue),
                        "sha256": .text(file.digest.description),
                    ])
                }
            ),
            "manifest": .text(manifestDigest.description),
            "recipient": .text(recipient),
            "request": .text(request.description),
            "sender": .text(sender),
        ])
    }
}
