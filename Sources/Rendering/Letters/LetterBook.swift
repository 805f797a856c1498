package import Casework
import RecordExchange
package import Vocabulary

/// Puts the use cases' letters into words: the port of the mailroom on this room's templates.
package struct LetterBook: LetterWriter {
    let renderer: Renderer
    let installation: Installation

    package init(renderer: Renderer, installation: Installation) {
        self.renderer = renderer
        self.installation = installation
    }

    package func write(_ letter: Casework.Letter, in language: Language) throws -> LetterText {
        let text = words(of: letter, in: language)
        return LetterText(subject: text.subject, plainText: text.plain, html: text.html)
    }

    private func words(of letter: Casework.Letter, in language: Language) -> MailText {
        switch letter {
        case .ask(let facts): renderer.compose(ask(facts, in: language), in: language)
        case .remind(let facts): renderer.compose(remind(facts), in: language)
        case .escalate(let facts): renderer.compose(escalate(facts), in: language)
        case .newLink(let facts): renderer.compose(update(.newLink, facts), in: language)
        case .questionAnswered(let facts):
            renderer.compose(update(.questionAnswered, facts), in: language)
        case .message(let facts): renderer.compose(update(.message, facts), in: language)
        case .cancelAsked(let facts):
            renderer.compose(update(.cancelAsked, facts), in: language)
        case .extended(let facts):
            renderer.compose(update(.extended, facts, until: facts.answerBy), in: language)
        case .filesByMail(let facts, let kept, let refused):
            renderer.compose(
                update(
                    kept == 0 ? .filesRefused : .filesByMail,
                    facts,
                    someRefused: kept > 0 && !refused.isEmpty,
                    // Where files wait the page says it of each by its name.
                    refusals: kept == 0 ? refused : []
                ),
                in: language
            )
        case .filesHeld(let facts): renderer.compose(update(.filesHeld, facts), in: language)
        case .passedOn(let facts, let sender):
            renderer.compose(update(.passedOn, facts, by: sender), in: language)
        case .authority(
            let number,
            let recipient,
            let holder,
            let holderPhone,
            let requester,
            let requesterPhone,
            let link
        ):
            renderer.compose(
                AuthorityLetter(
                    number: number,
                    recipient: recipient,
                    holder: holder,
                    holderPhone: holderPhone ?? "",
                    requester: requester,
                    requesterPhone: requesterPhone ?? "",
                    link: link,
                    installation: installation
                ),
                in: language
            )
        case .digest(let recipient, let rows, let total, let new, let link):
            renderer.compose(
                DigestLetter(
                    recipient: recipient,
                    count: total,
                    added: new,
                    groups: groups(of: rows),
                    link: link,
                    installation: installation
                ),
                in: language
            )
        case .notices(let recipient, let rows, let total, let link, let code):
            renderer.compose(
                NoticesLetter(
                    recipient: recipient,
                    count: total,
                    rows: rows.map(NoticeLine.init),
                    code: code,
                    link: link,
                    installation: installation
                ),
                in: language
            )
        case .assigned(let recipient, let count, let link):
            renderer.compose(
                AssignedLetter(
                    recipient: recipient,
                    count: count,
                    link: link,
                    installation: installation
                ),
                in: language
            )
        case .filed(let number, let recipient, let outlook, let link):
            renderer.compose(
                FiledLetter(
                    number: number,
                    recipient: recipient,
                    holder: outlook.holder,
                    next: NextStep(outlook),
                    link: link,
                    installation: installation
                ),
                in: language
            )
        case .news(let number, let recipient, let holder, let news, let link):
            renderer.compose(
                NewsLetter(
                    number: number,
                    recipient: recipient,
                    holder: holder,
                    news: NewsWord(news),
                    link: link,
                    installation: installation
                ),
                in: language
            )
        case .ready(let number, let recipient, let holder, let files, let complete, let address):
            renderer.compose(
                ReadyLetter(
                    number: number,
                    recipient: recipient,
                    holder: holder,
                    files: files,
                    isComplete: complete,
                    link: address,
                    installation: installation
                ),
                in: language
            )
        case .receipt(
            let number,
            let receipt,
            let recipient,
            let requester,
            let files,
            let complete,
            let link
        ):
            renderer.compose(
                ReceiptLetter(
                    number: number,
                    receipt: receipt,
                    recipient: recipient,
                    requester: requester,
                    files: files.map { file in
                        ReceiptFile(
                            size: ByteCount(file.byteCount),
                            digest: DigestText(file.sha256)
                        )
                    },
                    isComplete: complete,
                    link: link,
                    installation: installation
                ),
                in: language
            )
        case .withdrawn(let number, let recipient, let holder, let requester, let address):
            renderer.compose(
                status(.withdrawn, of: number, recipient, holder, requester, at: address),
                in: language
            )
        case .answeredFor(let number, let to, let holder, let requester, let by, let link):
            renderer.compose(
                status(.answeredFor, of: number, to, holder, requester, by: by, at: link),
                in: language
            )
        case .family(let number, let address):
            renderer.compose(
                FamilyLetter(number: number, link: address, installation: installation),
                in: language
            )
        case .bounced(let number, let recipient, let organization, let outlook, let link):
            renderer.compose(
                BouncedLetter(
                    number: number,
                    recipient: recipient,
                    organization: organization,
                    next: NextStep(outlook),
                    link: link,
                    installation: installation
                ),
                in: language
            )
        case .invitation(let person, let organization, let role, let link, let expires):
            renderer.compose(
                InvitationLetter(
                    recipient: person,
                    organization: organization,
                    role: RoleWord(role),
                    expires: expires,
                    link: link,
                    installation: installation
                ),
                in: language
            )
        case .accountRequested(
            let recipient,
            let person,
            let title,
            let email,
            let organization,
            let role,
            let link
        ):
            renderer.compose(
                AccountRequestLetter(
                    recipient: recipient,
                    applicant: person,
                    applicantTitle: title,
                    applicantEmail: email,
                    organization: organization,
                    role: RoleWord(role),
                    link: link,
                    installation: installation
                ),
                in: language
            )
        case .contactChanged(
            let recipient,
            let change,
            let organization,
            let role,
            let person,
            let changedBy,
            let link
        ):
            renderer.compose(
                ContactChangedLetter(
                    recipient: recipient,
                    isEnded: change == .ended,
                    organization: organization,
                    role: role,
                    person: person,
                    changedBy: changedBy,
                    link: link,
                    installation: installation
                ),
                in: language
            )
        case .confirmContact(
            let recipient,
            let organization,
            let role,
            let takesOver,
            let link,
            let code
        ):
            renderer.compose(
                ConfirmContactLetter(
                    recipient: recipient,
                    organization: organization,
                    role: role,
                    takesOver: takesOver,
                    code: code,
                    link: link,
                    installation: installation
                ),
                in: language
            )
        case .officeClaimed(let recipient, let organization, let link):
            renderer.compose(
                OfficeClaimLetter(
                    recipient: recipient,
                    organization: organization,
                    link: link,
                    installation: installation
                ),
                in: language
            )
        case .claimDecided(
            let recipient,
            let isApproved,
            let organization,
            let district,
            let link
        ):
            renderer.compose(
                ClaimDecisionLetter(
                    recipient: recipient,
                    isApproved: isApproved,
                    organization: organization,
                    district: district,
                    link: link,
                    installation: installation
                ),
                in: language
            )
        case .recalled(let number, let recipient, let errand, let openings, let link):
            renderer.compose(
                RecalledLetter(
                    number: number,
                    recipient: recipient,
                    errand: errand,
                    openings: openings,
                    link: link,
                    installation: installation
                ),
                in: language
            )
        case .replaced(let number, let recipient, let holder, let isHere, let link):
            renderer.compose(
                ReplacedLetter(
                    number: number,
                    recipient: recipient,
                    holder: holder,
                    isHere: isHere,
                    link: link,
                    installation: installation
                ),
                in: language
            )
        case .unattended(let recipient, let state, let link):
            renderer.compose(
                UnattendedLetter(
                    recipient: recipient,
                    state: state,
                    link: link,
                    installation: installation
                ),
                in: language
            )
        case .waiting(
            let recipient,
            let organization,
            let rows,
            let total,
            let link,
            let code
        ):
            renderer.compose(
                WaitingLetter(
                    recipient: recipient,
                    organization: organization,
                    count: total,
                    rows: rows.map { row in
                        WaitingLine(
                            number: row.number,
                            requester: row.requester,
                            askedOn: row.askedOn
                        )
                    },
                    code: code,
                    link: link,
                    installation: installation
                ),
                in: language
            )
        case .account(let person, let news, let link):
            renderer.compose(
                AccountLetter(
                    recipient: person,
                    news: news,
                    link: link,
                    installation: installation
                ),
                in: language
            )
        case .gatewayTrouble(let trouble, let command, let link):
            renderer.compose(
                OperatorLetter(
                    trouble: OperatorTrouble(trouble),
                    command: command,
                    link: link,
                    installation: installation
                ),
                in: language
            )
        case .lookupsSpent(_, let person, let organization, _, let link):
            renderer.compose(
                OperatorLetter(
                    trouble: person.map { .lookupsSpent(person: $0, organization: organization) }
                        ?? .lookupsSpentTogether(organization: organization),
                    command: "",
                    link: link,
                    installation: installation
                ),
                in: language
            )
        }
    }
}
