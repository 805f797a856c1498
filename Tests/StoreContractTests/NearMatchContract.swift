import Casework
import RecordExchange
import RecordLocator
import SeededNumbers
import TestSupport
import Testing
import Vocabulary

@Suite("The worklist of people is counted and paged where it is stored")
struct NearMatchContract {
    private static let schools = [School.oak, .maple, .willow]
    private static let asked: [Set<StateCode>] = [
        [.texas], [.california], [.washington], [.texas, .washington], [],
    ]

    @Test(arguments: [UInt64(1), 2, 3, 4])
    func `both stores show the same lines after any changes, and a walk meets each once`(
        seed: UInt64
    ) async throws {
        let memory = try await Backend.memory.makeStore()
        let sqlite = try await Backend.sqlite.makeStore()
        for store in [memory, sqlite] { try await fill(store) }
        var random = SeededGenerator(seed: seed)
        var seen = 0
        for _ in 0..<40 {
            let change = Change(&random)
            for store in [memory, sqlite] { try await change.make(in: store) }
            for states in Self.asked {
                let expected = try await walk(memory, states)
                #expect(try await walk(sqlite, states) == expected, "\(change)")
                #expect(try await walkBack(sqlite, states) == expected, "\(change)")
                for store in [memory, sqlite] {
                    let count = try await store.read { try $0.nearMatchCount(seenFrom: states) }
                    #expect(count == expected.count, "\(change)")
                }
                seen += expected.count
            }
        }
        #expect(seen > 200)
    }

    @Test(arguments: Backend.allCases)
    func `a line is seen from the states of both, and from nowhere once one is protected`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        try await store.write { session in
            try session.save(Self.schools)
            try session.save(Person.sample(1))
            try session.save(Person.sample(2))
            try session.save([.at(.oak, 1, of: 1), .at(.maple, 2, of: 2)])
            try session.save(NearMatch.sample(1))
        }
        for state in [StateCode.texas, .california] {
            #expect(try await store.read { try $0.nearMatchCount(seenFrom: [state]) } == 1)
        }
        #expect(try await store.read { try $0.nearMatchCount(seenFrom: [.washington]) } == 0)
        let both = try await store.read { session in
            try session.nearMatchCount(seenFrom: [.texas, .california])
        }
        #expect(both == 1)

        try await store.write { session in
            var entry = LocatorEntry.at(.maple, 2, of: 2)
            entry.isProtected = true
            try session.save([entry])
        }
        for state in [StateCode.texas, .california] {
            #expect(try await store.read { try $0.nearMatchCount(seenFrom: [state]) } == 0)
        }
    }

    private func fill(_ store: ContractStore) async throws {
        try await store.write { session in
            try session.save(Self.schools)
            for number in 1...8 { try session.save(Person.sample(number)) }
            for number in 1...16 {
                let school = Self.schools[number % 3]
                try session.save([.at(school, number, of: 1 + number % 8)])
            }
            var number = 0
            for one in 1...8 {
                for other in 1..<one {
                    number += 1
                    try session.save(
                        NearMatch(
                            id: .numbered(number),
                            .numbered(one),
                            .numbered(other),
                            reasons: [],
                            // Some found in the same moment.
                            foundAt: .noon("2026-05-02", plusSeconds: Int64(number / 3))
                        )
                    )
                }
            }
        }
    }

    private func walk(
        _ store: ContractStore,
        _ states: Set<StateCode>
    ) async throws -> [NearMatch] {
        var found: [NearMatch] = []
        var start = PageStart.top
        while true {
            let page = try await store.read { [start] session in
                try session.nearMatches(seenFrom: states, start: start, limit: 3)
            }
            found += page.items
            guard let after = page.after else { return found }
            start = .after(after)
        }
    }

    private func walkBack(
        _ store: ContractStore,
        _ states: Set<StateCode>
    ) async throws -> [NearMatch] {
        var found: [NearMatch] = []
        let last = ListPosition(.max, id: String(repeating: "z", count: 26))
        var start = PageStart.before(last)
        while true {
            let page = try await store.read { [start] session in
                try session.nearMatches(seenFrom: states, start: start, limit: 3)
            }
            found = page.items + found
            guard let before = page.before else { return found }
            start = .before(before)
        }
    }
}

/// Something that happens to people, entries and lines.
private enum Change: Sendable {
    case protect(Int, Bool), move(Int, Int), withdraw(Int), settle(Int)
    case merge(Int, Int), part(Int)

    init(_ random: inout SeededGenerator) {
        let one = 1 + Int(random.next() % 16)
        let person = 1 + Int(random.next() % 8)
        switch random.next() % 12 {
        case 0...3: self = .protect(one, random.next() % 3 == 0)
        case 4...6: self = .move(one, person)
        case 7: self = .withdraw(one)
        case 8: self = .settle(1 + Int(random.next() % 28))
        case 9: self = .part(person)
        default: self = .merge(person, 1 + Int(random.next() % 8))
        }
    }

    func make(in store: ContractStore) async throws {
        try await store.write { session in
            switch self {
            case .protect(let number, let isProtected):
                guard var entry = try session.locatorEntry(.numbered(number)) else { return }
                entry.isProtected = isProtected
                try session.save([entry])
            case .move(let number, let person):
                guard var entry = try session.locatorEntry(.numbered(number)) else { return }
                entry.person = .numbered(person)
                try session.save([entry])
            case .withdraw(let number):
                try session.withdrawEntry(.numbered(number))
            case .settle(let number):
                guard var match = try session.nearMatch(.numbered(number)) else { return }
                match.status = match.status == .open ? .apart : .open
                try session.save(match)
            case .merge(let one, let other):
                guard var loser = try session.person(.numbered(max(one, other))), one != other
                else { return }
                // Always into a lower one, so that there is no ring.
                loser.mergedInto = .numbered(min(one, other))
                try session.save(loser)
            case .part(let number):
                guard var person = try session.person(.numbered(number)) else { return }
                person.mergedInto = nil
                try session.save(person)
            }
        }
    }
}

extension LocatorEntry {
    fileprivate static func at(_ school: School, _ number: Int, of person: Int) -> Self {
        var entry = Self.sample(number, school: school)
        entry.person = .numbered(person)
        return entry
    }
}
