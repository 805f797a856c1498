import HostileInput
import RecordExchange
import SeededNumbers
import Testing
import Vocabulary

/// One inquiry living through many days of a calendar that nobody planned.
private struct Life {
    var generator: SeededGenerator
    let calendar: SchoolCalendar
    let start: CivilDate
    var today: CivilDate
    var clock: InquiryClock
    var climbed: [(step: Ladder.Step, on: CivilDate)] = []

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        start = Fixture.anyDay(&generator)
        today = start
        calendar = Fixture.anyCalendar(around: start, &generator)
        clock = InquiryClock(askedOn: start, calendar: calendar)
    }

    var next: Ladder.Due? { Ladder.next(clock, calendar: calendar, policy: .standard) }

    /// Climbs what is due today, as the clock worker does.
    ///
    /// - Returns: false where it does not come to an end.
    mutating func climb() -> Bool {
        for _ in 0..<30 {
            guard let due = next, due.on <= today else { return true }
            clock.take(due.step, on: today, calendar: calendar)
            climbed.append((due.step, today))
        }
        return false
    }
}

@Suite("The ladder, whatever comes") struct LadderPropertyTests {
    static let seeds: Range<UInt64> = 0..<250

    @Test(arguments: seeds)
    func `nothing waits for nobody, and no owner is lost`(seed: UInt64) {
        var life = Life(seed: seed)
        for _ in 0..<150 {
            let level = life.clock.level
            let ended = life.climb()
            #expect(ended, "the rungs of one day come to an end")
            #expect(life.next != nil || life.clock.level == .capped)
            #expect(life.next.map { $0.on > life.today } ?? true)
            #expect(life.clock.level >= level)
            meddle(&life)
            life.today = life.today.advanced(by: 1)
        }
        #expect(life.clock.level == .capped)
    }

    @Test(arguments: seeds)
    func `the cap comes after twenty calendar days, whatever any calendar says`(seed: UInt64) {
        var life = Life(seed: seed)
        let cap = life.start.advanced(by: 20)
        while life.today <= cap {
            #expect(life.next.map { $0.on <= cap } ?? false)
            _ = life.climb()
            meddle(&life)
            life.today = life.today.advanced(by: 1)
        }
        let caps = life.climbed.filter { $0.step == .cap }
        #expect(caps.map(\.on) == [cap])
    }

    @Test(arguments: seeds)
    func `on a working day the column is the calendar's`(seed: UInt64) {
        var life = Life(seed: seed)
        for _ in 0..<120 {
            _ = life.climb()
            if WorkingDays.isWorkingDay(life.today) {
                #expect(life.clock.column == Ladder.column(on: life.today, calendar: life.calendar))
            }
            life.today = life.today.advanced(by: 1)
        }
    }

    @Test(arguments: seeds)
    func `a closed school's state contact has it within one working day`(seed: UInt64) {
        var life = Life(seed: seed)
        var closedSince: CivilDate?
        for _ in 0..<120 {
            _ = life.climb()
            switch life.clock.column {
            case .inSession: closedSince = nil
            case .closed:
                let since = closedSince ?? life.clock.columnSince
                closedSince = since
                let asked = life.climbed.contains {
                    $0.step == .askSummerContacts && $0.on == since
                }
                #expect(asked, "the summer contacts are asked the same day")
                if life.today >= WorkingDays.day(1, after: since) {
                    #expect(life.clock.level >= .state)
                }
            }
            life.today = life.today.advanced(by: 1)
        }
    }

    @Test(arguments: seeds)
    func `no rung is climbed twice while the column stays`(seed: UInt64) {
        var life = Life(seed: seed)
        for _ in 0..<150 {
            _ = life.climb()
            life.today = life.today.advanced(by: 1)
        }
        let stretches = life.climbed.split { $0.step == .changeColumn }
        for stretch in stretches {
            let steps = stretch.map(\.step)
            #expect(Set(steps).count == steps.count)
        }
        #expect(life.climbed.count { $0.step == .cap } == 1)
    }

    @Test(arguments: seeds)
    func `the outlook ends, is in order and begins with what is next`(seed: UInt64) {
        var life = Life(seed: seed)
        for _ in 0..<6 {
            let outlook = Ladder.outlook(life.clock, calendar: life.calendar, policy: .standard)
            #expect(outlook.count <= 24)
            #expect(outlook.first == life.next)
            #expect(zip(outlook, outlook.dropFirst()).allSatisfy { $0.on <= $1.on })
            #expect(outlook.contains { $0.step == .cap } || life.clock.level == .capped)
            life.today = life.today.advanced(by: Int.random(in: 0...9, using: &life.generator))
            _ = life.climb()
            meddle(&life)
        }
    }

    @Test(arguments: seeds)
    func `what the outlook says is what happens when nobody acts`(seed: UInt64) {
        var life = Life(seed: seed)
        let outlook = Ladder.outlook(life.clock, calendar: life.calendar, policy: .standard)
        while life.climbed.count < outlook.count, life.today < life.start.advanced(by: 400) {
            _ = life.climb()
            life.today = life.today.advanced(by: 1)
        }
        let foretold = outlook.map { "\($0.on) \($0.step)" }
        let happened = life.climbed.prefix(outlook.count).map { "\($0.on) \($0.step)" }
        #expect(happened == foretold)
    }

    @Test(arguments: seeds)
    func `a clock that slept for weeks catches up and comes to rest`(seed: UInt64) {
        var life = Life(seed: seed)
        for _ in 0..<8 {
            life.today = life.today.advanced(by: Int.random(in: 1...60, using: &life.generator))
            let ended = life.climb()
            #expect(ended)
            #expect(life.next.map { $0.on > life.today } ?? (life.clock.level == .capped))
        }
        let caps = life.climbed.count { $0.step == .cap }
        #expect(caps == (life.start.days(to: life.today) >= 20 ? 1 : 0))
    }

    /// What people do meanwhile, now and then.
    private func meddle(_ life: inout Life) {
        guard life.generator.happens(6) else { return }
        switch Int.random(in: 0..<4, using: &life.generator) {
        case 0:
            let days = Int.random(in: 1...40, using: &life.generator)
            life.clock.promise(life.today.advanced(by: days))
        case 1: life.clock.pause()
        case 2: life.clock.resume()
        default: life.clock.restart(on: life.today, calendar: life.calendar)
        }
    }
}
