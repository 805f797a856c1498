package import Casework
package import RecordExchange
package import Vocabulary

/// A made-up person of the demonstration who signs in.
package struct DemoPerson: Hashable, Sendable {
    package let role: StaffRole
    package let organization: OrganizationID
    package let name: String
    package let title: String
    package let email: EmailAddress
    package let language: Language
}

/// The made-up office that keeps the records of closed schools.
package struct DemoCustodian: Hashable, Sendable {
    /// Its organisation is `.custodian(code)`.
    package let code: String
    package let name: String
    package let keeps: [SchoolID]
}

/// Who plays in the demonstration.
///
/// The schools, towns and phone numbers are the directory's; every person, address, project and
/// custodian is made up. All addresses end in `.example`, which no mail ever leaves for.
package enum DemoCast {
    /// Said wherever the people are shown.
    package static let notice =
        "Everyone here is made up: people, mail addresses, calendars, projects and custodians. "
        + "Schools and phone numbers are public ones; they take no part in this."

    /// Davis High School in Yakima, Washington: asks.
    package static let requesterSchool = school("531011001689")
    /// Weslaco East High School, Texas: is asked.
    package static let holderSchool = school("484496008851")
    /// Immokalee High School, Florida.
    package static let secondHolderSchool = school("120033000355")
    /// Watsonville High School, California: asks, and has bundles pushed to its own server.
    package static let channelSchool = school("062949004555")
    /// A middle school in Crescent City, Florida, that newer lists do not have: closed here.
    package static let closedSchool = school("120162001808")
    /// Agripina Seda in Guánica, Puerto Rico: reads its mail in Spanish.
    package static let spanishSchool = school("720003001155")
    /// Crescent City High School, Florida: mail to its records office bounces.
    package static let bouncingSchool = school("120162001810")

    package static let custodians = [
        DemoCustodian(
            code: "fl-putnam-archive",
            name: "Putnam Closed School Records (demonstration)",
            keeps: [closedSchool]
        )
    ]

    package static let projects = [
        MigrantEducationProject(
            code: "tx-valley",
            name: "Rio Grande Valley Summer Migrant Education Project (demonstration)",
            state: state("TX"),
            serves: ["4844960", "4817390", "4818180", "4831040", "4834860"].map(district),
            phone: nil
        )
    ]

    /// The closed schools of the directory with their custodians, to be saved over it.
    package static func closedSchools(in schools: (SchoolID) -> School?) -> [School] {
        custodians.flatMap { custodian in
            custodian.keeps.compactMap(schools).map { school in
                var school = school
                school.custodian = .custodian(custodian.code)
                return school
            }
        }
    }

    /// Everyone who signs in, in the order in which the sign-in page lists them.
    package static let people: [DemoPerson] = [
        person(.registrar, .school(requesterSchool), "Rosa Delgado", "Registrar", "davis-high"),
        person(
            .counselor,
            .school(requesterSchool),
            "Miguel Ochoa",
            "Counselor, migrant education",
            "davis-high",
            .spanish
        ),
        person(
            .registrar,
            .school(channelSchool),
            "Grace Nakamura",
            "Registrar",
            "watsonville-high"
        ),
        person(
            .recordsClerk,
            .school(holderSchool),
            "Ana Treviño",
            "Records clerk",
            "weslaco-east"
        ),
        person(
            .recordsClerk,
            .school(secondHolderSchool),
            "Marie Baptiste",
            "Records clerk",
            "immokalee-high"
        ),
        person(
            .district,
            .district(district("4844960")),
            "Daniel Pruitt",
            "Director of student records",
            "weslaco-schools"
        ),
        person(
            .district,
            .district(district("5310110")),
            "Teresa Wolfe",
            "Student services",
            "yakima-schools"
        ),
        person(.stateContact, .state(state("TX")), "Patricia Holloway", stateTitle, "texas"),
        person(.stateContact, .state(state("WA")), "Kenji Morales", stateTitle, "washington"),
        person(.stateContact, .state(state("CA")), "Dolores Whitfield", stateTitle, "california"),
        person(.stateContact, .state(state("FL")), "Samuel Etienne", stateTitle, "florida"),
        person(.administrator, .gateway, "Ingrid Vance", "Administrator", "mochila"),
        person(.auditor, .gateway, "Theo Abara", "Auditor", "mochila"),
    ]

    /// Students whom a visitor can type in, in the order in which they are best tried.
    package static let showcase = DemoShowcase.all

    static let stateTitle = "State contact, migrant education"

    static func person(
        _ role: StaffRole,
        _ organization: OrganizationID,
        _ name: String,
        _ title: String,
        _ domain: String,
        _ language: Language = .english
    ) -> DemoPerson {
        DemoPerson(
            role: role,
            organization: organization,
            name: name,
            title: title,
            email: address(of: name, at: domain),
            language: language
        )
    }

    /// `ana.trevino@weslaco-east.example`.
    static func address(of name: String, at domain: String) -> EmailAddress {
        // An office's name may say in parentheses that it is made up; its address does not.
        let spoken = name.lowercased().prefix { $0 != "(" }.split(separator: " ")
        let local = spoken.joined(separator: ".").map { plain[$0] ?? $0 }
        return required(try? EmailAddress(parsing: String(local) + "@" + domain + ".example"))
    }

    static func school(_ text: String) -> SchoolID { required(SchoolID(text)) }
    static func district(_ text: String) -> DistrictID { required(DistrictID(text)) }
    static func state(_ text: String) -> StateCode { required(StateCode(text)) }

    private static let plain: [Character: Character] = [
        "á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u", "ñ": "n",
    ]

    /// A literal of this file that does not parse is a mistake of ours.
    static func required<Value>(_ value: Value?) -> Value {
        guard let value else { preconditionFailure("every literal of the demonstration parses") }
        return value
    }
}
