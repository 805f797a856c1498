import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Vocabulary

extension OpenedBundle {
    /// What opened of a bundle from the school that is asked.
    static func sample(
        for request: RecordRequest,
        manifest: UInt8 = 1,
        identifier: String? = nil,
        replaces: [String] = [],
        sender: String = Cast.maple.description,
        recipient: String? = nil,
        part: RecordPart = .transcript,
        status: RecordBundle.PartStatus = .sent,
        files: Int = 2,
        firstFile: Int = 50,
        name: String = "Ana Oficina",
        readable: Set<RecordPart> = []
    ) -> Self {
        Self(
            manifest: known(SHA256Digest(bytes: [UInt8](repeating: manifest, count: 32))),
            bundle: identifier ?? "bundle \(manifest)",
            replaces: replaces,
            signer: TrustedKey(
                fingerprint: String(repeating: "f", count: 64),
                organization: Cast.maple,
                usage: .signing,
                holder: .partner,
                certificatePEM: "PEM",
                name: "Maple",
                notBefore: .noon("2026-01-01"),
                notAfter: .noon("2028-01-01"),
                addedAt: .noon("2026-01-01")
            ),
            number: request.number,
            sender: sender,
            recipient: recipient ?? OrganizationID.school(request.requester).description,
            certification: .init(kind: .certifyingOfficial, name: name, title: "Registrar"),
            parts: [.init(part: part, status: status)],
            files: AnswerSubmission.sample(files: max(files, 1), firstFile: firstFile).files
                .prefix(files).map { $0 },
            readable: readable,
            sealedBytes: 4_000,
            sealedDigest: known(SHA256Digest(bytes: [UInt8](repeating: 9, count: 32)))
        )
    }
}

extension Partner {
    /// The system of the school that is asked.
    static let maple = Partner(
        id: .numbered(700),
        account: "maple",
        organization: Cast.maple,
        signerPEM: "PEM"
    )
}

extension World {
    /// With an account of this partner's.
    static func with(_ partner: Partner = .maple) async throws -> World {
        let world = try await World()
        try await world.desk.savePartner(partner, action: "partner.add")
        return world
    }
}
