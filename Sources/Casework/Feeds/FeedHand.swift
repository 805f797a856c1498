package import RecordExchange
import Vocabulary

/// Who hands a feed in: somebody signed in, a partner's system, or the operator at the machine.
package enum FeedHand: Hashable, Sendable {
    case staff(Actor)
    case partner(Partner)
    case `operator`

    /// Whether this hand may upload what `system` reports.
    func mayUpload(_ system: SourceSystem) -> Bool {
        switch self {
        case .operator: true
        case .staff(let actor): actor.keeps(system.owner)
        case .partner(let partner): partner.mayFeed(system)
        }
    }

    /// Whether this hand may say how a system of `owner` is read.
    func mayRegister(for owner: OrganizationID) -> Bool {
        switch self {
        case .operator: true
        case .staff(let actor): actor.holds([.administrator], at: .gateway) || actor.keeps(owner)
        case .partner: false
        }
    }

    var hand: CaseTransaction.Hand {
        switch self {
        case .operator: .operator
        case .staff(let actor): .staff(actor.id)
        case .partner(let partner): .partner(partner.id)
        }
    }
}

extension Actor {
    fileprivate func keeps(_ owner: OrganizationID) -> Bool {
        holds([.stateContact, .district, .administrator], at: owner)
    }
}

extension Partner {
    /// Whether its account may drop extracts of a system: somebody said so by name, and the system
    /// is its own organisation's.
    package func mayFeed(_ system: SourceSystem) -> Bool {
        isActive && feedSystems.contains(system.name) && organization == system.owner
    }
}
