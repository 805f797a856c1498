import RecordExchange
import Vocabulary

/// Phone calls in the story of a request.
extension CaseTransaction {
    /// For so long a call with the same words by the same person is the same call.
    private static let secondsOfOneCall: Int64 = 600

    /// That somebody called is worth a line where there is nothing to say of it.
    func logCall(about request: RecordRequest, note: String, by actor: Actor) throws {
        try tell(.callLogged(note: Self.said(note)), of: request.id, person: actor.name)
        try audit(.staff(actor.id), "request.logCall", subject: request.number)
    }

    /// The story says it already, from these minutes.
    func hasJustCalled(
        about request: RecordRequest,
        note: String,
        by actor: Actor
    ) throws -> Bool {
        let note = Self.said(note)
        return try session.events(of: request.id).contains { event in
            guard case .callLogged(let said) = event.kind, said == note,
                event.person == actor.name
            else { return false }
            return event.at.seconds(to: now) < Self.secondsOfOneCall
        }
    }

    private static func said(_ note: String) -> String {
        note.utf8.contains { $0 > 32 } ? note : ""
    }
}
