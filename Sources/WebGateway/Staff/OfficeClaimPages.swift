import Casework
import Hummingbird
import RecordExchange
import Rendering
import Vocabulary

/// Mailboxes that claim an office, for whoever decides.
extension StaffRoom {
    func claimRows(_ visit: StaffVisit) async throws -> [ClaimRow] {
        guard visit.actor.memberships.contains(where: { $0.role.decidesOnClaims }) else {
            return []
        }
        return try await desk.officeClaims(by: visit.actor).map { claim in
            let organization = claim.contact.organization.description
            return ClaimRow(
                id: claim.contact.id.description,
                path: StaffRoute.organization.path(organization).description,
                school: claim.school.name,
                schoolPhone: claim.school.phone ?? "",
                name: claim.contact.name,
                title: claim.contact.title,
                email: claim.contact.email.description,
                phone: claim.contact.phone ?? "",
                isAtKnownDomain: claim.isAtKnownDomain,
                contacts: claim.contacts
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
