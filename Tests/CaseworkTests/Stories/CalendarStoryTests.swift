import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Calendars and the requests that wait") struct CalendarStoryTests {
    private func closed(_ first: String, _ last: String) -> SchoolCalendar {
        SchoolCalendar(recesses: [
            .init(kind: .longBreak, name: "Flood", first: .on(first), last: .on(last))
        ])
    }

    @Test func `a school that closes while a request waits changes its course at that moment`()
        async throws
    {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        try await world.walk(to: "2026-05-19", hour: 12)
        #expect(world.mails(to: Cast.mapleSummer).isEmpty)
        let count = try await world.step("flood") {
            let count = try await world.desk.replaceCalendar(
                of: Cast.maple,
                with: closed("2026-05-19", "2026-06-30")
            )
            try await world.settle()
            return count
        }
        #expect(count == 1)
        for contact in [Cast.mapleSummer, Cast.figContact, Cast.figDistrict] {
            #expect(world.mails(to: contact, named: "ask").count == 1, "\(contact.role)")
        }
        let story = try await world.story(of: request)
        #expect(story.closedUntil == .on("2026-07-01"))
        #expect(story.events.map(\.kind).contains(.schoolClosed(until: .on("2026-07-01"))))
    }

    @Test func `a district's calendar counts for its schools that have none of their own`()
        async throws
    {
        let world = try await World(on: "2026-05-18")
        try await world.store.write { session in
            try session.save(SchoolCalendar(recesses: []), of: .state(.california))
        }
        try await world.file()
        let district = OrganizationID.district(School.maple.district)
        try await world.step("district") {
            try await world.desk.replaceCalendar(
                of: district,
                with: closed("2026-05-18", "2026-06-30")
            )
        }
        // The school's own calendar goes before.
        #expect(world.mails(to: Cast.mapleSummer).isEmpty)
    }

    @Test func `where nobody of that name is, nothing is changed`() async throws {
        let world = try await World()
        let before = try await world.everything()
        for organization in [
            OrganizationID.gateway, .school(try #require(SchoolID("999999999999"))),
        ] {
            await #expect(throws: CaseworkFailure.notFound) {
                try await world.desk.replaceCalendar(
                    of: organization,
                    with: closed("2026-05-18", "2026-06-30")
                )
            }
        }
        #expect(try await world.everything() == before)
    }

    @Test func `every date says what it rests on`() async throws {
        let world = try await World(on: "2026-05-21")
        let request = try await world.file()
        let explained = try #require(
            try await world.desk.explainDates(of: request.number).first
        )
        #expect(explained.calendarOf == Cast.maple)
        #expect(explained.closure == nil)
        let remind = try #require(explained.dates.first { $0.step == .remind })
        // Friday, and Tuesday after Memorial Day.
        #expect(remind.on == .on("2026-05-26"))
        #expect(remind.counted?.workingDays == 2)
        #expect(remind.counted?.after == .on("2026-05-21"))
        #expect(remind.counted?.holidays == [.on("2026-05-25")])
        let cap = try #require(explained.dates.first { $0.step == .cap })
        #expect(cap.counted == nil && cap.on == .on("2026-06-10"))
        await #expect(throws: CaseworkFailure.notFound) {
            try await world.desk.explainDates(of: RequestNumber(bits: 1))
        }
    }

    @Test func `after a change of column every date is counted from the change`() async throws {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        try await world.step("announced") {
            try await world.desk.replaceCalendar(
                of: Cast.maple,
                with: closed("2026-06-01", "2026-07-31")
            )
        }
        let dates = try #require(
            try await world.desk.explainDates(of: request.number).first
        ).dates
        let change = try #require(dates.firstIndex { $0.step == .changeColumn })
        #expect(dates[change].on == .on("2026-06-01"))
        let before = dates[..<change].compactMap(\.counted)
        #expect(!before.isEmpty && before.allSatisfy { $0.after == .on("2026-05-18") })
        // Until it opens again, which is a change of its own.
        let summerPath = dates[change...].dropFirst().prefix { $0.step != .changeColumn }
        let after = summerPath.compactMap(\.counted)
        #expect(!after.isEmpty && after.allSatisfy { $0.after == .on("2026-06-01") })
        let summer = try #require(summerPath.first { $0.step == .askSummerContacts })
        #expect(summer.on == .on("2026-06-01") && summer.counted?.workingDays == 0)
        // One working day after June 1, and not so many after May 18.
        let state = try #require(summerPath.first { $0.step == .tellState })
        #expect(state.on == .on("2026-06-02") && state.counted?.workingDays == 1)
        #expect(state.counted?.holidays == [])
    }

    @Test func `after a promise every date is counted from the day it passed`() async throws {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        let answerer = try await world.open()
        try await world.step("promise") {
            try await world.desk.promise(
                answerer.inquiry,
                day: .on("2026-05-21"),
                note: "",
                by: answerer
            )
        }
        let dates = try #require(
            try await world.desk.explainDates(of: request.number).first
        ).dates
        #expect(dates.first?.step == .promiseDue && dates.first?.on == .on("2026-05-22"))
        let backup = try #require(dates.first { $0.step == .askBackup })
        // Tuesday after Memorial Day.
        #expect(backup.on == .on("2026-05-26"))
        #expect(backup.counted?.workingDays == 1 && backup.counted?.after == .on("2026-05-22"))
        #expect(backup.counted?.holidays == [.on("2026-05-25")])
    }

    // MARK: Kept by people

    private func flood(_ first: String, _ last: String) -> SchoolCalendar.Recess {
        .init(kind: .longBreak, name: "Flood", first: .on(first), last: .on(last))
    }

    @Test func `a closed stretch is added to what counts already, and taken out again`()
        async throws
    {
        let world = try await World(on: "2026-05-18")
        let actor = Cast.clerk.actor
        let before = try await world.desk.keptCalendar(of: Cast.maple)
        let request = try await world.file()
        let closure = flood("2026-05-18", "2026-06-05")
        try await world.step("flood") {
            try await world.desk.addClosure(closure, of: Cast.maple, by: actor)
            try await world.settle()
        }
        #expect(world.mails(to: Cast.mapleSummer, named: "ask").count == 1)
        let with = try await world.desk.keptCalendar(of: Cast.maple)
        #expect(with.calendar.recesses == before.calendar.recesses + [closure])
        try await world.step("again") {
            try await world.desk.addClosure(closure, of: Cast.maple, by: actor)
        }
        #expect(try await world.desk.keptCalendar(of: Cast.maple) == with)
        try await world.step("open") {
            try await world.desk.removeClosure(
                from: closure.first,
                through: closure.last,
                of: Cast.maple,
                by: actor
            )
            try await world.settle()
        }
        #expect(try await world.desk.keptCalendar(of: Cast.maple) == before)
        #expect(try await world.story(of: request).closedUntil == nil)
    }

    @Test func `a school without a calendar begins with the one it went by`() async throws {
        let world = try await World(on: "2026-05-18")
        let elm = School.elm.organization
        let inherited = closed("2026-12-21", "2027-01-01")
        try await world.store.write { session in
            try session.save(inherited, of: .state(School.elm.state))
        }
        let before = try await world.desk.keptCalendar(of: elm)
        #expect(before.owner == .state(School.elm.state))
        let closure = flood("2026-06-01", "2026-06-05")
        try await world.desk.addClosure(closure, of: elm, by: Cast.administrator.actor)
        let after = try await world.desk.keptCalendar(of: elm)
        #expect(after.owner == elm)
        #expect(after.calendar.recesses == inherited.recesses + [closure])
    }

    @Test(arguments: [Cast.registrar, Cast.texas, Cast.outsideClerk, Cast.auditor])
    func `a stranger closes no school`(stranger: StaffAccount) async throws {
        let world = try await World()
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.notAllowed) {
            try await world.desk.addClosure(
                flood("2026-05-18", "2026-06-05"),
                of: Cast.maple,
                by: stranger.actor
            )
        }
        #expect(try await world.everything() == before)
    }

    @Test func `more than a year is no closed stretch`() async throws {
        let world = try await World()
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.dateImpossible) {
            try await world.desk.addClosure(
                flood("2026-05-18", "2028-06-05"),
                of: Cast.maple,
                by: Cast.clerk.actor
            )
        }
        #expect(try await world.everything() == before)
    }
}
