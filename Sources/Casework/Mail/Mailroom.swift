import RecordExchange
import Vocabulary

/// Putting letters into the outbox: part of a transaction, carried out later.
extension CaseTransaction {
    /// To a mailbox of the directory.
    func mail(
        _ letter: Letter,
        to contact: Contact,
        about request: RecordRequest?,
        inquiry: Inquiry? = nil
    ) throws {
        try enqueue(
            letter,
            to: contact.email,
            name: contact.name,
            language: contact.language,
            subject: Effect.MailSubject(
                letter: letter.name,
                request: request?.id,
                inquiry: inquiry?.id,
                contact: contact.id
            ),
            thread: request
        )
        if let request {
            try tell(
                .mailQueued(
                    to: contact.role,
                    organization: contact.organization,
                    letter: letter.name
                ),
                of: request.id,
                inquiry: inquiry?.id
            )
        }
    }

    /// To the authority a state named for missing children; about no request that anybody sees.
    func mail(_ letter: Letter, to authority: Ladder.Authority) throws {
        try enqueue(
            letter,
            to: authority.email,
            name: authority.name,
            language: .english,
            subject: Effect.MailSubject(letter: letter.name),
            thread: nil
        )
    }

    /// To a person who signs in.
    func mail(_ letter: Letter, to account: StaffAccount, about request: RecordRequest?) throws {
        try enqueue(
            letter,
            to: account.email,
            name: account.name,
            language: account.language,
            subject: Effect.MailSubject(letter: letter.name, request: request?.id),
            thread: request
        )
    }

    /// To everybody who follows a request: whoever filed it and whoever joined it.
    func mailFollowers(
        of request: RecordRequest,
        _ letter: (_ recipient: String) throws -> Letter
    ) throws {
        let followers = [request.filedBy] + (try session.followers(of: request.id))
        for id in followers {
            guard let account = try session.account(id), account.status == .active else { continue }
            try mail(letter(account.name), to: account, about: request)
        }
    }

    private func enqueue(
        _ letter: Letter,
        to address: EmailAddress,
        name: String,
        language: Language,
        subject: Effect.MailSubject,
        thread: RecordRequest?
    ) throws {
        let id = secrets.makeIdentifier(Effect.self)
        let words = try desk.letters.write(letter, in: language)
        let settings = desk.settings
        let domain = settings.mailFrom.domain
        let mail = OutgoingMail(
            // The effect's identifier: every attempt carries the same one.
            messageID: "\(id)@\(domain)",
            fromName: settings.mailFromName,
            from: settings.mailFrom,
            envelopeSender: settings.mailFrom,
            to: address,
            toName: name,
            subject: words.subject,
            plainText: words.plainText,
            html: words.html,
            language: language,
            references: thread.map { ["\($0.id)@\(domain)"] } ?? [],
            date: now
        )
        try session.enqueue(Effect(id: id, work: .mail(mail, about: subject), due: now))
    }
}
