import Casework
import Foundation
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("Many rows of the queue at once") struct QueueWorkTests {
    /// Two requests that are with California's contact, and one of another state.
    private func stuck() async throws -> (world: World, numbers: [RequestNumber]) {
        let world = try await World(on: "2026-07-07")
        let first = try await world.file()
        let second = try await world.file { $0.birthDay = "11" }
        let elsewhere = try await world.file(
            by: Cast.registrar,
            place: .school(School.willow.id)
        ) { $0.birthDay = "12" }
        try await world.walk(to: "2026-07-08", hour: 10)
        return (world, [first.number, second.number, elsewhere.number])
    }

    @Test func `a look says what would happen to each and changes nothing`() async throws {
        let (world, numbers) = try await stuck()
        let before = try await world.everything()
        let lines = try await world.desk.checkMany(
            numbers + numbers,
            .remind,
            by: Cast.california.actor
        )
        #expect(lines.map(\.number) == numbers)
        #expect(lines.map(\.isPossible) == [true, true, false])
        #expect(lines.last?.outcome == .cannot(.notYours))
        #expect(try await world.everything() == before)
    }

    @Test func `what is done is what was shown, and a second time nobody is written to`()
        async throws
    {
        let (world, numbers) = try await stuck()
        let actor = Cast.california.actor
        let shown = try await world.desk.checkMany(numbers, .remind, by: actor)
        let sent = world.mail.arrived.count
        #expect(try await world.desk.doMany(numbers, .remind, by: actor) == shown)
        try await world.settle()
        let told = shown.reduce(0) { sum, line in
            if case .mails(let count) = line.outcome { sum + count } else { sum }
        }
        #expect(told > 0)
        #expect(world.mail.arrived.count == sent + told)
        let again = try await world.desk.doMany(numbers, .remind, by: actor)
        #expect(
            again.map(\.outcome)
                == [.cannot(.askedJustNow), .cannot(.askedJustNow), .cannot(.notYours)]
        )
        try await world.settle()
        #expect(world.mail.arrived.count == sent + told)
    }

    @Test func `what ended between the look and the deed is left as it ended`() async throws {
        let (world, numbers) = try await stuck()
        let actor = Cast.california.actor
        let close = BulkAction.close(.noAnswerAtCap, note: "Called twice")
        #expect(
            try await world.desk.checkMany(numbers, close, by: actor).map(\.outcome)
                == [.ends, .ends, .cannot(.notYours)]
        )
        try await world.desk.cancelRequest(
            numbers[0],
            reason: .arrivedAnotherWay,
            note: "",
            by: Cast.registrar.actor
        )
        let done = try await world.desk.doMany(numbers, close, by: actor)
        #expect(done.map(\.outcome) == [.cannot(.notNow), .ends, .cannot(.notYours)])
        let states = try await world.everything().requests.map(\.conclusion?.kind)
        #expect(Set(states) == [.cancelled, .closedUnfilled, nil])
        try await Invariants.check(world)
    }
}

@Suite("A call about many requests") struct CallManyTests {
    @Test func `one call stands in the story of each that is open, once`() async throws {
        let world = try await World()
        let actor = Cast.california.actor
        let numbers = [
            try await world.file().number,
            try await world.file { $0.birthDay = "11" }.number,
            try await world.file { $0.birthDay = "12" }.number,
        ]
        try await world.desk.cancelRequest(
            numbers[2],
            reason: .arrivedAnotherWay,
            note: "",
            by: Cast.registrar.actor
        )
        let before = try await world.everything()
        let shown = try await world.desk.checkMany(numbers, .call(note: ""), by: actor)
        #expect(shown.map(\.outcome) == [.noted, .noted, .cannot(.notNow)])
        #expect(try await world.everything() == before)
        let done = try await world.desk.doMany(
            numbers + numbers,
            .call(note: "Ana calls back on Monday"),
            by: actor
        )
        #expect(done == shown)
        for (number, calls) in zip(numbers, [1, 1, 0]) {
            let story = try await world.desk.story(of: number, by: actor)
            let said = story.events.count { event in
                if case .callLogged(note: "Ana calls back on Monday") = event.kind {
                    true
                } else {
                    false
                }
            }
            #expect(said == calls)
        }
        try await Invariants.check(world)
    }

    @Test func `a form that is sent twice writes one call, and another call another`()
        async throws
    {
        let world = try await World()
        let actor = Cast.california.actor
        let number = try await world.file().number
        func call(_ note: String) async throws -> [BulkLine.Outcome] {
            try await world.desk.doMany([number], .call(note: note), by: actor).map(\.outcome)
        }
        func calls() async throws -> Int {
            try await world.desk.story(of: number, by: actor).events.count { event in
                if case .callLogged = event.kind { true } else { false }
            }
        }
        #expect(try await call("Back on Monday") == [.noted])
        let before = try await world.everything()
        #expect(try await call("Back on Monday") == [.cannot(.calledJustNow)])
        #expect(try await world.everything() == before)
        #expect(try await calls() == 1)
        #expect(try await call("Back on Tuesday") == [.noted])
        // Whoever calls again later says the same again.
        try await world.walk(to: world.clock.now().advanced(bySeconds: 600))
        #expect(try await call("Back on Monday") == [.noted])
        #expect(try await call(" ") == [.noted])
        #expect(try await call("") == [.cannot(.calledJustNow)])
        #expect(try await calls() == 4)
        try await Invariants.check(world)
    }

    @Test func `what is too long is refused before anything is written`() async throws {
        let world = try await World()
        let number = try await world.file().number
        let before = try await world.everything()
        let note = String(repeating: "x", count: RequestDraft.longestMessage + 1)
        await #expect(throws: CaseworkFailure.tooLong) {
            try await world.desk.doMany([number], .call(note: note), by: Cast.california.actor)
        }
        #expect(try await world.everything() == before)
    }
}

@Suite("Views of the queue under a name") struct SavedViewTests {
    private func view(_ name: String, _ part: WorklistQuestion.View = .told) -> SavedView {
        var filter = QueueFilter()
        filter.view = part
        filter.order = .next
        return SavedView(name: name, filter)
    }

    @Test func `each has its exact count, and one name means one view`() async throws {
        let world = try await World()
        try await world.file(place: .unknown)
        let actor = Cast.texas.actor
        try await world.desk.saveQueueView(view("Lost", .all), by: actor)
        try await world.desk.saveQueueView(view("Lost", .withoutSchool), by: actor)
        try await world.desk.saveQueueView(view("Bounced", .unreachable), by: actor)
        let views = try await world.desk.queueViews(of: .texas, by: actor)
        #expect(views.map(\.view) == [view("Lost", .withoutSchool), view("Bounced", .unreachable)])
        #expect(views.map(\.count) == [1, 0])
        #expect(
            try await world.desk.queueViews(of: .california, by: Cast.california.actor).isEmpty
        )
        try await world.desk.forgetQueueView("Lost", by: actor)
        #expect(
            try await world.desk.queueViews(of: .texas, by: actor).map(\.view.name) == ["Bounced"]
        )
    }

    @Test func `the first few are counted, and the others only named`() async throws {
        let world = try await World()
        let actor = Cast.texas.actor
        for number in 1...SavedView.mostCounted + 2 {
            try await world.desk.saveQueueView(view("View \(number)", .all), by: actor)
        }
        let views = try await world.desk.queueViews(of: .texas, by: actor)
        #expect(views.count == SavedView.mostCounted + 2)
        #expect(views.prefix(SavedView.mostCounted).allSatisfy { $0.count == 0 })
        #expect(views.suffix(2).allSatisfy { $0.count == nil })
    }

    @Test func `a view of somebody who is none of the office counts what it shows, everybody's`()
        async throws
    {
        let world = try await World()
        try await world.file(place: .unknown)
        for (person, count) in [(Cast.clerk.id, 1), (Cast.texas.id, 0)] {
            var filter = QueueFilter()
            filter.assignee = .person(person)
            let actor = Cast.texas.actor
            try await world.desk.saveQueueView(SavedView(name: "Theirs", filter), by: actor)
            let views = try await world.desk.queueViews(of: .texas, by: actor)
            #expect(views.map(\.count) == [count])
        }
    }

    @Test func `a view keeps everything that narrows it`() async throws {
        let world = try await World()
        let request = try await world.file()
        var filter = QueueFilter()
        filter.side = .requesting
        filter.order = .place
        filter.step = .unopened
        filter.band = GradeBand(request.student.grade)
        filter.assignee = .nobody
        filter.isUrgentOnly = false
        filter.search = "maple"
        let view = SavedView(name: "Ours", filter)
        #expect(view.filter == filter)
        try await world.desk.saveQueueView(view, by: Cast.texas.actor)
        let saved = try await world.desk.queueViews(of: .texas, by: Cast.texas.actor)
        #expect(saved.map(\.view.filter) == [filter])
        #expect(saved.map(\.count) == [1])
        filter.waitedDays = 3
        #expect(SavedView(name: "Old", filter).filter == filter)
    }

    @Test func `a view that an older program saved narrows as it did`() throws {
        let old =
            #"{"name":"Mine","viewName":"told","orderName":"next","isUrgentOnly":true,"#
            + #""search":"oak"}"#
        var filter = QueueFilter()
        filter.view = .told
        filter.order = .next
        filter.isUrgentOnly = true
        filter.search = "oak"
        let view = try JSONDecoder().decode(SavedView.self, from: Data(old.utf8))
        #expect(view.name == "Mine")
        #expect(view.filter == filter)
        // What a newer one saved and this one does not know narrows nothing.
        let unknown = #","sideName":"above","stepName":"x","bandName":"y"}"#
        let newer = String(old.dropLast()) + unknown
        let read = try JSONDecoder().decode(SavedView.self, from: Data(newer.utf8))
        #expect(read.filter == filter)
    }

    @Test func `a view needs a name and there are at most twenty`() async throws {
        let world = try await World()
        let actor = Cast.texas.actor
        await #expect(throws: CaseworkFailure.nameMissing) {
            try await world.desk.saveQueueView(view(" "), by: actor)
        }
        await #expect(throws: CaseworkFailure.tooLong) {
            try await world.desk.saveQueueView(view(String(repeating: "x", count: 101)), by: actor)
        }
        for number in 1...SavedView.most {
            try await world.desk.saveQueueView(view("View \(number)"), by: actor)
        }
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.saveQueueView(view("One more"), by: actor)
        }
    }
}
