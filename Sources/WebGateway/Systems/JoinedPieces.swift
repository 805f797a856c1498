import Casework
import NIOCore
import Vocabulary

/// The pieces of an upload, read as the one file that they are.
struct JoinedPieces: ProtectedFileReader {
    private let pieces: [(start: Int64, piece: PartialUpload.Piece)]
    private let drop: any FileDrop
    let byteCount: Int64

    init(_ pieces: [PartialUpload.Piece], in drop: any FileDrop) {
        var start: Int64 = 0
        self.pieces = pieces.map { piece in
            defer { start += piece.byteCount }
            return (start, piece)
        }
        byteCount = start
        self.drop = drop
    }

    func read(from offset: Int64, upTo maximum: Int) throws -> [UInt8] {
        guard
            let (start, piece) = pieces.last(where: { $0.start <= offset }),
            offset < start + piece.byteCount
        else { return [] }
        return try drop.open(piece.file).read(from: offset - start, upTo: maximum)
    }
}

/// A file as a body, read away from the threads that everybody else runs on.
struct FileBody: AsyncSequence, Sendable {
    let reader: any ProtectedFileReader

    struct AsyncIterator: AsyncIteratorProtocol {
        let reader: any ProtectedFileReader
        var offset: Int64 = 0

        mutating func next() async throws -> ByteBuffer? {
            let piece = try await reader.piece(from: offset, to: reader.byteCount)
            offset += Int64(piece.readableBytes)
            return piece.readableBytes == 0 ? nil : piece
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(reader: reader) }
}
