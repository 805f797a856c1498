package import RecordExchange
import StudentRecords
package import Vocabulary

/// What a receiving school says of the credits of one answer.
package struct OutcomeDraft: Hashable, Sendable {
    package let enrolledOn: CivilDate?
    package let placedOn: CivilDate?
    package let lines: [CreditLine]

    package init(enrolledOn: CivilDate?, placedOn: CivilDate?, lines: [CreditLine]) {
        self.enrolledOn = enrolledOn
        self.placedOn = placedOn
        self.lines = lines
    }

    /// The most lines of one statement.
    package static let mostLines = 10_000
    /// Longest title or reason, in bytes.
    package static let longestText = 1_000
}

/// One statement, for the school that sent the record.
package struct SentOutcome: Hashable, Sendable {
    package let outcome: CreditOutcome
    package let number: RequestNumber
    package let inquiry: Inquiry.ID
    package let requester: School
}

extension Desk {
    /// Says what became of the credits of an answer.
    ///
    /// Also after the request ended, since a student is enrolled and placed later. Earlier
    /// statements stay; the same one again is none.
    package func recordOutcome(
        _ draft: OutcomeDraft,
        of id: RecordBundle.ID,
        in number: RequestNumber,
        by actor: Actor
    ) async throws {
        guard draft.lines.allSatisfy({ $0.fault == nil }) else {
            throw CaseworkFailure.reasonMissing
        }
        let texts = draft.lines.flatMap { [$0.title, $0.detail, $0.note] }
        guard draft.lines.count <= OutcomeDraft.mostLines,
            texts.allSatisfy({ $0.utf8.count <= OutcomeDraft.longestText })
        else { throw CaseworkFailure.tooLong }
        try await write { transaction in
            let (request, bundle) = try transaction.arrived(id, in: number, readableBy: actor)
            let today = transaction.today(in: request.requesterState)
            let days = [draft.enrolledOn, draft.placedOn].compactMap(\.self)
            let born = request.student.birthDate
            guard days.allSatisfy({ $0 >= born && $0 <= today }) else {
                throw CaseworkFailure.dateImpossible
            }
            let earlier = try transaction.session.outcomes(of: bundle.id)
            let isAgain = earlier.last?.says(
                enrolledOn: draft.enrolledOn,
                placedOn: draft.placedOn,
                lines: draft.lines
            )
            guard isAgain != true else { return }
            let outcome = CreditOutcome(
                id: transaction.secrets.makeIdentifier(),
                request: request.id,
                bundle: bundle.id,
                holder: bundle.holder,
                number: earlier.count + 1,
                at: transaction.now,
                person: actor.name,
                enrolledOn: draft.enrolledOn,
                placedOn: draft.placedOn,
                lines: draft.lines
            )
            try transaction.session.append(outcome)
            try transaction.tell(
                .creditsDecided(bundle: bundle.id),
                of: request.id,
                inquiry: bundle.inquiry,
                person: actor.name
            )
            try transaction.audit(
                .staff(actor.id),
                "outcome.record",
                subject: bundle.id,
                detail: "\(outcome.number): \(outcome.verdict?.rawValue ?? "undecided")"
            )
        }
    }

    /// Everything that was said of the credits of an answer, oldest first.
    package func creditOutcomes(
        of id: RecordBundle.ID,
        in number: RequestNumber,
        by actor: Actor
    ) async throws -> [CreditOutcome] {
        try await read { transaction in
            let (_, bundle) = try transaction.arrived(id, in: number, readableBy: actor)
            return try transaction.session.outcomes(of: bundle.id)
        }
    }

    /// What other schools said last of the records that the person's organisations sent, newest
    /// first.
    package func sentOutcomes(by actor: Actor, limit: Int = 20) async throws -> [SentOutcome] {
        let organizations = actor.organizations(as: StaffRole.answerers)
        guard !organizations.isEmpty else { throw CaseworkFailure.notAllowed }
        return try await read { transaction in
            let newest = try organizations.flatMap { organization in
                try transaction.session.outcomes(about: organization, limit: limit)
            }.sorted { ($1.at, $1.number) < ($0.at, $0.number) }
            var seen: Set<RecordBundle.ID> = []
            return try newest.filter { seen.insert($0.bundle).inserted }.prefix(limit)
                .compactMap { outcome in
                    guard let bundle = try transaction.session.bundle(outcome.bundle) else {
                        return nil
                    }
                    let request = try transaction.request(outcome.request)
                    return SentOutcome(
                        outcome: outcome,
                        number: request.number,
                        inquiry: bundle.inquiry,
                        requester: try transaction.school(request.requester)
                    )
                }
        }
    }
}

extension CaseTransaction {
    /// The latest statement about each of these answers, in their order.
    func latestOutcomes(of bundles: [RecordBundle]) throws -> [CreditOutcome] {
        try bundles.compactMap { try session.outcomes(of: $0.id).last }
    }
}
