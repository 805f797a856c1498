package import RecordExchange
import Vocabulary

extension Desk {
    /// What a school or a district entered for its own transcripts, for who keeps it.
    package func legend(
        of organization: OrganizationID,
        by actor: Actor
    ) async throws -> TranscriptLegend? {
        try await read { transaction in
            try transaction.checkLegendKeeper(actor, of: organization)
            return try transaction.session.legend(of: organization)
        }
    }

    /// Replaces it, or takes it away; what was sent keeps the legend of its day.
    package func keepLegend(
        _ legend: TranscriptLegend?,
        of organization: OrganizationID,
        by actor: Actor
    ) async throws {
        try await write { transaction in
            try transaction.checkLegendKeeper(actor, of: organization)
            guard try transaction.session.legend(of: organization) != legend else { return }
            try transaction.session.save(legend, of: organization)
            try transaction.audit(
                .staff(actor.id),
                "legend.keep",
                subject: organization,
                detail: legend.map { "bytes=\($0.text.utf8.count)" } ?? "none"
            )
        }
    }
}

extension CaseTransaction {
    /// What stands on the transcripts of a school: its own legend, else its district's.
    func legend(for school: SchoolID) throws -> TranscriptLegend? {
        if let own = try session.legend(of: .school(school)) { return own }
        return try session.school(school).flatMap { school in
            try session.legend(of: .district(school.district))
        }
    }

    /// Only schools and districts have transcripts.
    fileprivate func checkLegendKeeper(_ actor: Actor, of organization: OrganizationID) throws {
        switch organization {
        case .school, .district: break
        case .state, .project, .custodian, .gateway: throw CaseworkFailure.notFound
        }
        guard try mayKeep(organization, by: actor) else { throw CaseworkFailure.notAllowed }
    }
}
