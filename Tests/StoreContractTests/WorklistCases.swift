import Casework
import RecordExchange
import SeededNumbers
import StudentRecords
import TestSupport
import Vocabulary

/// A store full of cases for the worklist's contract.
extension WorklistContract {
    /// Schools of California that are asked: two of one district, and one of another.
    static let holders = [
        School.maple, neighbour("060000200009", of: .maple), neighbour("060000100001", of: .maple),
    ]

    static func filled(_ backend: Backend, seed: UInt64) async throws -> ContractStore {
        let store = try await backend.makeStore()
        try await store.write { session in
            try session.save(School.trees + holders.dropFirst())
            try session.save(Contact.sample(1, of: School.maple.organization))
            for person in 1...2 { try session.save(StaffAccount.sample(person)) }
        }
        var random = SeededGenerator(seed: seed)
        let grades: [Grade?] = [.third, .seventh, .eleventh, .adult, nil]
        for number in 1...90 {
            let draw = random.next()
            let school: School = draw % 5 == 0 ? .willow : .oak
            let urgent = draw / 8 % 3 == 0
            let hour = Int64(draw / 64 % 9)
            let kind = draw / 1_024 % 12
            let step: Ladder.Step? = [nil, .tellDistrict, .tellState, .cap][Int(draw / 99_991 % 4)]
            try await store.write { session in
                let request = RecordRequest.filed(
                    number,
                    from: school,
                    student: .sample(
                        birthDate: "2011-03-\(10 + number % 9)",
                        grade: grades[number % grades.count]
                    ),
                    at: .noon("2026-05-18", plusSeconds: hour * 3_600)
                )
                try session.save(urgent ? request.urgent : request)
                for state in [StateCode.california, .texas] where number % 3 > 0 {
                    try session.save(
                        Assignment(
                            request: request.id,
                            state: state,
                            staff: .numbered(state == .texas ? 1 : number % 3),
                            since: .noon("2026-05-18")
                        )
                    )
                }
                guard kind > 0 else { return }
                // A number of its own, as every identifier has.
                let asked = Inquiry.asked(
                    number + 1_000,
                    of: request,
                    at: holders[number % holders.count],
                    on: .noon("2026-05-19", plusSeconds: hour * 600),
                    level: step
                )
                var inquiry =
                    switch kind {
                    case 1: asked.after(.open)
                    case 2: asked.after(.open, .ask)
                    case 3: asked.after(.open, .promise)
                    case 4: asked.after(.open, .refuse)
                    case 5: asked.after(.open, .sendAll)
                    case 6: asked.after(.timeOut)
                    default: asked
                    }
                if number % 3 > 0 {
                    inquiry.lawfulUntil = .on("2026-06-0\(1 + number % 7)")
                }
                try session.save(inquiry)
                if kind > 9 {
                    // A second school beside it, which says nothing.
                    try session.save(
                        Inquiry.asked(
                            number + 2_000,
                            of: request,
                            sequence: 2,
                            at: holders[(number + 1) % holders.count],
                            on: .noon("2026-05-19", plusSeconds: hour * 900)
                        )
                    )
                }
                if inquiry.isLive, kind != 7 {
                    try session.setTimer(
                        inquiry.id,
                        due: .noon("2026-05-25", plusSeconds: Int64(kind) * 60)
                    )
                }
                if kind == 8 || kind == 9 {
                    try session.save((urgent ? request.urgent : request).concluded())
                }
            }
        }
        return store
    }

    private static func neighbour(_ id: String, of school: School) -> School {
        School(
            id: known(SchoolID(id), id),
            name: "School \(id)",
            district: known(DistrictID(id.prefix(7)), id),
            districtName: "District \(id.prefix(7))",
            city: school.city,
            state: school.state
        )
    }
}

extension RecordRequest {
    /// The same with a ground to be answered first.
    fileprivate var urgent: Self {
        Self(
            id: id,
            number: number,
            requester: requester,
            requesterState: requesterState,
            filedBy: filedBy,
            student: student,
            uses: uses,
            parts: parts,
            urgentGrounds: [.immunizationHold],
            filedAt: filedAt,
            filedOn: filedOn
        )
    }
}
