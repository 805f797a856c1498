package import RecordExchange
import StudentRecords
import Vocabulary

/// Files and what the holder says of each part.
package struct AnswerSubmission: Hashable, Sendable {
    package var parts: [RecordBundle.Part]
    package var files: [DroppedFile]
    /// Nothing more will follow.
    package let isComplete: Bool
    /// Who stands behind it, as typed.
    package let name: String
    package let title: String
    package let note: String
    /// The person says they certify it as an official of the school.
    package let asCertifyingOfficial: Bool
    /// What somebody else at the office has; the answer is then never complete.
    package let passingOn: PartsPassedOn?
    /// Earlier answers to the same inquiry that this one corrects.
    package let replaces: Set<RecordBundle.ID>

    package init(
        parts: [RecordBundle.Part],
        files: [DroppedFile],
        isComplete: Bool,
        name: String,
        title: String,
        note: String,
        asCertifyingOfficial: Bool,
        passingOn: PartsPassedOn? = nil,
        replaces: Set<RecordBundle.ID> = []
    ) {
        self.parts = parts
        self.files = files
        self.isComplete = isComplete
        self.name = name
        self.title = title
        self.note = note
        self.asCertifyingOfficial = asCertifyingOfficial
        self.passingOn = passingOn
        self.replaces = replaces
    }
}

extension AnswerSubmission {
    /// Throws where it is no answer that anybody stands behind.
    func check() throws {
        guard !files.isEmpty else { throw CaseworkFailure.nothingToSend }
        guard name.utf8.contains(where: { $0 > 32 }) else { throw CaseworkFailure.nameMissing }
        guard [name, title, note].allSatisfy({ $0.utf8.count <= RequestDraft.longestMessage })
        else { throw CaseworkFailure.tooLong }
    }

    /// How much whoever answered filled in.
    var filledFields: Int {
        let texts = [name, title, note].count { !$0.isEmpty }
        return files.count + parts.count + texts + (passingOn == nil ? 0 : 2)
    }
}

extension Desk {
    /// Takes a holder's answer with files: inquiry, bundle, sealing job, receipt and the line on
    /// the tracker, all together.
    ///
    /// When this returns, the answer cannot be lost.
    package func answer(
        _ inquiry: Inquiry.ID,
        with submission: AnswerSubmission,
        by answerer: Answerer
    ) async throws -> RecordBundle {
        try submission.check()
        return try await write { transaction in
            try transaction.answer(inquiry, with: submission, by: answerer)
        }
    }
}

extension RecordBundle {
    /// What the sender keeps: the first ten characters of the bundle's identifier.
    package var receiptNumber: String { String(id.description.prefix(10)).uppercased() }
}

extension Answerer {
    var lifecycleActor: InquiryLifecycle.Actor {
        switch self {
        case .link, .staff, .partner, .family: .holder
        case .stateContact: .stateContact
        }
    }

    fileprivate func certification(
        for submission: AnswerSubmission
    ) -> RecordBundle.Certification {
        switch self {
        case .link:
            // A mailbox proves nothing about office, so its holder cannot certify as an official.
            RecordBundle.Certification(
                kind: .mailboxHolder,
                name: submission.name,
                title: submission.title
            )
        case .staff(let actor):
            // An official certifies in their own name: what stands in the manifest is the account's.
            RecordBundle.Certification(
                kind: submission.asCertifyingOfficial && !actor.title.isEmpty
                    ? .certifyingOfficial : .signedInStaff,
                name: actor.name,
                title: actor.title
            )
        case .partner(_, let certification), .family(_, let certification): certification
        case .stateContact(let actor):
            // Acts for the school and is not one of its officials.
            RecordBundle.Certification(
                kind: .inPlaceOfSchool,
                name: actor.name,
                title: actor.title
            )
        }
    }
}

extension CaseTransaction {
    /// Inquiry, bundle, sealing job, receipt and the line on the tracker, of one answer.
    func answer(
        _ inquiry: Inquiry.ID,
        with submission: AnswerSubmission,
        by answerer: Answerer
    ) throws -> RecordBundle {
        let asked = try self.inquiry(inquiry, answerableBy: answerer, inPart: true)
        let passed = try parts(of: answerer, asked)
        var submission = submission
        // Whoever has a part says nothing of the others.
        if let passed { submission.parts.removeAll { !passed.contains($0.part) } }
        var (inquiry, request) = try addressee(of: submission, to: asked, by: answerer)
        // The same files a second time are the same answer, sent again.
        let files = Set(submission.files.map(\.id.description))
        let twin = try session.bundles(of: request.id)
            .first { $0.inquiry == inquiry.id && Set($0.files.map(\.id)) == files }
        if let twin { return twin }
        let replaced = try replaceable(submission.replaces, answering: asked, by: answerer)
        // Sending revives what is to be cancelled, and that is for the office to say.
        guard passed == nil || request.cancelRequested == nil else {
            throw CaseworkFailure.notPossibleNow
        }
        try markOpened(&inquiry, answerer.lifecycleActor)
        // Nobody is chased for what came long ago, whoever corrects a part of it.
        let onlyCorrects =
            try !replaced.isEmpty && submission.passingOn == nil && asked.id != inquiry.id
            && session.bundles(of: request.id).isEmpty
            && replaced.allSatisfy { try wasWhole($0, toColleague: passed != nil) }
        let isComplete =
            try onlyCorrects
            || completes(
                submission,
                inquiry,
                of: request,
                by: answerer,
                passed
            )
        // A part that arrives ends neither the office's promise nor its question.
        let waits: Set<Inquiry.Status> = [.accepted, .onHold, .question]
        if passed == nil || isComplete || !waits.contains(inquiry.status) {
            try move(
                &inquiry,
                isComplete ? .sendAll : .sendSome,
                by: answerer.lifecycleActor
            )
        }
        if passed == nil { try overruleCancel(of: &request, &inquiry) }
        try reschedule(inquiry)
        let bundle = try makeBundle(
            of: submission,
            inquiry: inquiry,
            request: request,
            isComplete: isComplete,
            by: answerer,
            from: try contact(of: answerer, inquiry: asked)?.id,
            effort: try effort(of: answerer, in: submission, about: asked),
            replaces: replaced
        )
        if let passed = submission.passingOn {
            try passOn(passed, about: inquiry, of: request, by: answerer)
        }
        try session.enqueue(
            Effect(id: secrets.makeIdentifier(), work: .assemble(bundle.id), due: now)
        )
        try tellOffice(ofAnswerBy: answerer, about: inquiry, of: request)
        // The mailbox hears of what came by its link after the end too: a stranger may have it.
        if let contact = try contact(of: answerer, inquiry: asked) {
            try thank(contact, inquiry: inquiry, request: request, bundle: bundle)
            if !replaced.isEmpty, try !self.request(asked.request).isOpen {
                try tellOffice(of: contact, inquiry: inquiry, request: request, bundle: bundle)
            }
        }
        try audit(
            hand(of: answerer),
            "inquiry.answer",
            subject: inquiry.id,
            detail: "files=\(bundle.files.count) complete=\(isComplete)"
        )
        return bundle
    }

    /// Applies an event, or says that somebody was faster.
    func move(
        _ inquiry: inout Inquiry,
        _ event: InquiryLifecycle.Event,
        by actor: InquiryLifecycle.Actor,
        _ facts: Inquiry.Facts = Inquiry.Facts()
    ) throws {
        let effects: [InquiryLifecycle.Effect]
        do {
            effects = try inquiry.apply(event, by: actor, facts, at: now)
        } catch {
            switch error {
            case .notAllowed: throw CaseworkFailure.notPossibleNow
            case .factsMissing: throw CaseworkFailure.reasonMissing
            }
        }
        // A promise and a hold are waited for instead; whoever makes them sets the day.
        guard effects.contains(.restartClock), inquiry.status != .accepted,
            inquiry.status != .onHold
        else { return }
        let school = try school(inquiry.school)
        inquiry.clock.restart(on: today(in: school.state), calendar: try calendar(of: school))
    }

    /// Who stands behind an answer, with what the school prints on its transcripts.
    private func certification(
        of submission: AnswerSubmission,
        by answerer: Answerer,
        about inquiry: Inquiry
    ) throws -> RecordBundle.Certification {
        var certification = answerer.certification(for: submission)
        switch answerer {
        case .link, .staff, .partner:
            if certification.legend == nil {
                certification.legend = try legend(for: inquiry.school)?.text
            }
        // A copy says what was said when it was made, and who acts in a school's place does not
        // speak in its words.
        case .family, .stateContact: break
        }
        return certification
    }

    fileprivate func makeBundle(
        of submission: AnswerSubmission,
        inquiry: Inquiry,
        request: RecordRequest,
        isComplete: Bool,
        by answerer: Answerer,
        from sender: Contact.ID?,
        effort: AnswerEffort,
        replaces: [RecordBundle.ID]
    ) throws -> RecordBundle {
        var bundle = RecordBundle(
            id: secrets.makeIdentifier(),
            request: request.id,
            inquiry: inquiry.id,
            sequence: try session.bundles(of: request.id).count + 1,
            holder: inquiry.holder,
            certification: try certification(of: submission, by: answerer, about: inquiry),
            parts: submission.parts,
            files: submission.files.map { RecordBundle.File($0) },
            note: submission.note,
            answeredAt: now
        )
        // Of the inquiry that was asked: a late answer's own has no links.
        bundle.sender = sender
        bundle.effort = effort
        bundle.replaces = replaces.isEmpty ? nil : replaces
        try session.save(bundle)
        try tell(
            .recordsAdded(
                bundle: bundle.id,
                files: bundle.files.count,
                bytes: bundle.files.reduce(0) { $0 + $1.byteCount },
                by: bundle.certification.person,
                complete: isComplete
            ),
            of: request.id,
            inquiry: inquiry.id,
            person: submission.name
        )
        return bundle
    }

    private func effort(
        of answerer: Answerer,
        in submission: AnswerSubmission,
        about inquiry: Inquiry
    ) throws -> AnswerEffort {
        var entered: Instant?
        if case .link(let id, _) = answerer {
            entered = try session.links(of: inquiry.id).first { $0.id == id }?.enteredAt
        }
        return AnswerEffort(
            seconds: entered.map { Int(max(0, $0.seconds(to: now))) },
            fields: submission.filledFields
        )
    }

    /// The receipt goes to the mailbox that answered, and counts as hearing from it.
    fileprivate func thank(
        _ mailbox: Contact,
        inquiry: Inquiry,
        request: RecordRequest,
        bundle: RecordBundle
    ) throws {
        var contact = mailbox
        contact.answeredOn = today(in: inquiry.holderState)
        try session.save(contact)
        try mailReceipt(to: contact, inquiry: inquiry, request: request, bundle: bundle)
    }

    /// Whoever stole a mailbox reads its receipts: of a correction after the end the others at the
    /// office have one too.
    fileprivate func tellOffice(
        of mailbox: Contact,
        inquiry: Inquiry,
        request: RecordRequest,
        bundle: RecordBundle
    ) throws {
        for other in try usableContacts(of: inquiry.holder, [.recordsOffice, .backup])
        where other.id != mailbox.id && other.email != mailbox.email {
            try mailReceipt(to: other, inquiry: inquiry, request: request, bundle: bundle)
        }
    }

    private func mailReceipt(
        to contact: Contact,
        inquiry: Inquiry,
        request: RecordRequest,
        bundle: RecordBundle
    ) throws {
        let requester = try school(request.requester)
        try mail(
            .receipt(
                number: request.number,
                receipt: bundle.receiptNumber,
                recipient: contact.name,
                requesterSchool: requester.name,
                files: bundle.files.map {
                    Letter.ReceiptFile(byteCount: $0.byteCount, sha256: $0.sha256)
                },
                complete: inquiry.status == .sent,
                link: "\(desk.settings.baseAddress)/check"
            ),
            to: contact,
            about: request,
            inquiry: inquiry
        )
    }
}
