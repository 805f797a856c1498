import Casework
import RecordExchange
import RecordLocator
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("A sealed copy that a family carries") struct CarriedCopyTests {
    /// A bundle that arrived, with every part that was asked for unless said otherwise.
    private func arrived(
        complete: Bool = true,
        parts: [RecordPart]? = nil,
        change: (inout RequestDraft) -> Void = { _ in }
    ) async throws -> (World, RecordRequest, RecordBundle, OpenedCopy) {
        let world = try await World()
        let first = try await world.file(change: change)
        let clerk = try await world.open()
        var answer = AnswerSubmission.sample(complete: complete)
        answer.parts = (parts ?? first.parts).map { .init(part: $0, status: .sent) }
        let bundle = try await world.desk.answer(clerk.inquiry, with: answer, by: clerk)
        try await world.settle()
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
        let after = try await world.everything()
        #expect(after.withoutAudit == before.withoutAudit)
        // Refused, and not forgotten: who tries copies can be seen.
        let lines = after.audit.dropFirst(before.audit.count)
        #expect(lines.map(\.action) == ["family.copyRefused"])
        #expect(lines.map(\.subject) == [request.number.description])
        #expect(lines.allSatisfy { !$0.detail.contains("Pal") && !$0.detail.contains("Maple") })
    }

    private static let notAsked = FamilyCopyRefusal.notAsked(school: School.maple.name)

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

    @Test func `of several bundles one closes nothing, however whole the answer was`() async throws
    {
        let (world, _, _, copy) = try await arrived(parts: [.transcript])
        let second = try await again(world)
        _ = try await take(world, copy, second)
        #expect(try await world.state(of: second) == .partlySent)
        #expect(try await world.inquiry(of: second).isLive)
    }

    @Test func `other bytes, another number or an unknown bundle are no copy`() async throws {
        let (world, _, bundle, copy) = try await arrived()
        let second = try await again(world)
        let wrong = [
            OpenedCopy(
                number: copy.number,
                bundle: .numbered(1),
                files: copy.files,
                signer: copy.signer
            ),
            OpenedCopy(
                number: second.number,
                bundle: bundle.id,
                files: copy.files,
                signer: copy.signer
            ),
            OpenedCopy(number: copy.number, bundle: bundle.id, files: [], signer: copy.signer),
            OpenedCopy(
                number: copy.number,
                bundle: bundle.id,
                files: Array(copy.files.dropLast()),
                signer: copy.signer
            ),
            OpenedCopy(
                number: copy.number,
                bundle: bundle.id,
                files: copy.files + [.other],
                signer: copy.signer
            ),
        ]
        for copy in wrong { try await expect(.notOurs, world, copy, second) }
    }

    @Test func `a copy signed with a key that was revoked is no copy, whenever it was made`()
        async throws
    {
        let (world, _, _, copy) = try await arrived()
        let second = try await again(world)
        let key = TrustedKey(
            fingerprint: copy.signer,
            organization: Cast.maple,
            usage: .signing,
            holder: .onBehalf,
            certificatePEM: "",
            name: "Maple School",
            notBefore: world.clock.now().advanced(bySeconds: -1),
            notAfter: world.clock.now().advanced(bySeconds: 86_400),
            addedAt: world.clock.now()
        )
        try await world.desk.trust([key])
        _ = try await world.desk.revoke(copy.signer, since: world.clock.now(), reason: "stolen")
        try await expect(.notOurs, world, copy, second)
    }

    @Test func `another student's copy is refused, a name in another spelling is not`()
        async throws
    {
        let (world, _, _, copy) = try await arrived()
        let brother = try await again(world) { $0.birthDay = "10" }
        try await expect(.otherStudent, world, copy, brother)
        let stranger = try await again(world) { draft in
            (draft.given, draft.paternalSurname, draft.maternalSurname) = ("Ana", "Otra", "")
        }
        try await expect(.otherStudent, world, copy, stranger)
        let spelled = try await again(world) { $0.given = "PALOMA" }
        _ = try await take(world, copy, spelled)
    }

    /// Guadalupe's, under surnames that are not common.
    private func guadalupe(_ draft: inout RequestDraft, given: String = "Guadalupe") {
        draft.given = given
        (draft.paternalSurname, draft.maternalSurname) = ("Xicoténcatl", "Barrera")
    }

    @Test(arguments: ["Rodrigo", "Ximena"])
    func `a twin's copy is refused, a student number notwithstanding`(twin: String) async throws {
        let (world, _, _, copy) = try await arrived { draft in
            guadalupe(&draft)
            draft.stateStudentID = "4417"
        }
        let second = try await again(world) { draft in
            guadalupe(&draft, given: twin)
            draft.stateStudentID = "4417"
        }
        try await expect(.otherStudent, world, copy, second)
    }

    @Test func `a short form of the name is the name`() async throws {
        let (world, _, _, copy) = try await arrived { guadalupe(&$0) }
        let second = try await again(world) { guadalupe(&$0, given: "Lupita") }
        #expect(try await take(world, copy, second).request == second.id)
    }

    @Test func `the same copy a second time is the same answer, whatever its files are called`()
        async throws
    {
        let (world, _, _, copy) = try await arrived(complete: false)
        let second = try await again(world)
        let taken = try await take(world, copy, second)
        let before = try await world.everything()
        let repeated = try await take(world, copy.openedAgain, second)
        #expect(repeated.id == taken.id && repeated.files == taken.files)
        #expect(try await world.everything() == before)
    }

    @Test func `the school must be asked, and not have answered`() async throws {
        let (world, first, _, copy) = try await arrived()
        let elsewhere = try await again(world, place: .school(School.willow.id))
        try await expect(Self.notAsked, world, copy, elsewhere)
        // The request that it came from has it already.
        try await expect(Self.notAsked, world, copy, first)
        let second = try await again(world)
        _ = try await take(world, copy, second)
        try await expect(Self.notAsked, world, copy, second)
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
        await #expect(throws: CaseworkFailure.recalled) {
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

    @Test(arguments: [true, false])
    func `it is refused when either of the two students is a protected child`(
        first isFirst: Bool
    ) async throws {
        let (world, first, _, copy) = try await arrived { guadalupe(&$0) }
        let second = try await again(world) { guadalupe(&$0, given: "Lupita") }
        world.locator.protect(isFirst ? first.student.name : second.student.name)
        try await expect(.notOurs, world, copy, second)
    }

    @Test(arguments: [ReasonCode.missingChild, .protectiveOrder, .neverEnrolled])
    func `another school's concealed reason refuses it like any file`(
        reason: ReasonCode
    ) async throws {
        let (world, _, _, copy) = try await arrived()
        let second = try await again(world, place: .school(School.willow.id))
        let answerer = try await world.open(Cast.willowOffice)
        try await world.desk.refuse(answerer.inquiry, reason: reason, note: "", by: answerer)
        try await world.desk.askAnotherSchool(
            second.number,
            School.maple.id,
            by: Cast.registrar.actor
        )
        try await world.settle()
        if reason.isConcealed {
            try await expect(.notOurs, world, copy, second)
        } else {
            #expect(try await take(world, copy, second).request == second.id)
        }
    }

    @Test func `a request that the copy does not fit says nothing of a protected child`()
        async throws
    {
        let (world, first, bundle, copy) = try await arrived()
        let brother = try await again(world) { $0.birthDay = "10" }
        let elsewhere = try await again(world, place: .school(School.willow.id))
        let second = try await again(world)
        world.locator.guardsEverybody.isRaised = true
        try await expect(.otherStudent, world, copy, brother)
        try await expect(Self.notAsked, world, copy, elsewhere)
        try await expect(Self.notAsked, world, copy, first)
        try await world.desk.rejectRecords(
            first.number,
            bundle: bundle.id,
            reason: .wrongStudent,
            note: "",
            by: Cast.registrar.actor
        )
        try await expect(.withdrawn, world, copy, second)
    }

    @Test(arguments: [ReasonCode.missingChild, .protectiveOrder, .neverEnrolled])
    func `a school that answered is not asked any more, whatever its reason`(
        reason: ReasonCode
    ) async throws {
        let (world, _, _, copy) = try await arrived()
        let second = try await again(world)
        let answerer = try await world.open()
        try await world.desk.refuse(answerer.inquiry, reason: reason, note: "", by: answerer)
        try await expect(Self.notAsked, world, copy, second)
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
            },
            signer: String(repeating: "5", count: 64)
        )
    }
}

extension OpenedCopy {
    /// The same bytes, in files that were opened another time.
    fileprivate var openedAgain: Self {
        Self(
            number: number,
            bundle: bundle,
            files: files.enumerated().map { position, file in
                DroppedFile(
                    id: .numbered(9_500 + position),
                    name: file.name,
                    mediaType: file.mediaType,
                    byteCount: file.byteCount,
                    digest: file.digest
                )
            },
            signer: signer
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
