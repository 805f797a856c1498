import CCurl
import Synchronization

/// Carries the outgoing conversations of the process, away from the tasks that wait for them.
///
/// Every server has a thread of its own, which carries all conversations with it at once. One
/// thread for all servers would do while bytes flow, but libcurl 7.88 waits in place for the last
/// answer of a conversation (a mail server's 250, the closing of an SFTP file): a server that
/// stalls there would hold up every other. Make one engine at start-up and share it.
package final class CurlEngine: Sendable {
    private struct Entry {
        let lane: Lane
        var users = 0
    }

    private let connectionsPerServer: Int
    private let entries = Mutex<[ServerAddress: Entry]>([:])

    /// At most `connectionsPerServer` connections to one server; further conversations wait.
    package init(connectionsPerServer: Int = 4) throws {
        guard Self.libraryIsReady else { throw CannotStart() }
        self.connectionsPerServer = connectionsPerServer
    }

    /// libcurl could not be set up: memory is short.
    package struct CannotStart: Error {
        package init() {}
    }

    /// Carries `transfer` to its end; `nil` where the task was cancelled.
    ///
    /// Cancelling closes the connection where it stands.
    func run(_ transfer: Transfer, to server: ServerAddress) async -> TransferReport? {
        guard let lane = enter(server) else { return transfer.report(.other) }
        let report = await lane.run(transfer)
        leave(server)
        return report
    }

    // libcurl asks that this happens once, before other threads use it.
    private static let libraryIsReady = mochila_curl_start()

    // Threads of servers that nobody talks to any more are not kept for ever.
    private static let mostIdle = 4

    private func enter(_ server: ServerAddress) -> Lane? {
        entries.withLock { entries in
            if let entry = entries[server] {
                entries[server]?.users += 1
                return entry.lane
            }
            guard let lane = Lane(server: server, connections: connectionsPerServer) else {
                return nil
            }
            entries[server] = Entry(lane: lane, users: 1)
            return lane
        }
    }

    private func leave(_ server: ServerAddress) {
        entries.withLock { entries in
            entries[server]?.users -= 1
            let idle = entries.filter { $0.value.users == 0 }.keys
            guard idle.count > Self.mostIdle else { return }
            for other in idle where other != server { entries[other] = nil }
        }
    }
}

/// Whom a conversation is with: what shares a thread and its connections.
struct ServerAddress: Hashable, Sendable {
    let scheme: String
    let host: String
    let port: Int
    let account: String
}
