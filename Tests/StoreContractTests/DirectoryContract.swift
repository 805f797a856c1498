import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("The directory on file")
struct DirectoryContract {
    @Test(arguments: Backend.allCases)
    func `schools come back one by one and all together`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        let full = School(
            id: known(SchoolID("480000100009")),
            name: "Álamo \"Old\" School",
            district: School.oak.district,
            districtName: "Mesquite Valley",
            city: "Pecan",
            state: .texas,
            lowGrade: .prekindergarten,
            highGrade: .adult,
            zip: "78501",
            phone: "(555)010-0101",
            custodian: .vault
        )
        try await store.write { try $0.save(School.trees + [full]) }

        let (one, all, count, none) = try await store.read { session in
            (
                try session.school(full.id), try session.allSchools(),
                try session.schoolCount(), try session.school(known(SchoolID("999999999999")))
            )
        }

        #expect(one == full)
        #expect(Set(all) == Set(School.trees + [full]))
        #expect(count == 5)
        #expect(none == nil)
    }

    @Test(arguments: Backend.allCases)
    func `an imported school replaces the one with its number`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        var closed = School.oak
        closed.custodian = .vault

        try await store.write { try $0.save([School.oak]) }
        try await store.write { [closed] in try $0.save([closed]) }

        #expect(try await store.read { try $0.school(School.oak.id) } == closed)
        #expect(try await store.read { try $0.schoolCount() } == 1)
    }

    @Test(arguments: Backend.allCases)
    func `districts and states come back`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        let district = District.of(.maple)
        try await store.write { session in
            try session.save([district, .of(.oak)])
            try session.save(StateEntry.trees)
        }

        let (found, state, none) = try await store.read { session in
            (
                try session.district(district.id), try session.state(.texas),
                try session.state(known(StateCode("GU")))
            )
        }

        #expect(found == district)
        #expect(state == StateEntry.trees[0])
        #expect(none == nil)
    }

    @Test(arguments: Backend.allCases)
    func `a project is found by its code and by every district it serves`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let before = project("valley", serves: [.oak, .willow, .maple])
        let after = project("valley", serves: [.maple, .oak])
        let other = project("coast", serves: [.maple])
        try await store.write { session in
            for project in [before, other, after] { try session.save(project) }
        }

        let (one, maple, willow) = try await store.read { session in
            (
                try session.project("valley"),
                try session.projects(serving: School.maple.district),
                try session.projects(serving: School.willow.district)
            )
        }

        #expect(one == after)
        #expect(maple == [other, after])
        #expect(willow.isEmpty)
    }

    @Test(arguments: Backend.allCases)
    func `contacts come in the order in which people would ask`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        let maple = School.maple.organization
        let contacts = [
            Contact.sample(1, of: maple, role: .summer),
            Contact.sample(4, of: maple, role: .backup),
            Contact.sample(3, of: maple, role: .recordsOffice),
            Contact.sample(2, of: maple, role: .recordsOffice),
            Contact.sample(5, of: .state(.california), role: .stateContact),
        ]
        try await store.write { session in
            for contact in contacts { try session.save(contact) }
        }
        var changed = contacts[1]
        changed.bouncedOn = .on("2026-05-19")
        changed.email = .of("new", at: "maple")
        changed.term = Contact.Term(first: .on("2026-06-15"), last: .on("2026-07-10"))
        try await store.write { [changed] in try $0.save(changed) }

        let (found, one, none) = try await store.read { session in
            (
                try session.contacts(of: maple), try session.contact(.numbered(5)),
                try session.contacts(of: School.oak.organization)
            )
        }

        #expect(found == [contacts[3], contacts[2], changed, contacts[0]])
        #expect(one == contacts[4])
        #expect(none.isEmpty)
    }

    @Test(arguments: Backend.allCases)
    func `calendars, channels and policies belong to one organisation each`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let channel = Channel(
            organization: School.oak.organization,
            certificatePEM: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            sftp: SFTPDestination(
                host: "sftp.oak.example",
                port: 22,
                user: "mochila",
                folder: "/in",
                hostKey: "ssh-ed25519 AAAA",
                keyName: "oak",
                reachesPrivate: true
            )
        )
        var policy = Ladder.Policy.standard
        policy.stateAfter = 7
        policy.citation = "Sample Code 1.2"
        try await store.write { [policy] session in
            try session.save(SchoolCalendar(recesses: []), of: .state(.texas))
            try session.save(SchoolCalendar.ordinary, of: .state(.texas))
            try session.save(channel)
            try session.save(policy, of: .texas)
        }

        let found = try await store.read { session in
            (
                try session.calendar(of: .state(.texas)),
                try session.calendar(of: School.oak.organization),
                try session.channel(of: School.oak.organization),
                try session.channel(of: .state(.texas)),
                try session.policy(of: .texas)
            )
        }

        #expect(found.0 == .ordinary)
        #expect(found.1 == nil)
        #expect(found.2 == channel)
        #expect(found.3 == nil)
        #expect(found.4 == policy)
        #expect(try await store.read { try $0.policy(of: .california) } == nil)
    }

    @Test(arguments: Backend.allCases)
    func `a channel goes by HTTPS from when that is said`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        let web = HTTPSDestination(
            url: "https://drop.oak.example/in",
            reachesPrivate: true,
            authorityPEM: "PEM"
        )
        let oak = School.oak.organization
        for push in [nil, PushDestination.https(web), nil] {
            try await store.write { session in
                try session.save(Channel(organization: oak, certificatePEM: "PEM", push: push))
            }
            let found = try await store.read { try $0.channel(of: oak) }
            #expect(found?.push == push)
            #expect(found?.certificatePEM == "PEM")
        }
    }

    @Test(arguments: Backend.allCases)
    func `a state's rule comes back as it was entered`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        let rule = StateRule(
            phase: .second,
            acceptance: StateRule.Acceptance(
                certifier: "The principal",
                electronic: [.enrollment],
                handCarried: [.enrollment, .placement],
                note: "Sealed envelope",
                citation: "Sample Code 1.2",
                isVerified: true,
                isMadeUp: true
            ),
            limits: [
                StatutoryLimit(
                    days: 10,
                    unit: .schoolDay,
                    start: .enrolled,
                    scope: .otherStates,
                    countsSummer: true,
                    citation: "Sample Code 3",
                    isVerified: true
                )
            ]
        )
        try await store.write { session in
            try session.save(StateRule.unknown, of: .texas)
            try session.save(rule, of: .texas)
            try session.save(StateRule(phase: .first), of: .washington)
        }

        let found = try await store.read { session in
            try [StateCode.texas, .washington, .california].map { try session.stateRule(of: $0) }
        }

        #expect(found == [rule, StateRule(phase: .first), nil])
    }

    @Test(arguments: Backend.allCases)
    func `a legend is kept by whose it is, replaced and taken away`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let school = OrganizationID.school(School.oak.id)
        let district = OrganizationID.district(School.oak.district)
        let first = try TranscriptLegend("A 90-100\r\n\nÑ \"official\" with the seal")
        let second = try TranscriptLegend("B 80-89")
        try await store.write { session in
            try session.save(second, of: school)
            try session.save(first, of: school)
            try session.save(second, of: district)
        }
        let kept = try await store.read { session in
            try [session.legend(of: school), session.legend(of: district)]
        }
        #expect(kept == [first, second])
        #expect(first.text == "A 90-100 · Ñ \"official\" with the seal")

        try await store.write { try $0.save(nil, of: school) }
        let left = try await store.read { session in
            try [session.legend(of: school), session.legend(of: district)]
        }
        #expect(left == [nil, second])
    }

    private func project(_ code: String, serves schools: [School]) -> MigrantEducationProject {
        MigrantEducationProject(
            code: code,
            name: "Project \(code)",
            state: .california,
            serves: schools.map(\.district),
            phone: nil
        )
    }
}
