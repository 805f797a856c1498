import RecordExchange
import Vocabulary

/// What is held back of the lists that have cells in common, on all sides of a report together.
///
/// A route within a state is the same requests on both of its sides. Where nobody was asked there
/// is no state that records come from: these routes are together the line "nobody was asked".
struct JoinedLists: Sendable {
    /// What is held back on one side.
    struct Hidden: Sendable {
        let routes: Set<RequestReport.Route>
        let sessions: Set<RequestReport.Session>
    }

    /// For each side.
    let hidden: [Hidden]

    private enum Cell: Hashable {
        /// `side` is `nil` where the cell is the same on all sides.
        case route(RequestReport.Route, side: Int?)
        case session(RequestReport.Session, side: Int)
    }

    /// The requests of each side; `isState` where both sides are of one state.
    init(_ sides: [[ReportFact]], isState: Bool) {
        func cell(_ route: RequestReport.Route, _ side: Int) -> Cell {
            .route(route, side: isState && route.from == route.to ? nil : side)
        }
        var held: [Cell: Set<Int64>] = [:]
        var routes = sides.map { _ in Set<RequestReport.Route>() }
        for (side, facts) in sides.enumerated() {
            for fact in facts {
                routes[side].insert(fact.route)
                held[cell(fact.route, side), default: []].insert(fact.student)
                held[.session(fact.session, side: side), default: []].insert(fact.student)
            }
        }
        // In an order that does not change from run to run.
        var students: [Set<Int64>] = []
        var positions: [Cell: Int] = [:]
        func position(_ cell: Cell) -> Int? {
            if positions[cell] == nil, let those = held[cell] {
                positions[cell] = students.count
                students.append(those)
            }
            return positions[cell]
        }
        var sums: [Suppression.Sum] = []
        for (side, routes) in routes.enumerated() {
            let sorted = routes.sorted()
            let sessions = RequestReport.Session.allCases
                .compactMap { position(.session($0, side: side)) }
            sums.append(Suppression.Sum(of: sessions))
            sums.append(Suppression.Sum(of: sorted.compactMap { position(cell($0, side)) }))
            let nowhere = sorted.filter { $0.from == nil }
                .compactMap { position(cell($0, side)) }
            if let nobody = position(.session(.nobodyAsked, side: side)), !nowhere.isEmpty {
                sums.append(Suppression.Sum(whole: nobody, of: nowhere))
                // All but "nobody was asked" is all routes from somewhere.
                let somewhere = sorted.filter { $0.from != nil }
                    .compactMap { position(cell($0, side)) }
                sums.append(Suppression.Sum(of: somewhere, beside: nobody))
            }
        }
        let found = Suppression(students, sums: sums).hidden
        func isHidden(_ cell: Cell) -> Bool { positions[cell].map(found.contains) ?? false }
        hidden = routes.enumerated().map { side, routes in
            Hidden(
                routes: routes.filter { isHidden(cell($0, side)) },
                sessions: Set(
                    RequestReport.Session.allCases.filter { isHidden(.session($0, side: side)) }
                )
            )
        }
    }
}

extension ReportFact {
    var route: RequestReport.Route { RequestReport.Route(from: holderState, to: requesterState) }

    var session: RequestReport.Session {
        wasClosed.map { $0 ? .closed : .inSession } ?? .nobodyAsked
    }

    /// Completed with nothing that was acceptable did not arrive, so that as many arrived as have
    /// a time.
    var countedStop: ReportStop {
        stop == .arrived && wait == .notReached ? .unfilled : stop
    }
}
