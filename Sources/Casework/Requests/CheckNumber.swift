package import RecordExchange
package import Vocabulary

/// What anybody with a request number may know: that it is ours, and between whom.
package struct CheckedNumber: Hashable, Sendable {
    package let number: RequestNumber
    package let requester: String
    package let requesterCity: String
    package let requesterState: StateCode
    package let holder: String?
    package let filedOn: CivilDate
    package let word: StatusWord
}

extension Desk {
    /// Whether a number is one of ours; no student data.
    ///
    /// The caller limits how often.
    package func check(_ number: RequestNumber) async throws -> CheckedNumber? {
        try await read { transaction in
            guard let request = try transaction.session.request(numbered: number) else {
                return nil
            }
            // Whoever holds a number that was merged hears of the one that goes on.
            let summary = try transaction.summary(of: transaction.survivor(of: request))
            let requester = try transaction.school(request.requester)
            return CheckedNumber(
                number: number,
                requester: requester.name,
                requesterCity: requester.city,
                requesterState: requester.state,
                holder: summary.holder?.name,
                filedOn: request.filedOn,
                word: summary.state.word
            )
        }
    }
}
