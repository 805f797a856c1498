import RecordExchange
import Vocabulary

/// After a school has answered: the requester is told again that records wait, and what nobody
/// judges counts as accepted.
extension CaseTransaction {
    /// How often the requester is told again.
    static let mostReminders = 3

    /// Sets the next look at an inquiry that was answered.
    func watchDelivery(of inquiry: Inquiry) throws {
        let request = try request(inquiry.request)
        guard request.isOpen, inquiry.status == .sent else { return }
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

    /// What the look finds due.
    func tendDelivery(of inquiry: Inquiry, _ request: RecordRequest) throws {
        try session.clearTimer(inquiry.id)
        switch try state(of: request) {
        case .sent: try remindToCollect(inquiry, request)
        case .delivered:
            try watchDelivery(of: inquiry)
            guard let due = try session.timer(of: inquiry.id), due <= now else { return }
            try conclude(request, .completed, reason: nil)
            try audit(.system, "request.completeBySilence", subject: request.number)
        default: break
        }
    }

    private func remindToCollect(_ inquiry: Inquiry, _ request: RecordRequest) throws {
        let told = try session.events(of: request.id).count { $0.kind == .toldToCollect }
        let bundles = try session.bundles(of: request.id)
            .filter { $0.seal != nil && $0.withdrawnAt == nil && $0.receivedAt == nil }
        guard told < Self.mostReminders else { return try noteMissing(bundles) }
        let holder = try school(inquiry.school).name
        if !bundles.isEmpty {
            try tell(.toldToCollect, of: request.id, inquiry: inquiry.id)
            try mailFollowers(of: request) { recipient in
                .ready(
                    number: request.number,
                    recipient: recipient,
                    holderSchool: holder,
                    files: bundles.reduce(0) { $0 + $1.files.count },
                    complete: true,
                    address: desk.settings.baseAddress
                )
            }
        }
        try watchDelivery(of: inquiry)
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
