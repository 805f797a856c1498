import RecordExchange
package import Vocabulary

extension Desk {
    /// Everything that waits for a person's word, oldest first.
    package func quarantined(limit: Int = 1_000) async throws -> [QuarantinedFile] {
        try await everythingLocked(limit).filter { $0.releasedAt == nil }
    }

    /// The request that a file came for and the school that was asked, for whoever decides.
    package func place(
        of locked: QuarantinedFile
    ) async throws -> (number: RequestNumber, holder: String) {
        try await read { transaction in
            let inquiry = try transaction.inquiry(locked.inquiry)
            return (
                try transaction.request(inquiry.request).number,
                try transaction.name(of: inquiry.holder)
            )
        }
    }

    /// The same with what was released already: where each file must lie.
    package func everythingLocked(_ limit: Int = 10_000) async throws -> [QuarantinedFile] {
        try await read { transaction in
            let end = transaction.now.advanced(bySeconds: 2 * QuarantinedFile.patience)
            return try transaction.session.quarantinedFiles(expiredBy: end, limit: limit)
        }
    }

    /// A person at the machine says that nothing is wrong with a file: it goes on, as an answer of
    /// its own, or waits again with what came by the same mail.
    ///
    /// Throws `notPossibleNow` where nobody waits for it any more, or it was decided on already.
    package func releaseQuarantined(_ id: DroppedFile.ID) async throws {
        try await write { transaction in
            var locked = try transaction.locked(id)
            switch locked.origin {
            case .answer(let bundle, let parts, let isComplete):
                try transaction.sendOn(locked, of: bundle, parts, isComplete)
            case .mail(let mail): try transaction.putBack(locked.file, with: mail)
            }
            locked.releasedAt = transaction.now
            try transaction.session.save(locked)
            try transaction.audit(
                .operator,
                "quarantine.release",
                subject: id,
                detail: locked.finding
            )
        }
    }

    /// A person at the machine gives a file up; its caller removes it afterwards.
    package func destroyQuarantined(_ id: DroppedFile.ID) async throws {
        try await write { transaction in
            let locked = try transaction.locked(id)
            try transaction.session.deleteQuarantinedFile(id)
            try transaction.noteLack(of: locked)
            try transaction.audit(
                .operator,
                "quarantine.destroy",
                subject: id,
                detail: locked.finding
            )
        }
    }

    /// Gives up what nobody decided on for a month.
    ///
    /// - Returns: the files, for its caller to remove.
    package func forgetQuarantined(limit: Int = 1_000) async throws -> [DroppedFile.ID] {
        try await write { transaction in
            let expired = try transaction.session.quarantinedFiles(
                expiredBy: transaction.now,
                limit: limit
            )
            for locked in expired {
                try transaction.session.deleteQuarantinedFile(locked.id)
                // What was released belongs to an answer.
                guard locked.releasedAt == nil else { continue }
                try transaction.noteLack(of: locked)
                try transaction.audit(
                    .system,
                    "quarantine.expire",
                    subject: locked.id,
                    detail: locked.finding
                )
            }
            return expired.filter { $0.releasedAt == nil }.map(\.id)
        }
    }
}

extension CaseTransaction {
    /// Without a file that is gone for good the rest of its answer is never all of it.
    fileprivate func noteLack(of gone: QuarantinedFile) throws {
        for var other in try lockedUp(of: gone.inquiry)
        where other.bundle != nil && other.bundle == gone.bundle && other.id != gone.id {
            other.origin = other.origin.incomplete
            try session.save(other)
        }
    }

    fileprivate func locked(_ id: DroppedFile.ID) throws -> QuarantinedFile {
        guard let locked = try session.quarantinedFile(id) else { throw CaseworkFailure.notFound }
        guard locked.releasedAt == nil else { throw CaseworkFailure.notPossibleNow }
        return locked
    }

    /// Sends a file after the answer it was taken out of, in the same words.
    fileprivate func sendOn(
        _ locked: QuarantinedFile,
        of id: RecordBundle.ID,
        _ parts: [RecordBundle.Part],
        _ wasComplete: Bool
    ) throws {
        guard let origin = try session.bundle(id) else { throw CaseworkFailure.notFound }
        let request = try request(origin.request)
        // An answer of which nothing was left was never sealed. Any other that was withdrawn is
        // another student's, was found wanting, or is corrected: it has no rest.
        guard request.isOpen, origin.withdrawnAt == nil || origin.seal == nil,
            origin.recall == nil
        else { throw CaseworkFailure.notPossibleNow }
        let isLast = try lockedUp(of: locked.inquiry)
            .allSatisfy { $0.id == locked.id || $0.bundle != id }
        var bundle = RecordBundle(
            id: secrets.makeIdentifier(),
            request: request.id,
            inquiry: origin.inquiry,
            sequence: try session.bundles(of: request.id).count + 1,
            holder: origin.holder,
            certification: origin.certification,
            parts: parts,
            files: [RecordBundle.File(locked.file)],
            note: origin.note,
            answeredAt: now
        )
        bundle.sender = origin.sender
        // A correction counts once nothing of it is held any more.
        if isLast { bundle.replaces = origin.replaces }
        try session.save(bundle)
        // What becomes of the answer becomes of its rest.
        var whole = origin
        whole.copies = (origin.copies ?? []) + [bundle.id]
        try session.save(whole)
        var inquiry = try inquiry(origin.inquiry)
        let isComplete = wasComplete && isLast
        let event: InquiryLifecycle.Event = isComplete ? .sendAll : .sendSome
        // A part that arrives ends neither the office's promise nor its question.
        let waits: Set<Inquiry.Status> = [.accepted, .onHold, .question]
        if isComplete || !waits.contains(inquiry.status),
            InquiryLifecycle.transition(from: inquiry.status, on: event, by: .holder) != nil
        {
            try move(&inquiry, event, by: .holder)
            try reschedule(inquiry)
        }
        try tell(
            .recordsAdded(
                bundle: bundle.id,
                files: 1,
                bytes: locked.file.byteCount,
                by: bundle.certification.person,
                complete: isComplete
            ),
            of: request.id,
            inquiry: inquiry.id,
            person: bundle.certification.name
        )
        try session.enqueue(
            Effect(id: secrets.makeIdentifier(), work: .assemble(bundle.id), due: now)
        )
    }

    /// Lets a file wait again with what came by the same mail, and says so to the mailbox.
    fileprivate func putBack(_ file: DroppedFile, with mail: MailedFiles.ID) throws {
        guard var mailed = try session.mailedFiles(mail), now < mailed.expiresAt,
            let contact = try session.contact(mailed.contact)
        else { throw CaseworkFailure.notPossibleNow }
        let inquiry = try inquiry(mailed.inquiry)
        let request = try request(inquiry.request)
        guard try !isOver(inquiry, of: request) else { throw CaseworkFailure.notPossibleNow }
        mailed.files.append(file)
        let said = MailedFiles.Refused(name: file.name, reason: .unclean)
        if let index = mailed.refused.firstIndex(of: said) { mailed.refused.remove(at: index) }
        try session.save(mailed)
        try ask(contact, about: inquiry, of: request) {
            .filesByMail($0, kept: 1, refused: [])
        }
    }
}

extension RecordBundle.File {
    /// A file that lies in the drop, as an answer names it.
    package init(_ file: DroppedFile) {
        self.init(
            id: file.id.description,
            name: file.name,
            mediaType: file.mediaType,
            byteCount: file.byteCount,
            sha256: file.digest.description
        )
    }
}
