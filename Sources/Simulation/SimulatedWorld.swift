import Casework
import RecordExchange
import RecordLocator
import SeededNumbers
import StudentRecords
import Vocabulary

/// Who reads a mailbox, and what they are taken to do.
struct Reader: Sendable {
    let contact: Contact
    /// The school whose days the reader keeps; `nil`: every working day of the year.
    let calendar: SchoolCalendar?
    /// Reads while the school is closed, and only then or also then.
    let worksInRecess: Bool
    /// Chances in a thousand that a mail is answered.
    let answers: Int

    func isAtWork(on day: CivilDate) -> Bool {
        guard WorkingDays.isWorkingDay(day) else { return false }
        return worksInRecess || calendar?.closure(on: day) == nil
    }
}

/// The modelled schools, their offices and their people.
struct SimulatedWorld: Sendable {
    var schools: [School] = []
    var registrars: [SchoolID: StaffAccount] = [:]
    var stateContacts: [StateCode: StaffAccount] = [:]
    var readers: [EmailAddress: Reader] = [:]
    var wrong: [EmailAddress] = []
    var calendars: [SchoolID: SchoolCalendar] = [:]
    var districts: [District] = []
    var projects: [MigrantEducationProject] = []
    var contacts: [Contact] = []
    var states: [StateEntry] = []
    var partners: [SchoolID] = []

    static let codes = ["TX", "CA", "WA", "FL"]
    private static let zones = [
        "America/Chicago", "America/Los_Angeles", "America/Los_Angeles", "America/New_York",
    ]

    init(_ plan: SimulationPlan, _ model: SimulationAssumptions) {
        var random = SeededGenerator(seed: plan.seed)
        var number = 0
        func identifier<Entity>(_: Entity.Type = Entity.self) -> Identifier<Entity> {
            number += 1
            return Identifier(rawValue: UInt128(plan.seed) << 40 | UInt128(number))
        }
        for (position, code) in Self.codes.enumerated() {
            guard let state = StateCode(code) else { continue }
            states.append(StateEntry(code: state, name: code, timeZone: Self.zones[position]))
            stateContacts[state] = StaffAccount(
                id: identifier(),
                email: Self.address("contact", "state\(position)"),
                name: "State contact \(code)",
                memberships: [.init(role: .stateContact, organization: .state(state))],
                status: .active,
                createdAt: Instant(millisecondsSince1970: 0)
            )
        }
        for index in 0..<plan.schools {
            let place = index % Self.codes.count
            let state = states[place].code
            let fips = ["48", "06", "53", "12"][place]
            let districtNumber = index / Self.codes.count / 3 + 1
            let districtText = fips + Self.digits(districtNumber, 5)
            guard let district = DistrictID(districtText),
                let id = SchoolID(districtText + Self.digits(index + 1, 5))
            else { continue }
            let school = School(
                id: id,
                name: "School \(index + 1)",
                district: district,
                districtName: "District \(districtText)",
                city: "Town \(index + 1)",
                state: state
            )
            schools.append(school)
            let calendar = Self.calendar(plan, &random)
            calendars[id] = calendar
            registrars[id] = StaffAccount(
                id: identifier(),
                email: Self.address("registrar", "school\(index)"),
                name: "Registrar \(index + 1)",
                memberships: [.init(role: .registrar, organization: .school(id))],
                status: .active,
                createdAt: Instant(millisecondsSince1970: 0)
            )
            if index % 5 == 0 { partners.append(id) }
            let isNewDistrict = !districts.contains { $0.id == district }
            if isNewDistrict {
                districts.append(
                    District(
                        id: district,
                        name: school.districtName,
                        state: state,
                        city: school.city,
                        phone: nil
                    )
                )
                projects.append(
                    MigrantEducationProject(
                        code: "project-\(districtText)",
                        name: "Project \(districtText)",
                        state: state,
                        serves: [district],
                        phone: nil
                    )
                )
            }
            func add(
                _ role: Contact.Role,
                _ organization: OrganizationID,
                _ calendar: SchoolCalendar?,
                worksInRecess: Bool,
                answers: Int
            ) {
                let domain = "\(role.rawValue.lowercased())-\(index)"
                let contact = Contact(
                    id: identifier(),
                    organization: organization,
                    role: role,
                    name: "\(role.rawValue) of \(organization)",
                    email: Self.address("office", domain)
                )
                guard plan.policy.contacts.contains(role) else { return }
                contacts.append(contact)
                readers[contact.email] = Reader(
                    contact: contact,
                    calendar: calendar,
                    worksInRecess: worksInRecess,
                    answers: answers
                )
            }
            let own = OrganizationID.school(id)
            add(
                .recordsOffice,
                own,
                calendar,
                worksInRecess: false,
                answers: model.officeAnswersMail
            )
            if random.happens(model.officeAddressWrong) {
                wrong += contacts.last.map { [$0.email] } ?? []
            }
            if random.happens(model.backupExists) {
                add(.backup, own, calendar, worksInRecess: false, answers: model.backupAnswersMail)
            }
            if random.happens(model.summerContactExists) {
                add(.summer, own, nil, worksInRecess: true, answers: model.summerContactAnswersMail)
            }
            if isNewDistrict {
                let project = OrganizationID.project("project-\(districtText)")
                add(
                    .district,
                    .district(district),
                    nil,
                    worksInRecess: true,
                    answers: model.districtAnswersMail
                )
                add(.project, project, nil, worksInRecess: true, answers: model.projectAnswersMail)
            }
        }
        guard plan.policy.contacts.contains(.stateContact) else { return }
        for (position, state) in states.enumerated() {
            let contact = Contact(
                id: identifier(),
                organization: .state(state.code),
                role: .stateContact,
                name: "State contact \(state.code)",
                email: Self.address("queue", "state\(position)")
            )
            contacts.append(contact)
        }
    }

    func save(to session: any CaseSession, _ plan: SimulationPlan) throws {
        try session.save(states)
        try session.save(districts)
        try session.save(schools)
        for project in projects { try session.save(project) }
        for contact in contacts { try session.save(contact) }
        for school in schools {
            guard let registrar = registrars[school.id], let calendar = calendars[school.id] else {
                continue
            }
            try session.save(registrar)
            try session.save(calendar, of: .school(school.id))
        }
        for state in states {
            if let account = stateContacts[state.code] { try session.save(account) }
            try session.save(plan.policy.numbers, of: state.code)
        }
        for school in partners {
            try session.save(
                Channel(
                    organization: .school(school),
                    certificatePEM: "simulated",
                    sftp: SFTPDestination(
                        host: "sftp.school.example",
                        port: 22,
                        user: "records",
                        folder: "/in",
                        hostKey: "ssh-ed25519 AAAA",
                        keyName: "simulated"
                    )
                )
            )
        }
    }

    private static func calendar(
        _ plan: SimulationPlan,
        _ random: inout SeededGenerator
    ) -> SchoolCalendar {
        var recesses: [SchoolCalendar.Recess] = []
        let (end, start) = (random.below(21), random.below(21))
        for year in plan.start.year...plan.end.year + 1 {
            for (kind, name, first, last) in [
                (SchoolCalendar.Recess.Kind.summer, "Summer", (5, 23 + end), (8, 7 + start)),
                (.longBreak, "Winter", (12, 20), (12, 34)),
                (.longBreak, "Spring", (3, 9 + end / 3), (3, 15 + end / 3)),
            ] {
                guard let from = CivilDate(year: year, month: first.0, day: 1),
                    let to = CivilDate(year: year, month: last.0, day: 1)
                else { continue }
                recesses.append(
                    SchoolCalendar.Recess(
                        kind: kind,
                        name: name,
                        first: from.advanced(by: first.1 - 1),
                        last: to.advanced(by: last.1 - 1)
                    )
                )
            }
        }
        return SchoolCalendar(recesses: recesses)
    }

    private static func digits(_ number: Int, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
    }

    static func address(_ local: String, _ domain: String) -> EmailAddress {
        guard let address = try? EmailAddress(parsing: "\(local)@\(domain).example") else {
            preconditionFailure("a modelled address does not parse")
        }
        return address
    }
}
