import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Reports and the cap") struct ReportAfterCapTests {
    /// Requests of six children who all waited until the cap, and were answered then.
    private func capped() async throws -> World {
        let world = try await World(on: "2026-05-18")
        for number in 0..<6 { try await world.file { $0.birthDay = "\(10 + number)" } }
        try await world.walk(to: "2026-06-09")
        for request in try await world.everything().requests {
            let inquiry = try await world.inquiry(of: request)
            #expect(inquiry.clock.level == .capped)
            _ = try await world.desk.answer(
                inquiry.id,
                with: .sample(),
                by: .staff(Cast.clerk.actor)
            )
            #expect(try await world.state(of: request) == .sent)
        }
        return world
    }

    @Test func `records that came after the cap never count as arrived`() async throws {
        let world = try await capped()
        let report = try await world.desk.report(
            .state(.texas),
            ReportPeriod(schoolYearEnding: 2026),
            by: Cast.texas.actor
        )
        let side = try #require(report.sides.first)
        #expect(side.figures?.count == 6 && side.figures?.arrived == 0)
        #expect(side.figures?.median == .notReached)
        #expect(side.stops[.afterCap]?.count == 6)
        #expect(side.shares.allSatisfy { $0.percent == 0 })
    }

    @Test func `another school's answer in time counts, whoever reached the cap before`()
        async throws
    {
        let world = try await World(on: "2026-05-18")
        for number in 0..<5 { try await world.file { $0.birthDay = "\(10 + number)" } }
        try await world.walk(to: "2026-06-09")
        for request in try await world.everything().requests {
            try await world.desk.askAnotherSchool(
                request.number,
                School.willow.id,
                by: Cast.california.actor
            )
            try await world.settle()
            try await world.sendRecords(from: Cast.willowOffice)
            #expect(try await world.state(of: request) == .sent)
        }
        let report = try await world.desk.report(
            .state(.texas),
            ReportPeriod(schoolYearEnding: 2026),
            by: Cast.texas.actor
        )
        let figures = try #require(report.sides.first?.figures)
        #expect(figures.count == 5 && figures.arrived == 5)
    }
}
