import RecordExchange
import Vocabulary

/// A request that needs a state's contact, where no mailbox of that state works.
extension CaseTransaction {
    /// Tells those who can name a contact, once a day: the state's own people who sign in, and the
    /// administrators where it has none.
    ///
    /// Nothing about a request stands in it: it is in the queue of the state, which has no reader.
    func tellUnattended(_ state: StateCode) throws {
        let people = try session.accounts(at: .state(state)).filter { account in
            account.status == .active
                && Actor(account).holds([.stateContact], at: .state(state))
        }
        let administrators = try session.accounts(at: .gateway).filter { account in
            account.status == .active && Actor(account).holds([.administrator], at: .gateway)
        }
        let organization = OrganizationID.state(state)
        let name = try name(of: organization)
        let today = today(in: state)
        for account in people.isEmpty ? administrators : people {
            let id = effectID("unattended|\(account.id)|\(state)|\(today)")
            guard try session.effect(id) == nil else { continue }
            try enqueue(
                .unattended(
                    recipient: account.name,
                    state: name,
                    link: "\(desk.settings.baseAddress)/contacts/\(organization)"
                ),
                to: account.email,
                name: account.name,
                language: account.language,
                subject: Effect.MailSubject(letter: "unattended"),
                thread: nil,
                as: id
            )
        }
    }
}
