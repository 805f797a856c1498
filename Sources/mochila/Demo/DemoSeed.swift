import Casework
import Demonstration
import Glibc
import Operations
import RecordExchange
import RecordLocator
import ReferenceData
import Sealing
import StudentRecords
import Vocabulary

/// Fills an empty store with the demonstration: real schools, made-up people and students.
struct DemoSeed {
    let house: House
    let directory: NationalDirectory
    let report: (String) -> Void

    /// The one password of everybody in the demonstration, which listens on loopback only.
    static let password = "mochila-demonstration"
    static let students = 12_000

    /// Does nothing where it was done before.
    func plant() async throws {
        let store = house.desk.store
        if try await store.read({ try $0.schoolCount() }) == 0 { try await plantDirectory() }
        try await plantPlans()
        let entries = try await store.read { try $0.locatorEntryCount() }
        if entries == 0 { try await plantStudents() }
        let people = try await store.read { try $0.allAccounts().count }
        if people == 0 { try await plantPeople() }
    }

    private func plantDirectory() async throws {
        let store = house.desk.store
        try await DirectoryImport(store: store, report: report).run(directory)
        let closed = DemoCast.closedSchools(in: directory.school)
        let contacts = DemoCast.contacts { organization in
            switch organization {
            case .school(let id): directory.school(id)?.phone
            case .district(let id): directory.district(id)?.phone
            default: nil
            }
        }
        try await store.write { session in
            try session.save(closed)
            for project in DemoCast.projects { try session.save(project) }
            for contact in contacts { try session.save(contact) }
            for (organization, calendar) in DemoCalendars.all {
                try session.save(calendar, of: organization)
            }
            for (state, rule) in DemoRules.all { try session.save(rule, of: state) }
        }
    }

    /// The made-up plans of two states, as their contacts would have entered them.
    private func plantPlans() async throws {
        let desk = house.desk
        for plan in try GraduationPlan.load() {
            guard let state = plan.state, let classes = ClassYears(from: 2020) else { continue }
            let office = OrganizationID.state(state)
            let entered = EnteredPlan(
                id: desk.secrets.makeIdentifier(),
                organization: office,
                content: PlanContent(
                    name: plan.name,
                    classes: classes,
                    requirements: plan.requirements,
                    citation: "No law: made up for this demonstration"
                ),
                entered: EnteredPlan.Deed(
                    staff: nil,
                    name: "Mochila demonstration",
                    at: desk.time.now(),
                    on: desk.time.today(in: state)
                )
            )
            try await desk.store.write { session in
                guard try session.plansInForce(of: office).isEmpty,
                    try session.formerPlans(of: office, limit: 1).isEmpty
                else { return }
                try session.save(entered)
            }
        }
    }

    private func plantStudents() async throws {
        let entries = DemoStory.entries(
            seed: 2026,
            students: Self.students,
            directory: directory
        )
        for start in stride(from: 0, to: entries.count, by: 5_000) {
            let batch = Array(entries[start..<min(start + 5_000, entries.count)])
            try await house.desk.store.write { try $0.save(batch) }
            report("locator entries: \(start + batch.count) of \(entries.count)")
        }
    }

    private func plantPeople() async throws {
        let desk = house.desk
        let hash = try await desk.passwords.hash(Self.password)
        let accounts = DemoCast.people.map { person in
            var account = StaffAccount(
                id: desk.secrets.makeIdentifier(),
                email: person.email,
                name: person.name,
                title: person.title,
                language: person.language,
                memberships: [.init(role: person.role, organization: person.organization)],
                status: .active,
                createdAt: desk.time.now()
            )
            account.passwordHash = hash
            account.oneTimeSecret = desk.oneTimeCodes.makeSecret()
            account.oneTimeConfirmed = true
            return account
        }
        try await desk.store.write { session in
            for account in accounts { try session.save(account) }
        }
        let proposer = accounts.first { account in
            account.memberships.contains { $0.role == .stateContact }
        }
        if let proposer { try await plantNearMatches(proposedBy: proposer.id) }
        report("people who can sign in: \(accounts.count)")
    }

    /// What two state contacts can decide about each other's proposals.
    private func plantNearMatches(proposedBy proposer: StaffID) async throws {
        let now = house.desk.time.now()
        let pairs = DemoCast.pairs(at: now)
        try await house.desk.store.write { session in
            for pair in pairs {
                for person in pair.people { try session.save(person) }
                try session.save(pair.entries)
                try session.save(pair.match)
                if let proposal = pair.proposal(by: proposer, at: now) {
                    try session.save(proposal)
                }
            }
            let doubtful = DemoCast.doubtful(at: now)
            try session.save(doubtful.person)
            try session.save(doubtful.entries)
            // The story's students are numerous and nobody's worklist: only what comes from now
            // on is grouped.
            try session.setGroupedUpTo(try session.lastLocatorChange())
        }
    }
}
