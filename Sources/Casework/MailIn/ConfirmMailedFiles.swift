package import RecordExchange
import Vocabulary

extension Desk {
    /// What came by mail and waits for a word from whoever may answer, oldest first.
    package func mailedFiles(
        _ inquiry: Inquiry.ID,
        by answerer: Answerer
    ) async throws -> [MailedFiles] {
        try await read { transaction in
            let inquiry = try transaction.inquiry(inquiry, answerableBy: answerer, inPart: true)
            return try transaction.mailedFiles(for: inquiry, by: answerer)
        }
    }

    /// Takes an answer made of files that came by mail: whoever may answer says that they are one.
    ///
    /// The same as an answer with an upload. Throws `CaseworkFailure.notPossibleNow` where one of
    /// `mailed` waits no more: somebody else sent it, or threw it away.
    package func answer(
        _ inquiry: Inquiry.ID,
        confirming mailed: Set<DroppedFile.ID>,
        with submission: AnswerSubmission,
        by answerer: Answerer
    ) async throws -> RecordBundle {
        try submission.check()
        return try await write { transaction in
            let asked = try transaction.inquiry(inquiry, answerableBy: answerer, inPart: true)
            guard mailed.isSubset(of: submission.files.map(\.id)) else {
                throw CaseworkFailure.notPossibleNow
            }
            _ = try transaction.take(mailed, waitingFor: asked, by: answerer)
            return try transaction.answer(inquiry, with: submission, by: answerer)
        }
    }

    /// Throws files away that came by mail and belong in no answer.
    ///
    /// - Returns: them, for its caller to remove.
    package func discardMailed(
        _ files: Set<DroppedFile.ID>,
        of inquiry: Inquiry.ID,
        by answerer: Answerer
    ) async throws -> [DroppedFile.ID] {
        try await write { transaction in
            let asked = try transaction.inquiry(inquiry, answerableBy: answerer, inPart: true)
            let taken = try transaction.take(files, waitingFor: asked, by: answerer)
            try transaction.audit(
                transaction.hand(of: answerer),
                "mail.discard",
                subject: asked.id,
                detail: "files=\(taken.count)"
            )
            return taken
        }
    }

    /// Forgets what came by mail a month ago, and the files that nobody confirmed.
    ///
    /// - Returns: the files, for its caller to remove.
    package func forgetMailedFiles(limit: Int = 1_000) async throws -> [DroppedFile.ID] {
        try await write { transaction in
            let expired = try transaction.session.mailedFiles(
                expiredBy: transaction.now,
                limit: limit
            )
            for mailed in expired { try transaction.session.deleteMailedFiles(mailed.id) }
            return expired.flatMap { $0.files.map(\.id) }
        }
    }
}

extension CaseTransaction {
    /// Whoever has a part sees what they mailed themselves, and the office nothing of theirs.
    func mailedFiles(for inquiry: Inquiry, by answerer: Answerer) throws -> [MailedFiles] {
        let isInPart = try parts(of: answerer, inquiry) != nil
        let own = try contact(of: answerer, inquiry: inquiry)?.id
        return try session.mailedFiles(of: inquiry.id).filter { mailed in
            guard now < mailed.expiresAt else { return false }
            if isInPart { return mailed.contact == own }
            return try session.contact(mailed.contact)?.role != .colleague
        }
    }

    /// Takes files from among those that wait; all of them, or none.
    fileprivate func take(
        _ chosen: Set<DroppedFile.ID>,
        waitingFor inquiry: Inquiry,
        by answerer: Answerer
    ) throws -> [DroppedFile.ID] {
        guard !chosen.isEmpty else { throw CaseworkFailure.nothingToSend }
        var taken: [DroppedFile.ID] = []
        for var mailed in try mailedFiles(for: inquiry, by: answerer) {
            let these = mailed.files.map(\.id).filter(chosen.contains)
            guard !these.isEmpty else { continue }
            taken += these
            mailed.files.removeAll { chosen.contains($0.id) }
            try session.save(mailed)
        }
        guard taken.count == chosen.count else { throw CaseworkFailure.notPossibleNow }
        return taken
    }

    /// Keeps what a mail brought, once, and says so to the mailbox.
    ///
    /// The one mail that is ever written in answer to another. It goes to the address on file and
    /// not to the sender, once until somebody has dealt with what came, so nothing can loop.
    ///
    /// - Returns: whether the files are referred to from now on.
    func keep(
        _ load: MailLoad,
        named key: String,
        from contact: Contact,
        about inquiry: Inquiry,
        of request: RecordRequest
    ) throws -> (what: MailTaken, keptFiles: Bool) {
        let digests = load.arrived.map(\.digest.description).sorted().joined(separator: " ")
        let number = effectID("mailed|\(inquiry.id)|\(contact.id)|\(key)|\(digests)")
        let id = MailedFiles.ID(rawValue: number.rawValue)
        guard try session.mailedFiles(id) == nil else { return (.repeated, false) }
        let earlier = try session.mailedFiles(of: inquiry.id)
        var load = load
        let all =
            earlier.flatMap(\.files) + (try lockedUp(of: inquiry.id).map(\.file)) + load.arrived
        let bytes = all.reduce(0) { $0 + $1.byteCount }
        if all.count > MailedFiles.mostFiles || bytes > MailedFiles.mostBytes {
            load.refuseArrived(.tooMany)
        }
        for one in load.infected {
            try lockUp(one, from: .mail(id), about: inquiry.id)
            load.refuse(one.file.name, .unclean)
        }
        let own = earlier.filter { $0.contact == contact.id }
        let isTold =
            load.files.isEmpty ? !own.isEmpty : own.contains { !$0.files.isEmpty }
        try session.save(
            MailedFiles(
                id: id,
                inquiry: inquiry.id,
                contact: contact.id,
                receivedAt: now,
                files: load.files,
                refused: load.refused
            )
        )
        if !isTold {
            try tell(
                .filesByMail(organization: contact.organization),
                of: request.id,
                inquiry: inquiry.id
            )
            try ask(contact, about: inquiry, of: request, as: effectID("filesByMail|\(id)")) {
                .filesByMail(
                    $0,
                    kept: load.files.count,
                    refused: load.refused.map(\.reason)
                )
            }
        }
        try audit(
            .system,
            "mail.files",
            subject: inquiry.id,
            detail: "files=\(load.files.count) refused=\(load.refused.count)"
        )
        return (.noted, !load.arrived.isEmpty)
    }
}
