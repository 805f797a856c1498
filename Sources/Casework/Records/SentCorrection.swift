package import RecordExchange
package import Vocabulary

/// A correction that arrived, as whoever sent it may know of it: nothing of the student.
package struct SentCorrection: Hashable, Sendable {
    /// Of the request that was answered first.
    package let number: RequestNumber
    package let requester: School
    package let bundle: RecordBundle
    /// How many of its files are locked up; while there is one, what it corrects stands.
    package let held: Int
}

extension Desk {
    /// The correction with this receipt's number, also after the end, for whoever may answer.
    ///
    /// A colleague sees only their own.
    package func sentCorrection(
        _ receipt: String,
        of id: Inquiry.ID,
        by answerer: Answerer
    ) async throws -> SentCorrection {
        try await read { transaction in
            let inquiry = try transaction.inquiry(id, answerableBy: answerer, inPart: true)
            let sent = try transaction.bundles(answering: inquiry, by: answerer)
            let bundle = sent.last { bundle in
                bundle.replaces?.isEmpty == false && bundle.receiptNumber == receipt
            }
            guard let bundle else { throw CaseworkFailure.notFound }
            let request = try transaction.request(inquiry.request)
            return SentCorrection(
                number: request.number,
                requester: try transaction.school(request.requester),
                bundle: bundle,
                held: try transaction.lockedUp(from: [bundle]).count
            )
        }
    }
}
