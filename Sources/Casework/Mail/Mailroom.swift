import RecordExchange
import Vocabulary

/// Putting letters into the outbox: part of a transaction, carried out later.
extension CaseTransaction {
    /// To a mailbox of the directory; `canWait`, where nothing is lost if it comes with the day's
    /// digest; `effect`, where it must be the same mail however often it is written.
    func mail(
        _ letter: Letter,
        to contact: Contact,
        about request: RecordRequest?,
        inquiry: Inquiry? = nil,
        canWait: Bool = false,
        as effect: Effect.ID? = nil
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
            thread: request,
            at: inquiry?.holderState,
            canWait: canWait && request != nil && letter.canWait,
            as: effect
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

    /// To a person who signs in; `state`, where their day is told if no request says it; `count`,
    /// where it is about so many requests and none by name.
    func mail(
        _ letter: Letter,
        to account: StaffAccount,
        about request: RecordRequest?,
        in state: StateCode? = nil,
        counting count: Int? = nil
    ) throws {
        let place = state ?? request?.requesterState
        try enqueue(
            letter,
            to: account.email,
            name: account.name,
            language: account.language,
            subject: Effect.MailSubject(letter: letter.name, request: request?.id, count: count),
            thread: request,
            at: place,
            canWait: place != nil && letter.canWait
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

    /// Ends an effect whose work is this very transaction, so that a cut cannot do it twice.
    ///
    /// `false` where another transaction did it already.
    func takeUp(_ id: Effect.ID) throws -> Bool {
        guard var effect = try session.effect(id), effect.status == .waiting else { return false }
        effect.status = .done
        effect.trouble = ""
        try session.save(effect)
        return true
    }

    /// Writes a letter as a row of the outbox.
    ///
    /// `state` is where the recipient's day is told; where none is given nothing is counted. `effect`:
    /// the identifier of a mail that is written once.
    func enqueue(
        _ letter: Letter,
        to address: EmailAddress,
        name: String,
        language: Language,
        subject: Effect.MailSubject,
        thread: RecordRequest?,
        at state: StateCode? = nil,
        canWait: Bool = false,
        as effect: Effect.ID? = nil
    ) throws {
        let id = effect ?? secrets.makeIdentifier(Effect.self)
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
        guard let state else {
            return try session.enqueue(
                Effect(id: id, work: .mail(mail, about: subject), due: now)
            )
        }
        let today = today(in: state)
        let isHeld =
            try canWait
            && session.singleMails(to: address, on: today) >= desk.settings.singleMails
        var due = now
        if isHeld {
            let box = Effect.NoticeBox(
                address: address,
                name: name,
                language: language,
                contact: subject.contact
            )
            due = try holdNotices(for: box, in: state).advanced(bySeconds: 86_400)
        }
        try session.enqueue(Effect(id: id, work: .mail(mail, about: subject), due: due))
        try session.noteMail(id, to: address, on: today, isHeld: isHeld)
    }
}

extension Letter {
    /// Nothing is lost where it comes with the day's digest: reminders and news.
    ///
    /// What carries a first link, what somebody asked for just now and what warns goes at once.
    var canWait: Bool { Notice(rawValue: name) != nil }
}
