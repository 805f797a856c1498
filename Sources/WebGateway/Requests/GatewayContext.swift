package import Hummingbird

/// What the framework carries along with a request.
package struct GatewayContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    package let address: ClientAddress

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        address = ClientAddress(source.channel.remoteAddress)
    }
}
