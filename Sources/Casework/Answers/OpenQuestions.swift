package import RecordExchange
package import Vocabulary

/// What a holder asked, and waits for the requester to answer.
package struct OpenQuestion: Hashable, Sendable {
    package let inquiry: Inquiry.ID
    package let school: SchoolID
    /// The holder's own words; may be empty where a reason asks.
    package let note: String
    /// The reason to send nothing that asks first; `nil` where the holder simply asked.
    package let reason: ReasonCode?
}

extension RequestStory {
    /// The questions nobody has answered yet, one for each school that waits, in the order asked.
    ///
    /// Whatever the request's state: beside a school that asks another one may have answered.
    package var openQuestions: [OpenQuestion] {
        guard request.isOpen else { return [] }
        let waiting = inquiries.filter { $0.status == .question }
        return waiting.map { inquiry in
            // What was asked before a merge may stand under the inquiry it was merged from.
            let asked =
                lastQuestion { $0 == inquiry.id }
                ?? (waiting.count == 1 ? lastQuestion { _ in true } : nil)
            return OpenQuestion(
                inquiry: inquiry.id,
                school: inquiry.school,
                note: asked?.note ?? "",
                reason: asked?.reason
            )
        }
    }

    private func lastQuestion(
        of isAsked: (Inquiry.ID?) -> Bool
    ) -> (note: String, reason: ReasonCode?)? {
        for event in events.reversed() where isAsked(event.inquiry) {
            switch event.kind {
            case .questionAsked(let note): return (note, nil)
            case .askedAbout(let reason, let note): return (note, reason)
            default: continue
            }
        }
        return nil
    }
}
