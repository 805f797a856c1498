import Casework
import HTTPTypes
import Hummingbird
import NIOCore
import RecordExchange
import Vocabulary

/// The queue for a spreadsheet.
extension StaffRoom {
    private static let linesAtOnce = 200

    /// What the address narrows the queue to, all of it, a page at a time: nothing waits for the
    /// last one, nothing is counted, and no line comes twice.
    func queueCSV(_ visit: StaffVisit) async throws -> Response {
        guard let state = visit.actor.watchedStates.first else { throw GatewayFailure.forbidden }
        var filter = QueueQuery(visit.visit.query, reader: visit.actor.id).filter
        // Whoever is unknown here narrows nothing, as on the page.
        filter.assignee = try await whose(visit.visit.query, of: state, visit).0.assignee
        let (desk, actor, filtered) = (desk, visit.actor, filter)
        let body = ResponseBody { writer in
            try await writer.write(ByteBuffer(string: QueueFile.head))
            var start: PageStart? = .top
            while let from = start {
                let page = try await desk.queueLines(
                    filtered,
                    in: state,
                    start: from,
                    limit: Self.linesAtOnce,
                    by: actor
                )
                let lines = page.items.map(QueueFile.line).joined()
                if !lines.isEmpty { try await writer.write(ByteBuffer(string: lines)) }
                start = page.after.map { PageStart.after($0) }
            }
            try await writer.finish(nil)
        }
        let day = desk.time.today(in: state)
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8",
                .contentDisposition: ContentDisposition.attachment("mochila-queue-\(day).csv"),
                .cacheControl: "private, no-store",
            ],
            body: body
        )
    }
}
