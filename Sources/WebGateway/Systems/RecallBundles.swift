import Casework
import Hummingbird
import RecordExchange
import Vocabulary

/// Another student's records, said and answered by systems.
extension SystemRoom {
    func recallState(_ visit: SystemVisit) async throws -> Response {
        let view = try await desk.recallView(
            of: try visit.identifier("bundle"),
            in: try number(visit),
            by: visit.actor
        )
        return try answer(view)
    }

    func recallBundle(_ visit: SystemVisit) async throws -> Response {
        let number = try number(visit)
        let bundle: RecordBundle.ID = try visit.identifier("bundle")
        let note = try visit.read { reader in
            reader.text("note", limit: RequestDraft.longestMessage)
        }
        let view = try await desk.recallRecords(
            bundle,
            in: number,
            note: note,
            by: visit.actor
        )
        return try answer(view)
    }

    func confirmDestroyed(_ visit: SystemVisit) async throws -> Response {
        enum Copies: String, CaseIterable { case own, all }
        let number = try number(visit)
        let bundle: RecordBundle.ID = try visit.identifier("bundle")
        let copies = try visit.read { reader in
            reader.choice("copies", of: Copies.self, isRequired: true)
        }
        let view = try await desk.confirmDestroyed(
            bundle,
            in: number,
            forSchool: copies == .all,
            by: visit.actor
        )
        return try answer(view)
    }

    private func answer(_ view: RecallView) throws -> Response {
        guard let state = SystemView.RecallState(view) else { throw SystemProblem(.notFound) }
        return .json(state)
    }

    /// By the system that sent it.
    func recallAnswer(_ visit: SystemVisit) async throws -> Response {
        let inquiry: Inquiry.ID = try visit.identifier("inquiry")
        let (id, note) = try visit.read { reader in
            let typed = reader.text("bundle", isRequired: true)
            let id = RecordBundle.ID(typed)
            if id == nil, !typed.isEmpty { reader.note("bundle", "is no bundle's identifier") }
            return (id, reader.text("note", limit: RequestDraft.longestMessage))
        }
        guard let id else { throw SystemProblem(.invalid) }
        try await desk.recallAnswer(
            id,
            to: inquiry,
            note: note,
            by: .staff(visit.actor)
        )
        return Response(status: .noContent)
    }
}

extension SystemView {
    struct RecallState: Encodable {
        struct Opening: Encodable {
            let recipient: String
            /// Absent where a system took it.
            let person: String?
            let way: String
            let firstAt: String
            let lastAt: String
            /// Absent while nobody has said so.
            let destroyedAt: String?
        }

        let bundle: String
        let recalledAt: String
        let by: String
        let note: String
        let openings: [Opening]
        /// Copies at the school that asked of which nobody said that they are destroyed.
        let open: Int

        /// `nil` where it was not recalled.
        init?(_ view: RecallView) {
            guard let recall = view.bundle.recall else { return nil }
            bundle = view.bundle.id.description
            recalledAt = time(recall.at)
            by = recall.side.rawValue
            note = recall.note
            openings = view.openings.map { opening in
                Opening(
                    recipient: opening.recipient.description,
                    person: opening.person.isEmpty ? nil : opening.person,
                    way: opening.way.rawValue,
                    firstAt: time(opening.firstAt),
                    lastAt: time(opening.lastAt),
                    destroyedAt: opening.recipient == .school(view.requester.id)
                        ? recall.destruction(of: opening).map { time($0.at) } : nil
                )
            }
            open = view.open
        }
    }
}
