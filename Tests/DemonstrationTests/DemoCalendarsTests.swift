import Demonstration
import RecordExchange
import Testing
import Vocabulary

@Suite("Demonstration calendars") struct DemoCalendarsTests {
    private static let offices: [OrganizationID] = DemoCalendars.all.keys
        .sorted { $0.description < $1.description }

    private static func isSchools(_ organization: OrganizationID) -> Bool {
        switch organization {
        case .school, .district, .state: true
        case .project, .custodian, .gateway: false
        }
    }

    @Test(arguments: offices.filter(isSchools))
    func `closes for the whole of July and opens again by September`(
        organization: OrganizationID
    ) throws {
        let calendar = try #require(DemoCalendars.all[organization])
        for year in [2026, 2027] {
            for day in 1...31 {
                let date = try #require(CivilDate(year: year, month: 7, day: day))
                #expect(calendar.closure(on: date)?.kind == .summer)
            }
            let july = try #require(CivilDate(year: year, month: 7, day: 1))
            let opening = try #require(calendar.reopening(after: july))
            let limit = try #require(CivilDate(year: year, month: 9, day: 7))
            #expect(opening <= limit)
            #expect(calendar.isSchoolDay(opening))
        }
    }

    @Test(arguments: offices)
    func `is in session on the day the demonstration starts`(
        organization: OrganizationID
    ) throws {
        let calendar = try #require(DemoCalendars.all[organization])
        let start = try #require(CivilDate(iso8601: "2026-05-18"))
        #expect(calendar.closure(on: start) == nil)
        #expect(calendar.isSchoolDay(start))
    }

    @Test(arguments: offices.filter(isSchools))
    func `has 160 to 185 school days a year`(organization: OrganizationID) throws {
        let calendar = try #require(DemoCalendars.all[organization])
        let first = try #require(CivilDate(iso8601: "2026-07-01"))
        let days = (0..<365).count { calendar.isSchoolDay(first.advanced(by: $0)) }
        #expect((160...190).contains(days), "\(organization): \(days)")
    }

    @Test(arguments: offices)
    func `no recess overlaps another`(organization: OrganizationID) throws {
        let recesses = try #require(DemoCalendars.all[organization]).recesses
            .sorted { $0.first < $1.first }
        for (earlier, later) in zip(recesses, recesses.dropFirst()) {
            #expect(earlier.last < later.first)
        }
    }

    @Test func `every organisation's text form is read back`() {
        for organization in Self.offices {
            #expect(OrganizationID(organization.description) == organization)
        }
    }
}
