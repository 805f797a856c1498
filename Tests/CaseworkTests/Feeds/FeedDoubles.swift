import Casework
import RecordLocator
import Synchronization

/// A file whose machine dies while it is read for the third time: inspected, checked, applied.
final class DyingFile: FeedFile {
    struct Dead: Error {}

    private let file: FeedBytes
    private let begun = Mutex(0)
    var name: String { file.name }
    var byteCount: Int64 { file.byteCount }

    init(_ file: FeedBytes) { self.file = file }

    func read(from offset: Int64, upTo maximum: Int) throws -> [UInt8] {
        let times = begun.withLock { begun in
            if offset == 0 { begun += 1 }
            return begun
        }
        if times == 3, offset > 0 { throw Dead() }
        return try file.read(from: offset, upTo: maximum)
    }
}

/// A locator before whose first answer something else happens.
final class Interruption: RecordFinder {
    typealias Action = @Sendable () async throws -> FeedReport

    let locator = Mutex<LivingLocator?>(nil)
    let action = Mutex<Action?>(nil)

    func find(_ query: LocatorQuery) async -> LocatorAnswer {
        await locator.withLock(\.self)?.find(query) ?? LocatorIndex().search(query)
    }

    func areGuarded(_ queries: [LocatorQuery]) async -> [Bool] {
        let action = action.withLock { action in
            defer { action = nil }
            return action
        }
        _ = try? await action?()
        return queries.map { _ in false }
    }

    func guards(of entries: [LocatorEntry]) async -> [[LocatorEntry]?] {
        entries.map { _ in nil }
    }

    func hanging(on query: LocatorQuery) async -> [LocatorEntry] { [] }

    func takeUp() async throws -> Int64 { try await locator.withLock(\.self)?.takeUp() ?? 0 }
}

/// What was dropped, by its file.
final class DroppedTexts: Sendable {
    private let kept = Mutex<[DroppedFile.ID: [UInt8]]>([:])

    func put(_ bytes: [UInt8], _ id: DroppedFile.ID) { kept.withLock { $0[id] = bytes } }
    func bytes(_ id: DroppedFile.ID) -> [UInt8] { kept.withLock { $0[id] ?? [] } }
}
