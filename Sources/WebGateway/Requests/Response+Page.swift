package import HTTPTypes
package import Hummingbird
import NIOCore

extension Response {
    /// A page of HTML.
    package static func page(_ html: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: html))
        )
    }

    /// Plain text or another small document, as a string.
    package static func text(
        _ text: String,
        mediaType: String = "text/plain; charset=utf-8",
        status: HTTPResponse.Status = .ok
    ) -> Response {
        Response(
            status: status,
            headers: [.contentType: mediaType],
            body: .init(byteBuffer: ByteBuffer(string: text))
        )
    }

    /// A small document of bytes.
    package static func document(_ bytes: [UInt8], mediaType: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: mediaType],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }

    /// After a successful POST: 303 to a page that can be reloaded and bookmarked.
    package static func seeOther(_ path: LocalPath) -> Response {
        Response(status: .seeOther, headers: [.location: path.description])
    }
}
