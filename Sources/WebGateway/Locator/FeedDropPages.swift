import Casework
import Hummingbird
import Rendering
import Vocabulary

/// Extracts that partners' systems dropped by SFTP: how they stand, and a person's word about
/// those that wait for one.
extension StaffRoom {
    func row(_ drop: FeedDrop, of system: SourceSystem) -> FeedDropRow {
        FeedDropRow(
            path: StaffRoute.feed.path(system.name).description + "/drops/\(drop.id)",
            file: drop.name,
            at: local(drop.receivedAt, Self.capital),
            mode: drop.mode,
            status: drop.status,
            counts: drop.counts.map { FeedCountsView($0) },
            trouble: drop.failure.map { FeedTrouble($0) },
            confirmation: drop.confirmation.map { FeedConfirmationView($0) },
            hasRefusals: !drop.refusals.isEmpty
        )
    }

    func agreeToFeed(_ visit: StaffVisit) async throws -> Response {
        let name = try visit.visit.parameter("system")
        guard let confirmed = visit.visit.form["feedConfirmed"].flatMap({ Int($0) }) else {
            throw GatewayFailure.malformed
        }
        try await whereThere {
            try await desk.agreeToFeed(
                try visit.visit.identifier("drop"),
                of: name,
                confirmed: confirmed,
                by: .staff(visit.actor)
            )
        }
        return seeOther(.feed, name, done: .feedAgreed)
    }

    func declineFeed(_ visit: StaffVisit) async throws -> Response {
        let name = try visit.visit.parameter("system")
        try await whereThere {
            try await desk.declineFeed(
                try visit.visit.identifier("drop"),
                of: name,
                by: .staff(visit.actor)
            )
        }
        return seeOther(.feed, name, done: .feedDeclined)
    }

    /// The refused rows that are kept of a dropped file: where and why.
    func refusedRowsOfDrop(_ visit: StaffVisit) async throws -> Response {
        let name = try visit.visit.parameter("system")
        let id: FeedDrop.ID = try visit.visit.identifier("drop")
        return try await whereThere {
            let drop = try await desk.feedDrop(id, of: name, by: .staff(visit.actor))
            return refusedRows(drop.refusals, of: name, in: visit.visit.language)
        }
    }

    /// A source system that is not there, or is none of theirs, is not found.
    private func whereThere<Result>(
        _ work: () async throws -> Result
    ) async throws -> Result {
        do { return try await work() } catch is FeedFailure { throw GatewayFailure.notFound }
    }
}
