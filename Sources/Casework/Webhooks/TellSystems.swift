import RecordExchange
import Vocabulary

/// What the story of a request says to the systems of those whom it concerns, in the transaction
/// that writes the story: what is on file is told, and nothing else.
extension CaseTransaction {
    func tellSystems(_ event: TimelineEvent) throws {
        let told = Webhook.Event.told(by: event.kind)
        guard !told.isEmpty else { return }
        let request = try request(event.request)
        for (news, audience) in told {
            for organization in try organizations(audience, event, request) {
                for hook in try webhooks(telling: organization)
                where hook.isActive && hook.wants(news) {
                    try send(news, event, request.number, to: hook)
                }
            }
        }
    }

    /// Its own, and its district's: one system often serves all schools of a district.
    private func webhooks(telling organization: OrganizationID) throws -> [Webhook] {
        let own = try session.webhooks(of: organization)
        guard case .school(let id) = organization, let school = try session.school(id) else {
            return own
        }
        return own + (try session.webhooks(of: .district(school.district)))
    }

    private func send(
        _ news: Webhook.Event,
        _ event: TimelineEvent,
        _ number: RequestNumber,
        to hook: Webhook
    ) throws {
        var data = ["\"request\":\"\(number)\""]
        if let inquiry = event.inquiry { data.append("\"inquiry\":\"\(inquiry)\"") }
        if let bundle = event.kind.bundle { data.append("\"bundle\":\"\(bundle)\"") }
        // Identifiers and a date: nothing here needs escaping.
        let body =
            "{\"type\":\"\(news.rawValue)\",\"timestamp\":\"\(WebhookTime.text(event.at))\","
            + "\"data\":{\(data.joined(separator: ","))}}"
        try session.enqueue(
            Effect(
                id: secrets.makeIdentifier(),
                work: .webhook(WebhookMessage(webhook: hook.id, event: news, body: body)),
                due: now
            )
        )
    }

    private func organizations(
        _ audience: Webhook.Audience,
        _ event: TimelineEvent,
        _ request: RecordRequest
    ) throws -> [OrganizationID] {
        switch audience {
        case .requester: return [.school(request.requester)]
        case .holder:
            return try event.inquiry.flatMap { try session.inquiry($0) }.map { [$0.holder] } ?? []
        case .everyHolder:
            var seen: Set<OrganizationID> = []
            return try session.inquiries(of: request.id).map(\.holder)
                .filter { seen.insert($0).inserted }
        }
    }
}

extension Webhook {
    enum Audience: Hashable, Sendable { case requester, holder, everyHolder }
}

extension Webhook.Event {
    /// What one line of a story is to whom.
    static func told(by kind: TimelineEvent.Kind) -> [(Self, Webhook.Audience)] {
        switch kind {
        case .asked: [(.inquiryAsked, .holder)]
        case .openedByPerson: [(.requestOpened, .requester)]
        case .promised: [(.requestPromised, .requester)]
        case .questionAsked, .askedAbout: [(.requestQuestion, .requester)]
        case .questionAnswered, .messageToHolder: [(.inquiryAnswered, .holder)]
        case .notFilled: [(.requestNotFilled, .requester)]
        case .sealed: [(.recordsReady, .requester)]
        case .received: [(.recordsReceived, .holder)]
        case .rejected: [(.inquiryRejected, .holder)]
        case .recalled: [(.recordsRecalled, .requester), (.inquiryRecalled, .holder)]
        case .replaced: [(.recordsReplaced, .requester)]
        case .concluded: [(.requestClosed, .requester), (.inquiryClosed, .everyHolder)]
        default: []
        }
    }
}

extension TimelineEvent.Kind {
    fileprivate var bundle: RecordBundle.ID? {
        switch self {
        case .sealed(let bundle), .received(let bundle), .recalled(let bundle, _, _),
            .replaced(let bundle, _):
            bundle
        default: nil
        }
    }
}

/// An instant as RFC 3339 writes it, in whole seconds of UTC.
enum WebhookTime {
    static func text(_ instant: Instant) -> String {
        let seconds = instant.millisecondsSince1970 / 1_000
        let (day, rest) = seconds.quotientAndRemainder(dividingBy: 86_400)
        let fields = [rest / 3_600, rest / 60 % 60, rest % 60].map { field in
            field < 10 ? "0\(field)" : "\(field)"
        }
        return "\(CivilDate(dayNumber: Int(day)))T\(fields.joined(separator: ":"))Z"
    }
}
