import Casework
import RecordExchange
import Vocabulary

extension LetterBook {
    func escalate(_ facts: Casework.Letter.Ask) -> EscalateLetter {
        EscalateLetter(
            number: facts.number,
            audience: Audience(facts.role),
            recipient: facts.recipient,
            holder: facts.holderSchool,
            requester: facts.requesterSchool,
            requesterPlace: "\(facts.requesterCity), \(facts.requesterState)",
            tried: facts.tried.map { TriedContact(day: $0.day, name: $0.organization) },
            wasOpened: facts.wasOpened,
            days: facts.waitedDays,
            closedUntil: facts.closedUntil,
            stateOn: facts.stateFrom,
            stateName: facts.holderState,
            law: facts.law.map { LawPanel($0) },
            code: facts.code,
            link: facts.link,
            installation: installation
        )
    }

    /// One group a school, in the order the schools first appear: the most urgent first.
    func groups(of rows: [Casework.Letter.DigestRow]) -> [DigestGroup] {
        var order: [String] = []
        var bySchool: [String: [Casework.Letter.DigestRow]] = [:]
        for row in rows {
            if bySchool[row.school] == nil { order.append(row.school) }
            bySchool[row.school, default: []].append(row)
        }
        return order.map { school in
            let rows = bySchool[school] ?? []
            return DigestGroup(
                school: school,
                phone: rows.compactMap(\.phone).first ?? "",
                rows: rows.map { row in
                    DigestRow(
                        number: row.number,
                        days: row.waitedDays,
                        why: StuckReason(row.why)
                    )
                }
            )
        }
    }
}

/// Who else can be called to check that a mail is real.
enum StateOffice: Worded {
    static let words = "stateOffice"

    case office(state: String)
}
