import Casework
import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore

/// A response with JSON in it, before it is one: it can be kept and given again.
struct JSONAnswer: Hashable, Sendable {
    let status: HTTPResponse.Status
    let mediaType: String
    let bytes: [UInt8]

    /// `value` as JSON, members in the order of their names.
    init(
        _ value: some Encodable,
        status: HTTPResponse.Status = .ok,
        mediaType: String = "application/json"
    ) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        self.mediaType = mediaType
        do {
            bytes = Array(try encoder.encode(value))
            self.status = status
        } catch {
            // Only a number that is none cannot be encoded, and we send none.
            bytes = []
            self.status = .internalServerError
        }
    }

    var response: Response {
        Response(
            status: status,
            headers: bytes.isEmpty ? [:] : [.contentType: mediaType],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }

    var kept: PartialUpload.Answer {
        .init(
            status: status.code,
            mediaType: mediaType,
            body: String(decoding: bytes, as: UTF8.self)
        )
    }
}

extension Response {
    /// `value` as JSON, members in the order of their names.
    static func json(
        _ value: some Encodable,
        status: HTTPResponse.Status = .ok,
        mediaType: String = "application/json"
    ) -> Response {
        JSONAnswer(value, status: status, mediaType: mediaType).response
    }
}
