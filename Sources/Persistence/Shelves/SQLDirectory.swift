import RecordExchange
import Vocabulary

/// Schools, districts and states: public data in plain columns, since a hundred thousand of them
/// are read at once.
extension SQLCaseSession {
    private static let schoolColumns = """
        SELECT id, name, district, district_name, city, state, low_grade, high_grade, zip, phone,
            custodian
        FROM schools
        """

    func school(_ id: SchoolID) throws -> School? {
        try sql.query("\(Self.schoolColumns) WHERE id = $1", [id]).first.map(school(in:))
    }

    func schoolCount() throws -> Int {
        Int(try sql.query("SELECT COUNT(*) AS number FROM schools").first?.integer("number") ?? 0)
    }

    func allSchools() throws -> [School] {
        var schools: [School] = []
        try sql.forEachRow(Self.schoolColumns, []) { row in schools.append(try school(in: row)) }
        return schools
    }

    func save(_ schools: [School]) throws {
        for school in schools {
            try change(
                """
                INSERT INTO schools(id, name, district, district_name, city, state, low_grade,
                    high_grade, zip, phone, custodian)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                ON CONFLICT (id) DO UPDATE SET name = excluded.name,
                    district = excluded.district, district_name = excluded.district_name,
                    city = excluded.city, state = excluded.state,
                    low_grade = excluded.low_grade, high_grade = excluded.high_grade,
                    zip = excluded.zip, phone = excluded.phone,
                    custodian = excluded.custodian
                """,
                [
                    school.id, school.name, school.district, school.districtName, school.city,
                    school.state, school.lowGrade?.rawValue, school.highGrade?.rawValue,
                    school.zip, school.phone, school.custodian,
                ]
            )
        }
    }

    func district(_ id: DistrictID) throws -> District? {
        try sql.query("SELECT id, name, state, city, phone FROM districts WHERE id = $1", [id])
            .first.map { row in
                District(
                    id: try row.parsed("id") { DistrictID($0) },
                    name: try row.text("name"),
                    state: try row.parsed("state") { StateCode($0) },
                    city: try row.text("city"),
                    phone: try row.optionalText("phone")
                )
            }
    }

    func save(_ districts: [District]) throws {
        for district in districts {
            try change(
                """
                INSERT INTO districts(id, name, state, city, phone) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (id) DO UPDATE SET name = excluded.name, state = excluded.state,
                    city = excluded.city, phone = excluded.phone
                """,
                [district.id, district.name, district.state, district.city, district.phone]
            )
        }
    }

    func state(_ code: StateCode) throws -> StateEntry? {
        try sql.query("SELECT code, name, time_zone FROM states WHERE code = $1", [code]).first
            .map { row in
                StateEntry(
                    code: try row.parsed("code") { StateCode($0) },
                    name: try row.text("name"),
                    timeZone: try row.text("time_zone")
                )
            }
    }

    func save(_ states: [StateEntry]) throws {
        for state in states {
            try change(
                """
                INSERT INTO states(code, name, time_zone) VALUES ($1, $2, $3)
                ON CONFLICT (code) DO UPDATE SET name = excluded.name,
                    time_zone = excluded.time_zone
                """,
                [state.code, state.name, state.timeZone]
            )
        }
    }

    private func school(in row: SQLRow) throws -> School {
        School(
            id: try row.parsed("id") { SchoolID($0) },
            name: try row.text("name"),
            district: try row.parsed("district") { DistrictID($0) },
            districtName: try row.text("district_name"),
            city: try row.text("city"),
            state: try row.parsed("state") { StateCode($0) },
            lowGrade: try row.optionalText("low_grade").flatMap(Grade.init(rawValue:)),
            highGrade: try row.optionalText("high_grade").flatMap(Grade.init(rawValue:)),
            zip: try row.optionalText("zip"),
            phone: try row.optionalText("phone"),
            custodian: try row.optionalText("custodian").flatMap { OrganizationID($0) }
        )
    }
}
