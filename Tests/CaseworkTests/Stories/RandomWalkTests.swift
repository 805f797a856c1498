import Casework
import HostileInput
import RecordExchange
import SeededNumbers
import StudentRecords
import TestSupport
import Testing
import Vocabulary

/// People and time doing anything in any order: whatever comes of it, the rules hold.
@Suite("Random walks") struct RandomWalkTests {
    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func `the rules hold after every step`(seed: UInt64) async throws {
        try await RandomWalk(seed: seed, from: "2026-05-26").go(steps: 120)
    }

    @Test(arguments: 101...106 as ClosedRange<UInt64>)
    func `also through the summer and out of it`(seed: UInt64) async throws {
        try await RandomWalk(seed: seed, from: "2026-08-03").go(steps: 120)
    }

    @Test(arguments: 201...204 as ClosedRange<UInt64>)
    func `also with mail that fails`(seed: UInt64) async throws {
        let walk = try await RandomWalk(seed: seed, from: "2026-06-08")
        walk.world.mail.refuse(Cast.mapleOffice.email)
        walk.world.mail.refuse(Cast.willowOffice.email)
        try await walk.go(steps: 120)
    }
}

/// One walk: the same seed takes the same steps.
private final class RandomWalk {
    let world: World
    private var random: SeededGenerator
    private let seed: UInt64
    /// Steps that did something; a walk that was refused everything would prove nothing.
    private var done = 0
    private var log: [String] = []
    private var files = 100

    init(seed: UInt64, from day: String) async throws {
        self.seed = seed
        random = SeededGenerator(seed: seed)
        world = try await World(on: day)
    }

    func go(steps: Int) async throws {
        var file = try await world.everything()
        for step in 0..<steps {
            let name = try await act(file)
            log.append(name)
            if random.happens(80) { try await world.settle() }
            file = try await Invariants.check(
                world,
                "seed \(seed), step \(step): \(name)",
                chain: step.isMultiple(of: 30)
            )
        }
        #expect(done > steps / 4, "seed \(seed) did \(done) of \(log)")
        // In the end, with nobody acting, every request that is still open is in somebody's hands.
        world.mail.isDown = false
        world.clock.advance(bySeconds: 40 * 86_400)
        try await world.settle()
        try await Invariants.check(world, "seed \(seed), the end")
    }

    private func act(_ file: OnFile) async throws -> String {
        switch random.next(upTo: 100) {
        case 0..<14: return try await fileSomething()
        case 14..<34: return await pass()
        case 34..<54: return try await openAndAnswer(file)
        case 54..<62: return try await answerSignedIn(file)
        case 62..<72: return try await workAtStateDesk(file)
        case 72..<86: return try await readOrJudge(file)
        case 86..<90:
            world.mail.isDown.toggle()
            return "mail server \(world.mail.isDown ? "down" : "up")"
        case 90..<94: return try await conclude(file)
        default: return try await replay(file)
        }
    }

    private func fileSomething() async throws -> String {
        let places: [RequestDraft.Place] = [
            .school(School.maple.id), .school(School.willow.id), .school(School.elm.id), .unknown,
        ]
        let account = random.choice(of: [Cast.registrar, Cast.counselor, Cast.outsider])
        let place = random.choice(of: places)
        let day = random.next(upTo: 28) + 1
        let urgent: [UrgentGround] = random.happens(20) ? [.homeless] : []
        return try await attempt("file \(place)") { [world] in
            let draft = try await world.draft(by: account, place: place) { draft in
                draft.birthDay = "\(day)"
                draft.urgentGrounds = urgent
            }
            _ = try await world.desk.fileRequest(draft.id, by: account.actor)
        }
    }

    private func pass() async -> String {
        let hours = random.choice(of: [1, 3, 12, 24, 24, 48, 120])
        world.clock.advance(bySeconds: Int64(hours) * 3_600)
        done += 1
        return "\(hours) hours"
    }

    private func openAndAnswer(_ file: OnFile) async throws -> String {
        let keys = world.checked.keys(in: world.mail.arrived)
        guard !keys.isEmpty else { return "no link" }
        let key = random.choice(of: keys)
        let code = random.happens(15) ? "ZZZZZZ" : key.code
        if random.happens(10) {
            return try await attempt("renew") { [world] in
                try await world.desk.sendNewLink(insteadOf: key.token)
            }
        }
        var entered: Answerer?
        let name = try await attempt("enter") { [world] in
            let entry = try await world.desk.enter(code: code, token: key.token)
            entered = .link(entry.link, inquiry: entry.inquiry)
        }
        guard let entered else { return name }
        return try await answer(entered.inquiry, by: entered)
    }

    private func answerSignedIn(_ file: OnFile) async throws -> String {
        guard !file.inquiries.isEmpty else { return "nothing to answer" }
        let inquiry = random.choice(of: file.inquiries)
        let answerer: Answerer =
            random.happens(50)
            ? .staff(random.choice(of: [Cast.clerk, Cast.mapleDistrict, Cast.outsideClerk]).actor)
            : .stateContact(random.choice(of: [Cast.california, Cast.washington]).actor)
        return try await answer(inquiry.id, by: answerer)
    }

    private func answer(_ inquiry: Inquiry.ID, by answerer: Answerer) async throws -> String {
        let desk = world.desk
        let today = world.clock.today(in: .california)
        switch random.next(upTo: 10) {
        case 9:
            let passed = PartsPassedOn(
                parts: [random.choice(of: [.transcript, .immunization, .attachment])],
                name: "Luz Orienta",
                email: .of("luz\(random.next(upTo: 6))", at: random.happens(90) ? "school" : "x")
            )
            return try await attempt("pass on") {
                try await desk.passOn(passed, of: inquiry, by: answerer)
            }
        case 7:
            let code = random.choice(of: HoldCondition.Code.choices)
            let until = random.happens(50) ? today.advanced(by: random.next(upTo: 30) - 2) : nil
            guard let condition = HoldCondition(code, until: until) else { return "no hold" }
            return try await attempt("hold \(code)") {
                try await desk.hold(inquiry, condition, note: "", by: answerer)
            }
        case 8:
            return try await attempt("confirm the cancellation") {
                try await desk.confirmCancel(inquiry, by: answerer)
            }
        case 0, 1:
            files += 3
            let isComplete = random.happens(70)
            let count = random.next(upTo: 3) + 1
            let submission = AnswerSubmission.sample(
                files: count,
                complete: isComplete,
                firstFile: files
            )
            return try await attempt("answer") {
                _ = try await desk.answer(inquiry, with: submission, by: answerer)
            }
        case 2:
            let reasons: [ReasonCode] = [
                .neverEnrolled, .missingChild, .protectiveOrder, .destroyedUnderSchedule,
                .willNotSend,
            ]
            let reason = random.choice(of: reasons)
            return try await attempt("refuse \(reason)") {
                try await desk.refuse(inquiry, reason: reason, note: "so", by: answerer)
            }
        case 3:
            let schools: [SchoolID?] = [School.willow.id, School.elm.id, School.oak.id, nil]
            let school = random.choice(of: schools)
            return try await attempt("moved on") {
                try await desk.answerMovedOn(inquiry, to: school, note: "", by: answerer)
            }
        case 4:
            let day = today.advanced(by: random.next(upTo: 30) - 2)
            return try await attempt("promise") {
                try await desk.promise(inquiry, day: day, note: "", by: answerer)
            }
        case 5:
            return try await attempt("question") {
                try await desk.askRequester(inquiry, question: "Which?", by: answerer)
            }
        default:
            return try await attempt("not me") {
                try await desk.notTheRightPerson(inquiry, suggestion: .nothing, by: answerer)
            }
        }
    }

    private func workAtStateDesk(_ file: OnFile) async throws -> String {
        guard !file.requests.isEmpty else { return "nothing to do" }
        let number = random.choice(of: file.requests).number
        let actor = random.choice(of: [Cast.texas, Cast.california, Cast.washington]).actor
        let school = random.choice(of: School.trees).id
        let desk = world.desk
        switch random.next(upTo: 4) {
        case 0:
            return try await attempt("remind") { try await desk.remindHolder(number, by: actor) }
        case 1:
            return try await attempt("call") {
                try await desk.logCall(number, note: "called", by: actor)
            }
        case 2:
            return try await attempt("ask another") {
                try await desk.askAnotherSchool(number, school, by: actor)
            }
        default:
            guard random.happens(30) else { return "looks" }
            return try await attempt("close") {
                try await desk.closeUnfilled(number, reason: .noAnswerAtCap, note: "", by: actor)
            }
        }
    }

    private func readOrJudge(_ file: OnFile) async throws -> String {
        guard !file.requests.isEmpty, random.happens(75), !file.bundles.isEmpty else {
            return try await answerQuestion(file)
        }
        let bundle = random.choice(of: file.bundles)
        guard let request = file.requests.first(where: { $0.id == bundle.request }) else {
            return "no request"
        }
        let account = random.choice(of: [Cast.registrar, Cast.counselor, Cast.outsider])
        let desk = world.desk
        let extents: [Extent] = [.archive, .sealed, .file(random.choice(of: bundle.files).id)]
        let extent = random.choice(of: extents)
        let finishes = random.happens(75)
        switch random.next(upTo: 6) {
        case 0..<3:
            return try await attempt("take") {
                _ = try await desk.release(
                    extent,
                    of: bundle.id,
                    in: request.number,
                    to: account.actor
                )
                if finishes {
                    try await desk.noteTaken(extent, of: bundle.id, by: account.actor)
                }
            }
        case 3:
            return try await attempt("reject") {
                try await desk.rejectRecords(
                    request.number,
                    bundle: bundle.id,
                    reason: .wrongStudent,
                    note: "",
                    by: account.actor
                )
            }
        default:
            return try await attempt("accept") {
                try await desk.acceptRecords(request.number, by: account.actor)
            }
        }
    }

    private func answerQuestion(_ file: OnFile) async throws -> String {
        let asked = file.inquiries.filter { $0.status == .question }.map(\.request)
        guard let request = file.requests.first(where: { asked.contains($0.id) }) else {
            return "no question"
        }
        let account = random.choice(of: [Cast.registrar, Cast.outsider])
        return try await attempt("answer the question") { [world] in
            try await world.desk.answerQuestion(request.number, answer: "So", by: account.actor)
        }
    }

    private func conclude(_ file: OnFile) async throws -> String {
        guard !file.requests.isEmpty else { return "nothing to end" }
        let request = random.choice(of: file.requests)
        let account = random.choice(of: [Cast.registrar, Cast.outsider, Cast.texas])
        if random.happens(25) {
            let school = random.choice(of: School.trees).id
            return try await attempt("ask in parallel") { [world] in
                try await world.desk.askAnotherSchool(request.number, school, by: account.actor)
            }
        }
        if random.happens(40) { return try await merge(file) }
        if random.happens(25) {
            return try await attempt("ask again") { [world] in
                let draft = try await world.desk.reopenRequest(request.number, by: account.actor)
                _ = try await world.desk.fileRequest(draft.id, by: account.actor)
            }
        }
        return try await attempt("cancel") { [world] in
            try await world.desk.cancelRequest(
                request.number,
                reason: .arrivedAnotherWay,
                note: "",
                by: account.actor
            )
        }
    }

    /// A second request for a child that is asked for already, merged into the first or the first
    /// into it; whatever was sent before stays with an open request or with one that ended by
    /// itself.
    private func merge(_ file: OnFile) async throws -> String {
        let account = random.choice(of: [Cast.registrar, Cast.outsider])
        let own = file.requests.filter {
            $0.isOpen && account.actor.requestingSchools.contains($0.requester)
        }
        guard !own.isEmpty else { return "nothing to merge" }
        let one = random.choice(of: own)
        let place = random.choice(of: [School.maple.id, School.willow.id, School.elm.id])
        if random.happens(60), place != one.requester {
            _ = try await attempt("ask twice") { [world] in
                let draft = try await world.draft(by: account, place: .school(place)) { draft in
                    draft.birthDay = "\(one.student.birthDate.day)"
                    draft.duplicateReason = "A second school"
                }
                _ = try await world.desk.fileRequest(draft.id, by: account.actor)
            }
        }
        let twins = try await world.desk.twins(of: one.number, by: account.actor)
        guard !twins.isEmpty else { return "no twin" }
        let other = random.choice(of: twins).summary.request
        let isForth = random.happens(50)
        return try await attempt("merge") { [world] in
            try await world.desk.mergeRequest(
                isForth ? one.number : other.number,
                into: isForth ? other.number : one.number,
                by: account.actor
            )
        }
    }

    /// The workers' own calls a second time, as after a crash between doing and noting.
    private func replay(_ file: OnFile) async throws -> String {
        let desk = world.desk
        if let delivery = file.deliveries.randomElement(using: &random) {
            _ = try await desk.preparePush(delivery.id)
        }
        if let bundle = file.bundles.randomElement(using: &random) {
            let before = try await world.everything()
            if let seal = bundle.seal { try await desk.noteSealed(bundle.id, seal) }
            #expect(try await world.everything() == before)
        }
        return "replay"
    }

    /// Refusals are part of the walk; anything else that is thrown is not.
    private func attempt(_ name: String, _ body: () async throws -> Void) async throws -> String {
        do {
            try await body()
            done += 1
            return name
        } catch let failure as CaseworkFailure {
            return "\(name): \(failure)"
        } catch let malformed as RequestDraft.Malformed {
            return "\(name): \(malformed)"
        }
    }
}

extension SeededGenerator {
    fileprivate mutating func next(upTo bound: Int) -> Int {
        Int.random(in: 0..<bound, using: &self)
    }
}
