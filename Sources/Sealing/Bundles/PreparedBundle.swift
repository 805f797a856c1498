import BundleFormat
import Casework
import StudentRecords
import Vocabulary

/// A draft that became a signed manifest and a list of files.
struct PreparedBundle {
    let manifest: BundleManifest
    let manifestBytes: [UInt8]
    let signature: [UInt8]
    let pages: [(name: ArchiveName, bytes: [UInt8])]
    let attachments: [(name: ArchiveName, attachment: BundleAttachment)]

    init(_ draft: BundleDraft, recipients: [Certificate], signer: KeyPair) throws {
        let names = try Self.names(for: draft)
        let files = zip(names, draft.attachments).map { name, attachment in
            BundleManifest.File(
                name: name,
                mediaType: attachment.mediaType,
                byteCount: attachment.content.byteCount,
                digest: attachment.digest
            )
        }
        var pages: [(name: ArchiveName, bytes: [UInt8], mediaType: String)] = [
            (.recordPage, Array(draft.recordPage.utf8), "text/html"),
            (.openMe, Array(OpenMe.text.utf8), "text/plain"),
        ]
        if let print = draft.recordPrint {
            pages.insert((.recordPrint, print, "application/pdf"), at: 1)
        }
        if let data = draft.recordData {
            pages.insert((.recordData, data, "application/json"), at: 0)
        }
        let listed = try pages.map { page in
            BundleManifest.File(
                name: page.name,
                mediaType: page.mediaType,
                byteCount: Int64(page.bytes.count),
                digest: try sha256(page.bytes)
            )
        }
        let checksums = Array(ChecksumList.text(for: listed + files).utf8)
        let checksumFile = BundleManifest.File(
            name: .checksums,
            mediaType: "text/plain",
            byteCount: Int64(checksums.count),
            digest: try sha256(checksums)
        )
        manifest = BundleManifest(
            bundle: draft.bundle,
            request: draft.request,
            madeAt: draft.madeAt,
            sender: draft.sender,
            certification: draft.certification,
            recipient: draft.recipient,
            certificates: try recipients.map { try $0.recipientEntry() },
            legalBasis: draft.legalBasis,
            parts: try Self.statements(for: draft, files: files),
            pages: [checksumFile] + listed,
            replaces: draft.replaces
        )
        manifestBytes = manifest.bytes
        // What we sign is what we would accept.
        do {
            _ = try BundleManifest(parsing: manifestBytes)
        } catch {
            throw SealingFailure.manifest(error.problems)
        }
        signature = try signer.signature(over: manifestBytes, at: draft.madeAt)
        self.pages = [(.checksums, checksums)] + pages.map { ($0.name, $0.bytes) }
        attachments = Array(zip(names, draft.attachments)).map { ($0.0, $0.1) }
    }

    /// All files of the archive together, in bytes.
    var contentByteCount: Int64 { manifest.files.reduce(0) { $0 + $1.byteCount } }

    private static func names(for draft: BundleDraft) throws -> [ArchiveName] {
        guard draft.attachments.count <= BundleLimits.files else {
            throw SealingFailure.tooManyFiles(limit: BundleLimits.files)
        }
        let total = draft.attachments.reduce(
            Int64(draft.recordPage.utf8.count + (draft.recordPrint?.count ?? 0))
        ) {
            $0 + $1.content.byteCount
        }
        guard total <= BundleLimits.contentBytes else {
            throw SealingFailure.tooLarge(byteCount: total, limit: BundleLimits.contentBytes)
        }
        return ArchiveName.attachments(named: draft.attachments.map(\.name))
    }

    private static func statements(
        for draft: BundleDraft,
        files: [BundleManifest.File]
    ) throws -> [BundleManifest.PartStatement] {
        var filesOfPart: [RecordPart: [BundleManifest.File]] = [:]
        for (attachment, file) in zip(draft.attachments, files) {
            for part in attachment.parts.isEmpty ? [.attachment] : attachment.parts {
                filesOfPart[part, default: []].append(file)
            }
        }
        let sent = Set(draft.parts.filter { $0.status == .sent }.map(\.part))
        if let stray = filesOfPart.keys.first(where: { !sent.contains($0) && $0 != .attachment }) {
            throw SealingFailure.partNotSent(stray)
        }
        var statements = draft.parts.map { part, status in
            BundleManifest.PartStatement(
                part: part,
                status: status,
                files: filesOfPart.removeValue(forKey: part) ?? []
            )
        }
        // Files nobody assigned to a part.
        if let rest = filesOfPart[.attachment] {
            statements.append(.init(part: .attachment, status: .sent, files: rest))
        }
        return statements
    }
}
