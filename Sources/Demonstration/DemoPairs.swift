package import Casework
package import RecordExchange
package import RecordLocator
package import Vocabulary

/// Two made-up people of the locator who may be one child: a line of the worklist.
package struct DemoPair: Hashable, Sendable {
    package let people: [Person]
    /// One of each.
    package let entries: [LocatorEntry]
    package let match: NearMatch
    /// What somebody said when proposing to join them; empty where nobody did.
    package let proposal: String

    /// The proposal that waits, made by `person`; `nil` where nobody did.
    package func proposal(by person: StaffID, at instant: Instant) -> PersonProposal? {
        guard !proposal.isEmpty, let into = people.first, let from = people.last else { return nil }
        return PersonProposal(
            id: PersonProposal.ID(rawValue: DemoCast.number(of: "proposal \(into.id)")),
            change: .merge(from: from.id, into: into.id),
            people: people.map(\.id),
            note: proposal,
            proposedBy: person,
            proposedAt: instant
        )
    }
}

extension DemoCast {
    /// Children whom a school in Texas and one in Florida wrote down so differently that somebody
    /// must look; the contacts of both states see them.
    package static func pairs(at instant: Instant) -> [DemoPair] {
        [
            pair(
                ("Guadalupe", "", "Armendáriz", "Ochoa", "2012-06-05"),
                ("Lupita", "", "Armendariz", "", "2012-05-06"),
                [.birthDateDayMonthExchanged, .nickname, .oneSurname],
                found: instant
            ),
            pair(
                ("Diego", "Alonso", "Barrera", "Solís", "2011-10-03"),
                ("Diego", "", "Barrera", "Solís", "2011-10-08"),
                [.birthDateOneDigitOff, .sameGivenName, .sameSurnames],
                found: instant.advanced(bySeconds: 60),
                proposal: "Both schools were called: the same parents, the same brother."
            ),
            pair(
                ("Ana", "Sofía", "Cárdenas", "Luna", "2013-02-11"),
                ("Ana", "Isabel", "Cárdenas", "Luna", "2013-02-11"),
                [.sameBirthDate, .sameGivenName, .secondGivenNameDiffers, .sameSurnames],
                found: instant.advanced(bySeconds: 120)
            ),
        ]
    }

    /// One person of the locator whose entries contradict each other: the gateway finds that out by
    /// itself.
    package static func doubtful(at instant: Instant) -> (person: Person, entries: [LocatorEntry]) {
        let pair = pair(
            ("Mateo", "", "Cisneros", "Robledo", "2012-01-19"),
            ("Valeria", "", "Cisneros", "Robledo", "2015-08-02"),
            [],
            found: instant
        )
        let person = pair.people[0]
        return (
            person,
            pair.entries.map { entry in
                var entry = entry
                entry.person = person.id
                return entry
            }
        )
    }

    private typealias Written = (
        given: String, middle: String, paternal: String, maternal: String, born: String
    )

    private static func pair(
        _ one: Written,
        _ other: Written,
        _ reasons: [MatchReason],
        found instant: Instant,
        proposal: String = ""
    ) -> DemoPair {
        let sides = [(one, holderSchool, "Texas"), (other, secondHolderSchool, "Florida")]
        var people: [Person] = []
        var entries: [LocatorEntry] = []
        for (index, (written, school, state)) in sides.enumerated() {
            let seed = number(of: "pair \(written) \(state)")
            let person = Person(
                id: PersonID(rawValue: seed),
                number: StudentRecordNumber(bits: UInt64(truncatingIfNeeded: seed)),
                mintedAt: instant
            )
            people.append(person)
            entries.append(
                LocatorEntry(
                    id: LocatorEntry.ID(rawValue: number(of: "entry \(person.id)")),
                    name: required(
                        try? PersonName(
                            given: written.given,
                            middle: written.middle,
                            paternalSurname: written.paternal,
                            maternalSurname: written.maternal
                        )
                    ),
                    birthDate: CivilDate(iso8601: written.born),
                    school: school,
                    from: CivilDate(iso8601: index == 0 ? "2024-08-19" : "2025-10-06"),
                    to: CivilDate(iso8601: index == 0 ? "2025-05-23" : "2026-04-17"),
                    grade: index == 0 ? .sixth : .seventh,
                    provenance: LocatorEntry.Provenance(
                        source: "demonstration: \(state) extract",
                        receivedOn: required(CivilDate(iso8601: "2026-05-11"))
                    ),
                    person: person.id
                )
            )
        }
        let match = NearMatch(
            id: NearMatch.ID(rawValue: number(of: "match \(one) \(other)")),
            people[0].id,
            people[1].id,
            reasons: reasons,
            foundAt: instant
        )
        return DemoPair(people: people, entries: entries, match: match, proposal: proposal)
    }
}
