import Casework
import DropLayout
import Intake
import Operations
import RecordExchange
import Sealing

/// Keeps the drop's accounts as the partners on file are: folders, limits and keys.
struct DropOffice: Sendable {
    let store: any CaseStore
    let drop: PartnerDrop
    /// The program behind `sshd`.
    let program: String

    func update() async throws {
        let partners = try await store.read { try $0.partners() }
        var lines: [String] = []
        for partner in partners where partner.isActive {
            guard let account = PartnerAccount(partner.account) else { continue }
            var limits = DropLimits.standard
            for (word, place) in DropLimits.words {
                if let value = partner.limits[word] { limits[keyPath: place] = value }
            }
            try drop.prepare(account, limits: limits, feeds: FeedList(partner.feedSystems))
            for key in partner.keys {
                lines.append(
                    try ForcedCommand.line(
                        program: program,
                        drop: drop.places.root,
                        account: partner.account,
                        key: key.line
                    )
                )
            }
        }
        try drop.write(authorizedKeys: lines)
    }
}

extension House {
    /// What `ssh-keygen -l` shows.
    func fingerprint(of key: SSHKey) -> String {
        SSHKey.fingerprint(desk.secrets.digest(of: key.blob))
    }
}
