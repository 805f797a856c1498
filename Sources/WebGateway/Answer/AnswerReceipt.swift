import Casework
import Hummingbird
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

/// What arrived, and what the receiver still lacks.
extension AnswerRoom {
    func receipt(
        _ visit: Visit,
        _ task: AnswerTask,
        _ seat: Seat,
        _ frame: Framing
    ) throws -> Response {
        guard let bundle = task.bundles.last else { return frame(recordsPage(task, seat), .ok) }
        let standing = task.standing
        let readings = try readings(
            of: standing.contains { $0.id == bundle.id } ? standing : standing + [bundle]
        )
        let completeness = task.completeness(
            of: standing.compactMap { readings[$0.id]?.record }
        )
        let page = ReceiptPage(
            base: seat.base,
            number: task.request.number,
            receipt: bundle.receiptNumber,
            requester: task.requester.name,
            receivedAt: desk.time.local(bundle.answeredAt, in: task.holder.state),
            name: bundle.certification.name,
            title: bundle.certification.title,
            files: bundle.files.map(FileRow.init),
            held: task.held.map(FileRow.init),
            parts: bundle.parts.map { PartRow(part: $0.part, state: PartWord($0.status)) },
            notYetHeld: completeness.parts(standing: .notYetHeld),
            lacking: completeness.parts(standing: .missing),
            lacks: PartLacks.all(of: completeness),
            problems: problems(
                of: bundle,
                read: readings[bundle.id],
                seat,
                proof: visit.query["sent"]
            ),
            outcomes: outcomes(task),
            isComplete: task.inquiry.status == .sent || task.isLate,
            canSendMore: true,
            readers: task.requester.name
        )
        return frame(page, .ok)
    }
}
