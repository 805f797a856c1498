extension Migration {
    /// Every version of the graduation plans that schools, districts and states entered.
    ///
    /// `first_class` is the first class that a version is for: of an office's plans those of the
    /// latest classes are read first.
    static let m035GraduationPlans = Self(number: 35, name: "graduation plans") { _ in
        """
        CREATE TABLE graduation_plans(
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            organization TEXT NOT NULL,
            is_in_force BOOLEAN NOT NULL,
            first_class BIGINT NOT NULL,
            entered_at BIGINT NOT NULL,
            body TEXT NOT NULL
        );
        CREATE INDEX graduation_plans_in_force ON
            graduation_plans(organization, is_in_force, first_class, id);
        CREATE INDEX graduation_plans_former ON
            graduation_plans(organization, is_in_force, entered_at, id);
        """
    }
}
