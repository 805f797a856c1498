package import Vocabulary

/// One holder asked on behalf of a request.
package struct Inquiry: Hashable, Sendable, Codable {
    package typealias ID = Identifier<Inquiry>

    /// Where the inquiry stands; the words of ISO 18626 and X12 147 where they have one.
    package enum Status: String, Sendable, CaseIterable, Codable {
        case queued, notified, opened, accepted, onHold, question, partlySent, sent
        case notFilled, superseded, timedOut, withdrawn
    }

    package let id: ID
    package let request: RecordRequest.ID
    /// Counts the inquiries of a request from 1.
    package let sequence: Int
    /// The school asked, or the custodian of one that closed.
    package let holder: OrganizationID
    /// The school whose record it is, also where a custodian answers.
    package let school: SchoolID
    /// The state whose contact watches it.
    package let holderState: StateCode
    package private(set) var status: Status
    package let askedAt: Instant
    package var clock: InquiryClock
    /// Why it ended without records; present exactly when `notFilled`.
    package private(set) var reason: ReasonCode?
    /// Why the rest of what was asked for will not come; `nil` where nobody said so, and never but
    /// while `sent`.
    package private(set) var restReason: ReasonCode?
    package private(set) var note: String
    /// The day the holder promised; present exactly when `accepted`.
    package private(set) var promisedFor: CivilDate?
    /// What the holder waits for; present exactly when `onHold`.
    package private(set) var hold: HoldCondition?
    /// The inquiry of a linked request that took a late answer to this one.
    package var continuedBy: ID?
    /// Whom a reader who is not the right person named instead; for whoever keeps the contacts.
    package var suggested: SuggestedContact?
    /// Where the holder says the student went.
    package private(set) var movedTo: SchoolID?
    package private(set) var openedAt: Instant?
    package private(set) var answeredAt: Instant?
    /// The last day in time by the law of the holder's state; `nil` where none is known.
    ///
    /// Kept by whoever changes what it rests on: the state's limits and the school's calendar.
    package var lawfulUntil: CivilDate?

    package init(
        id: ID,
        request: RecordRequest.ID,
        sequence: Int,
        holder: OrganizationID,
        school: SchoolID,
        holderState: StateCode,
        askedAt: Instant,
        clock: InquiryClock
    ) {
        self.id = id
        self.request = request
        self.sequence = sequence
        self.holder = holder
        self.school = school
        self.holderState = holderState
        self.status = .queued
        self.askedAt = askedAt
        self.clock = clock
        self.note = ""
    }

    /// The same inquiry in the name of another request, standing where it stood.
    package init(_ other: Inquiry, as id: ID, of request: RecordRequest.ID, sequence: Int) {
        self.init(
            id: id,
            request: request,
            sequence: sequence,
            holder: other.holder,
            school: other.school,
            holderState: other.holderState,
            askedAt: other.askedAt,
            clock: other.clock
        )
        status = other.status
        reason = other.reason
        restReason = other.restReason
        suggested = other.suggested
        note = other.note
        promisedFor = other.promisedFor
        hold = other.hold
        movedTo = other.movedTo
        openedAt = other.openedAt
        answeredAt = other.answeredAt
        lawfulUntil = other.lawfulUntil
    }

    /// What an event brings with it.
    package struct Facts: Hashable, Sendable {
        package var reason: ReasonCode?
        package var note: String
        package var promisedFor: CivilDate?
        package var hold: HoldCondition?
        package var movedTo: SchoolID?

        package init(
            reason: ReasonCode? = nil,
            note: String = "",
            promisedFor: CivilDate? = nil,
            hold: HoldCondition? = nil,
            movedTo: SchoolID? = nil
        ) {
            self.reason = reason
            self.note = note
            self.promisedFor = promisedFor
            self.hold = hold
            self.movedTo = movedTo
        }
    }

    /// Why an event was refused.
    package enum Refusal: Error, Hashable, Sendable {
        case notAllowed(InquiryLifecycle.Event, by: InquiryLifecycle.Actor, while: Status)
        /// A refusal and a rejection need a reason of their family, a promise a date, a hold its
        /// condition.
        case factsMissing(InquiryLifecycle.Event)
    }

    /// Applies `event` and returns what must now be done about it.
    package mutating func apply(
        _ event: InquiryLifecycle.Event,
        by actor: InquiryLifecycle.Actor,
        _ facts: Facts = Facts(),
        at instant: Instant
    ) throws(Refusal) -> [InquiryLifecycle.Effect] {
        guard
            let transition = InquiryLifecycle.transition(from: status, on: event, by: actor)
        else { throw .notAllowed(event, by: actor, while: status) }
        switch event {
        case .refuse where facts.reason?.family != .refusal,
            .reject where facts.reason?.family != .notAcceptable,
            .promise where facts.promisedFor == nil,
            .hold where facts.hold == nil:
            throw .factsMissing(event)
        default: break
        }
        status = transition.to
        if !facts.note.isEmpty { note = facts.note }
        promisedFor = status == .accepted ? facts.promisedFor ?? promisedFor : nil
        hold = status == .onHold ? facts.hold ?? hold : nil
        reason = status == .notFilled ? facts.reason : nil
        restReason = status == .sent ? (event == .refuse ? facts.reason : restReason) : nil
        if let movedTo = facts.movedTo { self.movedTo = movedTo }
        if event == .open, openedAt == nil { openedAt = instant }
        if event == .sendAll || event == .sendSome || event == .refuse { answeredAt = instant }
        keepClock(with: transition)
        return transition.effects
    }

    /// What is live has a running clock and what is not a stopped one: nothing waits for nobody.
    ///
    /// Starting again from a day needs the calendar, which the caller has.
    private mutating func keepClock(with transition: InquiryLifecycle.Transition) {
        if !isLive {
            clock.stop()
        } else if status == .question {
            clock.pause()
        } else if clock.isStopped || transition.from == .question {
            clock.resume()
        }
        if let promisedFor { clock.promise(promisedFor) }
    }

    /// Without what the requester must not learn: a court order or a missing child's flag is not
    /// told apart from "never enrolled".
    package var withoutConcealedReason: Self {
        guard reason?.isConcealed == true else { return self }
        var copy = self
        copy.reason = .neverEnrolled
        copy.note = ""
        return copy
    }

    /// What the school that asks may read of it.
    package var forRequester: Self {
        var copy = withoutConcealedReason
        copy.suggested = nil
        return copy
    }

    /// Somebody at the holder, or on the ladder, still has to act.
    package var isLive: Bool {
        switch status {
        case .queued, .notified, .opened, .accepted, .onHold, .question, .partlySent: true
        case .sent, .notFilled, .superseded, .timedOut, .withdrawn: false
        }
    }

    /// An answer link for it still takes an answer; a late answer is a good answer.
    package var acceptsAnswers: Bool {
        isLive || status == .timedOut || status == .superseded
    }
}
