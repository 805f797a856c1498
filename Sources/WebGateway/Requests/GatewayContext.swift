package import Hummingbird

/// What the framework carries along with a request.
package struct GatewayContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    package let address: ClientAddress
    /// Names the request in the log and on a failure's page.
    ///
    /// Our own: the framework's `id` traps where the log handler keeps no metadata.
    package let requestID: String

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        address = ClientAddress(source.channel.remoteAddress)
        requestID = RequestID().description
    }
}
