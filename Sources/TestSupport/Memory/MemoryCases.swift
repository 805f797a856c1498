import Casework
import RecordExchange
import Vocabulary

extension MemoryCaseSession {
    func request(_ id: RecordRequest.ID) throws -> RecordRequest? { state.requests[id] }

    func request(numbered number: RequestNumber) throws -> RecordRequest? {
        state.requests.values.first { $0.number == number }
    }

    func requests(from school: SchoolID, open: Bool, limit: Int) throws -> [RecordRequest] {
        let found = state.requests.values.filter { $0.requester == school && $0.isOpen == open }
        return Array(found.sorted { ($0.filedAt, $0.id) > ($1.filedAt, $1.id) }.prefix(limit))
    }

    func save(_ request: RecordRequest) throws {
        try change { state in
            let holder = state.requests.values.first { $0.number == request.number }
            try refuse(holder.map { $0.id != request.id } ?? false, "request number")
            state.requests[request.id] = request
        }
    }

    func followers(of request: RecordRequest.ID) throws -> [StaffID] {
        state.followers[request] ?? []
    }

    func addFollower(_ staff: StaffID, to request: RecordRequest.ID) throws {
        try change { state in
            try require(state.requests[request] != nil, "followers need their request")
            guard state.followers[request]?.contains(staff) != true else { return }
            state.followers[request, default: []].append(staff)
        }
    }

    func inquiry(_ id: Inquiry.ID) throws -> Inquiry? { state.inquiries[id] }

    func inquiries(of request: RecordRequest.ID) throws -> [Inquiry] {
        state.inquiries.values.filter { $0.request == request }
            .sorted { $0.sequence < $1.sequence }
    }

    func inquiries(waitingFor holder: OrganizationID, limit: Int) throws -> [Inquiry] {
        oldestFirst(state.inquiries.values.filter { $0.holder == holder && $0.isLive }, limit)
    }

    func save(_ inquiry: Inquiry) throws {
        try change { state in
            try require(state.requests[inquiry.request] != nil, "an inquiry needs its request")
            let isTaken = state.inquiries.values.contains { other in
                other.id != inquiry.id && other.request == inquiry.request
                    && other.sequence == inquiry.sequence
            }
            try refuse(isTaken, "inquiry sequence")
            state.inquiries[inquiry.id] = inquiry
        }
    }

    func stateQueue(of code: StateCode, all: Bool, limit: Int) throws -> [Inquiry] {
        let found = state.inquiries.values.filter { inquiry in
            inquiry.holderState == code && (inquiry.isLive || inquiry.status == .timedOut)
                && (all || inquiry.clock.level >= .state)
                && state.requests[inquiry.request]?.isOpen == true
        }
        return oldestFirst(found, limit)
    }

    func requestsWithoutLocation(
        ownedBy code: StateCode,
        limit: Int
    ) throws -> [RecordRequest] {
        let busy = Set(
            state.inquiries.values.filter { $0.isLive || $0.status == .sent }.map(\.request)
        )
        let found = state.requests.values.filter { request in
            request.requesterState == code && request.isOpen && !busy.contains(request.id)
        }
        return Array(found.sorted { ($0.filedAt, $0.id) < ($1.filedAt, $1.id) }.prefix(limit))
    }

    func requestsWithoutReceipt(
        ownedBy code: StateCode,
        limit: Int
    ) throws -> [RecordRequest] {
        let troubled = Set(state.receipts.values.filter(\.isTrouble).map(\.request))
        let found = state.requests.values.filter { request in
            request.requesterState == code && request.isOpen && troubled.contains(request.id)
        }
        return Array(found.sorted { ($0.filedAt, $0.id) < ($1.filedAt, $1.id) }.prefix(limit))
    }

    func setTimer(_ inquiry: Inquiry.ID, due: Instant) throws {
        try change { state in
            try require(state.inquiries[inquiry] != nil, "a timer needs its inquiry")
            state.timers[inquiry] = due
        }
    }

    func clearTimer(_ inquiry: Inquiry.ID) throws {
        try change { $0.timers[inquiry] = nil }
    }

    func timer(of inquiry: Inquiry.ID) throws -> Instant? { state.timers[inquiry] }

    func dueTimers(by instant: Instant, limit: Int) throws -> [Inquiry.ID] {
        state.timers.filter { $0.value <= instant }
            .sorted { ($0.value, $0.key) < ($1.value, $1.key) }.prefix(limit).map(\.key)
    }

    func nextTimer() throws -> Instant? { state.timers.values.min() }

    private func oldestFirst(_ inquiries: [Inquiry], _ limit: Int) -> [Inquiry] {
        Array(inquiries.sorted { ($0.askedAt, $0.id) < ($1.askedAt, $1.id) }.prefix(limit))
    }
}
