import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("The queue narrowed") struct QueueFilterTests {
    @Test func `how far a school is follows from its own inquiry alone`() {
        func step(_ events: InquiryLifecycle.Event..., isCancelling: Bool = false) -> QueueStep {
            let inquiry = events.reduce(Inquiry.asked()) { $0.after($1) }
            return QueueStep(inquiry, isCancelling: isCancelling)
        }
        #expect(step() == .unopened)
        #expect(step(.open) == .opened)
        #expect(step(.open, .promise) == .promised)
        #expect(step(.open, .ask) == .question)
        #expect(step(.open, .sendSome) == .partlySent)
        #expect(step(.timeOut) == .unopened)
        #expect(step(.open, .timeOut) == .opened)
        #expect(step(.open, isCancelling: true) == .cancelling)
        // Nothing is asked back from a school that is not asked any more.
        #expect(step(.timeOut, isCancelling: true) == .unopened)
    }

    /// Two schools are asked at once; the one says when it will answer, the other nothing.
    @Test func `beside a school that promised, the silent one is still among those unopened`()
        async throws
    {
        let world = try await World()
        let request = try await world.file()
        let first = try await world.inquiry(of: request).id
        try await world.desk.askAnotherSchool(
            request.number,
            School.willow.id,
            by: Cast.registrar.actor
        )
        try await world.settle()
        try await world.desk.promise(
            first,
            day: .on("2026-05-28"),
            note: "",
            by: .staff(Cast.clerk.actor)
        )
        func found(_ step: QueueStep?) async throws -> [SchoolID?] {
            var filter = QueueFilter()
            filter.side = .requesting
            filter.order = .place
            filter.step = step
            let queue = try await world.desk.queue(filter, in: .texas, by: Cast.texas.actor)
            #expect(queue.counts.all == queue.page.items.count)
            return queue.page.items.map(\.school?.id)
        }
        #expect(try await found(nil).count == 2)
        #expect(try await found(.promised) == [School.maple.id])
        #expect(try await found(.unopened) == [School.willow.id])
        #expect(try await found(.opened).isEmpty)
    }

    @Test func `every grade is in a band, and the bands stand in the order of grades`() {
        let order: [GradeBand] = [.elementary, .middle, .high, .other]
        let bands = Grade.allCases.map { GradeBand($0) }
        let places = bands.compactMap { order.firstIndex(of: $0) }
        #expect(places == places.sorted())
        #expect(Set(bands) == Set(GradeBand.allCases))
        #expect(GradeBand(nil) == .other)
        #expect(GradeBand(.fifth) == .elementary && GradeBand(.sixth) == .middle)
        #expect(GradeBand(.eighth) == .middle && GradeBand(.ninth) == .high)
    }

    /// Asked on a Monday, a Wednesday and a Friday before a weekend and a holiday.
    @Test func `what has waited so many days is what the rows say`() async throws {
        let world = try await World()
        try await world.file { $0.birthDay = "10" }
        try await world.walk(to: "2026-05-20", hour: 10)
        try await world.file { $0.birthDay = "11" }
        try await world.walk(to: "2026-05-22", hour: 23)
        try await world.file { $0.birthDay = "12" }
        try await world.walk(to: "2026-05-29", hour: 9)
        let every = try await world.desk.queue(
            QueueFilter(),
            in: .california,
            by: Cast.california.actor
        )
        let waited = every.page.items.map(\.waitedDays)
        #expect(Set(waited).count == 3)
        for days in 1...12 {
            var filter = QueueFilter()
            filter.waitedDays = days
            let queue = try await world.desk.queue(
                filter,
                in: .california,
                by: Cast.california.actor
            )
            let found = queue.page.items.map(\.waitedDays).sorted()
            #expect(found == waited.filter { $0 >= days }.sorted())
            #expect(queue.counts.all == queue.page.items.count)
            #expect(filter.isNarrow)
        }
        #expect(!QueueFilter().isNarrow)
    }

    @Test func `whoever asks sees what their schools wait for in other states`() async throws {
        let world = try await World()
        let number = try await world.file().number
        var filter = QueueFilter()
        let held = try await world.desk.queue(filter, in: .texas, by: Cast.texas.actor)
        #expect(held.counts.all == 0)
        filter.side = .requesting
        let asked = try await world.desk.queue(filter, in: .texas, by: Cast.texas.actor)
        #expect(asked.page.items.map(\.number) == [number])
        #expect(asked.counts.all == 1)
        await #expect(throws: CaseworkFailure.notAllowed) {
            _ = try await world.desk.queue(filter, in: .california, by: Cast.texas.actor)
        }
        let theirs = try await world.desk.queue(
            filter,
            in: .california,
            by: Cast.california.actor
        )
        #expect(theirs.counts.all == 0)
    }

    @Test func `read a page at a time every line comes once, whatever changes meanwhile`()
        async throws
    {
        let world = try await World()
        var numbers: [RequestNumber] = []
        for day in 10...14 {
            numbers.append(try await world.file { $0.birthDay = "\(day)" }.number)
        }
        var read: [RequestNumber] = []
        var start: PageStart? = .top
        var filter = QueueFilter()
        filter.order = .next
        while let from = start {
            let page = try await world.desk.queueLines(
                filter,
                in: .california,
                start: from,
                limit: 2,
                by: Cast.california.actor
            )
            read += page.items.map(\.number)
            start = page.after.map { PageStart.after($0) }
            // What came due before now comes due again later.
            try await world.walk(to: world.clock.now().advanced(bySeconds: 5 * 86_400))
        }
        #expect(read.count == numbers.count && Set(read) == Set(numbers))
    }

    @Test func `a file of the queue says whom to call and no word of a student`() async throws {
        let world = try await World()
        let request = try await world.file()
        let queue = try await world.desk.queue(
            QueueFilter(),
            in: .california,
            by: Cast.california.actor
        )
        let row = try #require(queue.page.items.first)
        let line = QueueFile.line(row)
        let head = QueueFile.head.split(separator: ",").count
        #expect(line.hasSuffix("\r\n"))
        #expect(line.split(separator: ",", omittingEmptySubsequences: false).count == head)
        #expect(line.contains(request.number.description))
        #expect(line.contains(School.maple.name) && line.contains(School.oak.name))
        let name = request.student.name
        let secrets =
            [name.given, name.paternalSurname, row.initials, request.student.birthDate.description]
        for secret in secrets {
            #expect(!line.contains(secret), "\(secret)")
        }
    }
}

@Suite("Requests of a school are found by name") struct FindRequestsTests {
    private func numbers(_ world: World, _ words: String) async throws -> [RequestNumber] {
        try await world.desk.findRequests(words, by: Cast.registrar.actor).requests
            .map(\.request.number)
    }

    @Test func `in any order, without case and accents, by the beginnings of words`()
        async throws
    {
        let world = try await World()
        let request = try await world.file()
        let name = request.student.name
        let other = try await world.file { draft in
            draft.given = "Íñigo"
            draft.paternalSurname = "Muñoz-Prueba"
            draft.birthDay = "11"
        }
        #expect(try await numbers(world, "inigo") == [other.number])
        #expect(try await numbers(world, " MUÑ  íñ ") == [other.number])
        #expect(try await numbers(world, name.given) == [request.number])
        let turned = "\(name.paternalSurname) \(name.given)"
        #expect(try await numbers(world, turned) == [request.number])
        #expect(try await numbers(world, "ñigo").isEmpty)
        #expect(try await numbers(world, "inigo \(name.given)").isEmpty)
        #expect(try await numbers(world, request.number.description) == [request.number])
    }

    @Test func `ended ones are found too, after those that are open`() async throws {
        let world = try await World()
        let first = try await world.file()
        let second = try await world.file { $0.birthDay = "11" }
        try await world.desk.cancelRequest(
            second.number,
            reason: .arrivedAnotherWay,
            note: "",
            by: Cast.registrar.actor
        )
        let name = first.student.name.paternalSurname
        #expect(try await numbers(world, name) == [first.number, second.number])
    }

    @Test func `of several schools the newest comes first, whichever asked it`() async throws {
        let world = try await World()
        let schools = [School.oak, .willow]
        var both = StaffAccount.sample(944)
        both.memberships = schools.map { .init(role: .registrar, organization: $0.organization) }
        for number in 1...6 {
            let request = RecordRequest.filed(
                number + 50,
                from: schools[number % 2],
                at: world.clock.now().advanced(bySeconds: Int64(number))
            )
            try await world.store.write { try $0.save(number == 3 ? request.concluded() : request) }
        }
        let found = try await world.desk.findRequests("paloma", by: both.actor).requests
        // The one that ended comes after those that are open.
        let expected = [56, 55, 54, 52, 51, 53].map { RecordRequest.ID.numbered($0) }
        #expect(found.map(\.request.id) == expected)
    }

    @Test func `nobody finds another school's, by name or by number`() async throws {
        let world = try await World()
        let request = try await world.file()
        let other = StaffAccount.sample(940, at: School.willow.organization)
        try await world.store.write { try $0.save(other) }
        for words in [request.number.description, request.student.name.given] {
            let found = try await world.desk.findRequests(words, by: other.actor)
            #expect(found.requests.isEmpty && !found.isPart)
        }
        await #expect(throws: CaseworkFailure.notAllowed) {
            _ = try await world.desk.findRequests("a", by: Cast.clerk.actor)
        }
        await #expect(throws: CaseworkFailure.nameMissing) {
            _ = try await world.desk.findRequests(" -  ", by: Cast.registrar.actor)
        }
    }

    @Test func `a question of a school is on a list of its own until it is answered`()
        async throws
    {
        let world = try await World()
        let request = try await world.file()
        try await world.file { $0.birthDay = "11" }
        let actor = Cast.registrar.actor
        #expect(try await world.desk.requests(by: actor, .questions).items.isEmpty)
        try await world.desk.askRequester(
            try await world.inquiry(of: request).id,
            question: "Which grade?",
            by: .staff(Cast.clerk.actor)
        )
        let listed = try await world.desk.requests(by: actor, .questions).items
        #expect(listed.map(\.request.number) == [request.number])
    }
}

@Suite("Giving requests to somebody is taken back") struct GiveBackTests {
    private static let second = StaffAccount.sample(
        926,
        role: .stateContact,
        at: .state(.california)
    )

    private func taken() async throws -> (world: World, numbers: [RequestNumber]) {
        let world = try await World()
        try await world.store.write { try $0.save(Self.second) }
        let numbers = [
            try await world.file().number, try await world.file { $0.birthDay = "11" }.number,
        ]
        // The first was somebody's, the second nobody's; both are taken.
        try await give([numbers[0]], to: Self.second.id, seen: .nobody, in: world)
        let before = Assignee.person(Self.second.id)
        try await give([numbers[0]], to: Cast.california.id, seen: before, in: world)
        try await give([numbers[1]], to: Cast.california.id, seen: .nobody, in: world)
        return (world, numbers)
    }

    private func give(
        _ numbers: [RequestNumber],
        to staff: StaffID,
        seen: Assignee,
        in world: World
    ) async throws {
        let seen = Dictionary(uniqueKeysWithValues: numbers.map { ($0, seen) })
        let lines = try await world.desk.doMany(
            numbers,
            .assign(.person(staff), in: .california, seen: seen),
            by: Cast.california.actor
        )
        #expect(lines.allSatisfy { $0.isPossible })
    }

    private func back(
        _ world: World,
        _ handovers: [Handover]
    ) async throws -> [BulkLine.Outcome] {
        try await world.desk.giveBack(handovers, in: .california, by: Cast.california.actor)
            .map(\.outcome)
    }

    @Test func `each goes to whoever had it, and a second time nothing changes`() async throws {
        let (world, numbers) = try await taken()
        try await world.settle()
        let mails = world.mail.arrived.count
        let mine = Assignee.person(Cast.california.id)
        let handovers = [
            Handover(number: numbers[0], from: mine, to: .person(Self.second.id)),
            Handover(number: numbers[1], from: mine, to: .nobody),
        ]
        #expect(
            try await back(world, handovers)
                == [.goes(to: Self.second.person), .goes(to: nil)]
        )
        let after = try await world.everything()
        #expect(
            try await back(world, handovers) == [.cannot(.hasAlready), .cannot(.hasAlready)]
        )
        #expect(try await world.everything() == after)
        try await world.settle()
        // Whoever gets one hears of it, as of any that is given; nobody hears of what is nobody's.
        #expect(world.mail.arrived.count == mails + 1)
        try await Invariants.check(world)
    }

    @Test func `what changed hands since, and what belonged to somebody who left, stays`()
        async throws
    {
        let (world, numbers) = try await taken()
        let mine = Assignee.person(Cast.california.id)
        try await give([numbers[1]], to: Self.second.id, seen: mine, in: world)
        try await world.desk.disableAccount(Self.second.id, by: Cast.administrator.actor)
        let handovers = [
            Handover(number: numbers[0], from: mine, to: .person(Self.second.id)),
            Handover(number: numbers[1], from: .person(Self.second.id), to: mine),
        ]
        #expect(
            try await back(world, handovers) == [.cannot(.hasLeft), .changedHands(to: nil)]
        )
    }

    @Test func `after an hour nothing is taken back any more`() async throws {
        let (world, numbers) = try await taken()
        let mine = Assignee.person(Cast.california.id)
        let handovers = numbers.map { Handover(number: $0, from: mine, to: .nobody) }
        let end = world.clock.now().advanced(bySeconds: 3_599)
        try await world.walk(to: end)
        #expect(try await back(world, [handovers[0]]) == [.goes(to: nil)])
        try await world.walk(to: end.advanced(bySeconds: 1))
        let before = try await world.everything()
        #expect(try await back(world, [handovers[1]]) == [.cannot(.tooLate)])
        #expect(try await world.everything() == before)
    }

    @Test func `of what is another state's nothing is said`() async throws {
        let (world, _) = try await taken()
        let elsewhere = try await world.file(place: .school(School.willow.id)) {
            $0.birthDay = "13"
        }
        for to in [Assignee.nobody, .person(.numbered(999_999))] {
            let handover = Handover(number: elsewhere.number, from: .nobody, to: to)
            #expect(try await back(world, [handover]) == [.cannot(.notYours)])
        }
    }
}
