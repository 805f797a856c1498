import RecordExchange
package import Vocabulary

/// A filter of the state queue under a name of its own.
package struct SavedView: Hashable, Sendable, Codable {
    package let name: String
    private let viewName: String
    private let orderName: String
    package let isUrgentOnly: Bool
    package let search: String
    /// Absent in views of everybody's requests; a person's identifier, or nothing for nobody's.
    private let assigneeName: String?

    package init(
        name: String,
        view: WorklistQuestion.View,
        order: WorklistQuestion.Order,
        isUrgentOnly: Bool,
        assignee: Assignee? = nil,
        search: String
    ) {
        self.name = name
        viewName = view.rawValue
        orderName = order.rawValue
        self.isUrgentOnly = isUrgentOnly
        self.search = search
        assigneeName = assignee.map { $0.staff?.description ?? "" }
    }

    /// A view that is there no more shows everything.
    package var view: WorklistQuestion.View { .init(rawValue: viewName) ?? .all }
    package var order: WorklistQuestion.Order { .init(rawValue: orderName) ?? .waiting }
    package var assignee: Assignee? {
        assigneeName.map { name in StaffID(name).map { .person($0) } ?? .nobody }
    }

    package func question(_ owner: WorklistQuestion.Owner) -> WorklistQuestion {
        WorklistQuestion(
            owner,
            view: view,
            order: order,
            isUrgentOnly: isUrgentOnly,
            assignee: assignee,
            search: search
        )
    }

    /// The most views of one person, and the longest name and search in bytes.
    package static let most = 20
    package static let longestText = 100
}

/// A saved view and how much is in it.
package struct CountedView: Hashable, Sendable {
    package let view: SavedView
    /// Exact.
    package let count: Int
}

extension Desk {
    /// The views that a person named, with what is in each now.
    package func queueViews(
        of state: StateCode,
        by actor: Actor
    ) async throws -> [CountedView] {
        guard actor.watchedStates.contains(state) else { throw CaseworkFailure.notAllowed }
        return try await read { transaction in
            try (transaction.session.account(actor.id)?.queueViews ?? []).map { view in
                let counts = try transaction.session.worklistCounts(view.question(.state(state)))
                return CountedView(view: view, count: counts[view.view])
            }
        }
    }

    /// Names a view; one of the same name is replaced.
    package func saveQueueView(_ view: SavedView, by actor: Actor) async throws {
        guard view.name.utf8.contains(where: { $0 > 32 }) else {
            throw CaseworkFailure.nameMissing
        }
        guard [view.name, view.search].allSatisfy({ $0.utf8.count <= SavedView.longestText }) else {
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
