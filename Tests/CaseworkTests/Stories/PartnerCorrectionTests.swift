import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

/// A partner's system corrects what it sent, and corrects it again before anything was sealed.
@Suite("A partner's corrections") struct PartnerCorrectionTests {
    private func take(
        _ manifest: UInt8,
        replacing names: [String],
        for request: RecordRequest,
        in world: World
    ) async throws -> RecordBundle.ID {
        let taken = try await world.desk.takeBundle(
            .sample(
                for: request,
                manifest: manifest,
                replaces: names,
                firstFile: 50 + Int(manifest) * 10
            ),
            from: Partner.maple.id
        )
        #expect(!taken.isRepeat)
        return taken.received.bundle
    }

    private func stored(_ id: RecordBundle.ID, in world: World) async throws -> RecordBundle {
        try #require(try await world.everything().bundles.first { $0.id == id } as RecordBundle?)
    }

    private func seal(_ id: RecordBundle.ID, in world: World) async throws {
        let seal = RecordBundle.Seal(byteCount: 1, sha256: "\(id)", recipients: [])
        try await world.desk.noteSealed(id, seal)
    }

    /// The second names the first bundle, or the first correction, or both.
    @Test(arguments: [["bundle 1"], ["bundle 2"], ["bundle 1", "bundle 2"]])
    func `a second one before the first is sealed takes the place of both`(
        names: [String]
    ) async throws {
        let world = try await World.with()
        let request = try await world.file()
        let old = try await take(1, replacing: [], for: request, in: world)
        try await world.settle()

        let first = try await take(2, replacing: ["bundle 1"], for: request, in: world)
        let second = try await take(3, replacing: names, for: request, in: world)
        // Until one of them can be read, what they correct stands.
        #expect(try await stored(old, in: world).replacedBy == nil)
        try await world.settle()

        #expect(try await stored(old, in: world).replacedBy != nil)
        #expect(try await stored(first, in: world).replacedBy == second)
        let standing = try await world.everything().bundles.filter { $0.withdrawnAt == nil }
        #expect(standing.map(\.id) == [second])
    }

    @Test(arguments: [true, false], ["bundle 1", "bundle 2"])
    func `the later word counts, whichever of two is sealed first`(
        isFirst: Bool,
        name: String
    ) async throws {
        let world = try await World.with()
        let request = try await world.file()
        let old = try await take(1, replacing: [], for: request, in: world)
        try await world.settle()
        let first = try await take(2, replacing: ["bundle 1"], for: request, in: world)
        let second = try await take(3, replacing: [name], for: request, in: world)

        for id in isFirst ? [first, second] : [second, first] { try await seal(id, in: world) }

        #expect(try await stored(old, in: world).replacedBy == (isFirst ? first : second))
        #expect(try await stored(first, in: world).replacedBy == second)
        #expect(try await stored(second, in: world).canBeReplaced)
    }

    @Test func `a third finds the second through the first`() async throws {
        let world = try await World.with()
        let request = try await world.file()
        _ = try await take(1, replacing: [], for: request, in: world)
        try await world.settle()
        for manifest in 2...6 {
            _ = try await take(
                UInt8(manifest),
                replacing: ["bundle 1"],
                for: request,
                in: world
            )
            // Some are sealed before the next one comes, and some are not.
            if manifest.isMultiple(of: 2) { try await world.settle() }
        }
        try await world.settle()
        let bundles = try await world.everything().bundles
        #expect(bundles.count == 6)
        #expect(bundles.filter { $0.withdrawnAt == nil }.map(\.sequence) == [6])
    }

    @Test func `what a person corrected meanwhile is not overruled, and the refusal says so`()
        async throws
    {
        let world = try await World.with()
        let request = try await world.file()
        let old = try await take(1, replacing: [], for: request, in: world)
        try await world.settle()
        let sample = AnswerSubmission.sample(firstFile: 20)
        let byHand = AnswerSubmission(
            parts: sample.parts,
            files: sample.files,
            isComplete: true,
            name: sample.name,
            title: sample.title,
            note: "",
            asCertifyingOfficial: false,
            replaces: [old]
        )
        let correction = try await world.desk.answer(
            try await stored(old, in: world).inquiry,
            with: byHand,
            by: .staff(Cast.clerk.actor)
        )

        // Before it is sealed and after.
        for _ in 1...2 {
            let before = try await world.everything()
            await #expect(throws: BundleRefusal.correctedOtherwise) {
                try await take(2, replacing: ["bundle 1"], for: request, in: world)
            }
            #expect(try await world.everything() == before)
            try await world.settle()
        }
        #expect(try await stored(old, in: world).replacedBy == correction.id)
        let words = BundleRefusal.correctedOtherwise
        #expect(words.whatToDo != BundleRefusal.closed.whatToDo)
    }

    @Test func `the same correction sent twice is one`() async throws {
        let world = try await World.with()
        let request = try await world.file()
        _ = try await take(1, replacing: [], for: request, in: world)
        try await world.settle()
        let first = try await take(2, replacing: ["bundle 1"], for: request, in: world)
        let again = try await world.desk.takeBundle(
            .sample(for: request, manifest: 2, replaces: ["bundle 1"], firstFile: 70),
            from: Partner.maple.id
        )
        #expect(again.isRepeat && again.received.bundle == first)
        #expect(try await world.everything().bundles.count == 2)
    }
}
