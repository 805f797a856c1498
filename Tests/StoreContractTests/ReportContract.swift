import Casework
import RecordExchange
import SeededNumbers
import TestSupport
import Testing
import Vocabulary

@Suite("What reports count is the same in every store")
struct ReportContract {
    private static let owners: [ReportQuestion.Owner] = [
        .all, .askedBy(School.oak.id), .askedIn(.texas), .heldBy(School.maple.id),
        .heldIn(.california), .askedIn(.washington), .heldIn(.michigan),
    ]

    @Test(arguments: [1, 2, 3])
    func `both stores count the same facts`(seed: UInt64) async throws {
        let memory = try await Self.filled(.memory, seed: seed)
        let sqlite = try await Self.filled(.sqlite, seed: seed)
        var counted = 0
        for owner in Self.owners {
            for year in [2026, 2027] {
                let question = ReportQuestion(owner, ReportPeriod(schoolYearEnding: year))
                let expected = try await Self.facts(memory, question)
                #expect(try await Self.facts(sqlite, question) == expected, "\(question)")
                #expect(expected.allSatisfy(question.holds))
                counted += expected.count
            }
        }
        #expect(counted > 200)
    }

    @Test(arguments: Backend.allCases)
    func `a fact follows its request, its inquiries and its answers at once`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let question = ReportQuestion(.all, ReportPeriod(schoolYearEnding: 2026))
        func speaking() async throws -> [ReportFact] {
            try await Self.facts(store, question).filter(\.speaks)
        }
        let request = RecordRequest.filed()
        try await store.write { try $0.save(request) }
        #expect(try await speaking().map(\.stop) == [.noSchoolLeft])
        #expect(try await speaking().first?.holder == nil)

        let asked = Inquiry.asked(of: request, level: .tellState)
        try await store.write { try $0.save(asked) }
        #expect(try await speaking().map(\.stop) == [.notOpened])
        #expect(try await speaking().first?.level == .state)
        #expect(try await speaking().first?.holder == School.maple.id)
        #expect(try await speaking().first?.wasClosed == false)

        let second = Inquiry.asked(2, of: request, sequence: 2, at: .willow)
        try await store.write { session in
            try session.save(asked.after(.open, .refuse))
            try session.save(second.after(.open))
        }
        let facts = try await Self.facts(store, question)
        #expect(facts.map(\.speaks).filter { $0 }.count == 1)
        #expect(facts.first { $0.speaks }?.holder == School.willow.id)
        #expect(facts.first { !$0.speaks }?.reason == .neverEnrolled)

        // The first that sent speaks, whoever was asked last.
        var bundle = RecordBundle.answered(to: second)
        bundle.effort = AnswerEffort(seconds: 61, fields: 7)
        let sent = bundle
        try await store.write { session in
            try session.save(second.after(.open, .sendAll))
            try session.save(sent)
            try session.save(Inquiry.asked(3, of: request, sequence: 3))
        }
        let arrived = try #require(try await speaking().first)
        #expect(arrived.stop == .arrived && arrived.holder == School.willow.id)
        #expect(arrived.wait == .minutes(0))
        #expect(arrived.effort == AnswerEffort(seconds: 61, fields: 7))

        // What is not acceptable has not come.
        try await store.write { session in
            try session.save(
                second.after(.open, .sendAll, .reject, facts: .init(reason: .unreadable))
            )
        }
        #expect(try await speaking().map(\.stop) == [.opened])
        try await store.write { try $0.save(request.concluded(.enteredInError)) }
        #expect(try await speaking().map(\.stop) == [.takenBack])
    }

    @Test(arguments: Backend.allCases)
    func `two requests for one student have the same mark, two students have not`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        try await store.write { session in
            try session.save(RecordRequest.filed(1))
            try session.save(RecordRequest.filed(2, from: .willow))
            try session.save(
                RecordRequest.filed(3, student: .sample(birthDate: "2011-03-10"))
            )
        }
        var marks: [SchoolID: Set<Int64>] = [:]
        let question = ReportQuestion(.all, ReportPeriod(schoolYearEnding: 2026))
        for fact in try await Self.facts(store, question, marked: true) {
            marks[fact.requester, default: []].insert(fact.student)
        }
        #expect(marks[School.oak.id]?.count == 2)
        #expect(marks[School.willow.id]?.isSubset(of: marks[School.oak.id] ?? []) == true)
    }

    @Test(arguments: Backend.allCases)
    func `mailboxes that refused mail are found, and those that answered since as well`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        try await store.write { session in
            for number in 1...3 {
                var contact = Contact.sample(number, of: School.maple.organization)
                if number > 1 { contact.bouncedOn = .on("2026-05-18") }
                if number > 2 { contact.answeredOn = .on("2026-05-20") }
                try session.save(contact)
            }
        }
        let found = try await store.read { try $0.bouncedContacts() }
        #expect(found.map(\.id) == [.numbered(2), .numbered(3)])
        try await store.write { session in
            try session.save(Contact.sample(2, of: School.maple.organization))
        }
        #expect(try await store.read { try $0.bouncedContacts() }.map(\.id) == [.numbered(3)])
    }

    @Test(arguments: Backend.allCases)
    func `when a link's code was typed is kept`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.write { session in
            try session.save(RecordRequest.filed())
            try session.save(Inquiry.asked())
            var link = AnswerLink.issued()
            link.enteredAt = .noon("2026-05-19")
            try session.save(link)
        }
        let links = try await store.read { try $0.links(of: Inquiry.asked().id) }
        #expect(links.map(\.enteredAt) == [.noon("2026-05-19")])
    }

    // MARK: A store full of cases

    /// In an order of their own; without the mark, which each store makes its own way.
    private static func facts(
        _ store: ContractStore,
        _ question: ReportQuestion,
        marked: Bool = false
    ) async throws -> [ReportFact] {
        try await store.read { session in
            var facts: [ReportFact] = []
            try session.forEachReportFact(question) { fact in
                facts.append(
                    ReportFact(
                        student: marked ? fact.student : 0,
                        requester: fact.requester,
                        requesterState: fact.requesterState,
                        holder: fact.holder,
                        holderState: fact.holderState,
                        filedOn: fact.filedOn,
                        speaks: fact.speaks,
                        stop: fact.stop,
                        level: fact.level,
                        wait: fact.wait,
                        wasClosed: fact.wasClosed,
                        reason: fact.reason,
                        effort: fact.effort
                    )
                )
            }
            return facts.sorted { "\($0)" < "\($1)" }
        }
    }

    private static func filled(_ backend: Backend, seed: UInt64) async throws -> ContractStore {
        let store = try await backend.makeStore()
        try await store.write { try $0.save(School.trees) }
        var random = SeededGenerator(seed: seed)
        for number in 1...80 {
            let from: School = random.next() % 5 == 0 ? .willow : .oak
            let holder: School = random.next() % 4 == 0 ? .elm : .maple
            let kind = random.next() % 8
            let step: Ladder.Step? = [nil, .tellDistrict, .tellState, .cap][
                Int(random.next() % 4)
            ]
            let effort = random.next() % 3 == 0
            try await store.write { session in
                let request = RecordRequest.filed(
                    number,
                    from: from,
                    student: .sample(birthDate: "2011-03-\(10 + number % 9)")
                )
                try session.save(kind == 7 ? request.concluded(.closedUnfilled) : request)
                guard kind > 0 else { return }
                let asked = Inquiry.asked(
                    number + 1_000,
                    of: request,
                    at: holder,
                    on: .noon("2026-05-18", plusSeconds: Int64(number) * 7_000),
                    level: step
                )
                let inquiry =
                    switch kind {
                    case 1: asked.after(.open)
                    case 2: asked.after(.open, .ask)
                    case 3: asked.after(.open, .promise)
                    case 4: asked.after(.open, .refuse)
                    case 5: asked.after(.open, .sendAll)
                    default: asked
                    }
                try session.save(inquiry)
                guard kind == 5 else { return }
                var bundle = RecordBundle.answered(number, to: inquiry)
                if effort { bundle.effort = AnswerEffort(seconds: number, fields: number % 7) }
                try session.save(bundle)
            }
        }
        return store
    }
}
