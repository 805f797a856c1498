import Casework
import Synchronization

/// A file on its way into the inbox: counted, sniffed and encrypted while it arrives.
///
/// Bytes are collected into pieces before they are written, so that a browser's small packets do
/// not become as many waits for the disk.
final class ArrivingFile: IncomingFile {
    private enum Phase {
        case arriving
        case ended
    }

    private struct State {
        var phase = Phase.arriving
        /// `nil` where any bytes are taken.
        var sniffer: TypeSniffer?
        var byteCount: Int64 = 0
        var pending: [UInt8] = []
    }

    private static let pieceSize = 256 * 1_024

    private let id: DroppedFile.ID
    private let name: String
    private let limit: Int64
    private let writer: any ProtectedFileWriter
    private let folder: Folder
    private let reserve: DiskReserve
    private let state: Mutex<State>

    init(
        id: DroppedFile.ID,
        name: String,
        limit: Int64,
        sniffs: Bool,
        writer: any ProtectedFileWriter,
        folder: Folder,
        reserve: DiskReserve
    ) {
        self.id = id
        self.name = name
        self.limit = limit
        self.writer = writer
        self.folder = folder
        self.reserve = reserve
        state = Mutex(State(sniffer: sniffs ? TypeSniffer() : nil))
    }

    func write(_ bytes: UnsafeRawBufferPointer) async throws {
        do {
            let piece = try state.withLock { state in try take(bytes, into: &state) }
            if let piece { try await flush(piece) }
        } catch {
            await abandon()
            throw error
        }
    }

    func finish() async throws -> DroppedFile {
        do {
            let (mediaType, type, rest) = try state.withLock { state in try lastPiece(of: &state) }
            if !rest.isEmpty { try await flush(rest) }
            let file = try await BlockingWork.run { [self] in try publish(as: type, mediaType) }
            state.withLock { $0.phase = .ended }
            return file
        } catch {
            await abandon()
            throw error
        }
    }

    func abandon() async {
        let isFirst = state.withLock { state in
            defer { state.phase = .ended }
            state.pending = []
            return state.phase == .arriving
        }
        guard isFirst else { return }
        _ = try? await BlockingWork.run { [writer] in writer.abandon() }
    }

    private func take(
        _ bytes: UnsafeRawBufferPointer,
        into state: inout State
    ) throws -> [UInt8]? {
        guard state.phase == .arriving else { throw FileRefusal.cutShort(name: shownName) }
        guard Int64(bytes.count) <= limit - state.byteCount else {
            throw FileRefusal.tooLarge(name: shownName, limit: limit)
        }
        state.byteCount += Int64(bytes.count)
        do {
            try state.sniffer?.read(bytes)
        } catch {
            throw FileRefusal.typeNotAllowed(name: shownName)
        }
        state.pending.append(contentsOf: bytes)
        guard state.pending.count >= Self.pieceSize else { return nil }
        defer {
            state.pending = []
            state.pending.reserveCapacity(Self.pieceSize)
        }
        return state.pending
    }

    private func lastPiece(of state: inout State) throws -> (String, FileType, [UInt8]) {
        guard state.phase == .arriving else { throw FileRefusal.cutShort(name: shownName) }
        guard state.byteCount > 0 else { throw FileRefusal.empty(name: shownName) }
        do {
            let type = try state.sniffer?.finish() ?? .csv
            defer { state.pending = [] }
            let encoding = state.sniffer?.encoding ?? .utf8
            return (type.mediaType(in: encoding), type, state.pending)
        } catch {
            throw error.hasUnknownLetters
                ? FileRefusal.lettersNotKnown(name: shownName)
                : FileRefusal.typeNotAllowed(name: shownName)
        }
    }

    private func flush(_ piece: [UInt8]) async throws {
        try await BlockingWork.run { [writer, folder, reserve] in
            // A file that began while there was room must not take the last of it as it grows.
            guard try reserve.hasRoom(for: piece.count) else { throw FileRefusal.diskFull }
            do {
                try piece.withUnsafeBytes { try writer.write($0) }
            } catch {
                throw Inbox.refusal(for: error, in: folder)
            }
        }
    }

    private func publish(as type: FileType, _ mediaType: String) throws -> DroppedFile {
        do {
            let (bytes, digest) = try writer.finish()
            try folder.publish(StoredName(id, .arriving), as: StoredName(id, .file))
            return DroppedFile(
                id: id,
                name: FileName(cleaning: name, type: type).description,
                mediaType: mediaType,
                byteCount: bytes,
                digest: digest
            )
        } catch {
            // The name may stand already: what was not acknowledged must not stay.
            try? folder.remove(StoredName(id, .arriving))
            try? folder.remove(StoredName(id, .file))
            throw Inbox.refusal(for: error, in: folder)
        }
    }

    private var shownName: String { FileName(cleaning: name).description }
}
