import Vocabulary

extension Effect {
    /// As a store keeps it: a mail that is done loses its text, and with it link and code.
    ///
    /// What it was about, to whom and under which Message-ID stays; but a family's address goes as
    /// soon as nothing more is sent to it, since nobody needs it any more.
    package var erasedWhereDone: Self {
        guard case .mail(let mail, let subject) = work,
            status == .done || (status == .failed && subject.isToFamily)
        else { return self }
        let empty = OutgoingMail(
            messageID: mail.messageID,
            fromName: mail.fromName,
            from: mail.from,
            replyTo: mail.replyTo,
            envelopeSender: mail.envelopeSender,
            to: subject.isToFamily ? mail.from : mail.to,
            toName: mail.toName,
            subject: mail.subject,
            plainText: "",
            html: "",
            language: mail.language,
            references: mail.references,
            date: mail.date
        )
        var kept = Self(id: id, work: .mail(empty, about: subject), due: createdAt)
        kept.status = status
        kept.attempts = attempts
        kept.due = due
        kept.trouble = trouble
        return kept
    }

    /// Went wrong at least once and is not done: an operator should see it.
    package var isTroubled: Bool {
        switch status {
        case .waiting: attempts > 0
        case .failed: true
        case .done: false
        }
    }
}
