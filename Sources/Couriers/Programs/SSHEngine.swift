import Foundation
import SFTPProtocol

/// Carries the conversations that go through the program `ssh`: each has a child of its own and a
/// thread that waits for it, so one that stalls slows nobody.
package final class SSHEngine: Sendable {
    /// Looks a name up: where in the public internet it leads.
    package typealias LookUp = @Sendable (String) async -> PublicAddress.Places

    private let program: SSHProgram
    private let turnstile: Turnstile
    private let lookUp: LookUp

    /// At most `connectionsPerServer` children for one server; further conversations wait.
    package init(
        _ program: SSHProgram,
        connectionsPerServer: Int = 4,
        lookUp: @escaping LookUp = { await PublicAddress.places(of: $0) }
    ) {
        self.program = program
        self.lookUp = lookUp
        turnstile = Turnstile(most: connectionsPerServer)
    }

    /// How a conversation went.
    enum Outcome<Value: Sendable>: Sendable {
        case ended(Value)
        case failed(PushProblem)
        /// The task was cancelled.
        case cancelled
    }

    /// Greets the server and leaves the rest to `talk`, on a thread that may wait.
    ///
    /// Cancelling kills the child where it stands. Where the server must not be at a private address,
    /// its name is looked up here and the program is given what was found: it looks nothing up.
    func converse<Value: Sendable>(
        with server: PartnerServer,
        in folder: SessionFolder,
        _ deadlines: Deadlines,
        _ talk: @escaping @Sendable (SFTPClient) throws(ClientProblem) -> Value
    ) async -> Outcome<Value> {
        guard await turnstile.enter(server.address) else { return .cancelled }
        defer { turnstile.leave(server.address) }
        guard !server.reachesPrivate else {
            return await converse(with: server, at: [server.host], in: folder, deadlines, talk)
        }
        let hosts: [String]
        switch await lookUp(server.host) {
        case .addresses(let found): hosts = found
        case .allPrivate: return .failed(.privateAddress)
        case .unknown: return .failed(.unknownHost)
        }
        return await converse(with: server, at: hosts, in: folder, deadlines, talk)
    }

    /// Tries one address after the other until one greets, and goes on with none after that.
    ///
    /// Each has an equal share of the time to connect: the first may be one from which nothing comes
    /// back.
    private func converse<Value: Sendable>(
        with server: PartnerServer,
        at hosts: [String],
        in folder: SessionFolder,
        _ deadlines: Deadlines,
        _ talk: @escaping @Sendable (SFTPClient) throws(ClientProblem) -> Value
    ) async -> Outcome<Value> {
        let share = deadlines.share(among: hosts.count)
        var outcome = Outcome<Value>.failed(.noConnection)
        for host in hosts {
            // What was said of the address before would be read as said of this one.
            unlink("\(folder.path)/\(SSHProgram.complaints)")
            let attempt = await attempt(with: server, at: host, in: folder, share, talk)
            outcome = attempt.outcome
            switch outcome {
            case .failed(.noConnection): continue
            case .failed(.silence) where !attempt.hasGreeted: continue
            case .failed, .ended, .cancelled: return outcome
            }
        }
        return outcome
    }

    private struct Attempt<Value: Sendable>: Sendable {
        let outcome: Outcome<Value>
        /// The server spoke SFTP.
        let hasGreeted: Bool
    }

    private func attempt<Value: Sendable>(
        with server: PartnerServer,
        at host: String,
        in folder: SessionFolder,
        _ deadlines: Deadlines,
        _ talk: @escaping @Sendable (SFTPClient) throws(ClientProblem) -> Value
    ) async -> Attempt<Value> {
        let arguments = program.arguments(for: server, at: host, deadlines)
        guard let child = SSHChild(program, arguments, in: folder.path, deadlines) else {
            return Attempt(
                outcome: .failed(.unusable("ssh cannot be started")),
                hasGreeted: false
            )
        }
        let result: Result<Value, ClientProblem> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let thread = Thread {
                    continuation.resume(returning: Self.result(of: child, talk))
                }
                thread.stackSize = 1 << 20
                thread.start()
            }
        } onCancel: {
            child.cancel()
        }
        let outcome: Outcome<Value> =
            switch result {
            case _ where child.isCancelled: .cancelled
            case .success(let value): .ended(value)
            case .failure(let trouble): .failed(Self.problem(trouble, in: folder))
            }
        return Attempt(outcome: outcome, hasGreeted: child.hasGreeted)
    }

    private static func result<Value: Sendable>(
        of child: SSHChild,
        _ talk: (SFTPClient) throws(ClientProblem) -> Value
    ) -> Result<Value, ClientProblem> {
        defer { child.end() }
        let client = SFTPClient(line: child)
        do throws(ClientProblem) {
            try client.greet()
            child.noteGreeting()
            return .success(try talk(client))
        } catch {
            return .failure(error)
        }
    }

    /// What a conversation that did not succeed means.
    static func problem(_ problem: ClientProblem, in folder: SessionFolder) -> PushProblem {
        switch problem {
        case .line(.silent): .silence
        case .line(.closed): SSHComplaint.problem(in: complaints(in: folder))
        case .broken: .unusable("what it says is no SFTP")
        case .refused(let code): .unusable("SFTP status \(code)")
        case .noContent: .ownFile
        }
    }

    // A server can make the program complain at length: its first words say what is wrong.
    private static func complaints(in folder: SessionFolder) -> String {
        let path = "\(folder.path)/\(SSHProgram.complaints)"
        guard let file = FileHandle(forReadingAtPath: path),
            let bytes = try? file.read(upToCount: 8_192)
        else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }
}
