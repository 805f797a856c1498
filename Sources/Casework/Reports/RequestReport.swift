package import RecordExchange
package import Vocabulary

/// How long records took and where requests stop, for one school, one state or the whole gateway.
///
/// Whatever would be about fewer than five students is not in it: page, chart and files show what
/// is here, so none of them can tell more than another.
package struct RequestReport: Hashable, Sendable {
    /// Whose requests are counted.
    package enum Scope: Hashable, Sendable {
        case school(SchoolID)
        case state(StateCode)
        /// Everything, without schools and districts.
        case gateway

        package var organization: OrganizationID {
            switch self {
            case .school(let school): .school(school)
            case .state(let state): .state(state)
            case .gateway: .gateway
            }
        }
    }

    /// From where to where a record travels.
    package struct Route: Hashable, Sendable, Comparable {
        /// `nil` where no school was found.
        package let from: StateCode?
        package let to: StateCode

        package init(from: StateCode?, to: StateCode) {
            self.from = from
            self.to = to
        }

        package static func < (lhs: Self, rhs: Self) -> Bool {
            (lhs.from?.description ?? "~", lhs.to) < (rhs.from?.description ?? "~", rhs.to)
        }
    }

    /// Whether the asked school was open on the day it was asked.
    package enum Session: String, Hashable, Sendable, CaseIterable {
        case inSession, closed, nobodyAsked
    }

    /// A figure of a breakdown.
    package struct Row<Key: Hashable & Sendable>: Hashable, Sendable {
        package let key: Key
        package let figures: Percentiles
    }

    /// What is counted, taken apart by one thing.
    package struct Breakdown<Key: Hashable & Sendable>: Hashable, Sendable {
        package let rows: [Row<Key>]
        /// Keys whose figures are held back, so that nothing is about fewer than five students.
        package let heldBack: [Key]

        package subscript(key: Key) -> Percentiles? { rows.first { $0.key == key }?.figures }
    }

    /// What an answer costs.
    package struct Effort: Hashable, Sendable {
        /// Answers by a link, of which the minutes are known.
        package let answers: Int
        package let minutes: Int
        package let fields: Int
    }

    /// Requests seen from one side.
    package struct Side: Hashable, Sendable {
        /// Which side.
        package enum Kind: String, Hashable, Sendable, CaseIterable {
            /// Its schools ask.
            case asking
            /// Its schools are asked.
            case answering
            /// The whole gateway.
            case all
        }

        package let kind: Kind
        /// Nothing was asked in this period.
        package let isEmpty: Bool
        /// `nil` where there is nothing, or where it is about fewer than five students; then
        /// everything below is empty.
        package let figures: Percentiles?
        /// Requests that were taken back; not counted in anything else.
        package let takenBack: Int?
        package let shares: [ShareWithin]
        package let schools: Breakdown<SchoolID>
        package let districts: Breakdown<DistrictID>
        package let routes: Breakdown<Route>
        package let sessions: Breakdown<Session>
        package let stops: Breakdown<ReportStop>
        package let levels: Breakdown<ClockLevel>
        /// Why schools sent nothing; counts inquiries.
        package let reasons: Breakdown<ReasonCode>
        package let effort: Effort?
    }

    /// An office to which no mail arrives.
    package struct Unreachable: Hashable, Sendable {
        package let organization: OrganizationID
        package let name: String
        package let role: Contact.Role
        package let since: CivilDate
    }

    package let scope: Scope
    package let period: ReportPeriod
    package let sides: [Side]
    /// Today, whatever the period.
    package let unreachable: [Unreachable]
    package let schoolNames: [SchoolID: String]
    package let districtNames: [DistrictID: String]
}

extension Actor {
    /// Whose reports this person may read, in the order of the memberships.
    package var reportScopes: [RequestReport.Scope] {
        let scopes = memberships.compactMap { membership -> RequestReport.Scope? in
            switch (membership.role, membership.organization) {
            case (.stateContact, .state(let state)): .state(state)
            case (.administrator, .gateway): .gateway
            case (.registrar, .school(let school)), (.counselor, .school(let school)),
                (.recordsClerk, .school(let school)):
                .school(school)
            default: nil
            }
        }
        return scopes.enumerated().filter { scopes.firstIndex(of: $1) == $0 }.map(\.element)
    }
}
