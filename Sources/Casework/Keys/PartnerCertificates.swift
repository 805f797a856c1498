package import RecordExchange
import Vocabulary

/// What a partner's bundles hang on for one use: any of these certificates is enough.
package struct PartnerCertificates: Hashable, Sendable {
    package let account: String
    package let organization: OrganizationID
    /// Signing or encryption.
    package let usage: TrustedKey.Usage
    /// PEM; at least one.
    package let pems: [String]
}

extension Desk {
    /// Those of every partner whose account is open, whatever their dates.
    package func partnerCertificates() async throws -> [PartnerCertificates] {
        try await read { transaction in
            try transaction.session.partners().filter(\.isActive).flatMap { partner in
                try transaction.certificates(of: partner)
            }
        }
    }
}

extension CaseTransaction {
    fileprivate func certificates(of partner: Partner) throws -> [PartnerCertificates] {
        let keys = try session.trustedKeys(of: partner.organization)
            .filter { $0.holder == .partner }
        let current = keys.filter { $0.state == .current }
        var signing = current.filter { $0.usage == .signing }.map(\.certificatePEM)
        // The pinned one counts until something else is said of it.
        if !keys.contains(where: { $0.certificatePEM == partner.signerPEM }) {
            signing.append(partner.signerPEM)
        }
        var encryption = current.filter { $0.usage == .encryption }.map(\.certificatePEM)
        if !keys.contains(where: { $0.usage == .encryption }),
            let channel = try session.channel(of: partner.organization)
        {
            encryption.append(channel.certificatePEM)
        }
        let uses: [(TrustedKey.Usage, [String])] = [
            (.signing, signing), (.encryption, encryption),
        ]
        return uses.filter { !$0.1.isEmpty }.map { usage, pems in
            PartnerCertificates(
                account: partner.account,
                organization: partner.organization,
                usage: usage,
                pems: pems
            )
        }
    }
}
