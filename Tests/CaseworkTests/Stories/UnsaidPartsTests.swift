import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

/// Files came, and of some part nobody said whether it is in them.
@Suite("Parts of which nothing is said") struct UnsaidPartsTests {
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
        let world = try await World.with()
        let request = try await world.file()
        #expect(request.parts.contains(.immunization))

        _ = try await world.step("take") {
            try await world.desk.takeBundle(
                .sample(for: request, part: sent),
                from: Partner.maple.id
            )
        }

        let bundles = try await world.everything().bundles
        for part in request.parts where part != sent {
            #expect(bundles.said[part] == (sent == .attachment ? .unsaid : nil), "\(part)")
        }
        #expect(bundles.first?.wholeness == (sent == .attachment ? .unsaid : .complete))
    }
}
