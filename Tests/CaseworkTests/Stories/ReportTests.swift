import Casework
import RecordExchange
import SeededNumbers
import TestSupport
import Testing
import Vocabulary

@Suite("Reports say how long records took") struct ReportTests {
    private static let year = ReportPeriod(schoolYearEnding: 2026)

    /// Requests of six children, of which `answered` came an hour after they were asked for.
    private func filed(_ count: Int = 6, answered: Int) async throws -> World {
        let world = try await World(on: "2026-05-18")
        for number in 0..<count {
            try await world.file { $0.birthDay = "\(10 + number)" }
            guard number < answered else { continue }
            world.clock.advance(bySeconds: 3_600)
            try await world.sendRecords(2)
        }
        return world
    }

    private func side(
        _ world: World,
        _ scope: RequestReport.Scope,
        _ index: Int,
        by account: StaffAccount
    ) async throws -> RequestReport.Side {
        let report = try await world.desk.report(scope, Self.year, by: account.actor)
        return try #require(report.sides.indices.contains(index) ? report.sides[index] : nil)
    }

    @Test func `every request counts, also what has not come`() async throws {
        let world = try await filed(answered: 3)
        let side = try await side(world, .state(.texas), 0, by: Cast.texas)
        let figures = try #require(side.figures)
        #expect(figures.count == 6)
        #expect(figures.arrived == 3)
        #expect(figures.median == .minutes(60))
        #expect(figures.ninetieth == .notReached)
        // Three of six would tell three children apart.
        #expect(side.shares.isEmpty)
        #expect(Set(side.stops.heldBack) == [.arrived, .notOpened])
        #expect(side.stops.rows.isEmpty)
    }

    @Test func `both schools and both states see the same requests from their side`()
        async throws
    {
        let world = try await filed(answered: 6)
        for (scope, index, account) in [
            (.state(.texas), 0, Cast.texas), (.state(.california), 1, Cast.california),
            (.school(School.oak.id), 0, Cast.registrar),
            (.school(School.maple.id), 1, Cast.clerk), (.gateway, 0, Cast.administrator),
        ] as [(RequestReport.Scope, Int, StaffAccount)] {
            let side = try await side(world, scope, index, by: account)
            #expect(side.figures?.count == 6)
            #expect(side.figures?.median == .minutes(60))
            #expect(side.shares.map(\.percent).allSatisfy { $0 == 100 })
            #expect(side.routes[RequestReport.Route(from: .california, to: .texas)]?.count == 6)
            #expect(side.sessions[.inSession]?.count == 6)
        }
    }

    @Test func `a state's report names its own schools, and no other state's`() async throws {
        let world = try await filed(answered: 6)
        let texas = try await world.desk.report(
            .state(.texas),
            Self.year,
            by: Cast.texas.actor
        )
        #expect(texas.schoolNames == [School.oak.id: "Oak School"])
        #expect(texas.sides[0].schools[School.oak.id]?.count == 6)
        #expect(texas.sides[0].districts[School.oak.district]?.count == 6)
        #expect(texas.sides[1].isEmpty)
        #expect(!texas.csv.contains("Maple"))
        let all = try await world.desk.report(.gateway, Self.year, by: Cast.administrator.actor)
        #expect(all.schoolNames.isEmpty && all.sides[0].schools.rows.isEmpty)
        #expect(!all.csv.contains("School"))
    }

    @Test func `fewer than five students are no report`() async throws {
        let world = try await filed(4, answered: 4)
        let few = try await side(world, .state(.texas), 0, by: Cast.texas)
        #expect(few.figures == nil && !few.isEmpty)
        #expect(few.stops.rows.isEmpty && few.schools.rows.isEmpty && few.shares.isEmpty)
        // A second request about the same child is no fifth child.
        try await world.walk(to: "2026-05-20")
        for number in 0..<4 {
            try await world.store.write { session in
                try session.save(
                    RecordRequest.filed(
                        500 + number,
                        student: .sample(birthDate: "2011-03-1\(number)")
                    )
                )
            }
        }
        let twice = try await side(world, .state(.texas), 0, by: Cast.texas)
        #expect(twice.figures == nil)
        let nobody = try await side(world, .state(.texas), 1, by: Cast.texas)
        #expect(nobody.isEmpty)
    }

    @Test func `what was taken back is not counted`() async throws {
        let world = try await filed(answered: 6)
        for number in 0..<5 {
            let request = try await world.file { $0.birthDay = "\(20 + number)" }
            try await world.desk.cancelRequest(
                request.number,
                reason: .notEnrollingHere,
                note: "",
                by: Cast.registrar.actor
            )
        }
        let side = try await side(world, .state(.texas), 0, by: Cast.texas)
        #expect(side.figures?.count == 6)
        #expect(side.takenBack == 5)
    }

    @Test func `other months have other requests`() async throws {
        let world = try await filed(answered: 6)
        let month = try #require(ReportPeriod.Month("2026-05"))
        let later = try #require(ReportPeriod.Month("2026-06"))
        for (period, count) in [(ReportPeriod(month, month), 6), (ReportPeriod(later, later), 0)] {
            let report = try await world.desk.report(
                .state(.texas),
                period,
                by: Cast.texas.actor
            )
            #expect(report.sides[0].figures?.count ?? 0 == count)
        }
    }

    @Test func `refusals are counted by reason, and a concealed one looks like another`()
        async throws
    {
        let world = try await World(on: "2026-05-18")
        for number in 0..<6 {
            try await world.file { $0.birthDay = "\(10 + number)" }
            let answerer = try await world.open()
            try await world.desk.refuse(
                answerer.inquiry,
                reason: number < 3 ? .missingChild : .neverEnrolled,
                note: "",
                by: answerer
            )
            try await world.settle()
        }
        let side = try await side(world, .state(.texas), 0, by: Cast.texas)
        #expect(side.reasons.rows.map(\.key) == [.neverEnrolled])
        #expect(side.reasons.rows.first?.figures.count == 6)
        #expect(side.figures?.median == .notReached)
        #expect(side.stops[.noSchoolLeft]?.count == 6)
        #expect(side.levels.rows.count + side.levels.heldBack.count >= 1)
    }

    @Test func `an answer by link tells its minutes and fields`() async throws {
        let world = try await World(on: "2026-05-18")
        for number in 0..<6 {
            try await world.file { $0.birthDay = "\(10 + number)" }
            let answerer = try await world.open()
            world.clock.advance(bySeconds: 200)
            let bundle = try await world.desk.answer(
                answerer.inquiry,
                with: .sample(files: 2, firstFile: number * 3 + 1),
                by: answerer
            )
            // One part, two files, name and title.
            #expect(bundle.effort == AnswerEffort(seconds: 200, fields: 5))
            try await world.settle()
        }
        let side = try await side(world, .state(.california), 1, by: Cast.california)
        let effort = try #require(side.effort)
        #expect(effort.answers == 6)
        #expect(effort.minutes == 4)
        #expect(effort.fields == 5)
    }

    @Test func `an answer with an account has fields and no minutes`() async throws {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        let bundle = try await world.desk.answer(
            try await world.inquiry(of: request).id,
            with: .sample(),
            by: .staff(Cast.clerk.actor)
        )
        #expect(bundle.effort?.seconds == nil)
        #expect(bundle.effort?.fields == 5)
    }

    @Test func `closed schools are counted apart`() async throws {
        let world = try await World(on: "2026-07-07")
        for number in 0..<6 { try await world.file { $0.birthDay = "\(10 + number)" } }
        // It opens again; what counts is how it began.
        try await world.walk(to: "2026-08-20")
        let report = try await world.desk.report(
            .state(.texas),
            ReportPeriod(schoolYearEnding: 2027),
            by: Cast.texas.actor
        )
        #expect(report.sides[0].sessions[.closed]?.count == 6)
        #expect(report.sides[0].levels[.capped]?.count == 6)
        #expect(report.sides[0].figures?.median == .notReached)
    }

    @Test func `mailboxes that refuse mail are named to whoever keeps them`() async throws {
        let world = try await World(on: "2026-05-18")
        var office = Cast.mapleOffice
        office.bouncedOn = .on("2026-05-01")
        let bounced = office
        try await world.store.write { try $0.save(bounced) }
        let own = try await world.desk.report(
            .state(.california),
            Self.year,
            by: Cast.california.actor
        )
        #expect(own.unreachable.map(\.organization) == [School.maple.organization])
        #expect(own.unreachable.first?.since == .on("2026-05-01"))
        let other = try await world.desk.report(.state(.texas), Self.year, by: Cast.texas.actor)
        #expect(other.unreachable.isEmpty)
    }

    @Test func `who looked at which report stands in the audit log`() async throws {
        let world = try await filed(answered: 0)
        _ = try await world.desk.report(.state(.texas), Self.year, by: Cast.texas.actor)
        _ = try await world.desk.report(.gateway, Self.year)
        let entries = try await world.store.read { try $0.auditEntries(after: 0, limit: 1_000) }
            .filter { $0.action == "report.read" }
        #expect(entries.map(\.subject) == ["state:TX", "gateway"])
        #expect(entries.map(\.actor) == ["staff:\(Cast.texas.id)", "operator"])
        #expect(entries.first?.detail == "from=2025-07 to=2026-06")
    }

    // MARK: The same cell on two lists

    /// Requests of Oak School, each about another child, at these schools; `nil` asks nobody.
    private func planted(
        _ groups: [(count: Int, holder: School?, events: [InquiryLifecycle.Event])]
    ) async throws -> RequestReport.Side {
        let world = try await World(on: "2026-05-18")
        var number = 0
        for group in groups {
            for _ in 0..<group.count {
                number += 1
                let birthDate = "2011-0\(number / 20 + 1)-\(number % 20 + 10)"
                let request = RecordRequest.filed(number, student: .sample(birthDate: birthDate))
                let asked = group.holder.map { holder in
                    group.events.reduce(Inquiry.asked(number, of: request, at: holder)) {
                        $0.after($1)
                    }
                }
                try await world.store.write { session in
                    try session.save(request)
                    if let asked { try session.save(asked) }
                }
            }
        }
        return try await side(world, .state(.texas), 0, by: Cast.texas)
    }

    @Test func `as many as ever arrived are not told where the stop is held back`() async throws {
        // 18 - 10 - 6 would tell the two that were opened.
        let side = try await planted([
            (6, .maple, [.open, .sendAll]), (10, .maple, []), (2, .maple, [.open]),
        ])
        #expect(side.figures?.count == 18)
        #expect(Set(side.stops.heldBack) == [.arrived, .opened])
        #expect(side.stops[.notOpened]?.count == 10)
        #expect(side.shares.allSatisfy { $0.days != nil })
    }

    @Test func `nobody asked is held back where the route from nowhere is`() async throws {
        // 29 - 20 - 6 would tell the three from Washington.
        let washington = try #require(School.trees.first { $0.state == .washington })
        let side = try await planted([(20, .maple, []), (3, washington, []), (6, nil, [])])
        #expect(side.figures?.count == 29)
        #expect(side.routes[RequestReport.Route(from: .washington, to: .texas)] == nil)
        #expect(side.routes[RequestReport.Route(from: nil, to: .texas)] == nil)
        #expect(side.sessions[.nobodyAsked] == nil)
    }

    // MARK: Whatever is on file

    /// Requests among four schools in three states, some answered, some refused.
    private func crowd(_ seed: UInt64) async throws -> (World, [RecordRequest: School]) {
        let world = try await World(on: "2026-05-18")
        var random = SeededGenerator(seed: seed)
        var holders: [RecordRequest: School] = [:]
        let schools = School.trees
        for number in 1...Int(random.next() % 60 + 5) {
            let from = schools[Int(random.next() % 3)]
            let holder = schools[Int(random.next() % 3)]
            let request = RecordRequest.filed(
                number,
                from: from,
                student: .sample(birthDate: "2011-03-\(10 + random.next() % 20)")
            )
            let asked = Inquiry.asked(number, of: request, at: holder)
            let inquiry = [asked, asked.after(.open), asked.after(.open, .sendAll)][
                Int(random.next() % 3)
            ]
            try await world.store.write { session in
                try session.save(request)
                try session.save(inquiry)
            }
            holders[request] = holder
        }
        return (world, holders)
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func `a table shows no small cell, and hides none alone`(seed: UInt64) async throws {
        let (world, holders) = try await crowd(seed)
        let cast = [Cast.texas, Cast.california, Cast.washington]
        for account in cast {
            let state = try #require(account.actor.watchedStates.first)
            let report = try await world.desk.report(.state(state), Self.year, by: account.actor)
            for side in report.sides where side.figures != nil {
                let own = holders.filter { request, holder in
                    side.kind == .asking
                        ? request.requesterState == state : holder.state == state
                }
                #expect(side.figures?.count == own.count)
                func students(_ route: RequestReport.Route) -> Set<StudentKey> {
                    Set(
                        own.filter {
                            $0.value.state == route.from && $0.key.requesterState == route.to
                        }.map { StudentKey($0.key.student) }
                    )
                }
                for row in side.routes.rows {
                    #expect(students(row.key).count >= Suppression.fewest)
                }
                let hidden = side.routes.heldBack.map(students)
                let together = hidden.reduce(into: Set<StudentKey>()) { $0.formUnion($1) }
                // Of a list that shows no row, nobody sees how many it has.
                let isOneOfMany = hidden.count > 1 || side.routes.rows.isEmpty
                #expect(hidden.isEmpty || isOneOfMany && together.count >= 5)
                let shown = side.routes.rows.reduce(0) { $0 + $1.figures.count }
                #expect(shown <= own.count)
            }
            // What is held back on one side does not stand on the other.
            let within = RequestReport.Route(from: state, to: state)
            let both = report.sides.filter { $0.figures != nil }.map { $0.routes[within] == nil }
            #expect(Set(both).count < 2)
        }
    }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func `the file has what the page has, and nothing else`(seed: UInt64) async throws {
        let (world, _) = try await crowd(seed)
        let report = try await world.desk.report(.state(.texas), Self.year, by: Cast.texas.actor)
        let rows = report.csv.split(separator: "\r\n")
        #expect(rows.count == report.lines.count + 1)
        for side in report.sides {
            let lines = report.lines.filter { $0.side == side.kind }
            #expect(
                lines.filter { $0.table == "route" && $0.count != nil }.count
                    == side.routes.rows.count
            )
            #expect(lines.filter { $0.table == "within" }.count == side.shares.count)
            #expect(lines.first?.count == side.figures?.count)
            for line in lines where line.key == "held back" { #expect(line.count == nil) }
        }
    }

    @Test func `a name in the file is no formula`() async throws {
        let world = try await World(on: "2026-05-18")
        let trap = School(
            id: School.oak.id,
            name: "=cmd|' /C calc'!A0",
            district: School.oak.district,
            districtName: "@District",
            city: "Pecan",
            state: .texas
        )
        try await world.store.write { try $0.save([trap]) }
        for number in 0..<6 { try await world.file { $0.birthDay = "\(10 + number)" } }
        let report = try await world.desk.report(.state(.texas), Self.year, by: Cast.texas.actor)
        #expect(report.csv.contains("\"'=cmd|' /C calc'!A0\""))
        #expect(report.csv.contains("\"'@District\""))
        for field in report.csv.split(whereSeparator: { $0 == "," || $0 == "\r\n" }) {
            #expect(!field.hasPrefix("=") && !field.hasPrefix("\"="))
        }
    }
}
