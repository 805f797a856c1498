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
        /// Some of its files were opened, and others not.
        case partly
        /// Why, as `BundleFailure.key` names it.
        case refused(reason: String)
    }

    /// One part, with what its sender says of it and what became of it.
    package struct Part: Hashable, Sendable {
        package let part: RecordPart
        /// `sent`, `noneOnFile`, `toFollow`, `withheld` or `unsaid`.
        package let status: String
        /// `yes`, `partly`, `no`, `unknown`, or `nothing` where nothing of it was sent; `nil` in
        /// receipts from before each part was told of.
        package let opened: String?
        /// In which ways: `shown`, `downloaded`, `unpacked`, `reported`.
        package let how: [String]

        package init(part: RecordPart, status: String, opened: String? = nil, how: [String] = []) {
            self.part = part
            self.status = status
            self.opened = opened
            self.how = how
        }
    }

    /// One file.
    package struct File: Hashable, Sendable {
        package let byteCount: Int64
        package let digest: SHA256Digest
        /// `nil` where that is not known.
        package let isOpened: Bool?
        /// A word for the way it went; `nil` in receipts from before each file was told of.
        package let how: String?
        /// When it was opened or handed over.
        package let at: Instant?

        package init(
            byteCount: Int64,
            digest: SHA256Digest,
            isOpened: Bool?,
            how: String? = nil,
            at instant: Instant? = nil
        ) {
            self.byteCount = byteCount
            self.digest = digest
            self.isOpened = isOpened
            self.how = how
            at = instant
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
        case .partly: members["outcome"] = .text("partly")
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
            "files": .list(files.map(\.json)),
            "parts": .list(parts.map(\.json)),
            "recipient": .text(recipient),
            "request": .text(request.description),
            "sender": .text(sender),
        ])
    }
}

extension DeliveryReceipt.File {
    fileprivate var json: JSONText {
        var members: [String: JSONText] = [
            "bytes": .number(byteCount),
            "opened": .text(isOpened.map { $0 ? "yes" : "no" } ?? "unknown"),
            "sha256": .text(digest.description),
        ]
        if let how { members["how"] = .text(how) }
        if let at { members["at"] = .text(at.iso8601) }
        return .object(members)
    }
}

extension DeliveryReceipt.Part {
    fileprivate var json: JSONText {
        var members: [String: JSONText] = [
            "part": .text(part.rawValue), "status": .text(status),
        ]
        if let opened { members["opened"] = .text(opened) }
        if !how.isEmpty { members["how"] = .list(how.map { .text($0) }) }
        return .object(members)
    }
}
