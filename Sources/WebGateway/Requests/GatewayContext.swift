package import Hummingbird
import NIOCore
import NIOSSL

/// What the framework carries along with a request.
package struct GatewayContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    package let address: ClientAddress
    /// Names the request in the log and on a failure's page.
    ///
    /// Our own: the framework's `id` traps where the log handler keeps no metadata.
    package let requestID: String
    private let channel: any Channel

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
        address = ClientAddress(source.channel.remoteAddress)
        requestID = RequestID().description
    }

    /// Tells the caller something while its body is on its way; a connection that broke takes it as
    /// well as none.
    func tell(_ head: InterimHead) async {
        try? await channel.triggerUserOutboundEvent(head).get()
    }

    /// The certificate that the caller showed while the connection was made, as DER, having proved
    /// that it holds the key; `nil` where it showed none.
    func shownCertificate() async throws -> [UInt8]? {
        try await channel.nioSSL_peerCertificate().get()?.toDERBytes()
    }
}
