import Casework
import Couriers
import Foundation
import RecordExchange

/// What every suite against a partner's server needs: destinations, couriers, and a look at what
/// lies there.
protocol PartnerSuite {
    var engine: CurlEngine { get }
    var work: TemporaryFolder { get }
}

extension PartnerSuite {
    func destination(
        _ peer: Peer,
        port: Int? = nil,
        folder: String = "",
        hostKey: String? = nil,
        keyName: String = "partner"
    ) -> SFTPDestination {
        SFTPDestination(
            host: "127.0.0.1",
            port: port ?? peer.port,
            user: peer["user"],
            folder: peer["folder"] + folder,
            hostKey: hostKey ?? peer["host_key"],
            keyName: keyName
        )
    }

    func courier(
        _ peer: Peer,
        deadlines: Deadlines = Deadlines(
            connect: .seconds(120),
            stall: .seconds(120),
            total: .seconds(300)
        )
    ) -> SFTPCourier {
        SFTPCourier(
            engine: engine,
            keysFolder: peer["keys"],
            workFolder: work.path + "/work",
            deadlines: deadlines
        )
    }

    func names(_ peer: Peer, _ folder: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: peer["folder"] + folder).sorted()
    }

    func contents(_ peer: Peer, _ name: String) -> Data? {
        FileManager.default.contents(atPath: peer["folder"] + "/" + name)
    }
}
