package import RecordExchange
import RecordLocator
package import StudentRecords
package import Vocabulary

/// Why somebody looks at what came for a student in earlier requests, beside what came for this one.
///
/// Asked before anything is shown, and written into the audit log and the disclosure record.
package enum EarlierPurpose: String, Hashable, Sendable, CaseIterable, Codable {
    /// Courses or a grade level are chosen.
    case placement
    /// Credits are counted toward graduation.
    case graduation
    /// Two answers disagree, or something is missing.
    case dispute
    /// The student moves on, and the next school asks.
    case onward
}

/// One request that certainly is for the same student, and why that is certain.
package struct EarlierRequest: Hashable, Sendable {
    /// What makes two requests one student's; a name never does.
    package enum Link: String, Hashable, Sendable, CaseIterable {
        /// The request that is looked at.
        case itself
        /// One asks again for what the other asked for, or took its late answer.
        case askedAgain
        /// Somebody, or the locator where it is certain, decided that they are one person.
        case samePerson
        /// The state's number, the birth date and all words of the name are the same.
        case sameStateNumber
    }

    package let request: RecordRequest
    package let link: Link
    /// Sealed answers that were not withdrawn, in the order they came.
    package let bundles: [RecordBundle]
}

/// What came for one student in all requests of one school.
package struct EarlierRecords: Hashable, Sendable {
    package let request: RecordRequest
    /// The request itself first, then the newest of the others.
    package let requests: [EarlierRequest]
    package let holderNames: [OrganizationID: String]
    /// How much the states of those that answered are expected to hold.
    package let phase: DataPhase
}

extension Desk {
    /// The most closed requests of a school among which others of the student are looked for.
    static let mostEarlier = 5_000

    /// What came for the student of a request in every request of the same school, for a stated
    /// purpose; the look is audited.
    ///
    /// Only for those who may read each of them anyway, and never across schools: nothing leaves
    /// that did not come to this school. Whoever then reads a record releases it as always.
    package func earlierRecords(
        of number: RequestNumber,
        for purpose: EarlierPurpose,
        by actor: Actor
    ) async throws -> EarlierRecords {
        try await write { transaction in
            let request = try transaction.request(number, readableBy: actor)
            let requests = try transaction.sameStudent(as: request)
            var names: [OrganizationID: String] = [:]
            var phases: [DataPhase] = []
            for found in requests where !found.bundles.isEmpty {
                for bundle in found.bundles where names[bundle.holder] == nil {
                    names[bundle.holder] = try transaction.name(of: bundle.holder)
                }
                phases.append(
                    try transaction.phase(
                        behind: found.bundles,
                        of: try transaction.session.inquiries(of: found.request.id)
                    )
                )
            }
            try transaction.audit(
                .staff(actor.id),
                "records.lookBack",
                subject: request.number,
                detail: "\(purpose.rawValue), \(requests.count) requests"
            )
            return EarlierRecords(
                request: request,
                requests: requests,
                holderNames: names,
                phase: phases.max() ?? .third
            )
        }
    }
}

extension CaseTransaction {
    /// The request and all others of its school that certainly are for the same student.
    fileprivate func sameStudent(as request: RecordRequest) throws -> [EarlierRequest] {
        var links: [RecordRequest.ID: EarlierRequest.Link] = [:]
        var found: [RecordRequest.ID: RecordRequest] = [:]
        func add(_ other: RecordRequest, _ link: EarlierRequest.Link) {
            // Never another school's, whatever points to it.
            guard other.requester == request.requester, other.id != request.id,
                links[other.id] == nil
            else { return }
            links[other.id] = link
            found[other.id] = other
        }
        for linked in try linked(to: request) { add(linked, .askedAgain) }
        let persons = try persons(of: request)
        for other in try requests(of: persons)
        where other.student.birthDate == request.student.birthDate {
            add(other, .samePerson)
        }
        for other in try sameStateNumber(as: request) {
            let others = try persons.isEmpty ? [] : self.persons(of: other)
            // Where somebody decided that they are two, no number joins them.
            if others.isEmpty || !persons.isDisjoint(with: others) { add(other, .sameStateNumber) }
        }
        let others = found.values.sorted { ($1.filedAt, $1.id) < ($0.filedAt, $0.id) }
        return try ([request] + others).map { one in
            EarlierRequest(
                request: one,
                link: links[one.id] ?? .itself,
                bundles: try session.bundles(of: one.id).filter {
                    $0.seal != nil && $0.withdrawnAt == nil
                }
            )
        }
    }

    /// Those it asks again for and those that ask again for it, however far.
    private func linked(to request: RecordRequest) throws -> [RecordRequest] {
        var seen: Set<RecordRequest.ID> = [request.id]
        var found: [RecordRequest] = []
        var waiting = [request]
        while let next = waiting.popLast() {
            var near = try next.reopens.flatMap { try session.request($0) }.map { [$0] } ?? []
            for event in try session.events(of: next.id) {
                switch event.kind {
                case .lateAnswer(let number), .reopened(let number), .mergedInto(let number),
                    .tookOver(let number):
                    if let later = try session.request(numbered: number) { near.append(later) }
                default: break
                }
            }
            for other in near where seen.insert(other.id).inserted {
                found.append(other)
                waiting.append(other)
            }
        }
        return found
    }

    /// The people of the pointers that a request left in the locator.
    private func persons(of request: RecordRequest) throws -> Set<PersonID> {
        let pointers =
            [LocatorEntry.ID(taughtBy: request.id)]
            + (try session.inquiries(of: request.id)).map {
                LocatorEntry.ID(taughtBy: $0.id)
            }
        return Set(
            try pointers.compactMap { pointer in
                try session.locatorEntry(pointer)?.person
                    .flatMap { try session.currentPerson($0)?.id }
            }
        )
    }

    /// The requests whose pointers belong to one of these people.
    private func requests(of persons: Set<PersonID>) throws -> [RecordRequest] {
        try persons.flatMap { try session.entries(of: $0) }.compactMap { entry in
            if let own = try session.request(RecordRequest.ID(rawValue: entry.id.rawValue)) {
                return own
            }
            return try session.inquiry(Inquiry.ID(rawValue: entry.id.rawValue))
                .flatMap { try session.request($0.request) }
        }
    }

    /// Requests with the same number of the state, birth date and words in the name, all three.
    private func sameStateNumber(as request: RecordRequest) throws -> [RecordRequest] {
        guard let number = request.student.stateStudentID, !number.isEmpty else { return [] }
        let key = StudentKey(request.student)
        return try [true, false].flatMap { isOpen in
            try session.requests(
                from: request.requester,
                open: isOpen,
                limit: Desk.mostEarlier
            )
        }.filter { $0.student.stateStudentID == number && StudentKey($0.student) == key }
    }
}
