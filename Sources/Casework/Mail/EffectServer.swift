import RecordExchange

/// Somebody's server that an effect has to do with, where it has to do with one.
///
/// Several organisations and several webhooks may share one; never written anywhere.
struct EffectServer: Hashable, Sendable {
    private let address: String

    init(_ destination: PushDestination) {
        switch destination {
        case .sftp(let server): address = "\(server.host.lowercased()):\(server.port)"
        case .https(let server):
            let authority = server.url.dropFirst("https://".count).prefix { $0 != "/" && $0 != "?" }
            address = authority.lowercased()
        }
    }

    init(_ url: WebhookURL) {
        address = "\(url.host.lowercased()):\(url.port)"
    }
}

/// An effect that is due, and the server it will wait for.
struct DueEffect: Sendable {
    let effect: Effect
    let server: EffectServer?

    /// What is gone by now has no server: it will only be crossed off.
    ///
    /// Nor has what cannot be read: the attempt finds that fault, and the others go on.
    init(_ effect: Effect, in session: any CaseSession) {
        self.effect = effect
        server = try? Self.server(of: effect.work, in: session)
    }

    private static func server(
        of work: Effect.Work,
        in session: any CaseSession
    ) throws -> EffectServer? {
        switch work {
        case .push(let id):
            let delivery = try session.delivery(id)
            let channel = try delivery.flatMap { try session.channel(of: $0.recipient) }
            return channel?.push.map { EffectServer($0) }
        case .webhook(let message):
            return try session.webhook(message.webhook).map { EffectServer($0.url) }
        case .mail, .digest, .notices, .waiting, .assemble, .recall: return nil
        }
    }
}
