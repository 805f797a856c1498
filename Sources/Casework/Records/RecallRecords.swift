package import RecordExchange
package import Vocabulary

/// A bundle that holds another student's record, for somebody who may recall it or must know.
package struct RecallView: Hashable, Sendable {
    package let number: RequestNumber
    package let bundle: RecordBundle
    package let inquiry: Inquiry.ID
    package let requester: School
    package let holder: String
    /// Who took something of it, first comer first.
    package let openings: [Opening]
    /// Names of the organisations that took something.
    package let names: [OrganizationID: String]
    /// Copies at the school that asked of which nobody said that they are destroyed.
    package let open: Int
    package let canRecall: Bool
    /// Can say that their own copies are destroyed.
    package let canConfirm: Bool
    /// Can say it for the whole school.
    package let canConfirmForSchool: Bool
}

/// One bundle that was sent in answer to an inquiry, as whoever sent it may know of it after the
/// end: nothing of the student.
package struct SentBundle: Hashable, Sendable {
    package let id: RecordBundle.ID
    package let number: RequestNumber
    package let answeredAt: Instant
    package let files: Int
    /// How many people and systems took something of it.
    package let openings: Int
    package let recall: Recall?
    package let requester: School
    package let holder: School
    /// Its inquiry still takes an answer, so that the right records can be sent at once.
    package let canAnswer: Bool
    /// A corrected answer can be sent in its place.
    package let canCorrect: Bool
    /// What was said of each part.
    package let parts: [RecordBundle.Part]
}

extension Desk {
    /// What is known of a bundle and of who took something of it, for both sides.
    package func recallView(
        of id: RecordBundle.ID,
        in number: RequestNumber,
        by actor: Actor
    ) async throws -> RecallView {
        try await read { transaction in
            try transaction.recallView(of: id, in: number, by: actor)
        }
    }

    /// Says that a bundle holds another student's record.
    ///
    /// Possible as long as the bundle is on file, after the end of its request too, for the school
    /// that asked, the one that sent it, and the state contacts of both. Again changes nothing.
    package func recallRecords(
        _ id: RecordBundle.ID,
        in number: RequestNumber,
        note: String,
        by actor: Actor
    ) async throws -> RecallView {
        guard note.utf8.count <= RequestDraft.longestMessage else { throw CaseworkFailure.tooLong }
        return try await write { transaction in
            let (bundle, _) = try transaction.recallable(id, in: number, seenBy: actor)
            guard let side = try transaction.side(of: actor, bundle) else {
                throw CaseworkFailure.notAllowed
            }
            try transaction.recall(
                bundle,
                Recall(at: transaction.now, side: side, person: actor.name, note: note),
                by: .staff(actor.id)
            )
            return try transaction.recallView(of: id, in: number, by: actor)
        }
    }

    /// What was sent in answer to an inquiry, for whoever may answer it, also after the end.
    package func sentBundles(
        of id: Inquiry.ID,
        by answerer: Answerer
    ) async throws -> [SentBundle] {
        try await read { transaction in
            let inquiry = try transaction.inquiry(id, answerableBy: answerer, inPart: true)
            let all = try transaction.bundles(answering: inquiry)
            let open = Set(
                try transaction.correctable(among: all, answering: inquiry, by: answerer)
                    .map(\.id)
            )
            return try transaction.sent(among: all, answering: inquiry, by: answerer)
                .map { bundle in
                    try transaction.sentBundle(bundle, canCorrect: open.contains(bundle.id))
                }
        }
    }

    /// The same as `recallRecords`, by whoever answers the inquiry: a mailed link does.
    ///
    /// A colleague recalls only what they sent themselves.
    package func recallAnswer(
        _ id: RecordBundle.ID,
        to inquiry: Inquiry.ID,
        note: String,
        by answerer: Answerer
    ) async throws {
        guard note.utf8.count <= RequestDraft.longestMessage else { throw CaseworkFailure.tooLong }
        try await write { transaction in
            let asked = try transaction.inquiry(inquiry, answerableBy: answerer, inPart: true)
            let sent = try transaction.sent(answering: asked, by: answerer)
            guard let bundle = sent.first(where: { $0.id == id }) else {
                throw CaseworkFailure.notFound
            }
            try transaction.recall(
                bundle,
                Recall(
                    at: transaction.now,
                    side: answerer.recallSide,
                    person: try transaction.recaller(answerer, bundle),
                    note: note
                ),
                by: transaction.hand(of: answerer)
            )
        }
    }

    /// Says that copies of a recalled bundle are destroyed: the person's own, or all of the school
    /// that asked, those in its systems too.
    ///
    /// For the whole school its registrars say it, and its state contact, who may have called.
    package func confirmDestroyed(
        _ id: RecordBundle.ID,
        in number: RequestNumber,
        forSchool: Bool,
        by actor: Actor
    ) async throws -> RecallView {
        try await write { transaction in
            let (found, _) = try transaction.recallable(id, in: number, seenBy: actor)
            let request = try transaction.request(found.request)
            var bundle = found
            guard
                forSchool
                    ? transaction.confirmsForSchool(actor, request)
                    : actor.holds(StaffRole.readers, at: .school(request.requester))
            else { throw CaseworkFailure.notAllowed }
            guard var recall = bundle.recall else { throw CaseworkFailure.notPossibleNow }
            let destruction = Recall.Destruction(
                person: actor.name,
                at: transaction.now,
                isForSchool: forSchool
            )
            if recall.confirm(destruction) {
                bundle.recall = recall
                try transaction.session.save(bundle)
                try transaction.tell(
                    .destroyed(bundle: id, forSchool: forSchool),
                    of: request.id,
                    inquiry: bundle.inquiry,
                    person: actor.name
                )
                try transaction.audit(
                    .staff(actor.id),
                    "bundle.destroyed",
                    subject: id,
                    detail: forSchool ? "all copies of the school" : "own copies"
                )
            }
            return try transaction.recallView(of: id, in: number, by: actor)
        }
    }
}

extension Answerer {
    fileprivate var recallSide: Recall.Side {
        switch self {
        case .stateContact: .stateContact
        case .family: .requester
        case .link, .staff, .partner: .holder
        }
    }
}

extension CaseTransaction {
    /// A sealed bundle of a request, where `actor` may know who took something of it: both sides,
    /// their districts and their state contacts.
    func recallable(
        _ id: RecordBundle.ID,
        in number: RequestNumber,
        seenBy actor: Actor
    ) throws -> (RecordBundle, Inquiry) {
        guard let request = try session.request(numbered: number),
            let bundle = try session.bundle(id), bundle.request == request.id, bundle.seal != nil
        else { throw CaseworkFailure.notFound }
        let requester = try school(request.requester)
        let isDistrict = actor.holds([.district], at: .district(requester.district))
        guard try isDistrict || side(of: actor, bundle) != nil else {
            throw CaseworkFailure.notFound
        }
        return (bundle, try inquiry(bundle.inquiry))
    }

    /// On whose behalf `actor` may recall the bundle; `nil` where on nobody's.
    func side(of actor: Actor, _ bundle: RecordBundle) throws -> Recall.Side? {
        let request = try request(bundle.request)
        let inquiry = try inquiry(bundle.inquiry)
        let holder = try school(inquiry.school)
        if actor.holds(StaffRole.readers, at: .school(request.requester)) { return .requester }
        if actor.holds(StaffRole.answerers, at: inquiry.holder)
            || actor.holds([.district], at: .district(holder.district))
        {
            return .holder
        }
        let states = Set([request.requesterState, inquiry.holderState])
        return states.isDisjoint(with: actor.watchedStates) ? nil : .stateContact
    }

    func confirmsForSchool(_ actor: Actor, _ request: RecordRequest) -> Bool {
        actor.holds([.registrar], at: .school(request.requester))
            || actor.watchedStates.contains(request.requesterState)
    }

    /// Who took something of a bundle.
    func openings(of bundle: RecordBundle) throws -> [Opening] {
        Opening.all(of: bundle.id, in: try session.disclosures(of: bundle.request))
    }

    fileprivate func recallView(
        of id: RecordBundle.ID,
        in number: RequestNumber,
        by actor: Actor
    ) throws -> RecallView {
        let (bundle, inquiry) = try recallable(id, in: number, seenBy: actor)
        let request = try request(bundle.request)
        let asker = OrganizationID.school(request.requester)
        let openings = try openings(of: bundle)
        var names: [OrganizationID: String] = [:]
        for opening in openings { names[opening.recipient] = try name(of: opening.recipient) }
        let open = bundle.recall?.open(among: openings, at: asker) ?? []
        return RecallView(
            number: number,
            bundle: bundle,
            inquiry: inquiry.id,
            requester: try school(request.requester),
            holder: try name(of: bundle.holder),
            openings: openings,
            names: names,
            open: open.count,
            canRecall: try bundle.recall == nil && side(of: actor, bundle) != nil,
            canConfirm: actor.holds(StaffRole.readers, at: asker)
                && open.contains { $0.person == actor.name },
            canConfirmForSchool: !open.isEmpty && confirmsForSchool(actor, request)
        )
    }

    fileprivate func sentBundle(
        _ bundle: RecordBundle,
        canCorrect: Bool
    ) throws -> SentBundle {
        let request = try request(bundle.request)
        let inquiry = try inquiry(bundle.inquiry)
        return SentBundle(
            id: bundle.id,
            number: request.number,
            answeredAt: bundle.answeredAt,
            files: bundle.files.count,
            openings: try openings(of: bundle).count,
            recall: bundle.recall,
            requester: try school(request.requester),
            holder: try school(inquiry.school),
            canAnswer: try !isOver(inquiry, of: request),
            canCorrect: canCorrect,
            parts: bundle.parts
        )
    }

    fileprivate func recaller(_ answerer: Answerer, _ bundle: RecordBundle) throws -> String {
        switch answerer {
        case .link(let link, let inquiry):
            let contact = try session.links(of: inquiry).first { $0.id == link }
                .flatMap { try session.contact($0.contact) }
            return contact?.name ?? bundle.certification.name
        case .staff(let actor), .stateContact(let actor), .family(let actor, _): return actor.name
        case .partner(_, let certification): return certification.name
        }
    }
}
