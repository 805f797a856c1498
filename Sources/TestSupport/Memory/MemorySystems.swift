import Casework
import RecordExchange
import Vocabulary

extension MemoryCaseSession {
    func accessKey(_ id: AccessKey.ID) throws -> AccessKey? { state.accessKeys[id] }

    func accessKey(digest: String) throws -> AccessKey? {
        state.accessKeys.values.first { $0.digest == digest }
    }

    func accessKeys(of account: StaffID) throws -> [AccessKey] {
        state.accessKeys.values.filter { $0.account == account }
            .sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }

    func save(_ key: AccessKey) throws {
        try require(state.accounts[key.account] != nil, "access_keys.account")
        try refuse(
            state.accessKeys.values.contains { $0.digest == key.digest && $0.id != key.id },
            "access key"
        )
        try change { $0.accessKeys[key.id] = key }
    }

    func filedOnce(digest: String) throws -> FiledOnce? { state.filedOnce[digest] }

    func save(_ filing: FiledOnce) throws {
        try require(state.requests[filing.request] != nil, "filed_once.request")
        try refuse(state.filedOnce[filing.digest] != nil, "idempotency key")
        try change { $0.filedOnce[filing.digest] = filing }
    }

    func forgetFilings(before instant: Instant) throws -> Int {
        let old = state.filedOnce.values.filter { $0.at < instant }.map(\.digest)
        try change { state in for digest in old { state.filedOnce[digest] = nil } }
        return old.count
    }

    func forgetAccessKeys(endedBefore instant: Instant) throws -> Int {
        let old = state.accessKeys.values.filter { $0.endsAt < instant }.map(\.id)
        try change { state in for id in old { state.accessKeys[id] = nil } }
        return old.count
    }
}
