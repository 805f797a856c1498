import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

/// Files came, and of some part nobody said whether it is in them.
@Suite("Parts of which nothing is said") struct UnsaidPartsTests {
    private static let partner = Partner(
        id: .numbered(700),
        account: "maple",
        organization: Cast.maple,
        signerPEM: "PEM"
    )

    private func bundle(for request: RecordRequest, of part: RecordPart) -> OpenedBundle {
        OpenedBundle(
            manifest: ReferenceSHA256.digest(of: [1]),
            bundle: "1",
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
            sender: Cast.maple.description,
            recipient: OrganizationID.school(request.requester).description,
            certification: .init(kind: .signedInStaff, name: "Ana Oficina", title: ""),
            parts: [.init(part: part, status: .sent)],
            files: AnswerSubmission.sample().files,
            sealedBytes: 4_000,
            sealedDigest: ReferenceSHA256.digest(of: [2])
        )
    }

    @Test func `its files are disclosed as documents, not as the parts they may hold`()
        async throws
    {
        let world = try await World()
        let request = try await world.file()
        let answerer = try await world.open()
        var submission = AnswerSubmission.sample()
        submission.parts.append(.init(part: .immunization, status: .unsaid))
        submission.parts.append(.init(part: .enrollment, status: .noneOnFile))
        let bundle = try await world.desk.answer(
            answerer.inquiry,
            with: submission,
            by: answerer
        )
        try await world.settle()

        try await world.take(.archive, of: request, bundle)

        let disclosures = try await world.everything().disclosures
        #expect(disclosures.map(\.parts) == [[.transcript, .attachment]])
    }

    @Test(arguments: [RecordPart.attachment, .transcript])
    func `what a partner's manifest does not speak of is looked for in files of no part`(
        sent: RecordPart
    ) async throws {
        let world = try await World()
        try await world.desk.savePartner(Self.partner, action: "partner.add")
        let request = try await world.file()
        #expect(request.parts.contains(.immunization))

        _ = try await world.step("take") {
            try await world.desk.takeBundle(bundle(for: request, of: sent), from: Self.partner.id)
        }

        let bundles = try await world.everything().bundles
        for part in request.parts where part != sent {
            #expect(bundles.said[part] == (sent == .attachment ? .unsaid : nil), "\(part)")
        }
        #expect(bundles.first?.wholeness == (sent == .attachment ? .unsaid : .complete))
    }
}
