/// What a connection may take its time for, and for how long.
package struct ConnectionLimits: Hashable, Sendable {
    /// For the TLS handshake.
    package var handshake: Duration
    /// From the first byte of a request, or from the connection, to the end of its header.
    package var head: Duration
    /// Between two requests on one connection.
    package var idle: Duration
    /// How long a body may wait for bytes before the rate counts, and how much of a lead a fast
    /// beginning can earn.
    package var bodyGrace: Duration
    /// Bytes a second that a body must keep up while we wait for it.
    package var bodyRate: Int
    /// How long a response may stand still because nobody reads it.
    package var writeStall: Duration
    /// How long the rest of a request is taken after its response was given.
    package var linger: Duration
    /// Open connections from one address (one /64 network for IPv6).
    package var connectionsPerAddress: Int
    /// Open connections in all.
    package var connections: Int

    package init(
        handshake: Duration = .seconds(10),
        head: Duration = .seconds(15),
        idle: Duration = .seconds(75),
        bodyGrace: Duration = .seconds(30),
        bodyRate: Int = 1_024,
        writeStall: Duration = .seconds(30),
        linger: Duration = .seconds(30),
        connectionsPerAddress: Int = 256,
        connections: Int = 4_096
    ) {
        self.handshake = handshake
        self.head = head
        self.idle = idle
        self.bodyGrace = bodyGrace
        self.bodyRate = bodyRate
        self.writeStall = writeStall
        self.linger = linger
        self.connectionsPerAddress = connectionsPerAddress
        self.connections = connections
    }
}

/// Why a connection was closed from our side.
package enum ConnectionFault: String, CaseIterable, Sendable {
    case handshakeTooSlow, headTooSlow, idle, bodyTooSlow, responseNotRead, lingeredTooLong
}

/// Decides when one connection has had its time: hears what happens on it and names the next
/// deadline.
///
/// Touches no clock and no channel.
///
/// The framework closes only what is idle. A client that sends a byte now and then, or asks for a
/// file and does not read it, holds a connection for ever unless each of these is counted.
package struct ConnectionDeadlines: Sendable {
    /// A moment on some steady clock, in nanoseconds.
    package typealias Moment = Int64

    /// The next moment at which the connection must be closed if nothing happens.
    package struct Deadline: Hashable, Sendable {
        package let moment: Moment
        package let fault: ConnectionFault
    }

    private let limits: ConnectionLimits
    // At most one of these four is running at a time.
    private var waiting: Deadline?
    private var isBeforeFirstByte = false
    private var openResponses = 0
    private var isReceivingBody = false
    // Credit in nanoseconds: spent while we wait for bytes, earned by bytes.
    private var bodyCredit: Moment = 0
    private var waitingForBytesSince: Moment?
    private var unsentWrites = 0
    private var lastWriteProgress: Moment = 0

    package init(limits: ConnectionLimits) {
        self.limits = limits
    }

    /// Accepted; under TLS the handshake comes first.
    package mutating func opened(at now: Moment, isSecure: Bool) {
        waiting =
            isSecure
            ? Deadline(moment: now + Self.length(limits.handshake), fault: .handshakeTooSlow)
            : Deadline(moment: now + Self.length(limits.head), fault: .headTooSlow)
    }

    package mutating func handshakeCompleted(at now: Moment) {
        waiting = Deadline(moment: now + Self.length(limits.head), fault: .headTooSlow)
    }

    /// The channel asks the socket for bytes.
    package mutating func readRequested(at now: Moment) {
        if waitingForBytesSince == nil { waitingForBytesSince = now }
    }

    package mutating func received(bytes: Int, at now: Moment) {
        if isReceivingBody {
            spendCredit(until: now)
            let earned = Moment(bytes) * 1_000_000_000 / Moment(max(1, limits.bodyRate))
            bodyCredit = min(Self.length(limits.bodyGrace), bodyCredit + earned)
        }
        waitingForBytesSince = nil
        if isBeforeFirstByte, waiting != nil {
            isBeforeFirstByte = false
            waiting = Deadline(moment: now + Self.length(limits.head), fault: .headTooSlow)
        }
    }

    package mutating func requestHeadReceived(at now: Moment) {
        waiting = nil
        isBeforeFirstByte = false
        openResponses += 1
        isReceivingBody = true
        bodyCredit = Self.length(limits.bodyGrace)
        if waitingForBytesSince != nil { waitingForBytesSince = now }
    }

    package mutating func requestEnded(at now: Moment) {
        isReceivingBody = false
        if openResponses == 0 { startIdling(at: now) }
    }

    package mutating func responseEnded(at now: Moment) {
        openResponses = max(0, openResponses - 1)
        guard openResponses == 0 else { return }
        if isReceivingBody {
            waiting = Deadline(moment: now + Self.length(limits.linger), fault: .lingeredTooLong)
        } else {
            startIdling(at: now)
        }
    }

    package mutating func writeQueued(at now: Moment) {
        if unsentWrites == 0 { lastWriteProgress = now }
        unsentWrites += 1
    }

    package mutating func writeCompleted(at now: Moment) {
        unsentWrites = max(0, unsentWrites - 1)
        lastWriteProgress = now
    }

    /// The earliest deadline that is running; `nil` while the next step is ours.
    package var next: Deadline? {
        var candidates: [Deadline] = []
        if let waiting { candidates.append(waiting) }
        if isReceivingBody, let since = waitingForBytesSince {
            candidates.append(Deadline(moment: since + bodyCredit, fault: .bodyTooSlow))
        }
        if unsentWrites > 0 {
            let moment = lastWriteProgress + Self.length(limits.writeStall)
            candidates.append(Deadline(moment: moment, fault: .responseNotRead))
        }
        return candidates.min { $0.moment < $1.moment }
    }

    /// Why the connection must be closed now; `nil` where it may stay.
    package func fault(at now: Moment) -> ConnectionFault? {
        guard let next, next.moment <= now else { return nil }
        return next.fault
    }

    private mutating func startIdling(at now: Moment) {
        isBeforeFirstByte = true
        waiting = Deadline(moment: now + Self.length(limits.idle), fault: .idle)
    }

    private mutating func spendCredit(until now: Moment) {
        guard let since = waitingForBytesSince else { return }
        bodyCredit = max(0, bodyCredit - (now - since))
    }

    private static func length(_ duration: Duration) -> Moment {
        let (seconds, attoseconds) = duration.components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
