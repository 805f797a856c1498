package import RecordExchange
import Vocabulary

/// Partners and what came from them.
package protocol PartnerShelf {
    func partner(_ id: Partner.ID) throws -> Partner?
    func partner(account: String) throws -> Partner?
    /// By account.
    func partners() throws -> [Partner]
    /// Active ones, by account.
    func partners(of organization: OrganizationID) throws -> [Partner]
    /// Inserts or replaces. Throws `StoreConflict` where another partner has the account.
    func save(_ partner: Partner) throws
    /// `manifest`: the digest of the signed manifest.
    func receivedBundle(manifest: String) throws -> ReceivedBundle?
    func receivedBundle(_ id: ReceivedBundle.ID) throws -> ReceivedBundle?
    /// Throws `StoreConflict` where the same bundle is on file, or another under its identifier.
    func save(_ received: ReceivedBundle) throws
}

extension Desk {
    /// Changes or adds a partner, as the operator says, with a line in the audit log.
    package func savePartner(_ partner: Partner, action: String) async throws {
        try await write { transaction in
            try transaction.session.save(partner)
            try transaction.audit(
                .system,
                action,
                subject: partner.id,
                detail: "account=\(partner.account) keys=\(partner.keys.count)"
            )
        }
    }
}
