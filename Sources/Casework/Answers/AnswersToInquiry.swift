import RecordExchange
import Vocabulary

extension CaseTransaction {
    /// What arrived in answer to an inquiry, also after its request had ended.
    func bundles(answering inquiry: Inquiry) throws -> [RecordBundle] {
        let own = try session.bundles(of: inquiry.request).filter { $0.inquiry == inquiry.id }
        guard let id = inquiry.continuedBy, let later = try session.inquiry(id) else { return own }
        return own + (try bundles(answering: later))
    }

    /// The same, as far as it is for `answerer`.
    func bundles(answering inquiry: Inquiry, by answerer: Answerer) throws -> [RecordBundle] {
        try bundles(among: bundles(answering: inquiry), answering: inquiry, by: answerer)
    }

    /// Those of `all` that arrived in answer to an inquiry which are for `answerer`: whoever has a
    /// part sees what they sent themselves.
    func bundles(
        among all: [RecordBundle],
        answering inquiry: Inquiry,
        by answerer: Answerer
    ) throws -> [RecordBundle] {
        guard try parts(of: answerer, inquiry) != nil else { return all }
        guard let contact = try contact(of: answerer, inquiry: inquiry) else { return [] }
        return all.filter { $0.sender == contact.id }
    }

    /// What `answerer` sent, oldest first; also after the end, and only what is sealed.
    func sent(answering inquiry: Inquiry, by answerer: Answerer) throws -> [RecordBundle] {
        try sent(among: bundles(answering: inquiry), answering: inquiry, by: answerer)
    }

    /// The same of `all` that arrived in answer to the inquiry.
    func sent(
        among all: [RecordBundle],
        answering inquiry: Inquiry,
        by answerer: Answerer
    ) throws -> [RecordBundle] {
        try bundles(among: all, answering: inquiry, by: answerer).filter { $0.seal != nil }
    }
}
