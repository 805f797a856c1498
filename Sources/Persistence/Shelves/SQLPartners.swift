import RecordExchange
import Vocabulary

/// Projects, contacts, calendars, channels, policies and states' rules.
extension SQLCaseSession {
    func project(_ code: String) throws -> MigrantEducationProject? {
        try sql.query("SELECT code, name, state, phone FROM projects WHERE code = $1", [code])
            .first.map(project(in:))
    }

    func projects(serving district: DistrictID) throws -> [MigrantEducationProject] {
        try sql.query(
            """
            SELECT code, name, state, phone FROM projects
            WHERE code IN (SELECT project FROM project_districts WHERE district = $1)
            ORDER BY code
            """,
            [district]
        ).map(project(in:))
    }

    func save(_ project: MigrantEducationProject) throws {
        try change(
            """
            INSERT INTO projects(code, name, state, phone) VALUES ($1, $2, $3, $4)
            ON CONFLICT (code) DO UPDATE SET name = excluded.name, state = excluded.state,
                phone = excluded.phone
            """,
            [project.code, project.name, project.state, project.phone]
        )
        try change("DELETE FROM project_districts WHERE project = $1", [project.code])
        for (position, district) in project.serves.enumerated() {
            try change(
                """
                INSERT INTO project_districts(project, district, position) VALUES ($1, $2, $3)
                """,
                [project.code, district, position]
            )
        }
    }

    func contacts(of organization: OrganizationID) throws -> [Contact] {
        let contacts = try sql.query(
            "SELECT id, body FROM contacts WHERE organization = $1 ORDER BY id",
            [organization]
        ).map { try codec.plainValue($0, table: "contacts", as: Contact.self) }
            .filter(\.isListed)
        // The records office first: the order in which people would ask.
        return Contact.Role.allCases.flatMap { role in contacts.filter { $0.role == role } }
    }

    func contact(_ id: Contact.ID) throws -> Contact? {
        try sql.query("SELECT id, body FROM contacts WHERE id = $1", [id]).first
            .map { try codec.plainValue($0, table: "contacts") }
    }

    func save(_ contact: Contact) throws {
        try change(
            """
            INSERT INTO contacts(id, organization, role, body, has_bounced, claimed_in,
                claim_waits)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (id) DO UPDATE SET organization = excluded.organization,
                role = excluded.role, body = excluded.body, has_bounced = excluded.has_bounced,
                claimed_in = excluded.claimed_in, claim_waits = excluded.claim_waits
            """,
            [
                contact.id, contact.organization, contact.role.rawValue,
                try codec.plain(contact), contact.bouncedOn != nil, contact.claim?.state,
                contact.claim?.confirmedOn != nil,
            ]
        )
        try noteReach(of: contact.organization)
    }

    func calendar(of organization: OrganizationID) throws -> SchoolCalendar? {
        try sql.query(
            "SELECT organization, body FROM calendars WHERE organization = $1",
            [organization]
        ).first.map { try codec.plainValue($0, table: "calendars", key: "organization") }
    }

    func save(_ calendar: SchoolCalendar, of organization: OrganizationID) throws {
        try change(
            """
            INSERT INTO calendars(organization, body) VALUES ($1, $2)
            ON CONFLICT (organization) DO UPDATE SET body = excluded.body
            """,
            [organization, try codec.plain(calendar)]
        )
    }

    func channel(of organization: OrganizationID) throws -> Channel? {
        try sql.query(
            "SELECT organization, body FROM channels WHERE organization = $1",
            [organization]
        ).first.map { try codec.plainValue($0, table: "channels", key: "organization") }
    }

    func save(_ channel: Channel) throws {
        try change(
            """
            INSERT INTO channels(organization, body) VALUES ($1, $2)
            ON CONFLICT (organization) DO UPDATE SET body = excluded.body
            """,
            [channel.organization, try codec.plain(channel)]
        )
    }

    func policy(of state: StateCode) throws -> Ladder.Policy? {
        try sql.query("SELECT state, body FROM policies WHERE state = $1", [state]).first
            .map { try codec.plainValue($0, table: "policies", key: "state") }
    }

    func save(_ policy: Ladder.Policy, of state: StateCode) throws {
        try change(
            """
            INSERT INTO policies(state, body) VALUES ($1, $2)
            ON CONFLICT (state) DO UPDATE SET body = excluded.body
            """,
            [state, try codec.plain(policy)]
        )
    }

    func stateRule(of state: StateCode) throws -> StateRule? {
        try sql.query("SELECT state, body FROM state_rules WHERE state = $1", [state]).first
            .map { try codec.plainValue($0, table: "state_rules", key: "state") }
    }

    func save(_ rule: StateRule, of state: StateCode) throws {
        try change(
            """
            INSERT INTO state_rules(state, body) VALUES ($1, $2)
            ON CONFLICT (state) DO UPDATE SET body = excluded.body
            """,
            [state, try codec.plain(rule)]
        )
    }

    func legend(of organization: OrganizationID) throws -> TranscriptLegend? {
        try sql.query(
            "SELECT organization, body FROM transcript_legends WHERE organization = $1",
            [organization]
        ).first
            .map { try codec.plainValue($0, table: "transcript_legends", key: "organization") }
    }

    func save(_ legend: TranscriptLegend?, of organization: OrganizationID) throws {
        guard let legend else {
            try change(
                "DELETE FROM transcript_legends WHERE organization = $1",
                [organization]
            )
            return
        }
        try change(
            """
            INSERT INTO transcript_legends(organization, body) VALUES ($1, $2)
            ON CONFLICT (organization) DO UPDATE SET body = excluded.body
            """,
            [organization, try codec.plain(legend)]
        )
    }

    private func project(in row: SQLRow) throws -> MigrantEducationProject {
        let code = try row.text("code")
        let serves = try sql.query(
            "SELECT district FROM project_districts WHERE project = $1 ORDER BY position",
            [code]
        ).map { try $0.parsed("district") { DistrictID($0) } }
        return MigrantEducationProject(
            code: code,
            name: try row.text("name"),
            state: try row.parsed("state") { StateCode($0) },
            serves: serves,
            phone: try row.optionalText("phone")
        )
    }
}
