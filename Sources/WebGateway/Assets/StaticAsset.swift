package import Casework
import HTTPTypes
package import Hummingbird
import NIOCore
import Vocabulary

/// A style sheet or a script, served from memory.
///
/// Its name stays the same, so browsers ask each time whether their copy is still good, and are
/// told so by its tag in a few bytes.
package struct StaticAsset: Sendable {
    private let mediaType: String
    private let tag: String
    private let body: ByteBuffer

    package init(_ text: String, mediaType: String, secrets: some SecretSource) {
        self.mediaType = mediaType
        tag = "\"\(secrets.digest(of: Array(text.utf8)).description.prefix(32))\""
        body = ByteBuffer(string: text)
    }

    package func response(to request: Request) -> Response {
        var headers: HTTPFields = [.eTag: tag, .cacheControl: "no-cache"]
        if request.headers[values: .ifNoneMatch].contains(tag) {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentType] = mediaType
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: body))
    }
}
