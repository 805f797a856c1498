import CCurl
package import RecordExchange

extension DoctorProbes {
    /// What a partner's web server shows to whoever connects.
    package enum Presented: Hashable, Sendable {
        /// Its certificates as PEM, its own first.
        case certificates([String])
        /// A sentence for the operator: why none was seen.
        case fault(String)
    }

    /// Connects and keeps the certificates that the server shows, good or not.
    ///
    /// Nothing is asked on that connection: nobody knows yet who is at its other end.
    package func certificates(
        of destination: HTTPSDestination,
        as identity: ClientIdentity
    ) async -> Presented {
        guard let address = DropAddress(checking: destination) else {
            return .fault(DestinationProblem.address.explanation)
        }
        guard let transfer = transfer(to: address, as: identity),
            transfer.set(.lookAtCertificates, to: 1)
        else { return .fault("memory is short") }
        guard let report = await engine.run(transfer, to: address.server) else {
            return .fault("stopped")
        }
        let shown = transfer.shownCertificates
        return shown.isEmpty ? .fault(WebProblem(report).reason) : .certificates(shown)
    }

    /// Asks, with all that is checked, for a file that is not there.
    package func folder(
        at destination: HTTPSDestination,
        as identity: ClientIdentity
    ) async -> Finding {
        guard let address = DropAddress(checking: destination) else {
            return .fault(DestinationProblem.address.explanation)
        }
        guard let transfer = transfer(to: address, as: identity), transfer.set(.noBody, to: 1),
            transfer.set(.closeAfterwards, to: 1)
        else { return .fault("memory is short") }
        guard let report = await engine.run(transfer, to: address.server) else {
            return .fault("stopped")
        }
        guard report.result == .done else { return .fault(WebProblem(report).reason) }
        return switch report.replyCode {
        // Not there, or it may not be looked at: who we are was no matter.
        case 200..<300, 404, 405, 410, 501: .ready
        case 400: .fault("the server answers 400, as some do to a certificate they do not accept")
        default: .fault(WebProblem(report).reason)
        }
    }

    private func transfer(to address: DropAddress, as identity: ClientIdentity) -> Transfer? {
        guard
            let transfer = Transfer(
                url: address.url(of: "mochila-check"),
                protocols: "https",
                deadlines: deadlines
            ), address.prepare(transfer, as: identity)
        else { return nil }
        return transfer
    }
}
