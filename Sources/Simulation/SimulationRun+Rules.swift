import Casework
import RecordExchange
import StudentRecords
import Vocabulary

/// The rules of the plan, by their numbers; checked on what a step touched, and every day, or as
/// often as the plan says, on everything.
extension SimulationRun {
    /// What is on file about one request, to see that nothing changed.
    struct Fingerprint: Equatable {
        let request: RecordRequest?
        let inquiries: [Inquiry]
        let bundles: [RecordBundle]
        let events: Int
        let timers: [Instant?]
    }

    func fingerprint(of id: RecordRequest.ID) async throws -> Fingerprint {
        try await store.read { session in
            let inquiries = try session.inquiries(of: id)
            return Fingerprint(
                request: try session.request(id),
                inquiries: inquiries,
                bundles: try session.bundles(of: id),
                events: try session.events(of: id).count,
                timers: try inquiries.map { try session.timer(of: $0.id) }
            )
        }
    }

    func fault(_ step: String, _ faults: [String]) -> SimulationFault {
        SimulationFault(
            step: "\(step) on \(clock.today(in: world.states[0].code))",
            faults: faults,
            seed: plan.seed
        )
    }

    /// Whether all that is open is looked at today.
    var isDayOfLooking: Bool {
        clock.today(in: world.states[0].code).dayNumber.isMultiple(of: plan.lookEvery)
    }

    /// Everything that is open.
    func checkEverything(_ step: String) async throws {
        try await check(step, open)
        open.removeAll { ended[$0] != nil }
    }

    func check(_ step: String, _ requests: some Sequence<RecordRequest.ID>) async throws {
        for id in requests {
            let faults = try await faults(of: id)
            if !faults.isEmpty { throw fault(step, faults) }
        }
    }

    private func faults(of id: RecordRequest.ID) async throws -> [String] {
        let facts = try await store.read { session in try RequestFacts(id, session) }
        guard let facts else { return ["a request is gone"] }
        note(facts)
        var faults = facts.faults
        if let before = ended[id], facts.request.conclusion != before {
            faults.append("1: an end changed")
        }
        if let conclusion = facts.request.conclusion { ended[id] = conclusion }
        // 3: a missing child's flag is unreachable for the requester.
        guard let registrar = world.registrars[facts.request.requester] else { return faults }
        let story = try await desk.story(of: facts.request.number, by: Actor(registrar))
        if story.inquiries.contains(where: { $0.reason?.isConcealed == true }) {
            faults.append("3: a concealed reason is shown")
        }
        let isTold = story.events.contains { event in
            if case .notFilled(let reason, _, _) = event.kind { reason.isConcealed } else { false }
        }
        if isTold { faults.append("3: a concealed reason is told") }
        if facts.request.isOpen, story.next == nil { faults.append("4: no next step is shown") }
        return faults
    }

    /// The day on which the record was there.
    private func note(_ facts: RequestFacts) {
        let id = facts.request.id
        guard !arrived.contains(id), let filed = filedAt[id], let at = facts.completeAt else {
            return
        }
        arrived.insert(id)
        let days = Int(filed.seconds(to: at) / 86_400)
        figures.days.append(days)
        if filedInRecess.contains(id) { figures.daysFiledInRecess.append(days) }
    }
}

/// One request with all that belongs to it, judged by the plan's rules.
private struct RequestFacts: Sendable {
    let request: RecordRequest
    let inquiries: [Inquiry]
    let faults: [String]
    /// When the first complete answer came; what came after the cap never counts as arrived.
    let completeAt: Instant?

    init?(_ id: RecordRequest.ID, _ session: any CaseSession) throws {
        guard let request = try session.request(id) else { return nil }
        let inquiries = try session.inquiries(of: id)
        let bundles = try session.bundles(of: id)
        self.request = request
        self.inquiries = inquiries
        completeAt =
            inquiries.contains { $0.status == .sent && $0.clock.level < .capped }
            ? bundles.compactMap { $0.seal == nil ? nil : $0.answeredAt }.max() : nil
        var faults: [String] = []
        let live = inquiries.filter(\.isLive)
        // 1: what ended accepts nothing and is quiet.
        if !request.isOpen {
            if !live.isEmpty { faults.append("1: a live inquiry after the end") }
            if try inquiries.contains(where: { try session.timer(of: $0.id) != nil }) {
                faults.append("1: a timer after the end")
            }
        }
        // 2: no byte without a disclosure.
        let disclosed = Set(try session.disclosures(of: id).map(\.bundle))
        for bundle in bundles where bundle.receivedAt != nil && !disclosed.contains(bundle.id) {
            faults.append("2: a bundle was received without a disclosure")
        }
        // 4: a timer, or an owner in a queue.
        for inquiry in live {
            let timer = try session.timer(of: inquiry.id)
            if timer == nil, inquiry.clock.level < .state {
                faults.append("4: a \(inquiry.status) inquiry has no timer and no owner")
            }
        }
        if request.isOpen, live.isEmpty, !inquiries.contains(where: { $0.status == .sent }) {
            let owned = try session.requestsWithoutLocation(
                ownedBy: request.requesterState,
                limit: 100_000
            )
            if !owned.contains(where: { $0.id == id }) {
                faults.append("4: a request has no owner")
            }
        }
        // 6: one promise, unless several schools were asked at once.
        let accepted = inquiries.count { $0.status == .accepted }
        if accepted > 1, request.asksInParallel != true { faults.append("6: two promises") }
        // 8: the level that the story tells is the clock's own.
        let events = try session.events(of: id)
        for inquiry in live {
            let told = events.filter { $0.inquiry == inquiry.id }.compactMap {
                event -> ClockLevel? in
                if case .ladder(_, let level, _) = event.kind { level } else { nil }
            }.max()
            if let told, told > inquiry.clock.level {
                faults.append("8: the story tells another level than the clock")
            }
        }
        self.faults = faults
    }
}
