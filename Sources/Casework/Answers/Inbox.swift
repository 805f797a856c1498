package import RecordExchange
import StudentRecords
package import Vocabulary

/// One inquiry that waits for a signed-in clerk's organisation.
package struct WaitingInquiry: Hashable, Sendable {
    package let inquiry: Inquiry
    package let number: RequestNumber
    package let initials: String
    package let grade: Grade?
    package let requester: School
    package let school: School
    package let answerBy: CivilDate
    package let isUrgent: Bool
}

extension Desk {
    /// What waits for the person's organisations, urgent and oldest first.
    package func inbox(by actor: Actor) async throws -> [WaitingInquiry] {
        let organizations = actor.organizations(as: StaffRole.answerers)
        guard !organizations.isEmpty else { throw CaseworkFailure.notAllowed }
        return try await read { transaction in
            try organizations
                .flatMap { try transaction.session.inquiries(waitingFor: $0, limit: 500) }
                .map { inquiry in
                    let request = try transaction.request(inquiry.request)
                    let school = try transaction.school(inquiry.school)
                    return WaitingInquiry(
                        inquiry: inquiry,
                        number: request.number,
                        initials: request.student.name.initials,
                        grade: request.student.grade,
                        requester: try transaction.school(request.requester),
                        school: school,
                        answerBy: CaseTransaction.answerBy(
                            inquiry,
                            calendar: try transaction.calendar(of: school),
                            policy: try transaction.policy(of: school.state)
                        ),
                        isUrgent: !request.urgentGrounds.isEmpty
                    )
                }
                .sorted { first, second in
                    (first.isUrgent ? 0 : 1, first.answerBy)
                        < (second.isUrgent ? 0 : 1, second.answerBy)
                }
        }
    }
}
