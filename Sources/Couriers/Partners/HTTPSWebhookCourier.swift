import CCurl
package import Casework

/// Posts webhooks over HTTPS.
///
/// The address that a name has is looked at when the connection is made, and the connection goes
/// to the address that was looked at: a name that points elsewhere a moment later changes nothing.
package struct HTTPSWebhookCourier: WebhookCourier {
    private let engine: CurlEngine
    private let deadlines: Deadlines

    package init(engine: CurlEngine, deadlines: Deadlines = .webhook) {
        self.engine = engine
        self.deadlines = deadlines
    }

    package func post(_ call: WebhookCall) async -> WebhookOutcome {
        guard let transfer = transfer(for: call) else {
            return .deferred(reason: "the message could not be prepared")
        }
        let server = ServerAddress(
            scheme: "https",
            host: call.url.host,
            port: call.url.port,
            // What one may reach and whom it trusts must not be lent to another by a connection
            // that stands already.
            account: "\(call.reachesPrivate) \(call.authorityPEM ?? "")"
        )
        guard let report = await engine.run(transfer, to: server) else {
            return .deferred(reason: "stopped before the message was sent")
        }
        return Self.outcome(report)
    }

    private func transfer(for call: WebhookCall) -> Transfer? {
        guard
            let transfer = Transfer(
                url: call.url.description,
                protocols: "https",
                deadlines: deadlines
            ),
            transfer.set(.command, to: "POST"),
            transfer.set(.closeAfterwards, to: 1),
            transfer.append("Content-Type: application/json", to: .headers),
            transfer.append("User-Agent: Mochila", to: .headers),
            transfer.append("Expect:", to: .headers),
            transfer.upload(call.body)
        else { return nil }
        for header in call.headers {
            guard transfer.append("\(header.name): \(header.value)", to: .headers) else {
                return nil
            }
        }
        if !call.reachesPrivate {
            guard transfer.set(.publicAddressesOnly, to: 1) else { return nil }
        }
        if let authority = call.authorityPEM {
            guard transfer.set(.authorities, to: authority) else { return nil }
        }
        return transfer
    }

    private static func outcome(_ report: TransferReport) -> WebhookOutcome {
        switch (report.result, report.replyCode) {
        case (.privateAddress, _): .deferred(reason: "its address is not of the public internet")
        // What it wrote below its status does not matter, nor whether it wrote it to the end.
        case (_, 200..<300): .accepted
        case (_, 410): .gone
        case (_, 300..<400): .deferred(reason: "it redirects, which is not followed")
        case (_, 100...): .deferred(reason: "it answers \(report.replyCode)")
        case (.cannotResolve, _): .deferred(reason: "its name has no address")
        case (.cannotConnect, _): .deferred(reason: "it cannot be reached")
        case (.timedOut, _): .deferred(reason: "it does not answer in time")
        case (.peerRefused, _): .deferred(reason: "its certificate is not good")
        case (.tlsFailed, _): .deferred(reason: "no encryption can be agreed with it")
        default: .deferred(reason: "the connection broke (\(report.code))")
        }
    }
}

extension Deadlines {
    /// For a webhook, whose receiver should only take it down.
    package static let webhook = Self(
        connect: .seconds(10),
        stall: .seconds(15),
        total: .seconds(20)
    )
}
