package import RecordExchange
package import StudentRecords
package import Vocabulary

/// What the first page behind a link may show: nothing that the mail did not say.
package struct AnswerDoor: Hashable, Sendable {
    package let number: RequestNumber
    package let requester: School
    package let requesterPerson: String
    package let holder: School
    package let filedOn: CivilDate
    package let answerBy: CivilDate
    /// What the law gives the school.
    package let law: LawShown?
    /// The link cannot be used; the page offers a new one where that makes sense.
    package let obstacle: AnswerLink.Obstacle?
    package let status: Inquiry.Status
    package let language: Language
    /// What was decided of the credits that were sent, after the end; nothing of the student.
    ///
    /// Empty where nothing was said yet.
    package let credits: [CreditLine.Verdict?]
    /// Records were sent, which can be recalled after the end too, as long as the link itself
    /// lives.
    package let canRecall: Bool
    /// The same of what was sent and can be corrected.
    package let canCorrect: Bool
}

/// What the clerk sees after the code: whom to look for and what is asked.
package struct AnswerTask: Hashable, Sendable {
    package let inquiry: Inquiry
    package let request: RecordRequest
    package let requester: School
    package let requesterPerson: String
    package let holder: School
    package let answerBy: CivilDate
    /// What the requester wrote, and the questions and answers since, oldest first.
    package let messages: [String]
    /// What arrived so far, oldest first; names and sizes, never content.
    package let bundles: [RecordBundle]
    /// Which of them an answer may say that it corrects.
    package let corrigible: [RecordBundle]
    /// The mailbox that answers; `nil` for signed-in staff.
    package let contact: Contact?
    /// The request has ended: records are still taken, and go into a new one.
    package let isLate: Bool
    /// What is asked of whoever answers: all parts, or those that a colleague passed on.
    package let asked: [RecordPart]
    /// Only parts are asked; the rest is somebody else's to answer.
    package let isInPart: Bool
    /// Where a colleague's address must end, in order; none where nothing can be passed on.
    package let colleagueDomains: [String]
    /// How much the holder's state is expected to hold.
    package let phase: DataPhase
    /// What the requester said last of the credits of each of these answers.
    package let outcomes: [CreditOutcome]
    /// What the law gives the school.
    package let law: LawShown?
    /// What of those bundles is locked up, since something was found in it.
    package let held: [QuarantinedFile]
    /// Files came by mail, or were refused, and whoever answers has a word to say of them.
    package let hasMailed: Bool
}

extension AnswerTask {
    /// What arrived and counts: not what was stopped, found wanting or corrected.
    package var standing: [RecordBundle] { bundles.filter { $0.withdrawnAt == nil } }

    /// What whoever answers for the whole inquiry may do now, in the order of the table.
    package var actions: [InquiryLifecycle.Event] {
        let sending: [InquiryLifecycle.Event] = [.sendSome, .sendAll]
        let possible = InquiryLifecycle.events(for: .holder, in: inquiry.status)
            .filter { $0 != .open }
        if !request.isOpen { return isLate ? possible.filter(sending.contains) : [] }
        // While the requester waits for a cancellation nothing is begun any more.
        guard request.cancelRequested == nil else {
            return possible.filter { sending.contains($0) || $0 == .refuse }
        }
        return possible
    }
}

/// What came of asking for a new link.
package enum NewLink: Hashable, Sendable {
    case sent
    /// One went out less than a minute ago.
    case onItsWay
    /// As many as a mailbox is sent in a day; tomorrow there is another.
    case enoughForToday
}

/// Who answers an inquiry.
package enum Answerer: Hashable, Sendable {
    /// Whoever typed the code of this link.
    case link(AnswerLink.ID, inquiry: Inquiry.ID)
    /// Signed-in staff of the holder.
    case staff(Actor)
    /// The state contact, in the school's place.
    case stateContact(Actor)
    /// A partner's system, whose signature was checked, and who certified the record there.
    case partner(Partner, RecordBundle.Certification)
    /// The family, with a sealed copy that somebody of the requester took from them, and who
    /// certified the record in it.
    case family(Actor, RecordBundle.Certification)

    var isLink: Bool {
        if case .link = self { true } else { false }
    }
}

extension Desk {
    /// What the page behind a link shows before the code.
    ///
    /// Changes nothing.
    package func door(token: String) async throws -> AnswerDoor {
        try await read { transaction in
            let (link, inquiry, request) = try transaction.link(token: token)
            let holder = try transaction.school(inquiry.school)
            let filer = try transaction.session.account(request.filedBy)
            let isOver = try transaction.isOver(inquiry, of: request)
            let answerer = Answerer.link(link.id, inquiry: inquiry.id)
            let all = try transaction.bundles(answering: inquiry)
            let sent =
                try link.obstacle(at: transaction.now) == nil
                ? transaction.sent(among: all, answering: inquiry, by: answerer) : []
            return AnswerDoor(
                number: request.number,
                requester: try transaction.school(request.requester),
                requesterPerson: filer?.name ?? "",
                holder: holder,
                filedOn: request.filedOn,
                answerBy: CaseTransaction.answerBy(
                    inquiry,
                    calendar: try transaction.calendar(of: holder),
                    policy: try transaction.policy(of: holder.state, for: request)
                ),
                law: isOver ? nil : try transaction.lawShown(of: inquiry, request),
                obstacle: isOver ? .closed : link.obstacle(at: transaction.now),
                status: inquiry.status,
                language: try transaction.session.contact(link.contact)?.language ?? .english,
                credits: isOver ? try transaction.latestOutcomes(of: all).map(\.verdict) : [],
                canRecall: !sent.isEmpty,
                canCorrect: try !sent.isEmpty
                    && transaction.mayCorrect(among: all, answering: inquiry, by: answerer)
            )
        }
    }

    /// Opens an inquiry for whoever typed the code from the same mail.
    ///
    /// `afterEnd`: also one that is over, where records were sent: only to recall or correct them.
    ///
    /// - Returns: what the web session is bound to.
    package func enter(
        code: String,
        token: String,
        afterEnd: Bool = false
    ) async throws -> (link: AnswerLink.ID, inquiry: Inquiry.ID) {
        // A wrong code must be counted, so it is an outcome of the transaction, not its failure.
        let outcome = try await write { transaction -> Result<Entry, CaseworkFailure> in
            var (link, inquiry, request) = try transaction.link(token: token)
            let isOver = try transaction.isOver(inquiry, of: request)
            if isOver {
                let answerer = Answerer.link(link.id, inquiry: inquiry.id)
                let sent = try transaction.sent(answering: inquiry, by: answerer)
                guard afterEnd, !sent.isEmpty else { return .failure(.link(.closed)) }
            }
            if let obstacle = link.obstacle(at: transaction.now) {
                return .failure(.link(obstacle))
            }
            let typed = AnswerLink.digest(token: token, code: code, with: transaction.secrets)
            guard typed == link.codeDigest else {
                link.wrongCodes += 1
                try transaction.session.save(link)
                try transaction.audit(.link(link.id), "link.wrongCode", subject: inquiry.id)
                let left = AnswerLink.codeTries - link.wrongCodes
                return .failure(left > 0 ? .wrongCode(triesLeft: left) : .link(.tooManyWrongCodes))
            }
            link.enteredAt = transaction.now
            try transaction.session.save(link)
            if request.isOpen, !isOver { try transaction.markOpened(&inquiry, .holder) }
            try transaction.audit(.link(link.id), "inquiry.open", subject: inquiry.id)
            return .success(Entry(link: link.id, inquiry: inquiry.id))
        }
        let entry = try outcome.get()
        return (entry.link, entry.inquiry)
    }

    private struct Entry: Sendable {
        let link: AnswerLink.ID
        let inquiry: Inquiry.ID
    }

    /// What is asked, for somebody who may answer it.
    package func answerTask(
        _ inquiry: Inquiry.ID,
        by answerer: Answerer
    ) async throws -> AnswerTask {
        try await read { transaction in
            let inquiry = try transaction.inquiry(inquiry, answerableBy: answerer, inPart: true)
            let request = try transaction.request(inquiry.request)
            let parts = try transaction.parts(of: answerer, inquiry)
            // After the end a link shows a status and no student.
            let isOver = try transaction.isOver(inquiry, of: request)
            guard !isOver || !answerer.isLink else { throw CaseworkFailure.link(.closed) }
            let holder = try transaction.school(inquiry.school)
            let contact = try transaction.contact(of: answerer, inquiry: inquiry)
            let all = try transaction.bundles(answering: inquiry)
            let bundles = try transaction.bundles(among: all, answering: inquiry, by: answerer)
            return AnswerTask(
                inquiry: inquiry,
                request: request,
                requester: try transaction.school(request.requester),
                requesterPerson: try transaction.session.account(request.filedBy)?.name ?? "",
                holder: holder,
                answerBy: CaseTransaction.answerBy(
                    inquiry,
                    calendar: try transaction.calendar(of: holder),
                    policy: try transaction.policy(of: holder.state, for: request)
                ),
                messages: try transaction.messages(of: request, inquiry),
                bundles: bundles,
                corrigible: try transaction.corrigible(
                    among: all,
                    answering: inquiry,
                    by: answerer
                ),
                contact: contact,
                isLate: !request.isOpen,
                asked: parts ?? request.parts,
                isInPart: parts != nil,
                colleagueDomains: parts == nil && request.isOpen && inquiry.isLive
                    ? try transaction.colleagueDomains(of: inquiry) : [],
                phase: try transaction.stateRule(of: holder.state).phase,
                outcomes: try transaction.latestOutcomes(of: bundles),
                law: parts == nil ? try transaction.lawShown(of: inquiry, request) : nil,
                held: try transaction.lockedUp(from: bundles),
                hasMailed: try transaction.mailedFiles(for: inquiry, by: answerer)
                    .contains { !$0.files.isEmpty }
            )
        }
    }

    /// Mails a new link in place of one that expired or died: only to the address on file.
    @discardableResult
    package func sendNewLink(insteadOf token: String) async throws -> NewLink {
        try await write { transaction in
            let (link, inquiry, request) = try transaction.link(token: token)
            guard request.isOpen, inquiry.acceptsAnswers, link.revokedAt == nil else {
                throw CaseworkFailure.link(.closed)
            }
            guard let contact = try transaction.session.contact(link.contact) else {
                throw CaseworkFailure.notFound
            }
            // So that the button cannot be used to flood the mailbox.
            guard try transaction.mayMail(contact, about: inquiry, everySeconds: 60) else {
                return .onItsWay
            }
            guard
                try transaction.linksSent(to: contact, about: inquiry, inSeconds: 86_400)
                    < AnswerLink.mostADay
            else { return .enoughForToday }
            try transaction.ask(contact, about: inquiry, of: request, Letter.newLink)
            try transaction.tell(
                .newLinkSent(organization: contact.organization),
                of: request.id,
                inquiry: inquiry.id
            )
            try transaction.audit(.link(link.id), "link.renew", subject: inquiry.id)
            return .sent
        }
    }
}

extension CaseTransaction {
    /// Nothing was mailed to `contact` about the inquiry in the last `seconds`.
    func mayMail(
        _ contact: Contact,
        about inquiry: Inquiry,
        everySeconds seconds: Int64
    ) throws -> Bool {
        try linksSent(to: contact, about: inquiry, inSeconds: seconds) == 0
    }

    /// How many links went to `contact` about the inquiry in the last `seconds`.
    func linksSent(
        to contact: Contact,
        about inquiry: Inquiry,
        inSeconds seconds: Int64
    ) throws -> Int {
        try session.links(of: inquiry.id)
            .count { $0.contact == contact.id && $0.issuedAt.seconds(to: now) < seconds }
    }

    /// A link to the inquiry takes no answer any more.
    func isOver(_ inquiry: Inquiry, of request: RecordRequest) throws -> Bool {
        if request.isOpen { return !(inquiry.acceptsAnswers || inquiry.status == .sent) }
        return try !takesLateAnswer(inquiry, of: request)
    }

    fileprivate func messages(of request: RecordRequest, _ inquiry: Inquiry) throws -> [String] {
        let conversation = try session.events(of: request.id)
            .filter { $0.inquiry == inquiry.id }
            .compactMap { event -> String? in
                switch event.kind {
                case .questionAsked(let note), .askedAbout(_, let note), .extended(_, let note),
                    .questionAnswered(let note), .messageToHolder(let note):
                    note
                default: nil
                }
            }
        return ([request.message] + conversation).filter { !$0.isEmpty }
    }

    func link(token: String) throws -> (AnswerLink, Inquiry, RecordRequest) {
        let digest = AnswerLink.digest(token: token, with: secrets)
        guard let link = try session.link(tokenDigest: digest) else {
            throw CaseworkFailure.link(.unknown)
        }
        let inquiry = try inquiry(link.inquiry)
        return (link, inquiry, try request(inquiry.request))
    }

    /// The first time a person opens it, the requester's tracker says so.
    func markOpened(_ inquiry: inout Inquiry, _ actor: InquiryLifecycle.Actor) throws {
        let isFirst = inquiry.openedAt == nil
        guard InquiryLifecycle.transition(from: inquiry.status, on: .open, by: actor) != nil
        else { return }
        _ = try inquiry.apply(.open, by: actor, at: now)
        try session.save(inquiry)
        guard isFirst else { return }
        try tell(
            .openedByPerson(organization: inquiry.holder),
            of: inquiry.request,
            inquiry: inquiry.id
        )
    }

    /// The inquiry, where `answerer` may answer it; otherwise it is not found.
    ///
    /// Whoever was passed a part may answer only where `inPart` says so: what ends or moves the
    /// whole inquiry is not theirs to say.
    func inquiry(
        _ id: Inquiry.ID,
        answerableBy answerer: Answerer,
        inPart: Bool = false
    ) throws -> Inquiry {
        // A page that was opened before its request was merged answers the one that goes on.
        let inquiry = try survivor(of: inquiry(id))
        switch answerer {
        case .link(let link, let bound):
            // Whoever came in while the link was good may finish: an expiry in the middle would
            // lose what is typed or half sent, and the session ends two hours after the code. What
            // was revoked counts no more from that moment.
            let live = try session.links(of: inquiry.id)
                .first { $0.id == link && $0.revokedAt == nil }
            guard bound == id, let live else { throw CaseworkFailure.link(.revoked) }
            guard try inPart || parts(of: live) == nil else { throw CaseworkFailure.notAllowed }
        case .staff(let actor):
            let school = try school(inquiry.school)
            let isHolder = actor.holds(StaffRole.answerers, at: inquiry.holder)
            let isDistrict = actor.holds([.district], at: .district(school.district))
            guard isHolder || isDistrict else { throw CaseworkFailure.notFound }
        case .stateContact(let actor):
            guard actor.watchedStates.contains(inquiry.holderState) else {
                throw CaseworkFailure.notFound
            }
        case .family(let actor, _):
            let request = try request(inquiry.request)
            guard actor.requestingSchools.contains(request.requester) else {
                throw CaseworkFailure.notFound
            }
        case .partner(let partner, _):
            let school = try school(inquiry.school)
            guard partner.answers(for: school, askedAs: inquiry.holder) else {
                throw CaseworkFailure.notFound
            }
        }
        return inquiry
    }

    func contact(of answerer: Answerer, inquiry: Inquiry) throws -> Contact? {
        guard case .link(let id, _) = answerer else { return nil }
        let link = try session.links(of: inquiry.id).first { $0.id == id }
        return try link.flatMap { try session.contact($0.contact) }
    }

    func hand(of answerer: Answerer) -> Hand {
        switch answerer {
        case .link(let id, _): .link(id)
        case .staff(let actor), .stateContact(let actor), .family(let actor, _): .staff(actor.id)
        case .partner(let partner, _): .partner(partner.id)
        }
    }
}
