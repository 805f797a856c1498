import Casework
import Couriers
import Foundation
import RecordExchange

/// What carries a push.
enum Road: CaseIterable, Sendable {
    /// libcurl.
    case library
    /// The system's ssh.
    case program

    var ssh: SSHProgram? {
        get throws {
            guard self == .program else { return nil }
            guard let program = SSHProgram.installed else {
                throw Peer.Unavailable(description: "no ssh: run script/bootstrap")
            }
            return program
        }
    }
}

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
        keyName: String = "partner",
        host: String = "127.0.0.1",
        reachesPrivate: Bool = true
    ) -> SFTPDestination {
        SFTPDestination(
            host: host,
            port: port ?? peer.port,
            user: peer["user"],
            folder: peer["folder"] + folder,
            hostKey: hostKey ?? peer["host_key"],
            keyName: keyName,
            reachesPrivate: reachesPrivate
        )
    }

    func courier(
        _ peer: Peer,
        _ road: Road,
        deadlines: Deadlines = Deadlines(
            connect: .seconds(120),
            stall: .seconds(120),
            total: .seconds(300)
        )
    ) throws -> SFTPCourier {
        SFTPCourier(
            engine: engine,
            program: try road.ssh,
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
