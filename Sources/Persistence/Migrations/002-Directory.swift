extension Migration {
    /// Schools, districts, states, projects, contacts, calendars, channels and state policies.
    static let m002Directory = Self(number: 2, name: "directory") { _ in
        """
        CREATE TABLE schools(
            id TEXT PRIMARY KEY CHECK (length(id) = 12),
            name TEXT NOT NULL,
            district TEXT NOT NULL CHECK (length(district) = 7),
            district_name TEXT NOT NULL,
            city TEXT NOT NULL,
            state TEXT NOT NULL CHECK (length(state) = 2),
            low_grade TEXT,
            high_grade TEXT,
            zip TEXT,
            phone TEXT,
            custodian TEXT
        );

        CREATE TABLE districts(
            id TEXT PRIMARY KEY CHECK (length(id) = 7),
            name TEXT NOT NULL,
            state TEXT NOT NULL CHECK (length(state) = 2),
            city TEXT NOT NULL,
            phone TEXT
        );

        CREATE TABLE states(
            code TEXT PRIMARY KEY CHECK (length(code) = 2),
            name TEXT NOT NULL,
            time_zone TEXT NOT NULL CHECK (length(time_zone) > 0)
        );

        CREATE TABLE projects(
            code TEXT PRIMARY KEY CHECK (length(code) > 0),
            name TEXT NOT NULL,
            state TEXT NOT NULL CHECK (length(state) = 2),
            phone TEXT
        );
        CREATE TABLE project_districts(
            project TEXT NOT NULL REFERENCES projects(code),
            district TEXT NOT NULL CHECK (length(district) = 7),
            position BIGINT NOT NULL,
            PRIMARY KEY (project, district)
        );
        CREATE INDEX projects_by_district ON project_districts(district);

        CREATE TABLE contacts(
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            organization TEXT NOT NULL CHECK (length(organization) > 0),
            role TEXT NOT NULL CHECK (role IN ('recordsOffice', 'backup', 'summer', 'district',
                'project', 'stateContact')),
            body TEXT NOT NULL
        );
        CREATE INDEX contacts_by_organization ON contacts(organization, id);

        CREATE TABLE calendars(
            organization TEXT PRIMARY KEY CHECK (length(organization) > 0),
            body TEXT NOT NULL
        );
        CREATE TABLE channels(
            organization TEXT PRIMARY KEY CHECK (length(organization) > 0),
            body TEXT NOT NULL
        );
        CREATE TABLE policies(
            state TEXT PRIMARY KEY CHECK (length(state) = 2),
            body TEXT NOT NULL
        );
        """
    }
}
