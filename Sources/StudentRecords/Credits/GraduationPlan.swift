package import Vocabulary

/// What a state or a school asks for to graduate: credits by subject.
package struct GraduationPlan: Hashable, Sendable {
    /// The credits of one subject.
    package struct Requirement: Hashable, Sendable, Codable {
        /// As the state or school calls the subject.
        package let subject: String
        /// The same in Spanish; `nil` where the state or school gave none.
        package let spanish: String?
        /// The SCED areas that count for it; empty for electives, which any course can fill.
        package let areas: [SubjectArea]
        package let credits: Hundredths

        package init(
            subject: String,
            spanish: String? = nil,
            areas: [SubjectArea],
            credits: Hundredths
        ) {
            self.subject = subject
            self.spanish = spanish
            self.areas = areas
            self.credits = credits
        }
    }

    /// Who entered a plan on a page, and since when it holds.
    package struct Entry: Hashable, Sendable {
        /// The office whose plan it is, by name.
        package let office: String
        package let since: CivilDate
        /// Counts from 1: every change of a plan is a new one.
        package let version: Int

        package init(office: String, since: CivilDate, version: Int) {
            self.office = office
            self.since = since
            self.version = version
        }
    }

    package let name: String
    package let state: StateCode?
    /// The one school it is of; `nil` for a plan of a district or of the whole state.
    package let school: SchoolID?
    /// The district it is of; `nil` for a plan of one school or of the whole state.
    package let district: DistrictID?
    /// `nil`: for every class.
    package let classes: ClassYears?
    /// `nil` for what stands in a record or in an operator's file.
    package let entry: Entry?
    package let requirements: [Requirement]

    package init(
        name: String,
        state: StateCode?,
        school: SchoolID? = nil,
        district: DistrictID? = nil,
        classes: ClassYears? = nil,
        entry: Entry? = nil,
        requirements: [Requirement]
    ) {
        self.name = name
        self.state = state
        self.school = school
        self.district = district
        self.classes = classes
        self.entry = entry
        self.requirements = requirements
    }

    /// The plan that stands in a record (elements 59 and 61); `nil` where it has none.
    ///
    /// As one school states it: where several do, the newest of those that say where the student
    /// is to graduate, or else the newest.
    package init?(of record: MergedRecord) {
        let rows = record.entries(of: .graduationRequirement)
        let schools = record.entries(of: .school).flatMap(\.entries).filter {
            $0.value(.designatedForGraduation) == .flag(true)
        }
        let stating = record.sources.filter { source in
            rows.contains { $0.entries.contains { $0.source == source && $0.hasRequirement } }
        }
        guard
            let source = stating.first(where: { schools.map(\.source).contains($0) })
                ?? stating.first
        else { return nil }
        let requirements =
            rows.compactMap { row -> Requirement? in
                let own = row.entries.first { $0.source.isSchool(of: source) && $0.hasRequirement }
                guard let entry = own, let credits = entry.amount(.subjectRequirement) else {
                    return nil
                }
                let area = entry.subject
                let name = entry.text(.subjectArea) ?? area?.name ?? ""
                return Requirement(
                    subject: name,
                    areas: area.map { [$0] } ?? [],
                    credits: credits
                )
            }
        let school = schools.first { $0.source.isSchool(of: source) } ?? schools.first
        self.init(
            name: school?.text(.schoolName) ?? "",
            state: school?.text(.state).flatMap { StateCode($0) },
            requirements: requirements
        )
    }

    package var total: Hundredths { requirements.map(\.credits).sum }
}

extension RecordEntry {
    fileprivate var hasRequirement: Bool { amount(.subjectRequirement) != nil }
}

extension RecordSource {
    /// The same school, on whatever day.
    fileprivate func isSchool(of other: Self) -> Bool {
        school == other.school && name == other.name
    }
}

extension Sequence<GraduationPlan> {
    /// What a school asks of a class to graduate: by its own plan, else its district's, else its
    /// state's.
    ///
    /// Of two plans of one office the first counts. Where nobody knows the student's class, every
    /// plan holds.
    package func plan(
        of school: SchoolID,
        in state: StateCode?,
        for year: Int? = nil
    ) -> GraduationPlan? {
        let holding = filter { plan in
            guard let year, let classes = plan.classes else { return true }
            return classes.contains(year)
        }
        if let own = holding.first(where: { $0.school == school }) { return own }
        if let district = school.district,
            let plan = holding.first(where: { $0.school == nil && $0.district == district })
        {
            return plan
        }
        guard let state else { return nil }
        return holding.first { $0.school == nil && $0.district == nil && $0.state == state }
    }
}

extension SchoolID {
    /// Its district's number, which its own begins with.
    package var district: DistrictID? { DistrictID(description.prefix(7)) }
}
