import RecordExchange
package import Vocabulary

/// A filter of the state queue under a name of its own.
package struct SavedView: Hashable, Sendable, Codable {
    package let name: String
    private let viewName: String
    private let orderName: String
    private let isUrgentOnly: Bool
    private let search: String
    /// Absent in views of everybody's requests; a person's identifier, or nothing for nobody's.
    private let assigneeName: String?
    // Absent in views that are not narrowed by them.
    private let sideName: String?
    private let stepName: String?
    private let waitedDays: Int?
    private let bandName: String?

    package init(name: String, _ filter: QueueFilter) {
        self.name = name
        viewName = filter.view.rawValue
        orderName = filter.order.rawValue
        isUrgentOnly = filter.isUrgentOnly
        search = filter.search
        assigneeName = filter.assignee.map { $0.staff?.description ?? "" }
        sideName = filter.side == .holding ? nil : filter.side.rawValue
        stepName = filter.step?.rawValue
        waitedDays = filter.waitedDays
        bandName = filter.band?.rawValue
    }

    /// What it shows; whatever of it is there no more narrows nothing.
    package var filter: QueueFilter {
        var filter = QueueFilter()
        filter.view = .init(rawValue: viewName) ?? .all
        filter.order = .init(rawValue: orderName) ?? .waiting
        filter.isUrgentOnly = isUrgentOnly
        filter.search = search
        filter.assignee = assigneeName.map { name in
            StaffID(name).map { .person($0) } ?? .nobody
        }
        filter.side = sideName.flatMap { .init(rawValue: $0) } ?? .holding
        filter.step = stepName.flatMap { .init(rawValue: $0) }
        filter.waitedDays = waitedDays
        filter.band = bandName.flatMap { .init(rawValue: $0) }
        return filter
    }

    /// The most views of one person, and the longest name and search in bytes.
    package static let most = 20
    package static let longestText = 100
    /// So many of them are counted whenever the queue is shown: each count is a look at the list.
    package static let mostCounted = 6
}

/// A saved view and how much is in it.
package struct CountedView: Hashable, Sendable {
    package let view: SavedView
    /// Exact; `nil` beyond the first few, which are not counted.
    package let count: Int?
}

extension Desk {
    /// The views that a person named, with what is in each now.
    package func queueViews(
        of state: StateCode,
        by actor: Actor
    ) async throws -> [CountedView] {
        guard actor.watchedStates.contains(state) else { throw CaseworkFailure.notAllowed }
        return try await read { transaction in
            let people = Set(try transaction.session.accounts(at: .state(state)).map(\.id))
            let views = try transaction.session.account(actor.id)?.queueViews ?? []
            return try views.enumerated().map { place, view in
                guard place < SavedView.mostCounted else {
                    return CountedView(view: view, count: nil)
                }
                var filter = view.filter
                // Whoever is unknown at the office narrows nothing, as in the list itself.
                if let person = filter.assignee?.staff, !people.contains(person) {
                    filter.assignee = nil
                }
                let question = filter.question(in: state, at: transaction.time)
                let counts = try transaction.session.worklistCounts(question)
                return CountedView(view: view, count: counts[filter.view])
            }
        }
    }

    /// Names a view; one of the same name is replaced.
    package func saveQueueView(_ view: SavedView, by actor: Actor) async throws {
        guard view.name.utf8.contains(where: { $0 > 32 }) else {
            throw CaseworkFailure.nameMissing
        }
        let texts = [view.name, view.filter.search]
        guard texts.allSatisfy({ $0.utf8.count <= SavedView.longestText }) else {
            throw CaseworkFailure.tooLong
        }
        try await changeViews(by: actor) { views in
            if let index = views.firstIndex(where: { $0.name == view.name }) {
                views[index] = view
            } else {
                guard views.count < SavedView.most else { throw CaseworkFailure.notPossibleNow }
                views.append(view)
            }
        }
    }

    package func forgetQueueView(_ name: String, by actor: Actor) async throws {
        try await changeViews(by: actor) { $0.removeAll { $0.name == name } }
    }

    private func changeViews(
        by actor: Actor,
        _ change: @escaping @Sendable (inout [SavedView]) throws -> Void
    ) async throws {
        guard !actor.watchedStates.isEmpty else { throw CaseworkFailure.notAllowed }
        try await write { transaction in
            guard var account = try transaction.session.account(actor.id) else {
                throw CaseworkFailure.notFound
            }
            var views = account.queueViews ?? []
            try change(&views)
            account.queueViews = views.isEmpty ? nil : views
            try transaction.session.save(account)
        }
    }
}
