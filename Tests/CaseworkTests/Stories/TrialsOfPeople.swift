import Casework
import RecordLocator
import TestSupport
import Vocabulary

extension Trial {
    /// Who may decide who is who: the contact of the state whose school holds the entries.
    static let overPeople: [Self] =
        lists + [
            Self(name: "personID", permitted: [Cast.california], prepare: two) { desk, _, actor in
                _ = try await desk.personID(numbered: StudentRecordNumber(bits: 1), by: actor)
            },
            Self(name: "person", permitted: [Cast.california], prepare: two) { desk, _, actor in
                _ = try await desk.person(.numbered(1), for: .upkeep, by: actor)
            },
            Self(name: "cardNumber of a person", permitted: [Cast.california], prepare: two) {
                desk,
                _,
                actor in
                _ = try await desk.cardNumber(of: .numbered(1), for: .upkeep, by: actor)
            },
            Self(name: "nearMatch", permitted: [Cast.california], prepare: two) { desk, _, actor in
                _ = try await desk.nearMatch(.numbered(1), for: .upkeep, by: actor)
            },
            Self(name: "personProposal", permitted: [Cast.california], prepare: proposed) {
                desk,
                _,
                actor in
                _ = try await desk.personProposal(.numbered(1), for: .upkeep, by: actor)
            },
            Self(name: "proposeMerge", permitted: [Cast.california], prepare: two) {
                desk,
                _,
                actor in
                try await desk.proposeMerge(
                    .numbered(1),
                    .numbered(2),
                    note: "same mother",
                    by: actor
                )
            },
            Self(name: "proposeSplit", permitted: [Cast.california], prepare: two) {
                desk,
                _,
                actor in
                try await desk.proposeSplit(
                    .numbered(1),
                    entries: [.numbered(3)],
                    note: "same mother",
                    by: actor
                )
            },
            Self(name: "proposeUndo", permitted: [Cast.california], prepare: decided) {
                desk,
                _,
                actor in
                try await desk.proposeUndo(of: .numbered(1), note: "same mother", by: actor)
            },
            Self(name: "approve", permitted: [Cast.california], prepare: proposed) {
                desk,
                _,
                actor in
                try await desk.approve(.numbered(1), by: actor)
            },
            Self(name: "reject", permitted: [Cast.california], prepare: proposed) {
                desk,
                _,
                actor in
                try await desk.reject(.numbered(1), note: "same mother", by: actor)
            },
            Self(name: "keepAsOne", permitted: [Cast.california], prepare: doubtful) {
                desk,
                _,
                actor in
                try await desk.keepAsOne(.numbered(1), by: actor)
            },
            Self(name: "markApart", permitted: [Cast.california], prepare: two) { desk, _, actor in
                try await desk.markApart(.numbered(1), by: actor)
            },
        ]

    private static let contacts = [Cast.texas, Cast.california, Cast.washington]
    private static let lists: [Self] = [
        Self(name: "personWorklist", permitted: contacts, prepare: two) { desk, _, actor in
            _ = try await desk.personWorklist(by: actor)
        },
        Self(name: "personDoubts", permitted: contacts, prepare: doubtful) { desk, _, actor in
            _ = try await desk.personDoubts(by: actor)
        },
        Self(name: "personProposals", permitted: contacts, prepare: two) { desk, _, actor in
            _ = try await desk.personProposals(open: true, by: actor)
        },
    ]

    /// Two people of the Maple School, one with two entries, who may be one.
    private static let two: @Sendable (World) async throws -> Subject = { world in
        try await world.store.write { session in
            try session.save(Person.sample(1))
            try session.save(Person.sample(2))
            try session.save(NearMatch.sample(1))
            for (number, person) in [(1, 1), (2, 2), (3, 1)] {
                var entry = LocatorEntry.sample(number)
                entry.person = .numbered(person)
                try session.save([entry])
            }
        }
        return Subject()
    }

    private static let doubtful: @Sendable (World) async throws -> Subject = { world in
        let subject = try await two(world)
        try await world.store.write { session in
            try session.save(PersonDoubt.sample(1))
            var other = LocatorEntry.sample(4, student: .sample(birthDate: "2004-04-04"))
            other.person = .numbered(1)
            try session.save([other])
        }
        return subject
    }

    private static let proposed: @Sendable (World) async throws -> Subject = { world in
        let subject = try await two(world)
        try await world.store.write { try $0.save(PersonProposal.sample(1)) }
        return subject
    }

    private static let decided: @Sendable (World) async throws -> Subject = { world in
        let subject = try await two(world)
        try await world.store.write { session in
            var proposal = PersonProposal.sample(1)
            proposal.status = .approved
            try session.save(proposal)
        }
        return subject
    }
}
