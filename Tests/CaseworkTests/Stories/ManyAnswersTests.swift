import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("Many answers from the files of one export") struct ManyAnswersTests {
    /// The state's number of the first student, of whom the Oak School asks.
    private static let number = "TX-0001"

    /// Three requests to the Maple School: two by the same date of birth, one with the number.
    private struct Scene {
        let world: World
        let drop = MemoryDrop()
        let first: RecordRequest
        let second: RecordRequest
        let third: RecordRequest

        init() async throws {
            world = try await World()
            first = try await world.file { $0.stateStudentID = ManyAnswersTests.number }
            second = try await world.file { $0.given = "Petra" }
            third = try await world.file { $0.birthDay = "12" }
        }

        var answers: AnswersFromFiles {
            AnswersFromFiles(desk: world.desk, uploads: drop, drop: drop, scribe: LineScribe())
        }

        func upload(_ lines: String..., name: String = "export.csv") async throws -> DroppedFile {
            try await drop.keep(
                Array(lines.joined(separator: "\n").utf8),
                named: name,
                limit: 1 << 20
            )
        }

        func look(
            _ files: DroppedFile...,
            among numbers: [RequestNumber] = [],
            by account: StaffAccount = Cast.clerk
        ) async throws -> ManyAnswers {
            try await answers.look(at: files, among: numbers, by: account.actor)
        }

        @discardableResult
        func send(
            _ plan: ManyAnswers,
            _ files: DroppedFile...,
            choosing choices: [Int: Inquiry.ID] = [:],
            isAll: Bool = false,
            by account: StaffAccount = Cast.clerk
        ) async throws -> [ManyAnswers.Outcome] {
            let results = try await answers.answer(
                plan,
                from: files,
                choosing: choices,
                isAll: isAll,
                certifying: true,
                by: account.actor
            )
            try await world.settle()
            return results.map(\.outcome)
        }

        func bundles(_ request: RecordRequest) async throws -> [RecordBundle] {
            try await world.story(of: request).bundles
        }
    }

    @Test func `a look says which request gets what and changes nothing`() async throws {
        let it = try await Scene()
        let file = try await it.upload(
            "\(it.third.number)|||transcript",
            "|TX-0001|2011-03-09|transcript",
            "|TX-9999|1999-01-01|transcript",
            "|||transcript"
        )
        let before = try await it.world.everything()
        let plan = try await it.look(file)
        #expect(
            plan.lines.map(\.candidates).map { $0.map(\.number) } == [
                [it.third.number], [it.first.number], [],
            ]
        )
        #expect(plan.lines.map(\.rows) == [[1], [2], [3]])
        #expect(plan.lines[0].parts == [.transcript, .partialCredit])
        #expect(plan.lines[0].lacking.contains(.immunization))
        #expect(plan.lines[2].match == .nobody)
        #expect(plan.refusals == [.init(file: "export.csv", row: 4, reason: .rows(.nobodyNamed))])
        #expect(try await it.world.everything() == before)
    }

    @Test func `an answer whose commit failed and stood after all has its files`() async throws {
        let it = try await Scene()
        let file = try await it.upload("\(it.third.number)|||transcript")
        let plan = try await it.look(file)
        let store = DoubtfulStore(it.world.store)
        let answers = AnswersFromFiles(
            desk: it.world.desk(over: store),
            uploads: it.drop,
            drop: it.drop,
            scribe: LineScribe()
        )
        store.isFailing.isRaised = true
        let results = try await answers.answer(plan, from: [file], by: Cast.clerk.actor)
        #expect(results.map(\.outcome) == [.failed])
        let stored = try #require(try await it.bundles(it.third).last).files
        #expect(stored.count == 2)
        for file in stored {
            let id = try #require(DroppedFile.ID(file.id))
            #expect(throws: Never.self) { try it.drop.open(id) }
        }
    }

    @Test func `the number alone, and the birth date alone, are for a person to say`()
        async throws
    {
        let it = try await Scene()
        let file = try await it.upload(
            "|TX-0001||transcript",
            "||2011-03-09|transcript",
            "|TX-0001|2011-03-10|transcript"
        )
        let plan = try await it.look(file)
        let candidates = plan.lines.map { Set($0.candidates.map(\.number)) }
        #expect(candidates[0] == [it.first.number])
        #expect(candidates[1] == [it.first.number, it.second.number])
        #expect(candidates[2] == [it.first.number])
        for line in plan.lines {
            guard case .doubtful(.inPart, _) = line.match else {
                Issue.record("\(line.match) is taken for certain")
                continue
            }
        }
        #expect(try await it.send(plan, file) == [.notChosen, .notChosen, .notChosen])
        #expect(try await it.bundles(it.first).isEmpty)
    }

    @Test func `a request's number with another birth date or student's number is doubtful`()
        async throws
    {
        let it = try await Scene()
        let file = try await it.upload(
            "\(it.first.number)||2011-03-10|transcript",
            "\(it.first.number)|TX-0002||transcript"
        )
        let plan = try await it.look(file)
        for line in plan.lines {
            guard case .doubtful(.contradicts, let several) = line.match else {
                Issue.record("\(line.match) is taken for certain")
                continue
            }
            #expect(several.map(\.number) == [it.first.number])
        }
    }

    @Test func `what is certain is sent, and what a person chose, each to its request`()
        async throws
    {
        let it = try await Scene()
        let file = try await it.upload(
            "\(it.third.number)|||transcript",
            "||2011-03-09|immunization"
        )
        let plan = try await it.look(file)
        let chosen = try #require(
            plan.lines[1].candidates.first { $0.number == it.second.number }
        )
        let outcomes = try await it.send(plan, file, choosing: [1: chosen.inquiry])
        #expect(outcomes == [.sentInPart, .sentInPart])
        #expect(try await it.bundles(it.first).isEmpty)
        let second = try #require(try await it.bundles(it.second).first)
        #expect(second.parts == [.init(part: .immunization, status: .sent)])
        #expect(second.files.count == 2)
        #expect(second.recordFile != nil)
        #expect(second.certification.kind == .certifyingOfficial)
        #expect(second.certification.name == Cast.clerk.name)
        #expect(try await it.world.state(of: it.third) == .partlySent)
    }

    @Test func `a choice that was not offered is none`() async throws {
        let it = try await Scene()
        let file = try await it.upload("|TX-0001||transcript")
        let plan = try await it.look(file)
        let other = try await it.world.inquiry(of: it.third)
        #expect(try await it.send(plan, file, choosing: [0: other.id]) == [.notChosen])
        #expect(try await it.bundles(it.third).isEmpty)
    }

    @Test func `where a person says that this is all, what is missing is not on file`()
        async throws
    {
        let it = try await Scene()
        let file = try await it.upload("\(it.third.number)|||transcript")
        let plan = try await it.look(file)
        #expect(try await it.send(plan, file, isAll: true) == [.sent])
        let bundle = try #require(try await it.bundles(it.third).first)
        let said = Dictionary(uniqueKeysWithValues: bundle.parts.map { ($0.part, $0.status) })
        #expect(said[.transcript] == .sent)
        #expect(said[.immunization] == .noneOnFile)
        #expect(try await it.world.inquiry(of: it.third).status == .sent)
    }

    @Test func `several files about one student are one answer`() async throws {
        let it = try await Scene()
        let courses = try await it.upload("\(it.third.number)|||transcript", name: "course.csv")
        let shots = try await it.upload("\(it.third.number)|||immunization", name: "shots.csv")
        let plan = try await it.look(courses, shots)
        #expect(plan.lines.count == 1)
        #expect(plan.lines[0].files == ["course.csv", "shots.csv"])
        try await it.send(plan, courses, shots)
        let bundles = try await it.bundles(it.third)
        #expect(bundles.count == 1)
        #expect(bundles[0].files.count == 3)
    }

    @Test func `the same files a second time change nothing`() async throws {
        let it = try await Scene()
        let lines = "\(it.third.number)|||transcript\n|TX-0001|2011-03-09|transcript"
        let file = try await it.upload(lines)
        let plan = try await it.look(file)
        #expect(try await it.send(plan, file) == [.sentInPart, .sentInPart])
        let before = try await it.world.everything()
        // The list that was looked at, sent again by a second press.
        #expect(try await it.send(plan, file) == [.sentBefore, .sentBefore])
        // And the file handed in again.
        let again = try await it.upload(lines)
        let second = try await it.look(again)
        for line in second.lines {
            guard case .sentBefore = line.match else {
                Issue.record("\(line.match) would be sent twice")
                continue
            }
        }
        #expect(try await it.send(second, again) == [.sentBefore, .sentBefore])
        #expect(try await it.world.everything() == before)
    }

    @Test func `one that fails leaves the others sent, and the same files go on`() async throws {
        let it = try await Scene()
        let good = try await it.upload("\(it.third.number)|||transcript", name: "good.csv")
        let bad = try await it.upload("\(it.second.number)|||transcript", name: "bad.csv")
        it.drop.refuse("bad.csv")
        let plan = try await it.look(bad, good)
        let lying = it.drop.files.count
        #expect(try await it.send(plan, bad, good) == [.failed, .sentInPart])
        #expect(try await it.bundles(it.third).count == 1)
        #expect(try await it.bundles(it.second).isEmpty)
        #expect(it.drop.files.count == lying + 2)
    }

    @Test func `what was answered between the look and the deed is left as it is`()
        async throws
    {
        let it = try await Scene()
        let file = try await it.upload("\(it.third.number)|||transcript")
        let plan = try await it.look(file)
        try await it.world.desk.cancelRequest(
            it.third.number,
            reason: .notEnrollingHere,
            note: "",
            by: Cast.registrar.actor
        )
        try await it.world.settle()
        let outcomes = try await it.send(plan, file)
        #expect(outcomes == [.notNow])
        #expect(try await it.bundles(it.third).isEmpty)
    }

    @Test func `nothing that can be read is not sent`() async throws {
        let it = try await Scene()
        let file = try await it.upload("\(it.third.number)|||scribbles")
        let plan = try await it.look(file)
        #expect(try await it.send(plan, file) == [.unreadable])
        let scan = try await it.upload("%PDF-1.7", name: "scan.pdf")
        #expect(
            try await it.look(scan).refusals
                == [.init(file: "scan.pdf", row: 0, reason: .notARecord)]
        )
    }

    @Test func `of requests that were chosen only those are looked at`() async throws {
        let it = try await Scene()
        let file = try await it.upload(
            "\(it.third.number)|||transcript",
            "|TX-0001|2011-03-09|transcript"
        )
        let plan = try await it.look(file, among: [it.first.number])
        #expect(plan.lines.map { $0.candidates.map(\.number) } == [[], [it.first.number]])
    }

    @Test func `a state contact answers in the schools' place, and only its own state's`()
        async throws
    {
        let it = try await Scene()
        let file = try await it.upload("\(it.third.number)|||transcript")
        #expect(try await it.look(file, by: Cast.washington).lines.map(\.match) == [.nobody])
        let plan = try await it.look(file, by: Cast.california)
        #expect(try await it.send(plan, file, by: Cast.california) == [.sentInPart])
        let bundle = try #require(try await it.bundles(it.third).first)
        #expect(bundle.certification.kind == .inPlaceOfSchool)
        #expect(bundle.certification.name == Cast.california.name)
    }

    @Test func `a request of somebody else looks as if there were none`() async throws {
        let it = try await Scene()
        let file = try await it.upload(
            "\(it.third.number)|||transcript",
            "|TX-0001|2011-03-09|transcript"
        )
        let plan = try await it.look(file, by: Cast.outsideClerk)
        #expect(plan.lines.map(\.match) == [.nobody, .nobody])
        // A plan of somebody else's is no way in.
        let theirs = try await it.look(file)
        #expect(try await it.send(theirs, file, by: Cast.outsideClerk) == [.notNow, .notNow])
        #expect(try await it.bundles(it.third).isEmpty)
    }

    @Test func `whoever answers for nobody looks at nothing`() async throws {
        let it = try await Scene()
        let file = try await it.upload("\(it.third.number)|||transcript")
        await #expect(throws: CaseworkFailure.notAllowed) {
            _ = try await it.look(file, by: Cast.auditor)
        }
    }
}
