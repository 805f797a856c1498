import Casework
import RecordExchange
import RecordLocator
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("A sealed copy that a family carries") struct CarriedCopyTests {
    /// A bundle that arrived, and a second request that asks the same school.
    private func arrived(
        complete: Bool = true
    ) async throws -> (World, RecordRequest, RecordBundle, OpenedCopy) {
        let world = try await World()
        let first = try await world.file()
        let bundle = try await world.sendRecords(complete: complete)
        return (world, first, bundle, .whole(of: bundle, first.number))
    }

    private func again(
        _ world: World,
        place: RequestDraft.Place = .school(School.maple.id),
        change: (inout RequestDraft) -> Void = { _ in }
    ) async throws -> RecordRequest {
        try await world.file(place: place) { draft in
            draft.duplicateReason = "The family moved on."
            change(&draft)
        }
    }

    private func take(
        _ world: World,
        _ copy: OpenedCopy,
        _ request: RecordRequest
    ) async throws -> RecordBundle {
        try await world.desk.takeFamilyCopy(copy, for: request.number, by: Cast.registrar.actor)
    }

    private func expect(
        _ refusal: FamilyCopyRefusal,
        _ world: World,
        _ copy: OpenedCopy,
        _ request: RecordRequest
    ) async throws {
        let before = try await world.everything()
        await #expect(throws: refusal) { try await take(world, copy, request) }
        #expect(try await world.everything() == before)
    }

    @Test func `it answers in the place of the school that the record is from`() async throws {
        let (world, first, bundle, copy) = try await arrived()
        let second = try await again(world)
        let taken = try await world.step("take") { try await take(world, copy, second) }
        try await world.settle()

        #expect(taken.request == second.id && taken.holder == bundle.holder)
        #expect(taken.certification == bundle.certification)
        #expect(taken.files.map(\.name) == bundle.files.map(\.name))
        #expect(try await world.state(of: second) == .sent)
        // Nobody at the school that answered is thanked for what a family did.
        let disclosed = try await world.desk.disclosures(
            of: first.number,
            by: Cast.clerk.actor
        ).records
        #expect(disclosed.last?.extent == "family copy")
        #expect(disclosed.last?.person == Cast.registrar.name)
        let line = try await world.everything().audit.last { $0.action == "family.copyTaken" }
        #expect(line?.subject == bundle.id.description)
    }

    @Test func `a part of a record answers as a part`() async throws {
        let (world, _, _, copy) = try await arrived(complete: false)
        let second = try await again(world)
        _ = try await take(world, copy, second)
        #expect(try await world.state(of: second) == .partlySent)
    }

    @Test func `other bytes, another number or an unknown bundle are no copy`() async throws {
        let (world, _, bundle, copy) = try await arrived()
        let second = try await again(world)
        let wrong = [
            OpenedCopy(number: copy.number, bundle: .numbered(1), files: copy.files),
            OpenedCopy(number: second.number, bundle: bundle.id, files: copy.files),
            OpenedCopy(number: copy.number, bundle: bundle.id, files: []),
            OpenedCopy(
                number: copy.number,
                bundle: bundle.id,
                files: Array(copy.files.dropLast())
            ),
            OpenedCopy(
                number: copy.number,
                bundle: bundle.id,
                files: copy.files + [.other]
            ),
        ]
        for copy in wrong { try await expect(.notOurs, world, copy, second) }
    }

    @Test func `another student's copy is refused, a name in another spelling is not`()
        async throws
    {
        let (world, _, _, copy) = try await arrived()
        let brother = try await again(world) { $0.birthDay = "10" }
        try await expect(.otherStudent, world, copy, brother)
        let twin = try await again(world) { draft in
            (draft.given, draft.paternalSurname, draft.maternalSurname) = ("Ana", "Otra", "")
        }
        try await expect(.otherStudent, world, copy, twin)
        let spelled = try await again(world) { $0.given = "Palomita" }
        _ = try await take(world, copy, spelled)
    }

    @Test func `the school must be asked, and not have answered`() async throws {
        let (world, first, _, copy) = try await arrived()
        let notAsked = FamilyCopyRefusal.notAsked(school: School.maple.name)
        let elsewhere = try await again(world, place: .school(School.willow.id))
        try await expect(notAsked, world, copy, elsewhere)
        // The request that it came from has it already.
        try await expect(notAsked, world, copy, first)
        let second = try await again(world)
        _ = try await take(world, copy, second)
        try await expect(notAsked, world, copy, second)
    }

    @Test func `a record that was found wrong is not carried on`() async throws {
        let (world, first, bundle, copy) = try await arrived()
        let second = try await again(world)
        try await world.desk.rejectRecords(
            first.number,
            bundle: bundle.id,
            reason: .wrongStudent,
            note: "",
            by: Cast.registrar.actor
        )
        try await expect(.withdrawn, world, copy, second)
        await #expect(throws: CaseworkFailure.notFound) {
            try await world.desk.releaseToFamily(
                bundle.id,
                of: first.number,
                by: Cast.registrar.actor
            )
        }
    }

    @Test func `a protected child's copy is refused like any file`() async throws {
        let (world, _, _, copy) = try await arrived()
        let second = try await again(world)
        world.locator.guardsEverybody.isRaised = true
        try await expect(.notOurs, world, copy, second)
    }

    @Test(arguments: [ReasonCode.missingChild, .protectiveOrder])
    func `a concealed reason refuses it like any file`(reason: ReasonCode) async throws {
        let (world, _, _, copy) = try await arrived()
        let second = try await again(world)
        let answerer = try await world.open()
        try await world.desk.refuse(answerer.inquiry, reason: reason, note: "", by: answerer)
        try await expect(.notOurs, world, copy, second)
    }
}

extension OpenedCopy {
    static func whole(of bundle: RecordBundle, _ number: RequestNumber) -> Self {
        Self(
            number: number,
            bundle: bundle.id,
            files: bundle.files.enumerated().compactMap { position, file in
                SHA256Digest(hexadecimal: file.sha256).map { digest in
                    DroppedFile(
                        id: .numbered(9_000 + position),
                        name: "carried",
                        mediaType: file.mediaType,
                        byteCount: file.byteCount,
                        digest: digest
                    )
                }
            }
        )
    }
}

extension DroppedFile {
    fileprivate static let other = DroppedFile(
        id: .numbered(9_999),
        name: "other",
        mediaType: "application/pdf",
        byteCount: 3,
        digest: ReferenceSHA256.digest(of: [1, 2, 3])
    )
}
