package import Vocabulary

/// Who can ask, hold, relay or watch: the organisations of the directory.
///
/// Every account, contact, inquiry and scope names one of these, so that a school can never be
/// taken for a district with the same digits.
package enum OrganizationID: Hashable, Sendable {
    case school(SchoolID)
    case district(DistrictID)
    /// A migrant education project, by the short code its state gave it.
    case project(String)
    /// The office that keeps the records of closed schools, by its short code.
    case custodian(String)
    /// A state's education agency: its state contacts belong to it.
    case state(StateCode)
    /// The operator of this gateway: administrators and auditors belong to it.
    case gateway
}

extension OrganizationID: LosslessStringConvertible, Codable {
    /// `school:480000101145`, `district:4800001`, `project:tx-valley`, `state:TX`, `gateway`.
    package var description: String {
        switch self {
        case .school(let school): "school:\(school)"
        case .district(let district): "district:\(district)"
        case .project(let code): "project:\(code)"
        case .custodian(let code): "custodian:\(code)"
        case .state(let state): "state:\(state)"
        case .gateway: "gateway"
        }
    }

    package init?(_ description: String) {
        if description == "gateway" {
            self = .gateway
            return
        }
        let fields = description.split(
            separator: ":",
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        guard fields.count == 2 else { return nil }
        let parsed: Self? =
            switch fields[0] {
            case "school": SchoolID(fields[1]).map(Self.school)
            case "district": DistrictID(fields[1]).map(Self.district)
            case "state": StateCode(fields[1]).map(Self.state)
            case "project" where Self.isCode(fields[1]): .project(String(fields[1]))
            case "custodian" where Self.isCode(fields[1]): .custodian(String(fields[1]))
            default: nil
            }
        guard let parsed else { return nil }
        self = parsed
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let organization = Self(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "not an organisation: \(text)"
            )
        }
        self = organization
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    private static func isCode(_ text: Substring) -> Bool {
        (1...40).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (97...122).contains(byte) || byte == 45
            }
    }
}
