import Vocabulary

/// The plan that a student's credits are held against, and whose it is.
package struct PlanInForce: Hashable, Sendable {
    /// Who says what is needed to graduate.
    package enum Owner: Hashable, Sendable {
        /// The school from which the student expects to graduate (elements 40 and 56): its own plan,
        /// or that of its state, was entered here.
        case designated(school: String)
        /// The record itself brings it (elements 59 and 61).
        case record
        /// The school that asked, or its state.
        case requester
    }

    package let plan: GraduationPlan
    package let owner: Owner

    /// `entered` is what states and schools entered; `own` is the plan of the school that asked.
    ///
    /// What the designated school itself entered goes before what another school's record says of
    /// it, which may be older.
    package init?(
        for record: MergedRecord,
        entered: [GraduationPlan] = [],
        own: GraduationPlan? = nil
    ) {
        if let named = Self.designated(in: record), let school = named.school,
            let plan = entered.first(where: { $0.school == school })
                ?? named.state.flatMap({ state in
                    entered.first { $0.school == nil && $0.state == state }
                })
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
