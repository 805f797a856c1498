import Hummingbird
import HummingbirdCore
package import Logging
import ServiceLifecycle

/// Where the gateway listens, and how patient it is.
package struct ServerSettings: Sendable {
    /// An address or host name of this machine.
    package var host: String
    /// 0 for any free port.
    package var port: Int
    package var limits: ConnectionLimits

    package init(host: String = "127.0.0.1", port: Int, limits: ConnectionLimits = .init()) {
        self.host = host
        self.port = port
        self.limits = limits
    }
}

/// The web server: HTTP/1.1, with TLS where there is an identity.
///
/// Stops gracefully: requests that are under way are answered first.
package struct GatewayServer: Service, CustomStringConvertible {
    package var description: String { "web server" }
    private let gateway: Gateway
    private let settings: ServerSettings
    private let identity: TLSIdentity?
    private let audience: Audience
    private let logger: Logger
    private let whenListening: @Sendable (Int) async -> Void

    /// Who may connect.
    package enum Audience: Sendable {
        case everybody
        /// Systems that show a certificate in place of a key; no page is to be had here, and
        /// browsers, which would ask their owner for a certificate, have no business here.
        case systemsWithCertificates
    }

    /// `identity`: `nil` for plain HTTP, which only the demonstration and the tests speak.
    ///
    /// `whenListening`: told the port.
    package init(
        gateway: Gateway,
        settings: ServerSettings,
        identity: TLSIdentity?,
        audience: Audience = .everybody,
        logger: Logger,
        whenListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.gateway = gateway
        self.settings = settings
        self.identity = identity
        self.audience = audience
        self.logger = logger
        self.whenListening = whenListening
    }

    package func run() async throws {
        // The framework's own lines name hosts and errors in words we do not choose.
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .notice)
        let (limits, identity) = (settings.limits, identity)
        let asksCallers = audience == .systemsWithCertificates
        let application = Application(
            router: asksCallers ? gateway.makeCertificateRouter() : gateway.makeRouter(),
            server: HTTPServerBuilder { responder in
                GuardedChannel(
                    responder: responder,
                    limits: limits,
                    identity: identity,
                    asksCallers: asksCallers
                )
            },
            configuration: .init(address: .hostname(settings.host, port: settings.port)),
            services: identity.map { [CertificateWatch(identity: $0, logger: logger)] } ?? [],
            onServerRunning: { [whenListening] channel in
                await whenListening(channel.localAddress?.port ?? 0)
            },
            logger: quiet
        )
        try await application.run()
    }
}

/// Looks every half minute whether the certificate was renewed.
struct CertificateWatch: Service, CustomStringConvertible {
    var description: String { "certificate watch" }
    let identity: TLSIdentity
    let logger: Logger

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                try await Task.sleep(for: .seconds(30))
                do {
                    if try identity.reloadIfChanged() { logger.notice("certificate reloaded") }
                } catch {
                    logger.error("the new certificate does not load; the old one stays in use")
                }
            }
        }
    }
}
