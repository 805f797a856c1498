package import Vocabulary

/// A school of the directory.
package struct School: Hashable, Sendable, Codable {
    package let id: SchoolID
    package let name: String
    package let district: DistrictID
    package let districtName: String
    package let city: String
    package let state: StateCode
    package let lowGrade: Grade?
    package let highGrade: Grade?
    /// Five digits; only where the source has it.
    package let zip: String?
    /// As the source writes it, such as `(805)659-0166`; only where the source has it.
    package let phone: String?
    /// Where the records are since the school closed for good; `nil` while it is open.
    package var custodian: OrganizationID?

    package init(
        id: SchoolID,
        name: String,
        district: DistrictID,
        districtName: String,
        city: String,
        state: StateCode,
        lowGrade: Grade? = nil,
        highGrade: Grade? = nil,
        zip: String? = nil,
        phone: String? = nil,
        custodian: OrganizationID? = nil
    ) {
        self.id = id
        self.name = name
        self.district = district
        self.districtName = districtName
        self.city = city
        self.state = state
        self.lowGrade = lowGrade
        self.highGrade = highGrade
        self.zip = zip
        self.phone = phone
        self.custodian = custodian
    }
}

/// A school district of the directory.
package struct District: Hashable, Sendable, Codable {
    package let id: DistrictID
    package let name: String
    package let state: StateCode
    package let city: String
    /// As the source writes it; only where the source has it.
    package let phone: String?

    package init(id: DistrictID, name: String, state: StateCode, city: String, phone: String?) {
        self.id = id
        self.name = name
        self.state = state
        self.city = city
        self.phone = phone
    }
}

/// A migrant education project: staffed in summer, it serves the districts it names.
package struct MigrantEducationProject: Hashable, Sendable, Codable {
    /// Short code, lower-case letters, digits and hyphens.
    package let code: String
    package let name: String
    package let state: StateCode
    package let serves: [DistrictID]
    package let phone: String?

    package init(
        code: String,
        name: String,
        state: StateCode,
        serves: [DistrictID],
        phone: String?
    ) {
        self.code = code
        self.name = name
        self.state = state
        self.serves = serves
        self.phone = phone
    }
}

/// A state, DC, Puerto Rico or outlying area as the directory knows it.
package struct StateEntry: Hashable, Sendable, Codable {
    package let code: StateCode
    package let name: String
    /// IANA name of the zone most of its schools keep, such as `America/Chicago`.
    package let timeZone: String

    package init(code: StateCode, name: String, timeZone: String) {
        self.code = code
        self.name = name
        self.timeZone = timeZone
    }
}
