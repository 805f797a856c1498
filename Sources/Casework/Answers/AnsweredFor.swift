import RecordExchange
import Vocabulary

extension CaseTransaction {
    /// Where a state contact answered in a school's place, the office that was asked is told: it
    /// is its record, and it would go on looking for it.
    ///
    /// Not what was said: a reason may be one that nobody else is to learn.
    func tellOffice(
        ofAnswerBy answerer: Answerer,
        about inquiry: Inquiry,
        of request: RecordRequest
    ) throws {
        guard case .stateContact(let actor) = answerer else { return }
        for contact in try usableContacts(of: inquiry.holder, [.recordsOffice]) {
            try mail(
                .answeredFor(
                    number: request.number,
                    recipient: contact.name,
                    holderSchool: try school(inquiry.school).name,
                    requesterSchool: try school(request.requester).name,
                    by: actor.name,
                    address: "\(desk.settings.baseAddress)/check"
                ),
                to: contact,
                about: request,
                inquiry: inquiry
            )
        }
    }
}
