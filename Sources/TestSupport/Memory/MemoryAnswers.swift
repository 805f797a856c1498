import Casework
import RecordExchange
import Vocabulary

extension MemoryCaseSession {
    func bundle(_ id: RecordBundle.ID) throws -> RecordBundle? { state.bundles[id] }

    func bundle(sealedAs sha256: String) throws -> RecordBundle? {
        state.bundles.values.first { $0.seal?.sha256 == sha256 }
    }

    func bundles(of request: RecordRequest.ID) throws -> [RecordBundle] {
        state.bundles.values.filter { $0.request == request }
            .sorted { $0.sequence < $1.sequence }
    }

    func save(_ bundle: RecordBundle) throws {
        try change { state in
            try require(state.requests[bundle.request] != nil, "a bundle needs its request")
            try require(state.inquiries[bundle.inquiry] != nil, "a bundle needs its inquiry")
            let isTaken = state.bundles.values.contains { other in
                other.id != bundle.id && other.request == bundle.request
                    && other.sequence == bundle.sequence
            }
            try refuse(isTaken, "bundle sequence")
            state.bundles[bundle.id] = bundle
        }
    }

    func delivery(_ id: Delivery.ID) throws -> Delivery? { state.deliveries[id] }

    func deliveries(of bundle: RecordBundle.ID) throws -> [Delivery] {
        state.deliveries.values.filter { $0.bundle == bundle }.sorted { $0.id < $1.id }
    }

    func deliveries(
        by way: Delivery.Way,
        in status: Delivery.Status,
        limit: Int
    ) throws -> [Delivery] {
        let found = state.deliveries.values.filter { $0.way == way && $0.status == status }
        return Array(found.sorted { $0.id < $1.id }.prefix(limit))
    }

    func save(_ delivery: Delivery) throws {
        try change { state in
            try require(state.bundles[delivery.bundle] != nil, "a delivery needs its bundle")
            try require(state.requests[delivery.request] != nil, "a delivery needs its request")
            state.deliveries[delivery.id] = delivery
        }
    }

    func outcomes(of bundle: RecordBundle.ID) throws -> [CreditOutcome] {
        state.outcomes.filter { $0.bundle == bundle }.sorted { $0.number < $1.number }
    }

    func outcomes(about holder: OrganizationID, limit: Int) throws -> [CreditOutcome] {
        let found = state.outcomes.filter { $0.holder == holder }
            .sorted { ($1.at, $1.number, $0.id) < ($0.at, $0.number, $1.id) }
        return Array(found.prefix(limit))
    }

    func append(_ outcome: CreditOutcome) throws {
        try change { state in
            try require(state.requests[outcome.request] != nil, "credit_outcomes.request")
            try require(state.bundles[outcome.bundle] != nil, "credit_outcomes.bundle")
            let isTaken = state.outcomes.contains {
                $0.bundle == outcome.bundle && $0.number == outcome.number
            }
            if isTaken { throw StoreConflict("statement about a bundle") }
            state.outcomes.append(outcome)
        }
    }

    func receipt(of delivery: Delivery.ID) throws -> Receipt? { state.receipts[delivery] }

    func receipts(of request: RecordRequest.ID) throws -> [Receipt] {
        oldestFirst(state.receipts.values.filter { $0.request == request })
    }

    func dueReceipts(limit: Int) throws -> [Receipt] {
        Array(oldestFirst(state.receipts.values.filter(\.isDue)).prefix(limit))
    }

    func save(_ receipt: Receipt) throws {
        try change { state in
            try require(state.deliveries[receipt.delivery] != nil, "receipts.delivery")
            state.receipts[receipt.delivery] = receipt
        }
    }

    func forgetReceipt(of delivery: Delivery.ID) throws {
        try change { $0.receipts[delivery] = nil }
    }

    private func oldestFirst(_ receipts: [Receipt]) -> [Receipt] {
        receipts.sorted { ($0.at, $0.delivery) < ($1.at, $1.delivery) }
    }

    func filesInUse() throws -> Set<String> {
        Set(state.bundles.values.flatMap(\.files).map(\.id)).union(
            state.feedDrops.values.filter { !$0.status.isFinal }.map(\.file.id.description)
        ).union(state.uploadPieces.values.joined().map(\.file.description)).union(
            state.mailedFiles.values.flatMap(\.files).map(\.id.description)
        ).union(state.quarantine.keys.map(\.description))
    }

    func link(tokenDigest: String) throws -> AnswerLink? {
        state.links.values.first { $0.tokenDigest == tokenDigest }
    }

    func links(of inquiry: Inquiry.ID) throws -> [AnswerLink] {
        state.links.values.filter { $0.inquiry == inquiry }
            .sorted { ($0.issuedAt, $0.id) < ($1.issuedAt, $1.id) }
    }

    func save(_ link: AnswerLink) throws {
        try change { state in
            try require(state.inquiries[link.inquiry] != nil, "a link needs its inquiry")
            let isTaken = state.links.values.contains { other in
                other.id != link.id && other.tokenDigest == link.tokenDigest
            }
            try refuse(isTaken, "link token")
            state.links[link.id] = link
        }
    }

    func draft(_ id: RequestDraft.ID) throws -> RequestDraft? { state.drafts[id] }

    func drafts(of owner: StaffID) throws -> [RequestDraft] {
        state.drafts.values.filter { $0.owner == owner }
            .sorted { ($0.changedAt, $0.id) > ($1.changedAt, $1.id) }
    }

    func save(_ draft: RequestDraft) throws {
        try change { $0.drafts[draft.id] = draft }
    }

    func deleteDraft(_ id: RequestDraft.ID) throws {
        try change { $0.drafts[id] = nil }
    }
}
