package import RecordExchange
package import Vocabulary

/// A file in which the scanner found something: locked up until a person decides.
///
/// No part of any answer meanwhile: it can be neither sealed nor sent nor read. Kept for a month,
/// and then destroyed.
package struct QuarantinedFile: Hashable, Sendable, Codable {
    /// What it came with.
    package enum Origin: Hashable, Sendable, Codable {
        /// The answer it was taken out of, and what was said of it and in it.
        case answer(RecordBundle.ID, parts: [RecordBundle.Part], isComplete: Bool)
        /// The mail it was attached to.
        case mail(MailedFiles.ID)

        /// The same of an answer that lacks something for good.
        var incomplete: Self {
            switch self {
            case .answer(let bundle, let parts, _): .answer(bundle, parts: parts, isComplete: false)
            case .mail: self
            }
        }
    }

    package let file: DroppedFile
    /// The name of the scanner's signature.
    package let finding: String
    package internal(set) var origin: Origin
    package internal(set) var inquiry: Inquiry.ID
    package let foundAt: Instant
    package let expiresAt: Instant
    /// When a person said that nothing is wrong with it; it is not held a second time then.
    package internal(set) var releasedAt: Instant?

    package var id: DroppedFile.ID { file.id }

    package init(
        file: DroppedFile,
        finding: String,
        origin: Origin,
        inquiry: Inquiry.ID,
        foundAt: Instant,
        releasedAt: Instant? = nil
    ) {
        self.file = file
        // Another program wrote it, and it goes into logs and onto terminals.
        self.finding = String(
            finding.unicodeScalars.prefix(Self.longestFinding).map { scalar in
                scalar.isASCII && scalar.value > 0x20 && scalar.value < 0x7F
                    ? Character(scalar) : "_"
            }
        )
        self.origin = origin
        self.inquiry = inquiry
        self.foundAt = foundAt
        self.releasedAt = releasedAt
        expiresAt = foundAt.advanced(bySeconds: Self.patience)
    }

    /// The answer it was taken out of; `nil` where it came by mail.
    package var bundle: RecordBundle.ID? {
        // Swift 6.3.1 ends with an ownership error where it puts this into a loop, optimized.
        @inline(never) get {
            if case .answer(let bundle, _, _) = origin { bundle } else { nil }
        }
    }

    /// Seconds until it is destroyed where nobody decided: as long as a link works.
    package static let patience: Int64 = 30 * 86_400
    private static let longestFinding = 120
}

/// Thrown where files of an answer must not be sealed: the scanner found something in them.
package struct InfectedFiles: Error {
    /// What it calls what it found, by file.
    package let findings: [DroppedFile.ID: String]

    package init(findings: [DroppedFile.ID: String]) {
        self.findings = findings
    }
}

/// What is locked up; encrypted by whoever implements this.
package protocol QuarantineShelf {
    func quarantinedFile(_ id: DroppedFile.ID) throws -> QuarantinedFile?
    /// Oldest first, those that were released among them.
    func quarantinedFiles(of inquiry: Inquiry.ID) throws -> [QuarantinedFile]
    /// Whose time is over by `instant`, oldest first.
    func quarantinedFiles(expiredBy instant: Instant, limit: Int) throws -> [QuarantinedFile]
    /// Inserts or replaces.
    func save(_ locked: QuarantinedFile) throws
    func deleteQuarantinedFile(_ id: DroppedFile.ID) throws
}
