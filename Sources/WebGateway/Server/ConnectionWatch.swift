package import Logging
package import NIOCore
package import NIOHTTP1
import NIOTLS

/// Keeps one connection's deadlines: what its two handlers see goes in, and when time is up the
/// channel is closed.
///
/// Lives on the channel's event loop.
package final class ConnectionWatch {
    private var deadlines: ConnectionDeadlines
    private let channel: any Channel
    private let logger: Logger
    private var timer: (moment: Int64, task: Scheduled<Void>)?
    private var isClosed = false

    package init(limits: ConnectionLimits, channel: any Channel, logger: Logger) {
        deadlines = ConnectionDeadlines(limits: limits)
        self.channel = channel
        self.logger = logger
    }

    /// Notes one event and sees to it that the timer is not later than the next deadline.
    func note(_ event: (inout ConnectionDeadlines, Int64) -> Void) {
        guard !isClosed else { return }
        event(&deadlines, now)
        schedule()
    }

    func end() {
        isClosed = true
        timer?.task.cancel()
        timer = nil
    }

    private var now: Int64 { Int64(channel.eventLoop.now.uptimeNanoseconds) }

    private func schedule() {
        guard let next = deadlines.next else { return }
        // A timer that fires too early looks again; moving it at every packet would cost more.
        if let timer, timer.moment <= next.moment { return }
        timer?.task.cancel()
        let task = channel.eventLoop.assumeIsolated().scheduleTask(
            deadline: NIODeadline.uptimeNanoseconds(UInt64(max(0, next.moment)))
        ) { [self] in fire() }
        timer = (next.moment, task)
    }

    private func fire() {
        timer = nil
        guard !isClosed else { return }
        guard let fault = deadlines.fault(at: now) else { return schedule() }
        logger.debug("connection closed", metadata: ["reason": "\(fault.rawValue)"])
        end()
        channel.close(promise: nil)
    }
}

/// Sees the bytes of a connection, after TLS: how many arrive, whether we wait for them, and
/// whether what we send leaves.
package final class ByteWatchHandler: ChannelDuplexHandler {
    package typealias InboundIn = ByteBuffer
    package typealias InboundOut = ByteBuffer
    package typealias OutboundIn = ByteBuffer
    package typealias OutboundOut = ByteBuffer

    private let watch: ConnectionWatch
    private let isSecure: Bool
    private var isOpened = false

    package init(watch: ConnectionWatch, isSecure: Bool) {
        self.watch = watch
        self.isSecure = isSecure
    }

    package func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { open() }
    }

    package func handlerRemoved(context: ChannelHandlerContext) {
        watch.end()
    }

    package func channelActive(context: ChannelHandlerContext) {
        open()
        context.fireChannelActive()
    }

    package func channelInactive(context: ChannelHandlerContext) {
        watch.end()
        context.fireChannelInactive()
    }

    package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent {
            watch.note { $0.handshakeCompleted(at: $1) }
        }
        context.fireUserInboundEventTriggered(event)
    }

    package func read(context: ChannelHandlerContext) {
        watch.note { $0.readRequested(at: $1) }
        context.read()
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let count = unwrapInboundIn(data).readableBytes
        watch.note { $0.received(bytes: count, at: $1) }
        context.fireChannelRead(data)
    }

    package func write(
        context: ChannelHandlerContext,
        data: NIOAny,
        promise: EventLoopPromise<Void>?
    ) {
        watch.note { $0.writeQueued(at: $1) }
        let promise = promise ?? context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenComplete { [watch] _ in
            watch.note { $0.writeCompleted(at: $1) }
        }
        context.write(data, promise: promise)
    }

    private func open() {
        guard !isOpened else { return }
        isOpened = true
        watch.note { [isSecure] in $0.opened(at: $1, isSecure: isSecure) }
    }
}

/// Sees where requests and responses begin and end.
package final class MessageWatchHandler: ChannelDuplexHandler {
    package typealias InboundIn = HTTPServerRequestPart
    package typealias InboundOut = HTTPServerRequestPart
    package typealias OutboundIn = HTTPServerResponsePart
    package typealias OutboundOut = HTTPServerResponsePart

    private let watch: ConnectionWatch
    /// Whether the request that is under way may be answered in between (RFC 9110, 15.2).
    private var takesInterimHeads = false

    package init(watch: ConnectionWatch) {
        self.watch = watch
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            takesInterimHeads = head.version == .http1_1
            watch.note { $0.requestHeadReceived(at: $1) }
        case .body: break
        case .end: watch.note { $0.requestEnded(at: $1) }
        }
        context.fireChannelRead(data)
    }

    package func write(
        context: ChannelHandlerContext,
        data: NIOAny,
        promise: EventLoopPromise<Void>?
    ) {
        switch unwrapOutboundIn(data) {
        // From here on an interim head would stand inside the response.
        case .head: takesInterimHeads = false
        case .body: break
        case .end: watch.note { $0.responseEnded(at: $1) }
        }
        context.write(data, promise: promise)
    }

    package func triggerUserOutboundEvent(
        context: ChannelHandlerContext,
        event: Any,
        promise: EventLoopPromise<Void>?
    ) {
        guard let interim = event as? InterimHead else {
            context.triggerUserOutboundEvent(event, promise: promise)
            return
        }
        guard takesInterimHeads else {
            promise?.succeed()
            return
        }
        let head = HTTPResponseHead(
            version: .http1_1,
            status: interim.status,
            headers: interim.fields
        )
        context.writeAndFlush(wrapOutboundOut(.head(head)), promise: promise)
    }
}
