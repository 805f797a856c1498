package import RecordExchange
package import Vocabulary

/// Until when a state contact can give a holder time.
package struct ExtensionOffer: Hashable, Sendable {
    /// The school that is asked.
    package let school: School
    package let today: CivilDate
    /// What the holder promised itself, where that is still to come: giving less is no use.
    package let promisedFor: CivilDate?
    /// What it was given before; another day takes its place.
    package let givenUntil: CivilDate?
    /// The law's own day, wherever it lies; it stays.
    package let lawfulUntil: CivilDate?
    /// The last day that can be given; `nil` where the law or the cap leaves none.
    package let latest: CivilDate?

    /// Only a later day than this one can be given.
    package var after: CivilDate { max(today, promisedFor ?? today) }
}

extension Desk {
    /// Until when the school that is asked can be given time.
    package func extensionOffer(
        of number: RequestNumber,
        by actor: Actor
    ) async throws -> ExtensionOffer {
        try await read { transaction in
            let request = try transaction.request(number, seenBy: actor)
            let inquiry = try transaction.extendable(of: request, by: actor)
            return try transaction.extensionOffer(inquiry, of: request)
        }
    }

    /// The state contact gives the school that is asked until `day`, and says why.
    ///
    /// The ladder waits as for a promise: the law's date and the cap stay where they are. Another
    /// day takes the place of the one given before. Throws `notPossibleNow` where no day can be
    /// given any more, `dateNotInFuture` where this one cannot, and `alreadyThere` where it is
    /// given already.
    package func extend(
        _ number: RequestNumber,
        until day: CivilDate,
        note: String,
        by actor: Actor
    ) async throws {
        guard note.utf8.contains(where: { $0 > 32 }) else { throw CaseworkFailure.reasonMissing }
        guard note.utf8.count <= RequestDraft.longestMessage else { throw CaseworkFailure.tooLong }
        try await write { transaction in
            let request = try transaction.request(number, seenBy: actor)
            var inquiry = try transaction.extendable(of: request, by: actor)
            let offer = try transaction.extensionOffer(inquiry, of: request)
            guard let latest = offer.latest else { throw CaseworkFailure.notPossibleNow }
            guard day > offer.after, day <= latest else { throw CaseworkFailure.dateNotInFuture }
            guard day != offer.givenUntil else { throw CaseworkFailure.alreadyThere }
            inquiry.clock.extend(until: day)
            try transaction.reschedule(inquiry)
            try transaction.tell(
                .extended(until: day, note: note),
                of: request.id,
                inquiry: inquiry.id,
                person: actor.name
            )
            try transaction.sendNews(.extended(until: day), inquiry: inquiry, request: request)
            for contact in try transaction.contactsAsked(about: inquiry)
            where contact.role != .colleague {
                try transaction.ask(contact, about: inquiry, of: request, Letter.extended)
            }
            try transaction.audit(
                .staff(actor.id),
                "request.extend",
                subject: request.number,
                detail: "\(inquiry.id) until \(day)"
            )
        }
    }
}

extension CaseTransaction {
    /// The inquiry whose holder can be given time, by whoever speaks for that holder's state.
    func extendable(of request: RecordRequest, by actor: Actor) throws -> Inquiry {
        try permit(.extend, on: request, by: actor)
        let live = try session.inquiries(of: request.id)
            .filter { $0.isLive && $0.status != .question }
        guard let inquiry = live.last(where: { actor.watchedStates.contains($0.holderState) })
        else { throw CaseworkFailure.notAllowed }
        return inquiry
    }

    func extensionOffer(_ inquiry: Inquiry, of request: RecordRequest) throws -> ExtensionOffer {
        let school = try school(inquiry.school)
        let today = today(in: school.state)
        let clock = inquiry.clock
        let cap = clock.askedOn.advanced(by: try policy(of: school.state, for: request).capAfter)
        // Nobody is told to take longer than the law gives; where it is late already, the state
        // contact names the day by which it is there all the same.
        let law = inquiry.lawfulUntil.flatMap { $0 < today ? nil : $0 }
        let promised = clock.promisedFor.flatMap { $0 > today ? $0 : nil }
        let last = min(cap, law ?? cap)
        let isOver = clock.done.contains(.cap) || last <= max(today, promised ?? today)
        return ExtensionOffer(
            school: school,
            today: today,
            promisedFor: promised,
            givenUntil: clock.extendedUntil,
            lawfulUntil: inquiry.lawfulUntil,
            latest: isOver ? nil : last
        )
    }
}
