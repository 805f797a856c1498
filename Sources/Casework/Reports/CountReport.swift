import RecordExchange
import Vocabulary

/// Counts facts into the sides of a report.
///
/// Both sides of a state are counted together: a request within the state is on both, and what is
/// held back on one must not stand on the other.
struct ReportCount: Sendable {
    /// The facts of one side.
    private struct Heap: Sendable {
        let kind: RequestReport.Side.Kind
        var requests: [ReportFact] = []
        var takenBack = Tally()
        var reasons: [ReasonCode: Tally] = [:]
        var effort = Tally()
        var fields: [Int] = []
    }

    /// Requests about one thing.
    struct Tally: Sendable {
        private(set) var students: Set<Int64> = []
        private(set) var waits: [Int] = []
        private(set) var count = 0

        mutating func add(_ student: Int64, _ wait: Wait) {
            students.insert(student)
            count += 1
            if case .minutes(let minutes) = wait { waits.append(minutes) }
        }

        var figures: Percentiles { Percentiles(arrived: waits, of: count) }
    }

    private let scope: RequestReport.Scope
    private let districtOf: @Sendable (SchoolID) -> DistrictID
    private var heaps: [Heap]

    init(
        _ scope: RequestReport.Scope,
        districtOf: @escaping @Sendable (SchoolID) -> DistrictID
    ) {
        self.scope = scope
        self.districtOf = districtOf
        heaps = scope.kinds.map { Heap(kind: $0) }
    }

    /// Takes a fact of the `side`th of the scope's sides.
    mutating func add(_ fact: ReportFact, toSide side: Int) {
        if fact.speaks {
            if fact.stop == .takenBack {
                heaps[side].takenBack.add(fact.student, .notReached)
            } else {
                heaps[side].requests.append(fact)
            }
        }
        if let reason = fact.reason {
            heaps[side].reasons[reason, default: Tally()].add(fact.student, .notReached)
        }
        if let effort = fact.effort, let minutes = effort.minutes {
            heaps[side].effort.add(fact.student, .minutes(minutes))
            heaps[side].fields.append(effort.fields)
        }
    }

    var sides: [RequestReport.Side] {
        let joined = JoinedLists(heaps.map(\.requests), isState: scope.namesSchools)
        return heaps.enumerated().map { side($1, joined.hidden[$0]) }
    }

    private func side(_ heap: Heap, _ joined: JoinedLists.Hidden) -> RequestReport.Side {
        var total = Tally()
        for fact in heap.requests { total.add(fact.student, fact.wait) }
        let isShown = total.students.count >= Suppression.fewest
        let (schools, districts) = isShown && scope.namesSchools ? places(heap) : ([:], [:])
        let hiddenPlaces = hidden(schools, in: districts)
        func apart<Key>(
            _ key: (ReportFact) -> Key,
            hidden heldBack: Set<Key>? = nil
        ) -> RequestReport.Breakdown<Key> {
            guard isShown else { return breakdown([:], hidden: []) }
            let cells = tallies(heap.requests, key)
            return breakdown(cells, hidden: heldBack ?? hidden(cells))
        }
        let stops = apart(\.countedStop)
        let reasons = isShown ? heap.reasons : [:]
        return RequestReport.Side(
            kind: heap.kind,
            isEmpty: heap.requests.isEmpty,
            figures: isShown ? total.figures : nil,
            takenBack: heap.takenBack.students.count >= Suppression.fewest
                ? heap.takenBack.count : nil,
            shares: isShown ? shares(heap, stops) : [],
            schools: breakdown(schools, hidden: hiddenPlaces.schools),
            districts: breakdown(districts, hidden: hiddenPlaces.districts),
            routes: apart(\.route, hidden: joined.routes),
            sessions: apart(\.session, hidden: joined.sessions),
            stops: stops,
            levels: apart(\.level),
            reasons: breakdown(reasons, hidden: hidden(reasons)),
            effort: isShown ? effort(heap) : nil
        )
    }

    /// "Ever" is the same figure as the stop "arrived": where that is held back, so is "ever", and
    /// no step may come close to what the other stops leave.
    private func shares(
        _ heap: Heap,
        _ stops: RequestReport.Breakdown<ReportStop>
    ) -> [ShareWithin] {
        let hidesEver = stops.heldBack.contains(.arrived)
        let waits = heap.requests
            .filter { !hidesEver || stops.heldBack.contains($0.countedStop) }
            .map { ShareWithin.Waited(student: $0.student, wait: $0.wait) }
        return ShareWithin.shown(waits, of: heap.requests.count, hidesEver: hidesEver)
    }

    private func effort(_ heap: Heap) -> RequestReport.Effort? {
        guard heap.effort.students.count >= Suppression.fewest,
            case .minutes(let minutes) = Percentiles.rank(
                50,
                heap.effort.waits.sorted(),
                of: heap.effort.count
            ),
            case .minutes(let fields) = Percentiles.rank(
                50,
                heap.fields.sorted(),
                of: heap.fields.count
            )
        else { return nil }
        return RequestReport.Effort(
            answers: heap.effort.count,
            minutes: minutes,
            fields: fields
        )
    }

    // MARK: Schools within districts

    private func places(
        _ heap: Heap
    ) -> (schools: [SchoolID: Tally], districts: [DistrictID: Tally]) {
        var schools: [SchoolID: Tally] = [:]
        var districts: [DistrictID: Tally] = [:]
        for fact in heap.requests {
            guard let school = heap.kind.school(of: fact) else { continue }
            schools[school, default: Tally()].add(fact.student, fact.wait)
            districts[districtOf(school), default: Tally()].add(fact.student, fact.wait)
        }
        return (schools, districts)
    }

    private func hidden(
        _ schools: [SchoolID: Tally],
        in districts: [DistrictID: Tally]
    ) -> (schools: Set<SchoolID>, districts: Set<DistrictID>) {
        let districtKeys = districts.keys.sorted()
        let schoolKeys = schools.keys.sorted()
        let offset = districtKeys.count
        var parts: [DistrictID: [Int]] = [:]
        for (index, school) in schoolKeys.enumerated() {
            parts[districtOf(school), default: []].append(offset + index)
        }
        let students =
            districtKeys.map { districts[$0]?.students ?? [] }
            + schoolKeys.map { schools[$0]?.students ?? [] }
        let sums =
            [Suppression.Sum(of: Array(districtKeys.indices))]
            + districtKeys.enumerated().map { index, district in
                Suppression.Sum(whole: index, of: parts[district] ?? [])
            }
        let hidden = Suppression(students, sums: sums).hidden
        return (
            Set(hidden.filter { $0 >= offset }.map { schoolKeys[$0 - offset] }),
            Set(hidden.filter { $0 < offset }.map { districtKeys[$0] })
        )
    }

    // MARK: Cells

    private func tallies<Key: Hashable>(
        _ facts: [ReportFact],
        _ key: (ReportFact) -> Key
    ) -> [Key: Tally] {
        var cells: [Key: Tally] = [:]
        for fact in facts { cells[key(fact), default: Tally()].add(fact.student, fact.wait) }
        return cells
    }

    /// Held back of parts of a total that is shown.
    private func hidden<Key>(_ cells: [Key: Tally]) -> Set<Key> {
        // In an order that does not change from run to run.
        let keys = cells.keys.sorted { "\($0)" < "\($1)" }
        let students = keys.map { cells[$0]?.students ?? [] }
        let hidden = Suppression(students, sums: [Suppression.Sum(of: Array(keys.indices))]).hidden
        return Set(hidden.map { keys[$0] })
    }

    /// The most asked first.
    private func breakdown<Key>(
        _ cells: [Key: Tally],
        hidden: Set<Key>
    ) -> RequestReport.Breakdown<Key> {
        let rows = cells.filter { !hidden.contains($0.key) }
            .map { RequestReport.Row(key: $0.key, figures: $0.value.figures) }
            .sorted {
                $0.figures.count == $1.figures.count
                    ? "\($0.key)" < "\($1.key)" : $0.figures.count > $1.figures.count
            }
        return RequestReport.Breakdown(
            rows: rows,
            heldBack: hidden.sorted { "\($0)" < "\($1)" }
        )
    }
}

extension RequestReport.Scope {
    var kinds: [RequestReport.Side.Kind] {
        self == .gateway ? [.all] : [.asking, .answering]
    }

    var namesSchools: Bool {
        if case .state = self { true } else { false }
    }
}

extension RequestReport.Side.Kind {
    /// The school of a side's own.
    func school(of fact: ReportFact) -> SchoolID? {
        switch self {
        case .asking: fact.requester
        case .answering: fact.holder
        case .all: nil
        }
    }
}
