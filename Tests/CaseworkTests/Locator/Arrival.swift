import Casework
import RecordLocator
import Synchronization

/// A locator after whose next answer something else is committed, before the asker writes.
final class Arrival: RecordFinder {
    typealias Action = @Sendable () async throws -> Void

    enum Question { case areGuarded, hanging }

    private let locator: LivingLocator
    private let action = Mutex<(after: Question, action: Action)?>(nil)

    init(beside locator: LivingLocator) { self.locator = locator }

    /// Happens once, after the next question of this kind.
    func next(after question: Question, _ action: @escaping Action) {
        self.action.withLock { $0 = (question, action) }
    }

    private func happen(_ question: Question) async {
        let action = action.withLock { next -> Action? in
            guard let due = next, due.after == question else { return nil }
            next = nil
            return due.action
        }
        try? await action?()
    }

    func find(_ query: LocatorQuery) async -> LocatorAnswer { await locator.find(query) }

    func areGuarded(_ queries: [LocatorQuery]) async -> [Bool] {
        let answer = await locator.areGuarded(queries)
        await happen(.areGuarded)
        return answer
    }

    func guards(of entries: [LocatorEntry]) async -> [[LocatorEntry]?] {
        await locator.guards(of: entries)
    }

    func hanging(on query: LocatorQuery) async -> [LocatorEntry] {
        let answer = await locator.hanging(on: query)
        await happen(.hanging)
        return answer
    }

    func takeUp() async throws -> Int64 { try await locator.takeUp() }
}
