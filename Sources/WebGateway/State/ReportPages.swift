import Casework
import Hummingbird
import RecordExchange
import Rendering
import Vocabulary

/// How long records take, for those who can do something about it.
extension StaffRoom {
    func report(_ visit: StaffVisit) async throws -> Response {
        let order = try ReportOrder(visit, today: today(visit))
        let report = try await desk.report(order.scope, order.period, by: visit.actor)
        let page = ReportPage(
            place: try await place(order.scope),
            scopes: try await tabs(order),
            scope: order.scopes.count > 1 ? order.scope.organization.description : "",
            first: order.period.firstDay,
            last: order.period.lastDay,
            years: years(order),
            firstMonths: order.months(chosen: order.period.first),
            lastMonths: order.months(chosen: order.period.last),
            filePath: report.sides.contains { $0.figures != nil }
                ? address(.reportCSV, order, order.period) : "",
            sides: report.sides.enumerated().map { side($1, index: $0 + 1, of: report) },
            unreachable: try await unreachable(report, visit)
        )
        return frame.page(page, visit, door: .reports)
    }

    func reportCSV(_ visit: StaffVisit) async throws -> Response {
        let order = try ReportOrder(visit, today: today(visit))
        let report = try await desk.report(order.scope, order.period, by: visit.actor)
        var response = Response.text(report.csv, mediaType: "text/csv; charset=utf-8")
        let months = "\(order.period.first)-to-\(order.period.last)"
        response.headers[.contentDisposition] =
            ContentDisposition.attachment("mochila-report-\(months).csv")
        return response
    }

    private func today(_ visit: StaffVisit) -> CivilDate {
        desk.time.today(in: visit.actor.watchedStates.first ?? Self.capital)
    }

    private func place(_ scope: RequestReport.Scope) async throws -> String {
        switch scope {
        case .state(let state): schools.stateName(state)
        case .school, .gateway: try await desk.name(of: scope.organization)
        }
    }

    // MARK: Whose, and when

    private func tabs(_ order: ReportOrder) async throws -> [ReportTab] {
        guard order.scopes.count > 1 else { return [] }
        var tabs: [ReportTab] = []
        for scope in order.scopes {
            var other = order
            other.scope = scope
            tabs.append(
                ReportTab(
                    name: try await place(scope),
                    path: address(.report, other, order.period),
                    isCurrent: scope == order.scope
                )
            )
        }
        return tabs
    }

    /// This school year and the two before it.
    private func years(_ order: ReportOrder) -> [ReportYear] {
        let current = ReportPeriod(schoolYearOf: order.today).last.year
        return (0..<3).map { back in
            ReportYear(
                ending: current - back,
                path: address(
                    .report,
                    order,
                    ReportPeriod(schoolYearEnding: current - back)
                ),
                isCurrent: order.period.schoolYear == current - back
            )
        }
    }

    private func address(
        _ route: StaffRoute,
        _ order: ReportOrder,
        _ period: ReportPeriod
    ) -> String {
        ListAddress(
            route.path().description,
            [
                ("of", order.scopes.count > 1 ? order.scope.organization.description : ""),
                ("from", period.first.description), ("to", period.last.description),
            ]
        ).description
    }

    // MARK: What stands in it

    private func side(
        _ side: RequestReport.Side,
        index: Int,
        of report: RequestReport
    ) -> ReportSide {
        guard let figures = side.figures else {
            return ReportSide(index: index, kind: side.kind, isEmpty: side.isEmpty)
        }
        let times = [
            table(.sessions, side.sessions) { $0 },
            table(.routes, side.routes, label: route),
            table(.districts, side.districts) {
                ReportName.place(name: report.districtNames[$0] ?? $0.description)
            },
            table(.schools, side.schools) {
                ReportName.place(name: report.schoolNames[$0] ?? $0.description)
            },
        ]
        let counts = [
            table(.stops, side.stops) { $0 }, table(.levels, side.levels) { $0 },
            table(.reasons, side.reasons) { $0 },
        ]
        return ReportSide(
            index: index,
            kind: side.kind,
            isEmpty: false,
            total: Rendering.ReportLine(ReportHeading.total, figures),
            takenBack: side.takenBack ?? 0,
            chart: ShareChart(side.shares),
            times: times.filter { !$0.lines.isEmpty || $0.holdsBack },
            counts: counts.filter { !$0.lines.isEmpty || $0.holdsBack },
            effort: side.effort.map {
                EffortLine(answers: $0.answers, minutes: $0.minutes, fields: $0.fields)
            }
        )
    }

    private func table<Key>(
        _ heading: ReportHeading,
        _ breakdown: RequestReport.Breakdown<Key>,
        label: (Key) -> any Worded
    ) -> ReportTable {
        ReportTable(
            heading,
            breakdown.rows.map { Rendering.ReportLine(label($0.key), $0.figures) },
            holdsBack: !breakdown.heldBack.isEmpty
        )
    }

    private func route(_ route: RequestReport.Route) -> any Worded {
        let to = schools.stateName(route.to)
        return route.from.map { ReportName.route(from: schools.stateName($0), to: to) }
            ?? ReportName.nowhere(to: to)
    }

    private func unreachable(
        _ report: RequestReport,
        _ visit: StaffVisit
    ) async throws -> [UnreachableRow] {
        var rows: [UnreachableRow] = []
        for office in report.unreachable {
            let keeps = try await desk.mayKeep(office.organization, by: visit.actor)
            rows.append(
                UnreachableRow(
                    name: office.name,
                    role: office.role,
                    since: office.since,
                    path: keeps
                        ? StaffRoute.organization.path(office.organization.description)
                            .description : ""
                )
            )
        }
        return rows
    }
}

/// Which report an address asks for.
private struct ReportOrder {
    let scopes: [RequestReport.Scope]
    var scope: RequestReport.Scope
    let period: ReportPeriod
    let today: CivilDate

    /// What the address leaves out or misspells is the first report, of this school year; one that
    /// is somebody else's is not there.
    init(_ visit: StaffVisit, today: CivilDate) throws {
        scopes = visit.actor.reportScopes
        self.today = today
        guard let first = scopes.first else { throw GatewayFailure.forbidden }
        if let wanted = visit.visit.query["of"], !wanted.isEmpty {
            guard let scope = scopes.first(where: { $0.organization.description == wanted })
            else { throw GatewayFailure.notFound }
            self.scope = scope
        } else {
            scope = first
        }
        let months = ["from", "to"].map {
            visit.visit.query[$0].flatMap { ReportPeriod.Month($0) }
        }
        let year = ReportPeriod(schoolYearOf: today)
        period =
            months.contains(where: { $0 != nil })
            ? ReportPeriod(
                months[0] ?? months[1] ?? year.first,
                months[1] ?? months[0] ?? year.last
            ) : year
    }

    /// The last four school years, and what was chosen.
    func months(chosen: ReportPeriod.Month) -> [MonthChoice] {
        let last = ReportPeriod(schoolYearOf: today).last.number
        let numbers = Set(last - 47...last).union([chosen.number])
        return numbers.sorted(by: >).map { number in
            let month = ReportPeriod.Month(number: number)
            return MonthChoice(
                value: month.description,
                day: month.firstDay,
                isChosen: month == chosen
            )
        }
    }
}
