import RecordExchange
import StudentRecords
import Testing
import Vocabulary

@Suite("Recall") struct RecallTests {
    private static let school = OrganizationID.project("oak")
    private static let other = OrganizationID.project("willow")
    private static let bundle = RecordBundle.ID(rawValue: 2)

    private static func disclosure(
        _ person: String,
        _ minute: Int64 = 0,
        to recipient: OrganizationID = school,
        of bundle: RecordBundle.ID = bundle,
        way: Delivery.Way = .web,
        extent: String = "archive"
    ) -> DisclosureRecord {
        DisclosureRecord(
            id: DisclosureRecord.ID(rawValue: 1),
            request: Fixture.request,
            bundle: bundle,
            at: Fixture.instant.advanced(bySeconds: minute * 60),
            holder: .project("maple"),
            recipient: recipient,
            person: person,
            way: way,
            parts: [.transcript],
            uses: [.placement],
            extent: extent
        )
    }

    private static func recall() -> Recall {
        Recall(at: Fixture.instant, side: .holder, person: "Rosa", note: "")
    }

    private static func said(_ person: String, forSchool: Bool = false) -> Recall.Destruction {
        Recall.Destruction(person: person, at: Fixture.instant, isForSchool: forSchool)
    }

    @Test func `whoever takes several things at several times is one who opened it`() throws {
        let openings = Opening.all(
            of: Self.bundle,
            in: [
                Self.disclosure("Ana", 1, extent: "a"), Self.disclosure("Ben", 2),
                Self.disclosure("Ana", 3, extent: "b"), Self.disclosure("Ana", 4, extent: "a"),
            ]
        )
        #expect(openings.map(\.person) == ["Ana", "Ben"])
        let first = try #require(openings.first)
        #expect(first.extents == ["a", "b"])
        #expect(first.firstAt == Fixture.instant.advanced(bySeconds: 60))
        #expect(first.lastAt == Fixture.instant.advanced(bySeconds: 240))
    }

    @Test func `schools, people and ways are told apart, and other bundles do not count`() {
        let openings = Opening.all(
            of: Self.bundle,
            in: [
                Self.disclosure("Ana"), Self.disclosure("Ana", to: Self.other),
                Self.disclosure("", way: .sftpPush), Self.disclosure("Ben"),
                Self.disclosure("Eva", of: RecordBundle.ID(rawValue: 3)),
            ]
        )
        #expect(openings.map(\.person) == ["Ana", "Ana", "", "Ben"])
        #expect(openings.map(\.recipient) == [Self.school, Self.other, Self.school, Self.school])
        #expect(Opening.all(of: Self.bundle, in: []).isEmpty)
    }

    @Test func `each speaks for their own copies, and nobody for a system's alone`() {
        let openings = Opening.all(
            of: Self.bundle,
            in: [
                Self.disclosure("Ana"), Self.disclosure("Ben"),
                Self.disclosure("", way: .sftpPush),
            ]
        )
        var recall = Self.recall()
        let before = recall.open(among: openings, at: Self.school)
        #expect(before.map(\.person) == ["Ana", "Ben", ""])
        let steps: [(Recall.Destruction, open: [String])] = [
            (Self.said("Ana"), ["Ben", ""]), (Self.said(""), ["Ben", ""]),
            (Self.said("Ben"), [""]), (Self.said("Ana", forSchool: true), []),
        ]
        for (destruction, left) in steps {
            let isNew = recall.confirm(destruction)
            #expect(isNew)
            #expect(recall.open(among: openings, at: Self.school).map(\.person) == left)
        }
    }

    @Test func `the same said again is nothing new`() {
        var recall = Self.recall()
        let steps = [
            (Self.said("Ana"), true), (Self.said("Ana"), false),
            (Self.said("Ana", forSchool: true), true),
            (Self.said("Ana", forSchool: true), false), (Self.said("Ben"), false),
        ]
        for (destruction, isNew) in steps {
            let wasNew = recall.confirm(destruction)
            #expect(wasNew == isNew)
        }
        #expect(recall.destructions.count == 2)
    }

    @Test func `what another school took is not this school's to destroy`() {
        let openings = Opening.all(
            of: Self.bundle,
            in: [Self.disclosure("Ana", to: Self.other)]
        )
        #expect(Self.recall().open(among: openings, at: Self.school).isEmpty)
        #expect(Self.recall().open(among: openings, at: Self.other).count == 1)
    }

    @Test func `its sides are stored under names that never change`() {
        #expect(Recall.Side.allCases.map(\.rawValue) == ["requester", "holder", "stateContact"])
    }
}
