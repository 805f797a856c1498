import Casework
import Demonstration
import RecordExchange
import Vocabulary

/// The student systems of two schools of the demonstration, each with a key for the programming
/// interface that is new at every start.
struct DemoSystems {
    let desk: Desk

    /// What each system is called, and its key.
    func keys() async throws -> [(name: String, key: Redacted<String>)] {
        [
            try await key(
                "Davis High's student system",
                "system@davis-high.example",
                .init(role: .registrar, organization: .school(DemoCast.requesterSchool)),
                [.readRequests, .writeRequests, .readRecords, .manageWebhooks]
            ),
            try await key(
                "Weslaco East High's student system",
                "system@weslaco-east.example",
                .init(role: .recordsClerk, organization: .school(DemoCast.holderSchool)),
                [.answerInquiries]
            ),
        ]
    }

    private func key(
        _ name: String,
        _ email: String,
        _ membership: StaffAccount.Membership,
        _ scopes: Set<AccessKey.Scope>
    ) async throws -> (name: String, key: Redacted<String>) {
        let address = try EmailAddress(parsing: email)
        let known = try await desk.store.read { session in
            try session.account(email: address).map { account in
                (account.id, try session.accessKeys(of: account.id))
            }
        }
        for old in known?.1 ?? [] { try await desk.revokeAccessKey(old.id) }
        var account = known?.0
        if account == nil {
            account = try await desk.addSystem(email: address, name: name, membership: membership)
        }
        guard let account else { throw CaseworkFailure.notFound }
        let issued = try await desk.issueAccessKey(
            for: account,
            label: "demonstration",
            scopes: scopes,
            days: 365
        )
        return (name, issued.text)
    }
}
