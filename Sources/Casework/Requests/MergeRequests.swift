import RecordExchange
package import Vocabulary

/// Another open request of the same school for the same student.
package struct RequestTwin: Hashable, Sendable {
    /// Why the one that is looked at cannot go on as the other.
    package enum Obstacle: String, Hashable, Sendable, CaseIterable {
        /// Records came for it: it stays, and the other is merged into it.
        case hasRecords
        /// Records came for both: each is accepted by itself.
        case bothHaveRecords
        /// It is being cancelled.
        case notNow
    }

    package let summary: RequestSummary
    /// `nil` where the one that is looked at can be merged into this one.
    package let obstacle: Obstacle?
    /// The other way round is possible: this one into the one that is looked at.
    package let canBeMerged: Bool
}

extension Desk {
    /// The likely duplicates of a request, newest first: open, of the same school, with the same
    /// birth date and the same words in the name.
    ///
    /// Another school's are never shown: that it asks for the child is none of this one's business.
    package func twins(of number: RequestNumber, by actor: Actor) async throws -> [RequestTwin] {
        try await read { transaction in
            let request = try transaction.request(number, seenBy: actor)
            return try transaction.twins(of: request, seenBy: actor).map { other in
                RequestTwin(
                    summary: try transaction.summary(of: other),
                    obstacle: try transaction.obstacle(to: request, into: other, by: actor),
                    canBeMerged: try transaction.obstacle(to: other, into: request, by: actor)
                        == nil
                )
            }
        }
    }

    /// Lets a request go on as another one of the same school for the same student.
    ///
    /// Whoever was asked for the first one answers the second from now on, by the links they have;
    /// what they promised or asked stands; everybody who watched the first one watches the second.
    /// Nothing leads back but asking again. Throws `notPossibleNow` where records came for the
    /// first one, so that no answer is ever out of sight.
    package func mergeRequest(
        _ number: RequestNumber,
        into survivor: RequestNumber,
        by actor: Actor
    ) async throws {
        try await write { transaction in
            let duplicate = try transaction.request(number, seenBy: actor)
            let survivor = try transaction.request(survivor, seenBy: actor)
            // Sent twice: it is done already.
            if duplicate.mergedInto == survivor.id { return }
            guard try transaction.twins(of: duplicate).contains(where: { $0.id == survivor.id }),
                try transaction.obstacle(to: duplicate, into: survivor, by: actor) == nil
            else { throw CaseworkFailure.notPossibleNow }
            try transaction.merge(duplicate, into: survivor, by: actor)
        }
    }
}

extension CaseTransaction {
    func twins(of request: RecordRequest) throws -> [RecordRequest] {
        guard request.isOpen else { return [] }
        let key = StudentKey(request.student)
        // The store finds by a digest; two students could share one.
        return try session.openRequests(from: request.requester, for: key)
            .filter { $0.id != request.id && StudentKey($0.student) == key }
    }

    /// Of these, those that `actor` may see: a state contact learns nothing of another state's.
    func twins(of request: RecordRequest, seenBy actor: Actor) throws -> [RecordRequest] {
        try twins(of: request).filter { other in
            do {
                return try self.request(other.number, seenBy: actor).id == other.id
            } catch CaseworkFailure.notFound {
                return false
            }
        }
    }

    /// The request that goes on in place of this one; itself where it was not merged.
    func survivor(of request: RecordRequest) throws -> RecordRequest {
        var request = request
        while let id = request.mergedInto { request = try self.request(id) }
        return request
    }

    /// The inquiry that is asked in place of this one since its request was merged.
    func survivor(of inquiry: Inquiry) throws -> Inquiry {
        var inquiry = inquiry
        while let id = inquiry.continuedBy, let later = try session.inquiry(id),
            try later.request == inquiry.request || request(inquiry.request).mergedInto != nil
        {
            inquiry = later
        }
        return inquiry
    }

    func survivor(of subject: Effect.MailSubject) throws -> Effect.MailSubject {
        guard let id = subject.inquiry, let asked = try session.inquiry(id) else { return subject }
        let later = try survivor(of: asked)
        guard later.id != id else { return subject }
        return Effect.MailSubject(
            letter: subject.letter,
            request: later.request,
            inquiry: later.id,
            contact: subject.contact
        )
    }

    fileprivate func obstacle(
        to duplicate: RecordRequest,
        into survivor: RecordRequest,
        by actor: Actor
    ) throws -> RequestTwin.Obstacle? {
        guard try session.bundles(of: duplicate.id).isEmpty else {
            return try session.bundles(of: survivor.id).isEmpty ? .hasRecords : .bothHaveRecords
        }
        let isRequester = actor.requestingSchools.contains(duplicate.requester)
        let rule = RequestLifecycle.rule(
            for: .merge,
            by: isRequester ? .requester : .stateContact,
            in: try state(of: duplicate)
        )
        return rule == nil || survivor.cancelRequested != nil ? .notNow : nil
    }

    fileprivate func merge(
        _ duplicate: RecordRequest,
        into other: RecordRequest,
        by actor: Actor
    ) throws {
        var survivor = other
        survivor.takeOver(wishesOf: duplicate)
        let hasMore = Set(survivor.parts) != Set(other.parts)
        for inquiry in try session.inquiries(of: duplicate.id) {
            try move(inquiry, to: &survivor, message: duplicate.message, hasMore: hasMore)
        }
        try session.save(survivor)
        var duplicate = duplicate
        duplicate.end(asDuplicateOf: survivor, at: now)
        try session.save(duplicate)
        try moveFamilyContact(of: duplicate, to: survivor)
        let watchers = [duplicate.filedBy] + (try session.followers(of: duplicate.id))
        for watcher in watchers where watcher != survivor.filedBy {
            try session.addFollower(watcher, to: survivor.id)
        }
        try tell(.mergedInto(survivor.number), of: duplicate.id, person: actor.name)
        try tell(
            .concluded(.closedDuplicate, reason: .duplicateRequest, note: ""),
            of: duplicate.id,
            person: actor.name
        )
        try tell(.tookOver(duplicate.number), of: survivor.id, person: actor.name)
        try audit(
            .staff(actor.id),
            "request.merge",
            subject: duplicate.number,
            detail: "into \(survivor.number)"
        )
    }

    /// What was asked for the one is asked for the other from now on.
    ///
    /// `hasMore`: parts that an answer to the other was never asked for.
    private func move(
        _ inquiry: Inquiry,
        to survivor: inout RecordRequest,
        message: String,
        hasMore: Bool
    ) throws {
        // Somebody stopped it: nothing of it goes on.
        if inquiry.status == .withdrawn { return }
        // A "no" is kept whatever its reason: a protective order hides the child from then on, and
        // must not be told from the others by what becomes of it here.
        if inquiry.status == .notFilled {
            let refused = Inquiry(
                inquiry,
                as: secrets.makeIdentifier(),
                of: survivor.id,
                sequence: try session.inquiries(of: survivor.id).count + 1
            )
            try session.save(refused)
            return try lead(inquiry, to: refused)
        }
        let there = try session.inquiries(of: survivor.id).filter { $0.school == inquiry.school }
        let twin = there.last(where: \.isLive) ?? there.last
        let isStillOwed = hasMore && inquiry.isLive
        guard let twin,
            twin.status == .sent ? !isStillOwed : twin.standing >= inquiry.standing
        else {
            let isLive = try session.inquiries(of: survivor.id).contains(where: \.isLive)
            let next = Inquiry(
                inquiry,
                as: secrets.makeIdentifier(),
                of: survivor.id,
                sequence: try session.inquiries(of: survivor.id).count + 1
            )
            try session.save(next)
            if let twin, twin.isLive {
                try lead(twin, to: next)
            } else if isLive, next.isLive {
                survivor.asksInParallel = true
            }
            try lead(inquiry, to: next)
            guard next.isLive else { return }
            try reschedule(next)
            try tell(
                .asked(holder: next.holder, school: next.school, closedUntil: nil),
                of: survivor.id,
                inquiry: next.id
            )
            // What the holder was told, and what it was asked in return, goes along.
            try copyTalk(of: inquiry, to: next, message: message)
            return
        }
        try lead(inquiry, to: twin)
        if twin.isLive { try copyTalk(of: inquiry, to: twin, message: message) }
    }

    /// Ends an inquiry; its links and late answers find `next`.
    private func lead(_ inquiry: Inquiry, to next: Inquiry) throws {
        var inquiry = inquiry
        if inquiry.isLive { _ = try inquiry.apply(.supersede, by: .system, at: now) }
        if inquiry.continuedBy == nil { inquiry.continuedBy = next.id }
        try session.save(inquiry)
        try session.clearTimer(inquiry.id)
        for var link in try session.links(of: inquiry.id) {
            link.inquiry = next.id
            try session.save(link)
        }
        for var mailed in try session.mailedFiles(of: inquiry.id) {
            mailed.inquiry = next.id
            try session.save(mailed)
        }
        for var locked in try session.quarantinedFiles(of: inquiry.id) {
            locked.inquiry = next.id
            try session.save(locked)
        }
    }

    private func copyTalk(of inquiry: Inquiry, to next: Inquiry, message: String) throws {
        var kinds: [TimelineEvent.Kind] = message.isEmpty ? [] : [.messageToHolder(note: message)]
        for event in try session.events(of: inquiry.request) where event.inquiry == inquiry.id {
            switch event.kind {
            case .questionAsked, .askedAbout, .questionAnswered, .messageToHolder, .mailReply,
                .callLogged:
                kinds.append(event.kind)
            default: break
            }
        }
        for kind in kinds { try tell(kind, of: next.request, inquiry: next.id) }
    }
}

extension Inquiry {
    /// How much would be lost with it: a holder's question most, since somebody waits for the
    /// answer.
    fileprivate var standing: Int {
        switch status {
        case .question: 8
        case .partlySent: 7
        case .accepted: 6
        case .onHold: 5
        case .opened: 4
        case .notified: 3
        case .queued: 2
        // A late answer to it is a good answer.
        case .superseded, .timedOut: 1
        case .sent, .notFilled, .withdrawn: 0
        }
    }
}
