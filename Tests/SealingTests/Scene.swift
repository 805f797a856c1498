import BundleFormat
import Casework
import Foundation
import Sealing
import StudentRecords
import Testing
import Vocabulary

/// A gateway, a school with a key, and drafts between them, in a folder of their own.
struct Scene {
    let folder: TemporaryFolder
    let keys: GatewayKeys
    let school: KeyPair
    /// The real time, which stock tools go by, and an hour: what they make during the tests is
    /// valid at it.
    static let now = TimeBasedCodes().now().advanced(bySeconds: 3_600)

    init(kind: KeyKind = .p256) throws {
        folder = try TemporaryFolder()
        keys = try GatewayKeys.create(
            in: folder.file("keys"),
            organization: "Gateway of Oak",
            at: Self.now
        )
        school = try keys.issuePartner(
            commonName: "Oak Middle School",
            organization: "Oak District",
            kind: kind,
            at: Self.now
        )
        try school.write(into: folder.path, named: "school")
        _ = try folder.write(Array(try keys.authority.pem.utf8), to: "ca.pem")
    }

    static let recipient = BundleManifest.Party(
        organization: "school:480000101145",
        name: "Oak Middle School"
    )

    static func number() throws -> RequestNumber { RequestNumber(bits: 0x0123_4567_89AB) }

    func draft(_ files: [(name: String, bytes: [UInt8])] = Scene.files) throws -> BundleDraft {
        let attachments = try files.map { file in
            BundleAttachment(
                parts: [.transcript],
                name: file.name,
                mediaType: "application/pdf",
                digest: try BytesReader(file.bytes).digest(),
                content: BytesReader(file.bytes)
            )
        }
        return try draft(attachments)
    }

    func draft(_ attachments: [BundleAttachment]) throws -> BundleDraft {
        BundleDraft(
            bundle: .init(rawValue: 42),
            request: try Self.number(),
            madeAt: Self.now,
            sender: .init(organization: "school:060000101145", name: "Elm High School"),
            certification: .init(by: .signedInStaff, name: "R. Registrar", title: "Registrar"),
            recipient: Self.recipient,
            legalBasis: "34 CFR 99.31(a)(2): enrollment in another school",
            parts: [(.transcript, .sent), (.immunization, .noneOnFile)],
            attachments: attachments,
            recordPage: "<!doctype html><title>Record</title>"
        )
    }

    static let files: [(name: String, bytes: [UInt8])] = [
        ("Calificación año 1.pdf", Array("%PDF-1.7 transcript".utf8)),
        ("Transcript.pdf", FileVaultTests.content(200_000)),
        ("transcript.pdf", []),
    ]

    @discardableResult
    func seal(_ draft: BundleDraft? = nil, as name: String = "bundle.cms") throws -> SealedBundle {
        try BundleSealer(signer: keys.signing).seal(
            try draft ?? self.draft(),
            to: [school.certificate],
            creating: folder.file(name)
        )
    }

    @discardableResult
    func open(
        _ name: String = "bundle.cms",
        with pairs: [KeyPair]? = nil,
        expecting: BundleExpectation = BundleExpectation(),
        into target: String = "opened"
    ) throws -> SignedManifest {
        try BundleOpener(trust: [keys.authority]).open(
            try PlainFileReader(path: folder.file(name)),
            with: pairs ?? [school],
            expecting: expecting,
            at: Self.now,
            scratch: folder.file("scratch"),
            into: try OpenedFolder(folder.file(target))
        )
    }
}
