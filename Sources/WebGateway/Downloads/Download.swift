package import Casework
import Dispatch
import HTTPTypes
package import Hummingbird
import NIOCore
package import Vocabulary

/// A file on its way to a person: always saved, never shown by the browser in our name.
package struct Download: Sendable {
    private let reader: any ProtectedFileReader
    private let name: String
    private let mediaType: String
    private let tag: String
    private let fetch: Fetch?

    /// `name`: cleaned already; offered to the browser as the file's name.
    ///
    /// `digest`: of the content; becomes the entity tag.
    ///
    /// `fetch`: told of the bytes that were handed to the connection, of which the last ones may
    /// not have arrived where it broke; never of a HEAD.
    package init(
        reader: any ProtectedFileReader,
        name: String,
        mediaType: String,
        digest: SHA256Digest,
        fetch: Fetch? = nil
    ) {
        self.reader = reader
        self.name = name
        self.mediaType = mediaType
        tag = "\"\(digest)\""
        self.fetch = fetch
    }

    /// Answers a request for it: whole, a part (`Range`), or not at all where the browser has it.
    package func response(to request: Request) -> Response {
        var headers = headers
        if request.headers[values: .ifNoneMatch].contains(tag) {
            return Response(status: .notModified, headers: headers)
        }
        // A part of another version must not be glued to what the client has.
        let isSameVersion = request.headers[.ifRange].map { $0 == tag } ?? true
        let length = reader.byteCount
        let range = isSameVersion ? request.headers[.range] : nil
        switch ByteRange(header: range, length: length) {
        case .unsatisfiable:
            headers[.contentRange] = "bytes */\(length)"
            return Response(status: .rangeNotSatisfiable, headers: headers)
        case .part(let first, let last):
            headers[.contentRange] = "bytes \(first)-\(last)/\(length)"
            let body = body(from: first, to: last + 1)
            return Response(status: .partialContent, headers: headers, body: body)
        case .whole:
            return Response(status: .ok, headers: headers, body: body(from: 0, to: length))
        }
    }

    private var headers: HTTPFields {
        [
            .contentType: mediaType,
            .contentDisposition: ContentDisposition.attachment(name),
            .eTag: tag,
            .acceptRanges: "bytes",
            // Even where a browser shows it after all: no scripts, no origin.
            .contentSecurityPolicy: "default-src 'none'; sandbox; frame-ancestors 'none'",
            .cacheControl: "private, no-store",
        ]
    }

    // Two small pieces in memory at a time, however slow the reader is: one on its way to it, and the
    // next on its way from the disk.
    private func body(from start: Int64, to end: Int64) -> ResponseBody {
        let (reader, fetch) = (reader, fetch)
        return ResponseBody(contentLength: Int(end - start)) { writer in
            var next = try await reader.piece(from: start, to: end)
            var (offset, unasked) = (start, Int64(0))
            while offset < end {
                let piece = next
                guard piece.readableBytes > 0 else { throw Truncated() }
                offset += Int64(piece.readableBytes)
                unasked += Int64(piece.readableBytes)
                // Nobody who reads while it is recalled gets the last of it. What is one piece was
                // given this moment.
                let isLast = offset == end && Int64(piece.readableBytes) < end - start
                if isLast || unasked >= Self.unaskedBytes, let fetch {
                    guard await fetch.isGiven() else { throw TakenBack() }
                    unasked = 0
                }
                let from = offset
                async let following = reader.piece(from: from, to: end)
                try await writer.write(piece)
                if let fetch {
                    fetch.memory.add((from - Int64(piece.readableBytes))..<from, of: fetch.key)
                }
                next = try await following
            }
            try await writer.finish(nil)
            guard let fetch, fetch.memory.takeWhole(fetch.key, of: reader.byteCount) else { return }
            await fetch.whenWhole()
        }
    }

    private static let unaskedBytes: Int64 = 4 << 20

    /// It was recalled while it was on its way; the connection is closed as of one cut short.
    private struct TakenBack: Error {}

    /// The file is shorter than it says; the connection is closed, so that nobody takes it for
    /// whole.
    private struct Truncated: Error {}
}

extension ProtectedFileReader {
    /// Up to 128 KiB for a connection; none at the end.
    func piece(from offset: Int64, to end: Int64) async throws -> ByteBuffer {
        let wanted = Int(min(128 << 10, end - offset))
        guard wanted > 0 else { return ByteBuffer() }
        return try await DiskWork.run {
            var piece = ByteBufferAllocator().buffer(capacity: wanted)
            _ = try piece.writeWithUnsafeMutableBytes(minimumWritableBytes: wanted) { room in
                let room = UnsafeMutableRawBufferPointer(rebasing: room[..<wanted])
                return try read(from: offset, into: room)
            }
            return piece
        }
    }
}

/// Reads from the disk away from the threads that everybody else runs on.
enum DiskWork {
    private static let queue = DispatchQueue(label: "mochila.web.disk", attributes: .concurrent)

    static func run<Value: Sendable>(
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: work)) }
        }
    }
}
