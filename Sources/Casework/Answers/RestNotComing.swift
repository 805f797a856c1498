import RecordExchange
import StudentRecords
import Vocabulary

extension CaseTransaction {
    /// The rest of what was sent in part will not come.
    func endRest(
        of inquiry: inout Inquiry,
        _ request: RecordRequest,
        _ facts: Inquiry.Facts,
        by answerer: Answerer
    ) throws {
        guard let reason = facts.reason, ReasonCode.forRest.contains(reason) else {
            throw CaseworkFailure.reasonMissing
        }
        let gaps = try gaps(inquiry, request)
        try move(&inquiry, .refuse, by: answerer.lifecycleActor, facts)
        try reschedule(inquiry)
        try watchDelivery(of: inquiry)
        try tell(
            .restNotComing(
                parts: gaps,
                reason: reason,
                note: facts.note,
                organization: inquiry.holder
            ),
            of: request.id,
            inquiry: inquiry.id
        )
        try sendNews(.restNotComing, inquiry: inquiry, request: request)
        try tellOffice(ofAnswerBy: answerer, about: inquiry, of: request)
        try audit(
            hand(of: answerer),
            "inquiry.endRest",
            subject: inquiry.id,
            detail: reason.rawValue
        )
    }

    /// What was asked for and of which no answer says that it is there, not on file or withheld.
    private func gaps(_ inquiry: Inquiry, _ request: RecordRequest) throws -> [RecordPart] {
        let answers = try session.bundles(of: request.id)
            .filter { $0.inquiry == inquiry.id && $0.withdrawnAt == nil }
        let settled = answers.flatMap(\.parts).compactMap { part -> RecordPart? in
            switch part.status {
            case .toFollow, .unsaid: nil
            case .sent, .noneOnFile, .withheld: part.part
            }
        }
        return request.parts.filter { !settled.contains($0) }
    }
}
