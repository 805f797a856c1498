import Casework
import Hummingbird
import RecordExchange
import Rendering
import Vocabulary

/// What stands behind a mailed link before its code was typed.
extension OpenRoom {
    /// Shows the door.
    ///
    /// Changes nothing: scanners fetch it before any person does.
    func door(
        _ visit: Visit,
        _ form: Form,
        to route: LinkRoute = .records
    ) async throws -> Response {
        let token = try visit.parameter("token")
        let path = PublicRoute.answerLink.path(token).description
        do {
            let door = try await desk.door(token: token)
            let isOpen = door.obstacle == .closed && door.opens(for: route)
            if let obstacle = door.obstacle, !isOpen {
                return deadLink(visit, obstacle, door, path)
            }
            let page = LinkPage(
                path: path,
                action: Self.action(of: route, token) ?? path,
                number: door.number,
                holder: door.holder.name,
                requester: door.requester.name,
                requesterPlace: schools.place(door.requester),
                requesterPhone: door.requester.phone ?? "",
                askedBy: door.requesterPerson,
                askedByTitle: "",
                startDate: nil,
                answerBy: door.answerBy,
                law: door.law.map { LawPanel($0) },
                form: form
            )
            return frame.page(
                page,
                visit,
                status: form.problems.isEmpty ? .ok : .unprocessableContent
            )
        } catch CaseworkFailure.link(let obstacle) {
            return deadLink(visit, obstacle, nil, path)
        }
    }

    /// Judges the code; from here on the browser holds a session for this one inquiry.
    func openDoor(_ visit: Visit, then route: LinkRoute) async throws -> Response {
        let code = visit.form[.linkCode]
        guard code.utf8.contains(where: { $0 > 32 }) else {
            let form = Form(problems: [FieldProblem(.linkCode, .linkCodeMissing)])
            return try await door(visit, form, to: route)
        }
        try limits.linkCode(from: visit.address)
        do {
            let entry = try await desk.enter(
                code: code,
                token: try visit.parameter("token"),
                afterEnd: route == .recall || route == .correct
            )
            let token = try await sessions.start(
                .answerLink(entry.link, inquiry: entry.inquiry),
                replacing: cookies.token(.answerLink, in: visit.request)
            )
            // What came by mail waits for a word, and its mail said that it would be here.
            let answerer = Answerer.link(entry.link, inquiry: entry.inquiry)
            var first = route
            if route == .records {
                let mails = try await desk.mailedFiles(entry.inquiry, by: answerer)
                if mails.contains(where: { !$0.files.isEmpty }) { first = .mailed }
            }
            var response = Response.seeOther(first.path(entry.inquiry.description))
            cookies.set(token, .answerLink, in: &response)
            return response
        } catch CaseworkFailure.wrongCode(let left) {
            let problem = FieldProblem(.linkCode, .linkCodeWrong(left: left))
            let form = Form([.linkCode: code], problems: [problem])
            return try await door(visit, form, to: route)
        } catch CaseworkFailure.link {
            // The door says which obstacle it is, and what can be done.
            return try await door(visit, .empty)
        }
    }

    /// Sends a new link, to the address on file and nowhere else.
    func sendNewLink(_ visit: Visit) async throws -> Response {
        try limits.newLink(from: visit.address)
        let token = try visit.parameter("token")
        do {
            let number = try await desk.door(token: token).number
            // Where one went out a moment ago, what the page says is true of that one.
            if try await desk.sendNewLink(insteadOf: token) == .enoughForToday {
                throw GatewayFailure.tooManyTries(seconds: 86_400)
            }
            return frame.page(NewLinkSentPage(number: number), visit)
        } catch CaseworkFailure.link {
            return try await door(visit, .empty)
        }
    }

    private static func action(of route: LinkRoute, _ token: String) -> String? {
        switch route {
        case .notMe: PublicRoute.openForNotMe.path(token).description
        case .recall: PublicRoute.openForRecall.path(token).description
        case .correct: PublicRoute.openForCorrection.path(token).description
        default: nil
        }
    }

    private func deadLink(
        _ visit: Visit,
        _ obstacle: AnswerLink.Obstacle,
        _ door: AnswerDoor?,
        _ path: String
    ) -> Response {
        let page = DeadLinkPage(
            path: path,
            obstacle: LinkObstacle(obstacle),
            number: door?.number,
            status: nil,
            // A link that somebody killed says nothing any more.
            credits: obstacle == .closed ? (door?.credits ?? []).map { VerdictWord($0) } : [],
            canRecall: obstacle == .closed && door?.canRecall == true,
            canCorrect: obstacle == .closed && door?.canCorrect == true,
            canSendNew: door != nil && (obstacle == .expired || obstacle == .tooManyWrongCodes)
        )
        return frame.page(page, visit, status: obstacle == .unknown ? .notFound : .gone)
    }
}

extension AnswerDoor {
    /// After the end.
    fileprivate func opens(for route: LinkRoute) -> Bool {
        switch route {
        case .recall: canRecall
        case .correct: canCorrect
        default: false
        }
    }
}

extension LinkObstacle {
    init(_ obstacle: AnswerLink.Obstacle) {
        switch obstacle {
        case .unknown: self = .unknown
        case .expired: self = .expired
        case .revoked: self = .revoked
        case .tooManyWrongCodes: self = .tooManyWrongCodes
        case .closed: self = .closed
        }
    }
}
