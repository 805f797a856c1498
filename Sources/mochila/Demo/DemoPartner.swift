import Casework
import Demonstration
import DropLayout
import Operations
import RecordExchange
import Sealing
import Vocabulary

/// The schools of the demonstration whose student systems send and fetch by SFTP.
struct DemoPartner {
    let house: House
    let keys: GatewayKeys
    let place: Operations.Installation
    /// Whether the school with a certificate of its own fetches its bundles too.
    let fetches: Bool

    static let port = 2222

    private struct Account {
        let name: String
        let organization: OrganizationID
        let title: String
        var feeds: [String]?
    }

    private var accounts: [Account] {
        [
            Account(
                name: "weslaco-east",
                organization: .school(DemoCast.holderSchool),
                title: "Weslaco East High School"
            ),
            Account(
                name: DemoFeed.account,
                organization: DemoFeed.owner,
                title: "Florida state agency",
                feeds: [DemoFeed.system]
            ),
        ]
            + (fetches
                ? [
                    Account(
                        name: "watsonville",
                        organization: .school(DemoCast.channelSchool),
                        title: "Watsonville High School"
                    )
                ] : [])
    }

    /// Makes their keys and accounts, once, and the configuration for an `sshd` in front of them.
    ///
    /// Without OpenSSH's tools there are no such accounts, and nothing else is missing.
    func plant(at instant: Instant) async throws {
        for account in accounts {
            let key = "\(place.folder)/partner/\(account.name)"
            if !exists(key) {
                let arguments = ["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key]
                guard (try? Tool.run("ssh-keygen", arguments)) != nil else { return }
            }
            try await plant(account, key: key, at: instant)
        }
        try await DemoFeed(house: house, place: place).plant()
        try await house.dropOffice.update()
        try SFTPCommand.writeConfiguration(for: place, address: "127.0.0.1", port: Self.port)
    }

    private func plant(_ account: Account, key: String, at instant: Instant) async throws {
        if !exists("\(key)-signing.pem") {
            try keys.issuePartnerSigner(
                commonName: "\(account.title) records (demonstration)",
                organization: "\(account.title) (demonstration)",
                at: instant
            ).write(into: "\(place.folder)/partner", named: "\(account.name)-signing")
        }
        let isThere = try await house.desk.store.read { session in
            try session.partner(account: account.name) != nil
        }
        guard !isThere, let line = try readLines("\(key).pub").first else { return }
        let partner = Partner(
            id: house.desk.secrets.makeIdentifier(),
            account: account.name,
            organization: account.organization,
            signerPEM: try Certificate(contentsOf: "\(key)-signing.pem").pem,
            keys: [try SSHKey(line: line)],
            feeds: account.feeds
        )
        try await house.desk.savePartner(partner, action: "partner.add")
    }
}
