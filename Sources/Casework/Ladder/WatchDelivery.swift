import RecordExchange
import Vocabulary

/// After a school has answered, wholly or in part: the requester is told again that records wait,
/// and what nobody judges counts as accepted.
extension CaseTransaction {
    /// How often the requester is told again.
    static let mostReminders = 3

    /// Looks again at the answers to the other inquiries of a request.
    ///
    /// Beside a whole answer nobody waits for parts of others to be taken; once it is opened again
    /// somebody does.
    func watchOthers(than inquiry: Inquiry, of request: RecordRequest) throws {
        for other in try session.inquiries(of: request.id) where other.id != inquiry.id {
            try watchDelivery(of: other)
        }
    }

    /// Sets the next look at an inquiry that was answered.
    ///
    /// Where more is to come the clock of its holder runs on: the earlier of the two counts.
    func watchDelivery(of inquiry: Inquiry) throws {
        let request = try request(inquiry.request)
        guard request.isOpen else { return }
        if inquiry.isLive { return try reschedule(inquiry) }
        guard inquiry.status == .sent else { return try setCollectLook(at: inquiry) }
        let policy = try policy(of: request.requesterState)
        switch try state(of: request) {
        case .sent:
            try setLook(at: inquiry, after: policy.collectAfter, from: now, request)
        case .delivered:
            // That the rest will not come may be said long after the last of it was received.
            let last =
                try session.bundles(of: request.id).compactMap(\.receivedAt)
                + [inquiry.answeredAt].compactMap { $0 }
            try setLook(at: inquiry, after: policy.completeAfter, from: last.max() ?? now, request)
        default: break
        }
    }

    /// Tells the requester again of the answers to an inquiry that goes on, or ended otherwise than
    /// by a whole answer, where that is due: nobody else would, until the rest came.
    func tendPartialAnswer(to inquiry: Inquiry, _ request: RecordRequest) throws {
        guard let due = try collectDue(of: inquiry, request), due <= now else { return }
        _ = try remindToCollect(try awaited(by: inquiry), inquiry, isComplete: false)
    }

    /// The look at answers of which no whole one came; none where nothing of them waits.
    func setCollectLook(at inquiry: Inquiry) throws {
        guard let due = try collectDue(of: inquiry, try request(inquiry.request)) else {
            return try session.clearTimer(inquiry.id)
        }
        try session.setTimer(inquiry.id, due: due)
    }

    /// When the requester is told again that a part of what was asked for waits; `nil` where
    /// nothing of it waits.
    func collectDue(of inquiry: Inquiry, _ request: RecordRequest) throws -> Instant? {
        // The look at a whole answer is a look at all that waits.
        guard request.isOpen,
            try !session.inquiries(of: request.id).contains(where: { $0.status == .sent })
        else { return nil }
        let waiting = try awaited(by: inquiry)
        guard let first = waiting.map(\.answeredAt).min() else { return nil }
        let told = try session.events(of: request.id)
            .filter { $0.kind == .toldToCollect && $0.inquiry == inquiry.id }.map(\.at).max()
        let state = request.requesterState
        let days = try policy(of: state).collectAfter
        let from = time.local(max(first, told ?? first), in: state).date
        return time.instant(
            of: WorkingDays.day(days, after: from),
            hour: Self.hourOfLadder,
            in: state
        )
    }

    /// Sealed answers to an inquiry that nobody has taken whole, and of which nobody said yet that
    /// their receipt is missing.
    private func awaited(by inquiry: Inquiry) throws -> [RecordBundle] {
        try session.bundles(of: inquiry.request).filter { bundle in
            try bundle.inquiry == inquiry.id && bundle.isUntaken && isAwaited(bundle)
        }
    }

    /// What the look finds due.
    func tendDelivery(of inquiry: Inquiry, _ request: RecordRequest) throws {
        try session.clearTimer(inquiry.id)
        switch try state(of: request) {
        case .sent:
            let waiting = try session.bundles(of: request.id).filter(\.isUntaken)
            guard try remindToCollect(waiting, inquiry, isComplete: true) else { return }
            try watchDelivery(of: inquiry)
        case .delivered:
            try watchDelivery(of: inquiry)
            guard let due = try session.timer(of: inquiry.id), due <= now else { return }
            try conclude(request, .completed, reason: nil)
            try audit(.system, "request.completeBySilence", subject: request.number)
        default: break
        }
    }

    /// Tells the requester of these bundles once more; those of which they were told often enough
    /// are somebody else's work from now on.
    ///
    /// - Returns: whether there will be something to look at again.
    private func remindToCollect(
        _ waiting: [RecordBundle],
        _ inquiry: Inquiry,
        isComplete: Bool
    ) throws -> Bool {
        guard !waiting.isEmpty else { return true }
        let request = try request(inquiry.request)
        let told = try session.events(of: request.id).filter { $0.kind == .toldToCollect }
        // What came first may have been told of before the rest was there.
        let spent = waiting.filter { bundle in
            let ofIt = told.filter {
                $0.at > bundle.answeredAt
                    && ($0.inquiry == inquiry.id || $0.inquiry == bundle.inquiry)
            }
            return ofIt.count >= Self.mostReminders
        }
        try noteMissing(spent)
        let rest = waiting.filter { !spent.contains($0) }
        guard !rest.isEmpty else { return false }
        let holder = try school(inquiry.school).name
        try tell(.toldToCollect, of: request.id, inquiry: inquiry.id)
        try mailFollowers(of: request) { recipient in
            .ready(
                number: request.number,
                recipient: recipient,
                holderSchool: holder,
                files: rest.reduce(0) { $0 + $1.files.count },
                complete: isComplete,
                address: desk.settings.baseAddress
            )
        }
        return true
    }

    private func setLook(
        at inquiry: Inquiry,
        after days: Int,
        from instant: Instant,
        _ request: RecordRequest
    ) throws {
        let state = request.requesterState
        let day = WorkingDays.day(days, after: time.local(instant, in: state).date)
        try session.setTimer(
            inquiry.id,
            due: time.instant(of: day, hour: Self.hourOfLadder, in: state)
        )
    }
}

extension RecordBundle {
    /// It is there for the requester, and nobody has taken all of it.
    fileprivate var isUntaken: Bool { seal != nil && withdrawnAt == nil && receivedAt == nil }
}
