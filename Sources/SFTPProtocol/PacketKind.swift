/// The types of packets of SFTP version 3 (draft-ietf-secsh-filexfer-02).
package enum PacketKind: UInt8, Sendable, CaseIterable {
    case initialize = 1
    case version = 2
    case open = 3
    case close = 4
    case read = 5
    case write = 6
    case linkStatus = 7
    case handleStatus = 8
    case setStatus = 9
    case setHandleStatus = 10
    case openFolder = 11
    case readFolder = 12
    case remove = 13
    case makeFolder = 14
    case removeFolder = 15
    case realPath = 16
    case status = 17
    case rename = 18
    case readLink = 19
    case makeLink = 20
    case statusReply = 101
    case handleReply = 102
    case dataReply = 103
    case nameReply = 104
    case attributesReply = 105
    case extended = 200
    case extendedReply = 201
}

/// What a status reply says.
package enum StatusCode: UInt32, Error, Hashable, Sendable, CaseIterable {
    case ok = 0
    case endOfFile = 1
    case noSuchFile = 2
    case permissionDenied = 3
    case failure = 4
    case badMessage = 5
    case unsupported = 8
}

/// Why something is refused: a code for the program at the other end, a sentence for its person.
package struct Refusal: Error, Hashable, Sendable {
    package let code: StatusCode
    /// English; holds no path of ours.
    package let message: String

    package init(_ code: StatusCode, _ message: String) {
        self.code = code
        self.message = message
    }

    package static let noSuchFile = Self(.noSuchFile, "There is no such file.")
}

/// How large packets and their fields may be.
package enum PacketLimits {
    /// Of a packet after its length field: what OpenSSH takes and sends.
    package static let packetBytes = 256 * 1_024
    /// Of one read or one write, so that its packet fits.
    package static let dataBytes = packetBytes - 1_024
    package static let openHandles = 64
    /// Of a reply to a client that reads neither files nor lists.
    package static let replyBytes = 34_000
    /// Of one write of a client's: what every server takes (draft-ietf-secsh-filexfer-02, 3).
    package static let writeBytes = 32 * 1_024
    /// How many writes of a client's may be without an answer.
    package static let unansweredWrites = 64
}
