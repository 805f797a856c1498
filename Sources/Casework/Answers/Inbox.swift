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
    /// What the law gives the school.
    package let law: LawShown?
}

extension Desk {
    /// A page of what waits for the person's organisations: urgent first, then what waits longest.
    package func inbox(
        by actor: Actor,
        order: WorklistQuestion.Order = .waiting,
        start: PageStart = .top,
        limit: Int = 50
    ) async throws -> ListPage<WaitingInquiry> {
        let organizations = actor.organizations(as: StaffRole.answerers)
        guard !organizations.isEmpty else { throw CaseworkFailure.notAllowed }
        return try await read { transaction in
            let pages = try organizations.map { organization in
                try transaction.session.worklist(
                    WorklistQuestion(
                        .holder(organization),
                        order: order,
                        start: start,
                        limit: limit + 1
                    )
                )
            }
            let page = ListPage(merging: pages, from: start, limit: limit, position: \.position)
            return ListPage(
                items: try page.items.compactMap { item in
                    try item.inquiry.flatMap { try transaction.session.inquiry($0) }
                        .map(transaction.waiting)
                },
                before: page.before,
                after: page.after
            )
        }
    }

    /// How much waits for the person's organisations.
    package func inboxCount(by actor: Actor) async throws -> Int {
        let organizations = actor.organizations(as: StaffRole.answerers)
        guard !organizations.isEmpty else { throw CaseworkFailure.notAllowed }
        return try await read { transaction in
            try organizations.reduce(0) { total, organization in
                let question = WorklistQuestion(.holder(organization))
                return total + (try transaction.session.worklistCounts(question).all)
            }
        }
    }
}

extension CaseTransaction {
    fileprivate func waiting(_ inquiry: Inquiry) throws -> WaitingInquiry {
        let request = try request(inquiry.request)
        let school = try school(inquiry.school)
        return WaitingInquiry(
            inquiry: inquiry,
            number: request.number,
            initials: request.student.name.initials,
            grade: request.student.grade,
            requester: try self.school(request.requester),
            school: school,
            answerBy: Self.answerBy(
                inquiry,
                calendar: try calendar(of: school),
                policy: try policy(of: school.state, for: request)
            ),
            isUrgent: !request.urgentGrounds.isEmpty,
            law: try lawShown(of: inquiry, request)
        )
    }
}
