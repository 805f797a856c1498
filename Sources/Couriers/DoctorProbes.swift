import CCurl
package import RecordExchange
import SFTPProtocol

/// What `mochila doctor` asks of the servers we send to.
///
/// Nothing is sent or changed there.
package struct DoctorProbes: Sendable {
    let engine: CurlEngine
    let deadlines: Deadlines
    private let programs: SSHEngine?

    package init(
        engine: CurlEngine,
        program: SSHProgram? = .installed,
        deadlines: Deadlines = .probe
    ) {
        self.engine = engine
        programs = program.map { SSHEngine($0) }
        self.deadlines = deadlines
    }

    /// What a server said to us.
    package enum Finding: Hashable, Sendable {
        case ready
        /// A sentence for the operator: what is wrong.
        case fault(String)
    }

    /// Greets the mail server, begins encryption as configured and signs in.
    package func mailServer(_ server: MailServer) async -> Finding {
        guard let transfer = Transfer(server: server, deadlines: deadlines),
            transfer.set(.noBody, to: 1), transfer.set(.command, to: "NOOP")
        else { return .fault("memory is short") }
        guard let report = await engine.run(transfer, to: server.address) else {
            return .fault("stopped")
        }
        return report.result == .done ? .ready : .fault(SMTPReply(report).reason)
    }

    /// Connects to a partner's server, which must show the pinned host key, signs in and looks
    /// whether the folder is there.
    ///
    /// `keysFolder` and `workFolder` as for `SFTPCourier`.
    package func partner(
        _ destination: SFTPDestination,
        keysFolder: String,
        workFolder: String
    ) async -> Finding {
        let server: PartnerServer
        let folder: SessionFolder
        do {
            server = try PartnerServer(checking: destination)
            folder = try SessionFolder(
                for: server,
                keysFolder: keysFolder,
                workFolder: workFolder
            )
        } catch let problem as DestinationProblem {
            return .fault(problem.explanation)
        } catch let trouble as SessionFolder.CannotBegin {
            return .fault(trouble.explanation(ofKey: destination.keyName))
        } catch {
            return .fault("stopped")
        }
        if let programs { return await look(at: server, in: folder, by: programs) }
        guard !server.hostKey.isRSA else { return .fault(PushProblem.programNeeded.reason) }
        let session = PartnerSession(
            server: server,
            engine: engine,
            folder: folder,
            deadlines: deadlines
        )
        let report = await session.list()
        await session.close()
        guard let report else { return .fault("stopped") }
        return switch report.result {
        case .done: .ready
        case .notFound, .accessDenied: Self.noFolder
        default: .fault(PushProblem(report).reason)
        }
    }

    private func look(
        at server: PartnerServer,
        in folder: SessionFolder,
        by programs: SSHEngine
    ) async -> Finding {
        let outcome = await programs.converse(with: server, in: folder, deadlines) {
            [path = server.folder] client throws(ClientProblem) -> Finding in
            do throws(ClientProblem) {
                let handle = try client.openFolder(Array((path.isEmpty ? "/" : path).utf8))
                try client.close(handle)
                return .ready
            } catch {
                guard error.says(.noSuchFile) || error.says(.permissionDenied) else { throw error }
                return Self.noFolder
            }
        }
        return switch outcome {
        case .cancelled: .fault("stopped")
        case .failed(let problem): .fault(problem.reason)
        case .ended(let finding): finding
        }
    }

    private static let noFolder = Finding.fault("the folder is not there yet or may not be read")
}
