import RecordExchange
import Vocabulary

/// The directory's schools as a feed names them.
struct FeedSchools: Sendable {
    /// How a school was found, or why not.
    typealias Found = Result<SchoolID, Refusal>

    /// Why a row's school cannot be used.
    struct Refusal: Error, Sendable {
        let reason: RefusedRow.Reason
    }

    private let rule: FeedMapping.SchoolRule.Key
    private let digits: Int?
    private let numbers: [String: SchoolID]
    private let known: Set<SchoolID>
    /// Those of the source system's owner.
    private let own: Set<SchoolID>
    private let named: [String: [SchoolID]]
    private let states: [SchoolID: StateCode]

    init(of system: SourceSystem, among schools: [School]) {
        rule = system.mapping.school.by
        digits = system.mapping.school.digits
        numbers = system.schoolNumbers
        known = Set(schools.map(\.id))
        let owned = schools.filter { $0.belongs(to: system.owner) }
        own = Set(owned.map(\.id))
        states = Dictionary(owned.map { ($0.id, $0.state) }) { first, _ in first }
        var named: [String: [SchoolID]] = [:]
        if rule == .name {
            for school in owned {
                named[Self.key(school.name, ""), default: []].append(school.id)
                named[Self.key(school.name, school.city), default: []].append(school.id)
            }
        }
        self.named = named
    }

    func find(_ text: String, city: String) -> Found {
        switch rule {
        case .ncesID:
            guard let id = SchoolID(padded(text)), known.contains(id) else {
                return .failure(Refusal(reason: .schoolUnknown))
            }
            return owned(id)
        case .stateNumber:
            guard let id = numbers[text] ?? numbers[padded(text)], known.contains(id) else {
                return .failure(Refusal(reason: .schoolUnknown))
            }
            return owned(id)
        case .name:
            let found = named[Self.key(text, city)] ?? []
            guard let first = found.first else {
                return .failure(Refusal(reason: .schoolUnknown))
            }
            return found.count == 1
                ? .success(first) : .failure(Refusal(reason: .schoolAmbiguous))
        }
    }

    /// The postal code of an own school's state; empty for any other.
    func state(of school: SchoolID) -> String { states[school]?.description ?? "" }

    private func owned(_ id: SchoolID) -> Found {
        own.contains(id) ? .success(id) : .failure(Refusal(reason: .schoolOfAnother))
    }

    private func padded(_ text: String) -> String {
        guard let digits, text.utf8.count < digits, text.utf8.allSatisfy({ (48...57).contains($0) })
        else { return text }
        return String(repeating: "0", count: digits - text.utf8.count) + text
    }

    /// Letters and digits only, so that a comma or a period makes no other school.
    private static func key(_ name: String, _ city: String) -> String {
        let fold = { (text: String) in
            String(
                text.lowercased().unicodeScalars.filter {
                    $0.properties.isAlphabetic
                        || ("0"..."9").contains($0)
                }.map(Character.init)
            )
        }
        return fold(name) + "|" + fold(city)
    }
}

extension School {
    /// Whether an organisation may report this school's students.
    func belongs(to owner: OrganizationID) -> Bool {
        switch owner {
        case .gateway: true
        case .state(let code): state == code
        case .district(let id): district == id
        case .school(let id): self.id == id
        case .project, .custodian: false
        }
    }
}
