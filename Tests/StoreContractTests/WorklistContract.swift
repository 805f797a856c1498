import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("Worklists are sorted, filtered and counted where they are stored")
struct WorklistContract {
    @Test(arguments: [1, 2, 3])
    func `both stores give the same pages, and a walk meets every line once in either direction`(
        seed: UInt64
    ) async throws {
        let memory = try await Self.filled(.memory, seed: seed)
        let sqlite = try await Self.filled(.sqlite, seed: seed)
        var lines = 0
        for question in Self.questions {
            let expected = try await Self.walk(memory, question)
            #expect(try await Self.walk(sqlite, question) == expected, "\(question)")
            #expect(Set(expected.map(\.position)).count == expected.count)
            #expect(expected.map(\.position) == expected.map(\.position).sorted())
            #expect(try await Self.walkBack(sqlite, question) == expected, "\(question)")
            #expect(try await Self.walkBack(memory, question) == expected, "\(question)")
            let counts = try await memory.read { try $0.worklistCounts(question) }
            #expect(try await sqlite.read { try $0.worklistCounts(question) } == counts)
            #expect(counts[question.view] == expected.count)
            lines += expected.count
        }
        #expect(lines > 300)
    }

    /// What the walks above rest on: schools of two districts, and several asked at once.
    @Test func `by place a district's schools stand together, and so do lines of one request`()
        async throws
    {
        let store = try await Self.filled(.sqlite, seed: 1)
        let question = WorklistQuestion(.state(.california), order: .place, limit: 500)
        let (schools, requests) = try await store.read { session in
            let items = try session.worklist(question).items
            let inquiries = try items.compactMap { item in
                try item.inquiry.flatMap { try session.inquiry($0) }
            }
            return (inquiries.map(\.school), items.map(\.request))
        }
        #expect(Set(schools) == Set(Self.holders.map(\.id)))
        #expect(schools == schools.sorted { $0.description < $1.description })
        #expect(Set(requests).count < requests.count)
    }

    @Test(arguments: Backend.allCases)
    func `a school's list walks from the newest to the oldest and back`(
        backend: Backend
    ) async throws {
        let store = try await Self.filled(backend, seed: 4)
        for part in RequestListQuestion.Part.allCases {
            var question = RequestListQuestion(School.oak.id, part, limit: 3)
            var forward: [RecordRequest.ID] = []
            var last: ListPosition?
            while true {
                let page = try await store.read { [question] in try $0.requests(question) }
                forward += page.items.map(\.id)
                guard let after = page.after else {
                    last = page.before
                    break
                }
                question.start = .after(after)
            }
            let every = try await store.read { session in
                let counts = try session.requestCounts(from: School.oak.id)
                return counts.filter { part.holds($0.key) }.values.reduce(0, +)
            }
            #expect(forward.count == every && Set(forward).count == every)
            #expect(every > 3 || part == .ready, "\(part) has one page only, so nothing was walked")
            let filed = try await store.read { [forward] session in
                try forward.map { try #require(try session.request($0)).filedAt }
            }
            #expect(filed == filed.sorted(by: >))
            var back: [RecordRequest.ID] = []
            while let position = last {
                question.start = .before(position)
                let page = try await store.read { [question] in try $0.requests(question) }
                back = page.items.map(\.id) + back
                last = page.before
            }
            #expect(forward.starts(with: back) && forward.count - back.count <= 3)
        }
    }

    @Test(arguments: Backend.allCases)
    func `open requests for a student are found whatever the order and accents of the name`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let other = StudentIdentity.sample(birthDate: "2011-03-10")
        let turned = StudentIdentity.sample(
            given: "PALOMÁ",
            paternalSurname: "Ejemplo",
            maternalSurname: "prueba"
        )
        try await store.write { session in
            try session.save(RecordRequest.filed(1))
            try session.save(RecordRequest.filed(2, student: other))
            try session.save(RecordRequest.filed(3, from: .willow))
            try session.save(RecordRequest.filed(4).concluded())
            try session.save(RecordRequest.filed(5, at: .noon("2026-05-19")))
        }

        let counted = try await store.read { session in
            try [StudentKey(turned), StudentKey(other), StudentKey(.sample(given: "Nadie"))].map {
                try session.openRequestCount(from: School.oak.id, for: $0)
            }
        }
        #expect(counted == [2, 1, 0])

        let found = try await store.read { session in
            try [StudentKey(turned), StudentKey(other), StudentKey(.sample(given: "Nadie"))].map {
                try session.openRequests(from: School.oak.id, for: $0).map(\.id)
            }
        }

        #expect(found == [[.numbered(5), .numbered(1)], [.numbered(2)], []])
    }

    @Test(arguments: Backend.allCases)
    func `a line follows its timer, its contacts and its request at once`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let question = WorklistQuestion(.state(.california), order: .next)
        try await store.write { session in
            try session.save(School.trees)
            try session.save(Contact.sample(1, of: School.maple.organization))
            for number in 1...2 {
                try session.save(RecordRequest.filed(number + 10))
                try session.save(Inquiry.asked(number, of: .filed(number + 10)))
            }
            try session.setTimer(.numbered(2), due: .noon("2026-05-20"))
        }
        func lines() async throws -> [Inquiry.ID?] {
            try await store.read { try $0.worklist(question).items.map(\.inquiry) }
        }

        // What has no timer comes last.
        #expect(try await lines() == [.numbered(2), .numbered(1)])
        try await store.write { try $0.setTimer(.numbered(1), due: .noon("2026-05-19")) }
        #expect(try await lines() == [.numbered(1), .numbered(2)])
        try await store.write { try $0.clearTimer(.numbered(1)) }
        #expect(try await lines() == [.numbered(2), .numbered(1)])

        func unreachable() async throws -> Int {
            try await store.read { try $0.worklistCounts(question).unreachable }
        }
        #expect(try await unreachable() == 0)
        try await store.write { session in
            var contact = Contact.sample(1, of: School.maple.organization)
            contact.bouncedOn = .on("2026-05-19")
            try session.save(contact)
        }
        #expect(try await unreachable() == 2)

        try await store.write { try $0.save(RecordRequest.filed(12).concluded(.cancelled)) }
        #expect(try await lines() == [.numbered(1)])
        try await store.write { session in
            try session.save(Inquiry.asked(1, of: .filed(11)).after(.open, .refuse))
        }
        #expect(try await lines().isEmpty)
        let homeless = try await store.read {
            try $0.worklist(WorklistQuestion(.state(.texas), view: .withoutSchool)).items
        }
        #expect(homeless.map(\.request) == [.numbered(11)])
    }

    @Test(arguments: Backend.allCases)
    func `a state sees what its schools are asked and what they ask, and each is somebody's there`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        try await store.write { session in
            try session.save(School.trees)
            for person in 1...2 { try session.save(StaffAccount.sample(person)) }
            // Oak is in Texas and asks Maple in California; nobody is left to ask for the second.
            try session.save(RecordRequest.filed(11))
            try session.save(Inquiry.asked(1, of: .filed(11)))
            try session.save(RecordRequest.filed(12))
            for (state, person) in [(StateCode.california, 1), (.texas, 2)] {
                try session.save(
                    Assignment(
                        request: .numbered(11),
                        state: state,
                        staff: .numbered(person),
                        since: .noon("2026-05-18")
                    )
                )
            }
        }
        func requests(
            _ owner: WorklistQuestion.Owner,
            _ assignee: Assignee? = nil
        ) async throws -> Set<RecordRequest.ID> {
            try await store.read { session in
                let question = WorklistQuestion(owner, assignee: assignee)
                let items = try session.worklist(question).items
                #expect(try session.worklistCounts(question).all == items.count)
                return Set(items.map(\.request))
            }
        }

        #expect(try await requests(.state(.california)) == [.numbered(11)])
        #expect(try await requests(.requester(.california)) == [])
        #expect(try await requests(.state(.texas)) == [.numbered(12)])
        #expect(try await requests(.requester(.texas)) == [.numbered(11), .numbered(12)])
        #expect(try await requests(.requester(.texas), .person(.numbered(2))) == [.numbered(11)])
        #expect(try await requests(.requester(.texas), .person(.numbered(1))) == [])
        #expect(try await requests(.requester(.texas), .nobody) == [.numbered(12)])
        #expect(try await requests(.state(.california), .person(.numbered(1))) == [.numbered(11)])
        try await store.write {
            try $0.endAssignment(of: .numbered(11), in: .texas)
        }
        #expect(try await requests(.requester(.texas), .nobody) == [.numbered(11), .numbered(12)])
    }

    @Test(arguments: [
        "", "1_2", "1_2_3", "a_2_00000000000000000000000001", "1_2_0000000000000000000000000A",
        "1_2_00000000000000000000000001_", "1__00000000000000000000000001",
        "99999999999999999999_0_00000000000000000000000001",
    ])
    func `what is no position is not read as one`(text: String) {
        #expect(ListPosition(text) == nil)
    }

    @Test func `a position is read as it was written`() {
        for first in [0, 1, -5, Int64.max, .min] {
            let position = ListPosition(first, 7, id: Identifier<Never>.numbered(9).description)
            #expect(ListPosition(position.description) == position)
        }
    }

    // MARK: A store full of cases

    private static let questions: [WorklistQuestion] = {
        var questions: [WorklistQuestion] = []
        let owners: [WorklistQuestion.Owner] = [
            .state(.california), .state(.texas), .holder(School.maple.organization),
            .requester(.california), .requester(.texas), .requester(.washington),
        ]
        for owner in owners {
            for view in WorklistQuestion.View.allCases {
                for order in WorklistQuestion.Order.allCases {
                    questions.append(
                        WorklistQuestion(owner, view: view, order: order, limit: 4)
                    )
                }
            }
            questions.append(WorklistQuestion(owner, isUrgentOnly: true, limit: 2))
            for assignee in [Assignee.nobody, .person(.numbered(1)), .person(.numbered(2))] {
                for view in [WorklistQuestion.View.all, .told] {
                    questions.append(
                        WorklistQuestion(owner, view: view, assignee: assignee, limit: 3)
                    )
                }
            }
            for step in QueueStep.allCases {
                questions.append(WorklistQuestion(owner, step: step, limit: 3))
            }
            let moment = Instant.noon("2026-05-19", plusSeconds: 1_800)
            for order in WorklistQuestion.Order.allCases {
                questions.append(
                    WorklistQuestion(owner, order: order, askedBefore: moment, limit: 3)
                )
            }
            for band in GradeBand.allCases {
                questions.append(
                    WorklistQuestion(owner, order: .place, band: band, limit: 3)
                )
                questions.append(
                    WorklistQuestion(
                        owner,
                        view: .told,
                        isUrgentOnly: true,
                        askedBefore: moment,
                        band: band,
                        step: .unopened,
                        limit: 2
                    )
                )
            }
            for search in ["OAK", "maple", "100%", RequestNumber(bits: 3).description, "_"] {
                questions.append(WorklistQuestion(owner, search: search, limit: 3))
            }
        }
        return questions
    }()

    private static func walk(
        _ store: ContractStore,
        _ question: WorklistQuestion
    ) async throws -> [WorklistItem] {
        var question = question
        var items: [WorklistItem] = []
        while true {
            let page = try await store.read { [question] in try $0.worklist(question) }
            items += page.items
            guard let after = page.after else { return items }
            question.start = .after(after)
        }
    }

    private static func walkBack(
        _ store: ContractStore,
        _ question: WorklistQuestion
    ) async throws -> [WorklistItem] {
        var question = question
        // Behind everything there can be.
        question.start = .before(
            ListPosition(.max, .max, id: String(repeating: "z", count: 26))
        )
        var items: [WorklistItem] = []
        while true {
            let page = try await store.read { [question] in try $0.worklist(question) }
            items = page.items + items
            guard let before = page.before else { return items }
            question.start = .before(before)
        }
    }
}
