package import RecordExchange
import Vocabulary

/// Schools named after trees, in districts named after valleys.
extension School {
    /// Texas; asks for records in most tests.
    package static let oak = sample("Oak", "480000100001", .texas, "Mesquite Valley", "Pecan")
    /// California; holds them.
    package static let maple = sample("Maple", "060000200002", .california, "Fig Valley", "Almond")
    /// Washington; the next holder.
    package static let willow = sample("Willow", "530000300003", .washington, "Hop Valley", "Pear")
    /// Michigan; closed for good, its records with `OrganizationID.vault`.
    package static let elm: Self = {
        var school = sample("Elm", "260000400004", .michigan, "Cherry Valley", "Plum")
        school.custodian = .vault
        return school
    }()

    package static let trees = [oak, maple, willow, elm]

    package var organization: OrganizationID { .school(id) }

    private static func sample(
        _ tree: String,
        _ id: String,
        _ state: StateCode,
        _ districtName: String,
        _ city: String
    ) -> Self {
        Self(
            id: known(SchoolID(id), id),
            name: "\(tree) School",
            district: known(DistrictID(id.prefix(7)), id),
            districtName: districtName,
            city: city,
            state: state,
            lowGrade: .kindergarten,
            highGrade: .twelfth
        )
    }
}

extension OrganizationID {
    /// The office that keeps the records of closed schools in tests.
    package static let vault = Self.custodian("vault")
}

extension District {
    /// The district of a sample school.
    package static func of(_ school: School) -> Self {
        Self(
            id: school.district,
            name: school.districtName,
            state: school.state,
            city: school.city,
            phone: "(555)010-0100"
        )
    }
}

extension StateEntry {
    package static let trees = [
        Self(code: .texas, name: "Texas", timeZone: "America/Chicago"),
        Self(code: .california, name: "California", timeZone: "America/Los_Angeles"),
        Self(code: .washington, name: "Washington", timeZone: "America/Los_Angeles"),
        Self(code: .michigan, name: "Michigan", timeZone: "America/Detroit"),
    ]
}

extension SchoolCalendar {
    /// June 15 to August 14 closed for the summer.
    package static let ordinary = Self(recesses: [
        Recess(
            kind: .summer,
            name: "Summer",
            first: .on("2026-06-15"),
            last: .on("2026-08-14")
        )
    ])
}

extension Contact {
    /// A confirmed contact; its address is made of role and organisation.
    package static func sample(
        _ number: Int,
        of organization: OrganizationID,
        role: Role = .recordsOffice
    ) -> Self {
        Self(
            id: .numbered(number),
            organization: organization,
            role: role,
            name: "Records Office \(number)",
            email: .of("\(role.rawValue.lowercased())\(number)", at: "school"),
            phone: "(555)010-0\(100 + number)",
            confirmedOn: .on("2026-01-12")
        )
    }
}
