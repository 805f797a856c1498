import RecordExchange
import Vocabulary

extension CaseTransaction {
    /// Asks `school` on behalf of `request`: makes the inquiry and climbs every rung that is due
    /// today, so that its first mail is on file with it.
    @discardableResult
    func openInquiry(
        for request: RecordRequest,
        at school: School,
        keptBy keeper: OrganizationID? = nil
    ) throws -> Inquiry {
        let earlier = try session.inquiries(of: request.id)
        let holder = keeper ?? school.custodian ?? .school(school.id)
        let calendar = try calendar(of: school)
        var inquiry = Inquiry(
            id: secrets.makeIdentifier(),
            request: request.id,
            sequence: earlier.count + 1,
            holder: holder,
            school: school.id,
            holderState: school.state,
            askedAt: now,
            clock: InquiryClock(askedOn: today(in: school.state), calendar: calendar)
        )
        try session.save(inquiry)
        let closure = calendar.closure(on: inquiry.clock.askedOn)
        try tell(
            .asked(
                holder: holder,
                school: school.id,
                closedUntil: closure == nil
                    ? nil : calendar.reopening(after: inquiry.clock.askedOn)
            ),
            of: request.id,
            inquiry: inquiry.id
        )
        try climb(&inquiry, for: request)
        return inquiry
    }
}
