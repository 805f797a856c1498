import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

/// Whose a bundle is, what it is called, and what of it is filed.
@Suite("A bundle's sender, identifier and content") struct BundleIdentityTests {
    @Test func `the same bundle signed anew is filed once and gets the same receipt`() async throws
    {
        let world = try await World.with()
        let request = try await world.file()
        let first = try await world.desk.takeBundle(
            OpenedBundle.sample(for: request, identifier: "b"),
            from: Partner.maple.id
        )
        // Sealed to our next key, say: another manifest, and the same files.
        let second = try await world.desk.takeBundle(
            OpenedBundle.sample(for: request, manifest: 2, identifier: "b"),
            from: Partner.maple.id
        )
        #expect(second.isRepeat)
        #expect(second.received == first.received)
        #expect(try await world.everything().bundles.count == 1)
    }

    @Test func `an identifier that stood for something else is refused, and nothing is lost`()
        async throws
    {
        let world = try await World.with()
        let request = try await world.file()
        _ = try await world.desk.takeBundle(
            OpenedBundle.sample(for: request, identifier: "b", status: .toFollow(by: nil)),
            from: Partner.maple.id
        )
        let before = try await world.everything()
        let others = [
            OpenedBundle.sample(for: request, manifest: 3, identifier: "b"),
            OpenedBundle.sample(
                for: request,
                manifest: 4,
                identifier: "b",
                status: .toFollow(by: nil),
                files: 1
            ),
            OpenedBundle.sample(
                for: request,
                manifest: 5,
                identifier: "b",
                status: .toFollow(by: nil),
                name: "Berta Oficina"
            ),
        ]
        for bundle in others {
            await #expect(throws: BundleRefusal.otherContent) {
                try await world.desk.takeBundle(bundle, from: Partner.maple.id)
            }
        }
        #expect(try await world.everything() == before)
        _ = try await world.desk.takeBundle(
            OpenedBundle.sample(for: request, manifest: 3, identifier: "c", firstFile: 80),
            from: Partner.maple.id
        )
        #expect(try await world.inquiry(of: request).status == .sent)
    }

    @Test func `two partners may call their bundles the same`() async throws {
        let world = try await World.with()
        let above = Partner(
            id: .numbered(705),
            account: "above",
            organization: .district(School.maple.district),
            signerPEM: ""
        )
        try await world.desk.savePartner(above, action: "partner.add")
        let request = try await world.file()
        _ = try await world.desk.takeBundle(
            OpenedBundle.sample(for: request, identifier: "b", status: .toFollow(by: nil)),
            from: Partner.maple.id
        )
        let second = try await world.desk.takeBundle(
            OpenedBundle.sample(for: request, manifest: 2, identifier: "b", firstFile: 80),
            from: above.id
        )
        #expect(!second.isRepeat)
    }

    @Test(arguments: [
        Cast.willow.description, OrganizationID.district(School.maple.district).description,
        OrganizationID.state(.california).description, OrganizationID.gateway.description,
        "school:", "",
    ])
    func `a school's account names no other sender than the school`(sender: String) async throws {
        let world = try await World.with()
        let request = try await world.file()
        let before = try await world.everything()
        await #expect(throws: BundleRefusal.otherSender) {
            try await world.desk.takeBundle(
                OpenedBundle.sample(for: request, sender: sender),
                from: Partner.maple.id
            )
        }
        #expect(try await world.everything() == before)
    }

    @Test(arguments: [OrganizationID.state(.california), .district(School.maple.district)])
    func `who answers for a school may name it, its district, or itself`(
        organization: OrganizationID
    ) async throws {
        let partner = Partner(
            id: .numbered(704),
            account: "above",
            organization: organization,
            signerPEM: ""
        )
        let world = try await World.with(partner)
        let request = try await world.file()
        let senders = [organization, Cast.maple, .district(School.maple.district)]
        for (number, sender) in senders.enumerated() {
            _ = try await world.desk.takeBundle(
                OpenedBundle.sample(
                    for: request,
                    manifest: UInt8(10 + number),
                    sender: sender.description,
                    status: .toFollow(by: nil),
                    firstFile: 100 + 2 * number
                ),
                from: partner.id
            )
        }
        for stranger in [Cast.willow, .gateway] {
            await #expect(throws: BundleRefusal.otherSender) {
                try await world.desk.takeBundle(
                    OpenedBundle.sample(for: request, manifest: 99, sender: stranger.description),
                    from: partner.id
                )
            }
        }
    }

    @Test func `what can be read in its record counts as sent, and the rest does not`()
        async throws
    {
        let world = try await World.with()
        let request = try await world.file()
        #expect(request.parts.contains(.enrollment) && request.parts.contains(.immunization))
        let taken = try await world.desk.takeBundle(
            OpenedBundle.sample(for: request, readable: [.enrollment, .transcript]),
            from: Partner.maple.id
        )
        let said = try await world.everything().bundles.said
        #expect(said[.enrollment] == .sent)
        #expect(said[.immunization] == nil)
        #expect(taken.received.files.count == 2)
    }

    @Test func `its receipt lists the record as it was signed, and not as it is stored`()
        async throws
    {
        let world = try await World.with()
        let request = try await world.file()
        let signed = AnswerSubmission.sample(files: 1, firstFile: 50).files
        let like = signed[0]
        let stored = DroppedFile(
            id: .numbered(51),
            name: "record.json",
            mediaType: RecordBundle.recordMediaType,
            byteCount: 7,
            digest: like.digest
        )
        let opened = OpenedBundle.sample(for: request)
        let taken = try await world.desk.takeBundle(
            OpenedBundle(
                manifest: opened.manifest,
                bundle: opened.bundle,
                signer: opened.signer,
                number: opened.number,
                sender: opened.sender,
                recipient: opened.recipient,
                certification: opened.certification,
                parts: opened.parts,
                files: signed + [stored],
                sealedBytes: opened.sealedBytes,
                sealedDigest: opened.sealedDigest
            ),
            from: Partner.maple.id
        )
        #expect(taken.received.files.map(\.byteCount) == [like.byteCount])
        let filed = try await world.everything().bundles
        #expect(filed.compactMap(\.recordFile).map(\.byteCount) == [7])
        #expect(filed.flatMap(\.files).count == 2)
    }
}
