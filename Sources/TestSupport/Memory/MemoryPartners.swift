import Casework
import RecordExchange
import Vocabulary

extension MemoryCaseSession {
    func partner(_ id: Partner.ID) throws -> Partner? { state.partners[id] }

    func partner(account: String) throws -> Partner? {
        state.partners.values.first { $0.account == account }
    }

    func partners() throws -> [Partner] {
        state.partners.values.sorted { $0.account < $1.account }
    }

    func partners(of organization: OrganizationID) throws -> [Partner] {
        try partners().filter { $0.organization == organization && $0.isActive }
    }

    func save(_ partner: Partner) throws {
        try change { state in
            let isTaken = state.partners.values.contains { other in
                other.id != partner.id && other.account == partner.account
            }
            try refuse(isTaken, "partner account")
            state.partners[partner.id] = partner
        }
    }

    func receivedBundle(manifest: String) throws -> ReceivedBundle? { state.received[manifest] }

    func receivedBundle(_ id: ReceivedBundle.ID) throws -> ReceivedBundle? {
        state.received.values.first { $0.id == id }
    }

    func save(_ received: ReceivedBundle) throws {
        try change { state in
            try require(state.partners[received.partner] != nil, "a bundle needs its partner")
            try require(state.bundles[received.bundle] != nil, "it became an answer")
            let isThere = state.received.values.contains { other in
                other.manifest == received.manifest || other.id == received.id
            }
            try refuse(isThere, "received bundle")
            state.received[received.manifest] = received
        }
    }
}
