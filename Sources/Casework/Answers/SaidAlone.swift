package import RecordExchange
package import Vocabulary

/// What a clerk said to the state contact of the holder alone.
package struct SaidAlone: Hashable, Sendable {
    package let school: SchoolID
    package let reason: ReasonCode
    /// May be empty.
    package let note: String
}

extension RequestStory {
    /// The concealed reasons in this story, oldest first.
    ///
    /// A story holds them only for a state contact of the holder that said them.
    package var saidAlone: [SaidAlone] {
        inquiries.compactMap { inquiry in
            guard let reason = inquiry.reason, reason.isConcealed else { return nil }
            return SaidAlone(school: inquiry.school, reason: reason, note: inquiry.note)
        }
    }
}

extension Inquiry {
    /// As much of it as `actor` may read: a concealed reason is for the holder's own state contact,
    /// not for the one who looks after the school that asks.
    func shown(to actor: Actor, isRequester: Bool) -> Self {
        if isRequester { return forRequester }
        return actor.watchedStates.contains(holderState) ? self : withoutConcealedReason
    }
}
