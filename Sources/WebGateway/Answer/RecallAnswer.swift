import Casework
import Hummingbird
import RecordExchange
import Rendering
import Vocabulary

/// Whoever sent records finds that they are another student's, also after the end: nothing of the
/// student is shown.
extension AnswerRoom {
    func recall(
        _ visit: Visit,
        at seat: Seat,
        _ frame: Framing
    ) async throws -> Response {
        let sent = try await desk.sentBundles(of: seat.inquiry, by: seat.answerer)
        return frame(try await recallPage(sent, seat, .empty), .ok)
    }

    func sayRecall(
        _ visit: Visit,
        at seat: Seat,
        _ frame: Framing
    ) async throws -> Response {
        let sent = try await desk.sentBundles(of: seat.inquiry, by: seat.answerer)
        let typed = visit.form
        let chosen = sent.first { $0.id.description == typed[.recalled] }
        var problems: [FieldProblem] = []
        if chosen == nil { problems.append(FieldProblem(.recalled, .recalledMissing)) }
        if typed[.note].utf8.count > RequestDraft.longestMessage {
            problems.append(
                FieldProblem(.note, .tooLong(limit: RequestDraft.longestMessage))
            )
        }
        guard let chosen, problems.isEmpty else {
            let form = Form(typed.typed(.note, .recalled), problems: problems)
            return frame(try await recallPage(sent, seat, form), .unprocessableContent)
        }
        try await desk.recallAnswer(
            chosen.id,
            to: seat.inquiry,
            note: typed[.note],
            by: seat.answerer
        )
        let now = try await desk.sentBundles(of: seat.inquiry, by: seat.answerer)
        return frame(try await recallPage(now, seat, .empty), .ok)
    }

    private func recallPage(
        _ sent: [SentBundle],
        _ seat: Seat,
        _ form: Form
    ) async throws -> RecallAnswerPage {
        guard let first = sent.first else {
            // Nothing is sealed yet, so nothing left: there is only an answer to be waited for.
            let task = try await desk.answerTask(seat.inquiry, by: seat.answerer)
            return RecallAnswerPage(
                base: seat.base,
                number: task.request.number,
                requester: task.requester.name,
                rows: [],
                canRecall: false,
                form: form
            )
        }
        let open = sent.filter { $0.recall == nil }
        return RecallAnswerPage(
            base: seat.base,
            number: first.number,
            requester: first.requester.name,
            rows: sent.map { bundle in
                let id = bundle.id.description
                return SentRow(
                    bundle: id,
                    answeredAt: desk.time.local(bundle.answeredAt, in: bundle.holder.state),
                    files: bundle.files,
                    openings: bundle.openings,
                    isRecalled: bundle.recall != nil,
                    isFirst: bundle.id == open.first?.id,
                    isChosen: form.values[.recalled] == id || open.count == 1,
                    path: seat.answerer.isSignedIn
                        ? StaffRoute.recall.path(bundle.number.description, id).description : ""
                )
            },
            canRecall: !open.isEmpty,
            canAnswer: first.canAnswer,
            form: form
        )
    }
}

extension Answerer {
    fileprivate var isSignedIn: Bool {
        switch self {
        case .staff, .stateContact: true
        case .link, .partner, .family: false
        }
    }
}
