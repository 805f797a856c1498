package import RecordExchange
import Vocabulary

extension Desk {
    /// A report for somebody who may read it; who looked at which one stands in the audit log.
    package func report(
        _ scope: RequestReport.Scope,
        _ period: ReportPeriod,
        by actor: Actor
    ) async throws -> RequestReport {
        guard actor.reportScopes.contains(scope) else { throw CaseworkFailure.notAllowed }
        return try await report(scope, period, .staff(actor.id))
    }

    /// A report for whoever works at the machine itself.
    package func report(
        _ scope: RequestReport.Scope,
        _ period: ReportPeriod
    ) async throws -> RequestReport {
        try await report(scope, period, .operator)
    }

    private func report(
        _ scope: RequestReport.Scope,
        _ period: ReportPeriod,
        _ hand: CaseTransaction.Hand
    ) async throws -> RequestReport {
        // First and for itself: counting takes a while, and nobody who writes should wait for it.
        try await write { transaction in
            try transaction.audit(
                hand,
                "report.read",
                subject: scope.organization,
                detail: "from=\(period.first) to=\(period.last)"
            )
        }
        return try await read { try $0.report(scope, period) }
    }
}

extension CaseTransaction {
    fileprivate func report(
        _ scope: RequestReport.Scope,
        _ period: ReportPeriod
    ) throws -> RequestReport {
        var facts: [[ReportFact]] = []
        for owner in scope.owners {
            var side: [ReportFact] = []
            try session.forEachReportFact(ReportQuestion(owner, period)) { side.append($0) }
            facts.append(side)
        }
        // A school's number begins with its district's, unless the directory knows better.
        var schools: [SchoolID: School] = [:]
        if scope.namesSchools {
            for (kind, facts) in zip(scope.kinds, facts) {
                for id in Set(facts.compactMap(kind.school(of:))) where schools[id] == nil {
                    schools[id] = try session.school(id)
                }
            }
        }
        let districts = schools.mapValues(\.district)
        var count = ReportCount(scope) { districts[$0] ?? $0.ownDistrict }
        for (side, facts) in facts.enumerated() {
            for fact in facts { count.add(fact, toSide: side) }
        }
        return RequestReport(
            scope: scope,
            period: period,
            sides: count.sides,
            unreachable: try unreachable(scope),
            schoolNames: schools.mapValues(\.name),
            districtNames: Dictionary(
                schools.values.map { ($0.district, $0.districtName) },
                uniquingKeysWith: { first, _ in first }
            )
        )
    }

    private func unreachable(
        _ scope: RequestReport.Scope
    ) throws -> [RequestReport.Unreachable] {
        try session.bouncedContacts().compactMap { contact in
            guard contact.isListed, !contact.isUsable, let since = contact.bouncedOn else {
                return nil
            }
            let isOwn =
                switch scope {
                case .gateway: true
                case .school(let school): contact.organization == .school(school)
                case .state(let state): try self.state(of: contact.organization) == state
                }
            guard isOwn else { return nil }
            return RequestReport.Unreachable(
                organization: contact.organization,
                name: try name(of: contact.organization),
                role: contact.role,
                since: since
            )
        }
    }

    private func state(of organization: OrganizationID) throws -> StateCode? {
        switch organization {
        case .school(let id): try session.school(id)?.state
        case .district(let id): try session.district(id)?.state
        case .project(let code): try session.project(code)?.state
        case .state(let code): code
        case .custodian, .gateway: nil
        }
    }
}

extension RequestReport.Scope {
    /// What is asked of the store for each side, in order.
    fileprivate var owners: [ReportQuestion.Owner] {
        switch self {
        case .school(let school): [.askedBy(school), .heldBy(school)]
        case .state(let state): [.askedIn(state), .heldIn(state)]
        case .gateway: [.all]
        }
    }
}

extension SchoolID {
    fileprivate var ownDistrict: DistrictID {
        guard let district = DistrictID(description.prefix(7)) else {
            preconditionFailure("a school's number begins with seven digits")
        }
        return district
    }
}
