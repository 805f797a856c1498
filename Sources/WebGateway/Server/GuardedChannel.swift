import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOSSL

/// HTTP/1.1 with every wait bounded: counts connections, speaks TLS with the newest certificate,
/// and puts the connection's watch into the pipeline.
struct GuardedChannel: ServerChildChannel {
    typealias Value = HTTP1Channel.Value

    /// Turned away before a byte was read.
    struct TooManyConnections: Error {}

    private let base: HTTP1Channel
    private let limits: ConnectionLimits
    private let census: ConnectionCensus
    private let identity: TLSIdentity?
    private let asksCallers: Bool

    init(
        responder: @escaping HTTPChannelHandler.Responder,
        limits: ConnectionLimits,
        identity: TLSIdentity?,
        asksCallers: Bool
    ) {
        var decoder = HTTP1Channel.Configuration.DecoderConfiguration()
        decoder.maxHeaderFieldSize = 16 * 1_024
        decoder.maxHeaderListSize = 32 * 1_024
        decoder.maxHeaderFieldCount = 100
        base = HTTP1Channel(
            responder: responder,
            configuration: .init(httpDecoderConfiguration: decoder)
        )
        self.limits = limits
        census = ConnectionCensus(limits: limits)
        self.identity = identity
        self.asksCallers = asksCallers
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        let address = ClientAddress(channel.remoteAddress)
        guard census.admit(address) else {
            return channel.close().flatMapThrowing { throw TooManyConnections() }
        }
        channel.closeFuture.whenComplete { [census] _ in census.release(address) }
        return channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            if let identity {
                try pipeline.addHandler(identity.handler(asksCallers: asksCallers))
            }
            let watch = ConnectionWatch(limits: limits, channel: channel, logger: logger)
            let bytes = ByteWatchHandler(watch: watch, isSecure: identity != nil)
            try pipeline.addHandler(bytes)
            return NIOLoopBound(watch, eventLoop: channel.eventLoop)
        }.flatMap { watch in
            base.setup(channel: channel, logger: logger).flatMapThrowing { value in
                let pipeline = channel.pipeline.syncOperations
                let decoder = try pipeline.handler(
                    type: ByteToMessageHandler<HTTPRequestDecoder>.self
                )
                let messages = MessageWatchHandler(watch: watch.value)
                try pipeline.addHandler(messages, position: .after(decoder))
                return value
            }
        }
    }

    func handle(value: Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}
