import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Mailboxes that claim an office are found until somebody decided")
struct ClaimContract {
    private static func claimed(
        _ number: Int,
        of organization: OrganizationID = School.maple.organization,
        in state: StateCode = .california,
        isConfirmed: Bool
    ) -> Contact {
        var contact = Contact.sample(number, of: organization)
        contact.endedOn = .on("2026-05-18")
        contact.claim = Contact.Claim(
            state: state,
            askedAt: .noon("2026-05-18"),
            confirmedOn: isConfirmed ? .on("2026-05-19") : nil
        )
        return contact
    }

    @Test(arguments: Backend.allCases)
    func `each office has its own, and a state those whose owner typed the code`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let mapleAsked = Self.claimed(1, isConfirmed: false)
        let mapleWaits = Self.claimed(2, isConfirmed: true)
        let oakWaits = Self.claimed(
            3,
            of: School.oak.organization,
            in: .texas,
            isConfirmed: true
        )
        try await store.write { session in
            try session.save(School.trees)
            for contact in [mapleWaits, mapleAsked, oakWaits] { try session.save(contact) }
            try session.save(Contact.sample(4, of: School.maple.organization))
        }
        let (maple, willow, california, texas, listed) = try await store.read { session in
            (
                try session.claims(on: School.maple.organization),
                try session.claims(on: School.willow.organization),
                try session.confirmedClaims(in: .california, after: nil, limit: 10),
                try session.confirmedClaims(in: .texas, after: nil, limit: 10),
                try session.contacts(of: School.maple.organization)
            )
        }
        #expect(maple == [mapleAsked, mapleWaits])
        #expect(willow.isEmpty)
        #expect(california == [mapleWaits])
        #expect(texas == [oakWaits])
        // A claim is in no list.
        #expect(listed.map(\.id) == [.numbered(4)])
        #expect(
            try await store.read { session in
                try session.confirmedClaims(in: .texas, after: nil, limit: 0)
            }.isEmpty
        )
    }

    @Test(arguments: Backend.allCases)
    func `those of a state are read on from the last`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        let all = (1...5).map { Self.claimed($0, isConfirmed: true) }
        try await store.write { session in
            try session.save(School.trees)
            for contact in all.reversed() { try session.save(contact) }
        }
        let (first, second, none) = try await store.read { session in
            (
                try session.confirmedClaims(in: .california, after: nil, limit: 3),
                try session.confirmedClaims(in: .california, after: .numbered(3), limit: 3),
                try session.confirmedClaims(in: .california, after: .numbered(5), limit: 3)
            )
        }
        #expect(first == Array(all.prefix(3)))
        #expect(second == Array(all.suffix(2)))
        #expect(none.isEmpty)
    }

    @Test(arguments: Backend.allCases)
    func `what nobody confirmed is forgotten, and nothing else`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        let asked = Self.claimed(1, isConfirmed: false)
        let waits = Self.claimed(2, isConfirmed: true)
        let office = Contact.sample(3, of: School.maple.organization)
        try await store.write { session in
            try session.save(School.trees)
            for contact in [asked, waits, office] { try session.save(contact) }
        }
        let early = try await store.write { session in
            try session.forgetUnconfirmedClaims(askedBefore: .noon("2026-05-18"))
        }
        #expect(early == 0)
        let late = try await store.write { session in
            try session.forgetUnconfirmedClaims(askedBefore: .noon("2026-05-19"))
        }
        #expect(late == 1)
        let (gone, claims, listed) = try await store.read { session in
            (
                try session.contact(.numbered(1)) == nil,
                try session.claims(on: School.maple.organization),
                try session.contacts(of: School.maple.organization)
            )
        }
        #expect(gone)
        #expect(claims == [waits])
        #expect(listed == [office])
    }

    @Test(arguments: Backend.allCases)
    func `what was decided on is no claim any more`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        var contact = Self.claimed(1, isConfirmed: true)
        try await store.write { [contact] session in
            try session.save(School.trees)
            try session.save(contact)
        }
        contact.claim = nil
        try await store.write { [contact] in try $0.save(contact) }
        let left = try await store.read { session in
            try session.claims(on: School.maple.organization)
                + session.confirmedClaims(in: .california, after: nil, limit: 10)
        }
        #expect(left.isEmpty)
        #expect(try await store.read { try $0.contact(.numbered(1)) } == contact)
    }
}
