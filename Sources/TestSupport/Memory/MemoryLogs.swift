import Casework
import RecordExchange
import Vocabulary

extension MemoryCaseSession {
    func enqueue(_ effect: Effect) throws {
        try change { state in
            try refuse(state.effects[effect.id] != nil, "effect")
            state.effects[effect.id] = effect
        }
    }

    func effect(_ id: Effect.ID) throws -> Effect? { state.effects[id] }

    func dueEffects(by instant: Instant, limit: Int) throws -> [Effect] {
        let due = state.effects.values.filter { $0.status == .waiting && $0.due <= instant }
        return Array(due.sorted { ($0.due, $0.id) < ($1.due, $1.id) }.prefix(limit))
    }

    func save(_ effect: Effect) throws {
        try change { $0.effects[effect.id] = effect.erasedWhereDone }
    }

    func troubledEffects(limit: Int) throws -> [Effect] {
        let troubled = state.effects.values.filter(\.isTroubled)
        return Array(
            troubled.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }.prefix(limit)
        )
    }

    func noteMail(
        _ effect: Effect.ID,
        to address: EmailAddress,
        on day: CivilDate,
        isHeld: Bool
    ) throws {
        try change { state in
            try require(state.effects[effect] != nil, "a mail's day needs its effect")
            state.mailDays[effect] = MailDay(address: address, day: day, isHeld: isHeld)
        }
    }

    func singleMails(to address: EmailAddress, on day: CivilDate) throws -> Int {
        state.mailDays.values.count { $0.address == address && $0.day == day && !$0.isHeld }
    }

    func heldMails(to address: EmailAddress) throws -> [Effect] {
        state.mailDays.filter { $0.value.address == address && $0.value.isHeld }
            .compactMap { state.effects[$0.key] }
            .filter { $0.status == .waiting }
            .sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }

    func nextEffect() throws -> Instant? {
        state.effects.values.filter { $0.status == .waiting }.map(\.due).min()
    }

    func append(_ event: TimelineEvent) throws {
        try change { state in
            try require(state.requests[event.request] != nil, "an event needs its request")
            let isNew = state.eventsThere.insert(event.id).inserted
            try refuse(!isNew, "timeline event")
            state.timeline[event.request, default: []].append(event)
        }
    }

    func events(of request: RecordRequest.ID) throws -> [TimelineEvent] {
        inOrder(state.timeline[request] ?? [], \.at)
    }

    func append(_ disclosure: DisclosureRecord) throws {
        try change { state in
            try require(
                state.requests[disclosure.request] != nil,
                "a disclosure needs its request"
            )
            try require(state.bundles[disclosure.bundle] != nil, "a disclosure needs its bundle")
            try refuse(state.disclosures.contains { $0.id == disclosure.id }, "disclosure")
            state.disclosures.append(disclosure)
        }
    }

    func disclosures(of request: RecordRequest.ID) throws -> [DisclosureRecord] {
        inOrder(state.disclosures.filter { $0.request == request }, \.at)
    }

    func disclosures(by holder: OrganizationID, limit: Int) throws -> [DisclosureRecord] {
        Array(inOrder(state.disclosures.filter { $0.holder == holder }, \.at).prefix(limit))
    }

    func lastAuditEntry() throws -> AuditEntry? { state.audit.last }

    func append(_ entry: AuditEntry) throws {
        try change { state in
            let next = (state.audit.last?.sequence ?? 0) + 1
            try refuse(entry.sequence != next, "audit sequence")
            state.audit.append(entry)
        }
    }

    func auditEntries(after sequence: Int64, limit: Int) throws -> [AuditEntry] {
        // The first has the sequence 1, and none is left out.
        Array(state.audit.dropFirst(Int(max(0, sequence))).prefix(limit))
    }

    /// By instant, and in the order of appending within one: Swift's sort is stable in practice
    /// but does not promise it.
    private func inOrder<Row>(_ rows: [Row], _ at: KeyPath<Row, Instant>) -> [Row] {
        // Most are appended as they happen.
        if zip(rows, rows.dropFirst()).allSatisfy({ $0[keyPath: at] <= $1[keyPath: at] }) {
            return rows
        }
        return rows.enumerated()
            .sorted { ($0.element[keyPath: at], $0.offset) < ($1.element[keyPath: at], $1.offset) }
            .map(\.element)
    }
}
