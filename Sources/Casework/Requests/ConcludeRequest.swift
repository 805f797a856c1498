package import RecordExchange
package import Vocabulary

extension Desk {
    /// The requester has what it needs; the request completes.
    ///
    /// The locator learns where the student's records are now.
    package func acceptRecords(_ number: RequestNumber, by actor: Actor) async throws {
        let student = try await read { try $0.request(number, seenBy: actor).student }
        let known = await knownPointers(of: student)
        try await conclude(
            number,
            .accept,
            .completed,
            reason: nil,
            note: "",
            by: actor,
            known: known
        )
    }

    /// The requester no longer asks.
    ///
    /// A holder who is already working on it is told.
    package func cancelRequest(
        _ number: RequestNumber,
        reason: ReasonCode,
        note: String,
        by actor: Actor
    ) async throws {
        guard reason.family == .cancellation else { throw CaseworkFailure.reasonMissing }
        let kind: RecordRequest.Conclusion.Kind =
            reason == .enteredInError ? .enteredInError : .cancelled
        try await conclude(number, .cancel, kind, reason: reason, note: note, by: actor)
    }

    /// A state contact ends what cannot be filled; always with a reason.
    package func closeUnfilled(
        _ number: RequestNumber,
        reason: ReasonCode,
        note: String,
        by actor: Actor
    ) async throws {
        // A protective order or a missing child never shows by the reason of an end.
        guard !reason.isConcealed else { throw CaseworkFailure.reasonMissing }
        try await conclude(
            number,
            .closeUnfilled,
            .closedUnfilled,
            reason: reason,
            note: note,
            by: actor
        )
    }

    private func conclude(
        _ number: RequestNumber,
        _ action: RequestLifecycle.Action,
        _ kind: RecordRequest.Conclusion.Kind,
        reason: ReasonCode?,
        note: String,
        by actor: Actor,
        known: KnownPointers? = nil
    ) async throws {
        guard note.utf8.count <= RequestDraft.longestMessage else { throw CaseworkFailure.tooLong }
        try await write { transaction in
            var request = try transaction.request(number, seenBy: actor)
            try transaction.permit(action, on: request, by: actor)
            request.conclusion = RecordRequest.Conclusion(
                kind: kind,
                reason: reason,
                note: note,
                at: transaction.now
            )
            try transaction.session.save(request)
            try transaction.stopInquiries(of: request, telling: action != .accept)
            try transaction.tell(
                .concluded(kind, reason: reason, note: note),
                of: request.id,
                person: actor.name
            )
            try transaction.audit(
                .staff(actor.id),
                "request.\(action.rawValue)",
                subject: request.number,
                detail: reason?.rawValue ?? ""
            )
            if action == .accept { try transaction.confirmDeliveries(of: request) }
            if let known { try transaction.addPointers(of: request, known) }
        }
    }
}

extension CaseTransaction {
    /// Throws unless the lifecycle's table allows `action` in the request's state.
    func permit(
        _ action: RequestLifecycle.Action,
        on request: RecordRequest,
        by actor: Actor
    ) throws {
        let isRequester = actor.requestingSchools.contains(request.requester)
        let role: RequestLifecycle.Actor = isRequester ? .requester : .stateContact
        guard RequestLifecycle.rule(for: action, by: role, in: try state(of: request)) != nil
        else { throw CaseworkFailure.notPossibleNow }
    }

    /// Ends every live inquiry; its holders are told that nothing more is needed.
    func stopInquiries(of request: RecordRequest, telling: Bool) throws {
        for var inquiry in try session.inquiries(of: request.id) where inquiry.isLive {
            _ = try inquiry.apply(.withdraw, by: .system, at: now)
            inquiry.clock.stop()
            try reschedule(inquiry)
            guard telling else { continue }
            let requester = try school(request.requester)
            for contact in try usableContacts(of: inquiry.holder, [.recordsOffice]) {
                try mail(
                    .withdrawn(
                        number: request.number,
                        recipient: contact.name,
                        holderSchool: try school(inquiry.school).name,
                        requesterSchool: requester.name,
                        address: "\(desk.settings.baseAddress)/check"
                    ),
                    to: contact,
                    about: request,
                    inquiry: inquiry
                )
            }
        }
    }

    fileprivate func confirmDeliveries(of request: RecordRequest) throws {
        for bundle in try session.bundles(of: request.id) {
            for var delivery in try session.deliveries(of: bundle.id)
            where delivery.status == .sent || delivery.status == .collected {
                try delivery.apply(.confirm, at: now)
                try session.save(delivery)
            }
        }
    }
}
