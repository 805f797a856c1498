import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// `value` as JSON, members in the order of their names.
    static func json(
        _ value: some Encodable,
        status: HTTPResponse.Status = .ok,
        mediaType: String = "application/json"
    ) -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let bytes = try? encoder.encode(value) else {
            // Only a number that is none cannot be encoded, and we send none.
            return Response(status: .internalServerError)
        }
        return Response(
            status: status,
            headers: [.contentType: mediaType],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }
}
