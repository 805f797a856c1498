package import Vocabulary

/// The plan that a student's credits are held against, and whose it is.
package struct PlanInForce: Hashable, Sendable {
    /// Who says what is needed to graduate.
    package enum Owner: Hashable, Sendable {
        /// The school from which the student expects to graduate (elements 40 and 56): its own plan,
        /// or that of its district or its state, was entered here.
        case designated(school: String)
        /// The record itself brings it (elements 59 and 61).
        case record
        /// The school that asked, or its state.
        case requester
    }

    package let plan: GraduationPlan
    package let owner: Owner

    /// `entered` is what states and schools entered; `own` is the plan of the school that asked;
    /// `year` is that in which the student graduates, where it can be told.
    ///
    /// What the designated school itself entered goes before what another school's record says of
    /// it, which may be older.
    package init?(
        for record: MergedRecord,
        entered: [GraduationPlan] = [],
        own: GraduationPlan? = nil,
        graduating year: Int? = nil
    ) {
        if let named = Self.designated(in: record), let school = named.school,
            let plan = entered.plan(of: school, in: named.state, for: year)
        {
            self.plan = plan
            owner = .designated(school: named.name)
        } else if let plan = GraduationPlan(of: record) {
            self.plan = plan
            owner = .record
        } else if let own {
            plan = own
            owner = .requester
        } else {
            return nil
        }
    }

    /// Where plans are looked for that may hold for a record: at the school from which the student
    /// expects to graduate; `nil` where none is named by its number.
    package static func place(in record: MergedRecord) -> PlanPlace? {
        guard let named = designated(in: record), let school = named.school else { return nil }
        return PlanPlace(school: school, state: named.state)
    }

    private struct Designated {
        let school: SchoolID?
        let name: String
        let state: StateCode?
    }

    /// There is one at any one point in time: the one that was named last.
    private static func designated(in record: MergedRecord) -> Designated? {
        let sources = record.sources
        let named = record.entries(of: .school).flatMap(\.entries)
            .filter { $0.value(.designatedForGraduation) == .flag(true) }
        let newest = sources.lazy.compactMap { source in named.first { $0.source == source } }
        return newest.first.map { entry in
            Designated(
                school: entry.text(.schoolCode).flatMap { SchoolID($0) },
                name: entry.text(.schoolName) ?? entry.text(.schoolCode) ?? "",
                state: entry.text(.state).flatMap { StateCode($0) }
            )
        }
    }
}

/// A school whose plan is looked for, with the state it lies in.
package struct PlanPlace: Hashable, Sendable {
    package let school: SchoolID
    package let state: StateCode?

    package init(school: SchoolID, state: StateCode?) {
        self.school = school
        self.state = state
    }
}
