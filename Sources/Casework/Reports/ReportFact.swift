package import RecordExchange
package import Vocabulary

/// Where a request stands or ended, as reports count it.
package enum ReportStop: String, Hashable, Sendable, CaseIterable {
    case arrived
    // Still open, the furthest along first.
    case partlySent, question, promised, opened, notOpened, noSchoolLeft, stopping
    // Ended without records, or at the hard cap.
    case unfilled
    /// Records came after the cap: too late to count as arrived.
    case afterCap
    /// Taken back, double or a slip of the hand: nobody waited for records, so it is not counted.
    case takenBack
}

/// What one inquiry, or a request that nobody was asked about, adds to a report: nothing in it
/// says who the student is.
package struct ReportFact: Hashable, Sendable {
    /// The same for requests about the same student, and else says nothing.
    package let student: Int64
    package let requester: SchoolID
    package let requesterState: StateCode
    /// Whose record it is, also where a custodian answers; `nil` where nobody was asked.
    package let holder: SchoolID?
    package let holderState: StateCode?
    package let filedOn: CivilDate
    /// The one fact of its request that counts as the request.
    package let speaks: Bool
    package let stop: ReportStop
    /// How far up the ladder it went.
    package let level: ClockLevel
    /// From the request's filing to its record.
    package let wait: Wait
    /// The holder was closed by its calendar when it was asked.
    package let wasClosed: Bool?
    /// Why this holder sent nothing; a concealed reason looks like "never enrolled".
    package let reason: ReasonCode?
    package let effort: AnswerEffort?

    package init(
        student: Int64,
        requester: SchoolID,
        requesterState: StateCode,
        holder: SchoolID?,
        holderState: StateCode?,
        filedOn: CivilDate,
        speaks: Bool,
        stop: ReportStop,
        level: ClockLevel,
        wait: Wait,
        wasClosed: Bool?,
        reason: ReasonCode?,
        effort: AnswerEffort?
    ) {
        self.student = student
        self.requester = requester
        self.requesterState = requesterState
        self.holder = holder
        self.holderState = holderState
        self.filedOn = filedOn
        self.speaks = speaks
        self.stop = stop
        self.level = level
        self.wait = wait
        self.wasClosed = wasClosed
        self.reason = reason
        self.effort = effort
    }

    /// The facts of one request, by the identifier of what each is about.
    ///
    /// The inquiry that sent first speaks for the request, else the one that was asked last.
    package static func facts(
        of request: RecordRequest,
        student: Int64,
        inquiries: [Inquiry],
        bundles: [RecordBundle]
    ) -> [(id: String, fact: Self)] {
        let state = RequestState.derive(request, inquiries: inquiries, bundles: bundles)
        let arrivals = inquiries.compactMap { inquiry in
            arrival(of: inquiry, in: request, bundles)
                .map { (inquiry: inquiry.id, at: $0) }
        }
        let first = arrivals.min { ($0.at, $0.inquiry) < ($1.at, $1.inquiry) }
        let speaker = first?.inquiry ?? inquiries.last?.id
        let stop = first == nil ? ReportStop(request, state, inquiries) : .arrived
        func fact(_ inquiry: Inquiry?) -> Self {
            let speaks = inquiry?.id == speaker
            let level = inquiry?.clock.level ?? .state
            return Self(
                student: student,
                requester: request.requester,
                requesterState: request.requesterState,
                holder: inquiry?.school,
                holderState: inquiry?.holderState,
                filedOn: request.filedOn,
                speaks: speaks,
                stop: stop,
                level: level,
                wait: first.flatMap { speaks ? Wait(from: request.filedAt, to: $0.at) : nil }
                    ?? .notReached,
                wasClosed: inquiry?.clock.beganClosed,
                reason: inquiry?.withoutConcealedReason.reason,
                effort: inquiry.flatMap { asked in
                    bundles.first { $0.inquiry == asked.id }?.effort
                }
            )
        }
        if inquiries.isEmpty { return [(request.id.description, fact(nil))] }
        return inquiries.map { ($0.id.description, fact($0)) }
    }

    /// When all that an inquiry asked for was there; what was found not acceptable was not.
    private static func arrival(
        of inquiry: Inquiry,
        in request: RecordRequest,
        _ bundles: [RecordBundle]
    ) -> Instant? {
        // Whoever reached the cap never counts as having sent (the plan's denominators).
        if inquiry.clock.level == .capped { return nil }
        if inquiry.status == .sent { return inquiry.answeredAt }
        // The requester took what there was.
        guard request.conclusion?.kind == .completed else { return nil }
        return bundles.last { $0.inquiry == inquiry.id && $0.withdrawnAt == nil }?.answeredAt
    }
}

extension ReportStop {
    /// Of a request for which no record came.
    fileprivate init(_ request: RecordRequest, _ state: RequestState, _ inquiries: [Inquiry]) {
        self =
            switch state {
            case .sent, .delivered, .completed:
                inquiries.contains { $0.clock.level == .capped } ? .afterCap : .arrived
            case .partlySent: .partlySent
            case .question: .question
            case .accepted, .onHold: .promised
            case .opened: .opened
            case .draft, .duplicateReview, .locating, .matchReview, .requested: .notOpened
            case .endOfLocations: .noSchoolLeft
            case .cancelPending: .stopping
            case .closedUnfilled: .unfilled
            // The record was wanted, and did not come this way.
            case .cancelled where request.conclusion?.reason == .arrivedAnotherWay: .unfilled
            case .cancelled, .closedDuplicate, .enteredInError: .takenBack
            }
    }
}
