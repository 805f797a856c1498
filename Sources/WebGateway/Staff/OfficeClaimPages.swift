import Casework
import Hummingbird
import RecordExchange
import Rendering
import Vocabulary

/// Mailboxes that claim an office, for whoever decides.
extension StaffRoom {
    /// One group a school, in the order of the list.
    func claimedOffices(_ visit: StaffVisit) async throws -> [ClaimedOffice] {
        guard visit.actor.memberships.contains(where: { $0.role.decidesOnClaims }) else {
            return []
        }
        let claims = try await desk.officeClaims(by: visit.actor)
        var order: [School] = []
        var bySchool: [SchoolID: [OfficeClaim]] = [:]
        for claim in claims {
            if bySchool[claim.school.id] == nil { order.append(claim.school) }
            bySchool[claim.school.id, default: []].append(claim)
        }
        return order.map { school in
            let claims = bySchool[school.id] ?? []
            let organization = OrganizationID.school(school.id).description
            return ClaimedOffice(
                path: StaffRoute.organization.path(organization).description,
                school: school.name,
                schoolPhone: school.phone ?? "",
                contacts: claims.first?.contacts ?? 0,
                claims: claims.map { ClaimRow($0.contact, isAtKnownDomain: $0.isAtKnownDomain) },
                more: (claims.first?.waiting ?? 0) - claims.count
            )
        }
    }

    func approveClaim(_ visit: StaffVisit) async throws -> Response {
        try await desk.approveClaim(try claimID(visit), by: visit.actor)
        return seeOther(.contacts, done: .claimApproved)
    }

    func declineClaim(_ visit: StaffVisit) async throws -> Response {
        try await desk.declineClaim(try claimID(visit), by: visit.actor)
        return seeOther(.contacts, done: .claimDeclined)
    }

    private func claimID(_ visit: StaffVisit) throws -> Contact.ID {
        guard let id = Contact.ID(visit.visit.form["id"] ?? "") else {
            throw GatewayFailure.notFound
        }
        return id
    }
}

extension StaffRole {
    fileprivate var decidesOnClaims: Bool { self == .district || self == .stateContact }
}

extension ClaimRow {
    fileprivate init(_ contact: Contact, isAtKnownDomain: Bool) {
        self.init(
            id: contact.id.description,
            name: contact.name,
            title: contact.title,
            email: contact.email.description,
            phone: contact.phone ?? "",
            isAtKnownDomain: isAtKnownDomain
        )
    }
}
