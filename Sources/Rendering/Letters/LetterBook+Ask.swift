import Casework
import RecordExchange
import Vocabulary

/// Letters about one request to whoever is to answer it.
extension LetterBook {
    func ask(_ facts: Casework.Letter.Ask, in language: Language) -> AskLetter {
        AskLetter(
            number: facts.number,
            audience: Audience(facts.role),
            recipient: facts.recipient,
            holder: facts.holderSchool,
            requester: facts.requesterSchool,
            requesterPlace: "\(facts.requesterCity), \(facts.requesterState)",
            askedBy: facts.requesterPerson,
            askedByTitle: facts.requesterTitle,
            startDate: facts.startDate,
            answerBy: facts.answerBy,
            closedUntil: facts.closedUntil,
            code: facts.code,
            link: facts.link,
            stateOffice: renderer.sentence(
                StateOffice.office(state: facts.holderState),
                in: language
            ),
            installation: installation
        )
    }

    func remind(_ facts: Casework.Letter.Ask) -> RemindLetter {
        RemindLetter(
            number: facts.number,
            recipient: facts.recipient,
            holder: facts.holderSchool,
            requester: facts.requesterSchool,
            requesterPlace: "\(facts.requesterCity), \(facts.requesterState)",
            askedBy: facts.requesterPerson,
            askedOn: facts.askedOn,
            answerBy: facts.answerBy,
            law: facts.law.map { LawPanel($0) },
            code: facts.code,
            link: facts.link,
            installation: installation
        )
    }

    /// Of what is needed no more: its link shows where the request stands, and takes no answer.
    func status(
        _ update: HolderUpdate,
        of number: RequestNumber,
        _ recipient: String,
        _ holder: String,
        _ requester: String,
        by sender: String = "",
        at address: String
    ) -> UpdateLetter {
        UpdateLetter(
            number: number,
            update: update,
            recipient: recipient,
            holder: holder,
            requester: requester,
            sender: sender,
            link: address,
            installation: installation
        )
    }

    func update(
        _ update: HolderUpdate,
        _ facts: Casework.Letter.Ask,
        by sender: String = "",
        someRefused: Bool = false,
        refusals: [MailedFiles.Refusal] = [],
        until: CivilDate? = nil
    ) -> UpdateLetter {
        UpdateLetter(
            number: facts.number,
            update: update,
            recipient: facts.recipient,
            holder: facts.holderSchool,
            requester: facts.requesterSchool,
            sender: sender,
            someRefused: someRefused,
            refusals: refusals,
            until: until,
            code: facts.code,
            link: facts.link,
            installation: installation
        )
    }
}
