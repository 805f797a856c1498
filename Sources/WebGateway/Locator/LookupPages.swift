import Casework
import Hummingbird
import Rendering

/// The student record locator, watched over: who asks it, and how much.
extension StaffRoom {
    func lookups(_ visit: StaffVisit) async throws -> Response {
        let rows = try await desk.lookupUse(by: visit.actor).map { use in
            LookupRow(
                kind: use.isPerson ? .person : .school,
                name: use.name,
                place: use.place,
                thisHour: use.thisHour,
                hourLimit: use.share.perHour,
                today: use.today,
                dayLimit: use.share.perDay,
                refused: use.refused,
                isSpent: use.isSpent
            )
        }
        let keepers = StaffRoute.feeds.definition.roles
        let page = LookupsPage(
            rows: rows,
            canFeed: visit.actor.memberships.contains { keepers.contains($0.role) },
            canJoin: !visit.actor.watchedStates.isEmpty
        )
        return frame.page(page, visit, door: .locator)
    }
}

extension LookupUse {
    fileprivate var isPerson: Bool {
        if case .person = holder { true } else { false }
    }
}
