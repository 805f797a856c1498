import RecordExchange
import StudentRecords
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
        let request = try hurried(request, askedOf: school)
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

    /// The request, urgent from now on where the school that becomes known makes it so.
    ///
    /// Whoever filed it may not have known the school, or another one.
    private func hurried(_ request: RecordRequest, askedOf school: School) throws -> RecordRequest {
        guard request.student.grade?.isSecondary == true, school.state != request.requesterState,
            !request.urgentGrounds.contains(.interstateSecondary)
        else { return request }
        var hurried = request
        hurried.addGround(.interstateSecondary)
        try session.save(hurried)
        return hurried
    }
}
