import CCurl
package import RecordExchange

/// What `mochila doctor` asks of the servers we send to.
///
/// Nothing is sent or changed there.
package struct DoctorProbes: Sendable {
    let engine: CurlEngine
    let deadlines: Deadlines

    package init(engine: CurlEngine, deadlines: Deadlines = .probe) {
        self.engine = engine
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
        let session: PartnerSession
        do {
            session = try PartnerSession(
                server: try PartnerServer(checking: destination),
                engine: engine,
                keysFolder: keysFolder,
                workFolder: workFolder,
                deadlines: deadlines
            )
        } catch let problem as DestinationProblem {
            return .fault(problem.explanation)
        } catch let trouble as PartnerSession.CannotBegin {
            return .fault(trouble.explanation(ofKey: destination.keyName))
        } catch {
            return .fault("stopped")
        }
        let report = await session.list()
        await session.close()
        guard let report else { return .fault("stopped") }
        switch report.result {
        case .done: return .ready
        case .notFound, .accessDenied:
            return .fault("the folder is not there yet or may not be read")
        default: return .fault(PushProblem(report).reason)
        }
    }
}
