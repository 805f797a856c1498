package import Casework
package import Hummingbird
package import RecordExchange
package import Rendering
import StudentRecords
import Vocabulary

/// The pages on which a holder answers an inquiry: the same for whoever typed a link's code, for
/// a signed-in clerk and for the state contact who acts in the school's place.
package struct AnswerRoom: Sendable {
    /// One page or one act of answering.
    package enum Step: Hashable, Sendable {
        case records, sendRecords, receipt
        case elements, sendElements
        case mailed, sendMailed, discardMailed
        case noRecords, sayNoRecords
        case movedOn, sayMovedOn
        case moreTime, sayMoreTime
        case question, askQuestion
        case paper, mailPaper, coverSheet
        case away, sayAway
        case confirmCancel
        case recall, sayRecall
        case correct, sendCorrection
        case notMe, sayNotMe

        /// Open to whoever was passed a part only; the others speak for the whole inquiry.
        var isForPart: Bool {
            switch self {
            case .records, .sendRecords, .receipt, .mailed, .sendMailed, .discardMailed, .notMe,
                .elements, .sendElements, .sayNotMe, .recall, .sayRecall, .correct, .sendCorrection:
                true
            default: false
            }
        }
    }

    /// Who answers, and where the pages are.
    package struct Seat: Sendable {
        /// `/answer/{inquiry}` or `/answers/{inquiry}`.
        package let base: String
        package let inquiry: Inquiry.ID
        package let answerer: Answerer

        package init(base: String, inquiry: Inquiry.ID, answerer: Answerer) {
            self.base = base
            self.inquiry = inquiry
            self.answerer = answerer
        }
    }

    /// Puts a page into the right frame for the visitor.
    package typealias Framing = @Sendable (any Page, HTTPResponse.Status) -> Response

    let desk: Desk
    let drop: any FileDrop
    let schools: SchoolFinder
    let limits: UploadForm.Limits
    /// Without one, records are files and nothing more.
    let scribe: (any RecordScribe)?
    /// Looks through an answer's files while its sender waits; what it finds is locked up.
    let inspect: @Sendable (RecordBundle.ID) async -> Void

    package init(
        desk: Desk,
        drop: any FileDrop,
        schools: SchoolFinder,
        limits: UploadForm.Limits,
        scribe: (any RecordScribe)? = nil,
        inspect: @escaping @Sendable (RecordBundle.ID) async -> Void = { _ in }
    ) {
        self.desk = desk
        self.drop = drop
        self.schools = schools
        self.limits = limits
        self.scribe = scribe
        self.inspect = inspect
    }

    /// Farthest day a holder can promise, from today.
    static let longestPromise = 60

    package func respond(
        to step: Step,
        _ visit: Visit,
        at seat: Seat,
        _ frame: Framing
    ) async throws -> Response {
        // Possible after the end, when there is nothing to answer any more.
        if step == .recall { return try await recall(visit, at: seat, frame) }
        if step == .sayRecall { return try await sayRecall(visit, at: seat, frame) }
        if step == .correct { return try await correction(visit, at: seat, frame) }
        if step == .sendCorrection { return try await sendCorrection(visit, at: seat, frame) }
        let task = try await desk.answerTask(seat.inquiry, by: seat.answerer)
        guard !task.isInPart || step.isForPart else { throw GatewayFailure.notFound }
        switch step {
        case .records: return frame(recordsPage(task, seat), .ok)
        case .sendRecords: return try await sendRecords(visit, task, seat, frame)
        case .elements: return frame(try elementsPage(task, seat), .ok)
        case .sendElements: return try await sendElements(visit, task, seat, frame)
        case .receipt: return try receipt(visit, task, seat, frame)
        case .mailed: return frame(try await mailedPage(task, seat), .ok)
        case .sendMailed: return try await sendMailed(visit, task, seat, frame)
        case .discardMailed: return try await discardMailed(visit, task, seat, frame)
        case .noRecords: return frame(noRecordsPage(task, seat, .empty), .ok)
        case .sayNoRecords: return try await sayNoRecords(visit, task, seat, frame)
        case .movedOn:
            return frame(try await movedOnPage(task, seat, visit, .empty), .ok)
        case .sayMovedOn: return try await sayMovedOn(visit, task, seat, frame)
        case .moreTime: return frame(moreTimePage(task, seat, .empty), .ok)
        case .sayMoreTime: return try await sayMoreTime(visit, task, seat, frame)
        case .paper: return frame(paperPage(task, seat, .empty), .ok)
        case .mailPaper: return try await mailPaper(visit, task, seat, frame)
        case .coverSheet: return frame(coverSheetPage(task, seat), .ok)
        case .away: return frame(awayPage(task, seat, .empty), .ok)
        case .sayAway: return try await sayAway(visit, task, seat, frame)
        case .question: return frame(questionPage(task, seat, .empty), .ok)
        case .askQuestion: return try await askQuestion(visit, task, seat, frame)
        case .confirmCancel:
            try await desk.confirmCancel(seat.inquiry, by: seat.answerer)
            let outcome = AnswerOutcome.cancelConfirmed(requester: task.requester.name)
            return frame(done(task, seat, outcome, canAnswerStill: false), .ok)
        case .recall, .sayRecall, .correct, .sendCorrection: throw GatewayFailure.notFound
        case .notMe: return frame(notMePage(task, seat), .ok)
        case .sayNotMe:
            let suggestion = SuggestedContact(
                name: visit.form[.name],
                email: visit.form[.email],
                note: visit.form[.note]
            )
            try await desk.notTheRightPerson(
                seat.inquiry,
                suggestion: suggestion,
                by: seat.answerer
            )
            return frame(done(task, seat, .wrongPerson, canAnswerStill: false), .ok)
        }
    }

    func done(
        _ task: AnswerTask,
        _ seat: Seat,
        _ outcome: AnswerOutcome,
        canAnswerStill: Bool,
        coverPath: String = ""
    ) -> AnswerDonePage {
        AnswerDonePage(
            base: seat.base,
            number: task.request.number,
            outcome: outcome,
            canAnswerStill: canAnswerStill,
            coverPath: coverPath
        )
    }
}
