package import Casework
package import RecordExchange

/// Takes each bundle the way that its recipient chose.
package struct PartnerCourier: BundleCourier {
    private let sftp: SFTPCourier
    private let https: HTTPSBundleCourier

    package init(sftp: SFTPCourier, https: HTTPSBundleCourier) {
        self.sftp = sftp
        self.https = https
    }

    package func push(_ parcel: Parcel, to destination: PushDestination) async -> PushOutcome {
        switch destination {
        case .sftp(let server):
            await sftp.push(fileAt: parcel.path, as: parcel.name, to: server)
        case .https(let server): await https.push(parcel, to: server)
        }
    }
}
