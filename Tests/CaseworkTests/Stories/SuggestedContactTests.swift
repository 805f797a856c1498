import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Whom those who were asked by mistake name") struct SuggestedContactTests {
    @Test func `whom they name is offered to whoever keeps the contacts, and to nobody else`()
        async throws
    {
        let world = try await World()
        let request = try await world.file()
        let answerer = try await world.open()
        let stranger = EmailAddress.of("rosa", at: "maple")
        let named = SuggestedContact(
            name: "Rosa Registro",
            email: stranger.description.uppercased(),
            note: "She has Room 4."
        )
        try await world.step("not me") {
            try await world.desk.notTheRightPerson(
                answerer.inquiry,
                suggestion: named,
                by: answerer
            )
            try await world.settle()
        }
        // The state's desk sees it on the row, the district and the school on their contacts.
        let seen = try await world.story(of: request, by: Cast.california)
        #expect(seen.inquiries.map(\.suggested) == [named])
        for keeper in [Cast.california, Cast.mapleDistrict, Cast.clerk] {
            let offers = try await world.desk.suggestions(for: Cast.maple, by: keeper.actor)
            #expect(offers.map(\.id) == [answerer.inquiry])
            #expect(offers.map(\.suggested) == [named])
        }
        // Nobody is written to on hearsay, and the school that asks reads nothing of it.
        #expect(world.mails(to: stranger).isEmpty)
        let asks = "\(try await world.story(of: request))"
        #expect(!asks.contains("Rosa Registro") && !asks.contains("Room 4"))
        for outsider in [Cast.registrar, Cast.outsideClerk, Cast.texas, Cast.oakDistrict] {
            await #expect(throws: CaseworkFailure.notFound) {
                try await world.desk.suggestions(for: Cast.maple, by: outsider.actor)
            }
        }
        // Once somebody took it up there is nothing left to offer.
        try await world.desk.keepContact(
            ContactDraft(
                role: .backup,
                name: named.name,
                title: "",
                email: stranger,
                phone: nil,
                language: .english,
                isChecked: true
            ),
            of: Cast.maple,
            by: Cast.mapleDistrict.actor
        )
        let left = try await world.desk.suggestions(for: Cast.maple, by: Cast.mapleDistrict.actor)
        #expect(left.isEmpty)
    }

    @Test func `nothing named is nothing to offer, and too much is refused`() async throws {
        let world = try await World()
        try await world.file()
        let answerer = try await world.open()
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.tooLong) {
            try await world.desk.notTheRightPerson(
                answerer.inquiry,
                suggestion: SuggestedContact(
                    note: String(repeating: "x", count: RequestDraft.longestMessage + 1)
                ),
                by: answerer
            )
        }
        #expect(try await world.everything() == before)
        try await world.desk.notTheRightPerson(
            answerer.inquiry,
            suggestion: .nothing,
            by: answerer
        )
        let offers = try await world.desk.suggestions(for: Cast.maple, by: Cast.clerk.actor)
        #expect(offers.isEmpty)
    }
}
