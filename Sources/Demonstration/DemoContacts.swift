package import RecordExchange
import Vocabulary

extension DemoCast {
    /// The made-up mailboxes of the schools, districts, projects, custodians and states shown.
    ///
    /// A school that is not among them has no contact, and is asked through its district; a
    /// district that is not, through its state's contact.
    ///
    /// - Parameter phone: the directory's number of an organisation, if it has one.
    /// - Returns: the contacts, always the same.
    package static func contacts(
        phone: (OrganizationID) -> String? = { _ in nil }
    ) -> [Contact] {
        lines.map { line in
            let email = address(of: line.name, at: line.domain)
            return Contact(
                id: Contact.ID(rawValue: number(of: "\(line.organization) \(line.role) \(email)")),
                organization: line.organization,
                role: line.role,
                name: line.name,
                title: line.title,
                email: email,
                phone: phone(line.organization),
                language: line.language,
                confirmedOn: line.confirmed.flatMap { CivilDate(iso8601: $0) },
                bouncedOn: line.bounced.flatMap { CivilDate(iso8601: $0) }
            )
        }
    }

    private struct Line {
        let organization: OrganizationID
        let role: Contact.Role
        let name: String
        let title: String
        let domain: String
        var language = Language.english
        var confirmed: String? = "2026-04-13"
        var bounced: String?

        init(
            _ organization: OrganizationID,
            _ role: Contact.Role,
            _ name: String,
            _ title: String,
            _ domain: String
        ) {
            self.organization = organization
            self.role = role
            self.name = name
            self.title = title
            self.domain = domain
        }

        func inSpanish() -> Self {
            var line = self
            line.language = .spanish
            return line
        }

        func bounced(on day: String) -> Self {
            var line = self
            line.confirmed = "2025-09-08"
            line.bounced = day
            return line
        }

        func unconfirmed() -> Self {
            var line = self
            line.confirmed = nil
            return line
        }
    }

    private static var lines: [Line] { schoolLines + officeLines + stateLines }

    private static let schoolLines = [
        Line(.school(requesterSchool), .recordsOffice, "Rosa Delgado", "Registrar", "davis-high"),
        Line(.school(requesterSchool), .backup, "Miguel Ochoa", "Counselor", "davis-high")
            .inSpanish(),
        Line(
            .school(channelSchool),
            .recordsOffice,
            "Grace Nakamura",
            "Registrar",
            "watsonville-high"
        ),
        Line(.school(holderSchool), .recordsOffice, "Ana Treviño", "Records clerk", "weslaco-east"),
        Line(.school(holderSchool), .backup, "Carla Benson", "Counseling office", "weslaco-east"),
        Line(.school(holderSchool), .summer, "Victor Salas", "Summer office", "weslaco-east"),
        Line(
            .school(secondHolderSchool),
            .recordsOffice,
            "Marie Baptiste",
            "Records clerk",
            "immokalee-high"
        ),
        Line(
            .school(spanishSchool),
            .recordsOffice,
            "Carmen Rivera",
            "Registradora",
            "escuela-seda"
        ).inSpanish(),
        Line(
            .school(bouncingSchool),
            .recordsOffice,
            "Walter Pine",
            "Records office",
            "crescent-city-high"
        ).bounced(on: "2026-05-04"),
        Line(
            .school(school("530867001449")),
            .recordsOffice,
            "June Castillo",
            "Registrar",
            "sunnyside-high"
        ).unconfirmed(),
    ]

    private static let officeLines = [
        Line(
            .district(district("4844960")),
            .district,
            "Daniel Pruitt",
            "Director of student records",
            "weslaco-schools"
        ),
        Line(
            .district(district("5310110")),
            .district,
            "Teresa Wolfe",
            "Student services",
            "yakima-schools"
        ),
        Line(
            .district(district("1200330")),
            .district,
            "Harold Simms",
            "Student records",
            "collier-schools"
        ),
        Line(
            .district(district("0629490")),
            .district,
            "Lena Ortiz",
            "Student services",
            "pajaro-schools"
        ),
        Line(
            .district(district("1201620")),
            .district,
            "Ruth Gable",
            "Student records",
            "putnam-schools"
        ),
        Line(.project("tx-valley"), .project, "Lucía Cantú", "Project office", "valley-project"),
        Line(
            .custodian("fl-putnam-archive"),
            .recordsOffice,
            // The office: a page says that the records are with it.
            "Putnam Closed School Records (demonstration)",
            "Archive",
            "putnam-archive"
        ),
    ]

    private static let stateLines = [
        ("TX", "Patricia Holloway", "texas"), ("WA", "Kenji Morales", "washington"),
        ("CA", "Dolores Whitfield", "california"), ("FL", "Samuel Etienne", "florida"),
        ("AZ", "Ramona Begay", "arizona"), ("GA", "Curtis Bell", "georgia"),
        ("NC", "Joanna Pike", "north-carolina"), ("MI", "Oscar Lindgren", "michigan"),
        ("OR", "Hannah Cole", "oregon"), ("ID", "Peter Aldana", "idaho"),
        ("PR", "Nilda Vega", "puerto-rico"),
    ].map { code, name, domain in
        let line = Line(.state(state(code)), .stateContact, name, stateTitle, domain)
        return code == "PR" ? line.inSpanish() : line
    }

    /// Numbers that stay the same from start to start (FNV-1a, 128 bits).
    static func number(of text: String) -> UInt128 {
        var hash: UInt128 = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D
        for byte in text.utf8 {
            hash = (hash ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013B
        }
        return hash
    }
}
