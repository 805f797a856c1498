import Casework
package import Hummingbird
import Rendering

/// The pages for whoever typed an answer link's code.
package struct LinkRoom: LinkPages {
    private let answers: AnswerRoom
    private let frame: PageFrame
    private let sessions: SessionDesk
    private let cookies: SessionCookies

    package init(
        answers: AnswerRoom,
        frame: PageFrame,
        sessions: SessionDesk,
        cookies: SessionCookies
    ) {
        self.answers = answers
        self.frame = frame
        self.sessions = sessions
        self.cookies = cookies
    }

    package func respond(to route: LinkRoute, _ visit: LinkVisit) async throws -> Response {
        let seat = AnswerRoom.Seat(
            base: "/answer/\(visit.inquiry)",
            inquiry: visit.inquiry,
            answerer: .link(visit.link, inquiry: visit.inquiry)
        )
        let frame = frame
        var response = try await answers.respond(to: route.step, visit.visit, at: seat) {
            page,
            status in
            frame.page(page, visit.visit, status: status)
        }
        if route == .submitNotMe {
            // "Not me" kills this mailbox's links, so a session of any of them opens nothing any
            // more; whoever else was asked goes on.
            try await sessions.end(visit.visit.session)
            cookies.clear(.answerLink, in: &response)
        }
        return response
    }
}

extension LinkRoute {
    fileprivate var step: AnswerRoom.Step {
        switch self {
        case .records: .records
        case .sendRecords: .sendRecords
        case .receipt: .receipt
        case .elements: .elements
        case .sendElements: .sendElements
        case .mailed: .mailed
        case .sendMailed: .sendMailed
        case .discardMailed: .discardMailed
        case .none: .noRecords
        case .submitNone: .sayNoRecords
        case .moved: .movedOn
        case .submitMoved: .sayMovedOn
        case .later: .moreTime
        case .submitLater: .sayMoreTime
        case .question: .question
        case .submitQuestion: .askQuestion
        case .paper: .paper
        case .submitPaper: .mailPaper
        case .coverSheet: .coverSheet
        case .away: .away
        case .submitAway: .sayAway
        case .submitCancelled: .confirmCancel
        case .recall: .recall
        case .submitRecall: .sayRecall
        case .correct: .correct
        case .sendCorrection: .sendCorrection
        case .notMe: .notMe
        case .submitNotMe: .sayNotMe
        }
    }
}
