import Casework
import Hummingbird
import RecordExchange
import RecordLocator
import Rendering
import Vocabulary

/// One person whose entries may be two people's, and all that was ever proposed.
extension StaffRoom {
    func row(_ view: PersonDoubtView, _ purpose: PeoplePurpose?) -> PersonDoubtRow {
        let states = Set(view.person.places.map(\.school.state)).map(schools.stateName).sorted()
        return PersonDoubtRow(
            path: address(.located, view.person.id.description, purpose),
            initials: view.person.name.initials,
            states: states.joined(separator: ", "),
            schools: Set(view.person.places.map(\.school.id)).count,
            foundOn: local(view.doubt.foundAt, Self.capital).date,
            doubts: Self.words(view.parting.reasons),
            isProposed: view.proposal != nil
        )
    }

    func keepAsOne(_ visit: StaffVisit) async throws -> Response {
        try await desk.keepAsOne(try visit.visit.identifier("person"), by: visit.actor)
        return seeOther(.nearMatches, done: .keptAsOne)
    }

    /// Those that wait, or those decided, page by page.
    func proposals(_ visit: StaffVisit) async throws -> Response {
        let purpose = asked(visit)
        let isDecided = visit.visit.query["waiting"] == nil
        let page = try await desk.personProposals(
            open: !isDecided,
            by: visit.actor,
            start: PageStart(visit.visit.query)
        )
        let beside = { (name: String, position: ListPosition?) in
            position.map { "\(all(decided: isDecided, purpose, (name, $0.description)))" } ?? ""
        }
        return frame.page(
            ProposalsPage(
                backPath: purpose.map(list) ?? StaffRoute.nearMatches.path().description,
                isDecided: isDecided,
                rows: page.items.map { row($0, purpose) },
                newerPath: beside("before", page.before),
                olderPath: beside("after", page.after)
            ),
            visit,
            door: .locator
        )
    }

    /// The address of a list of proposals.
    func all(
        decided: Bool,
        _ purpose: PeoplePurpose?,
        _ more: (name: String, value: String) = ("", "")
    ) -> String {
        ListAddress(
            StaffRoute.proposals.path().description,
            [("purpose", purpose?.rawValue ?? ""), ("waiting", decided ? "" : "yes"), more]
        ).description
    }
}
