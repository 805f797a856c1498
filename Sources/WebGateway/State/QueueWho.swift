import Casework
import RecordExchange
import Rendering
import Vocabulary

/// Whose requests a form or an address names: `me`, `nobody`, a person's identifier, or nothing for
/// everybody.
struct QueueWho {
    let value: String
    let assignee: Assignee?

    static let me = "me"
    static let nobody = "nobody"

    init(_ fields: FormFields, reader: StaffID) {
        let typed = fields[.who]
        switch typed {
        case Self.me: assignee = .person(reader)
        case Self.nobody: assignee = .nobody
        default: assignee = StaffID(typed).map { .person($0) }
        }
        value = assignee == nil ? "" : typed
    }

    init(_ assignee: Assignee?, reader: StaffID) {
        self.assignee = assignee
        switch assignee {
        case nil: value = ""
        case .nobody: value = Self.nobody
        case .person(reader): value = Self.me
        case .person(let other): value = other.description
        }
    }
}

extension StaffRoom {
    /// The reader, nobody and the other contacts of a state, to choose from.
    func people(
        of state: StateCode,
        _ visit: StaffVisit,
        chosen: String
    ) async throws -> [PersonChoice] {
        let reader = visit.actor
        func choice(_ value: String, _ words: PersonWord) -> PersonChoice {
            PersonChoice(value: value, words: words, isChosen: value == chosen)
        }
        let others = try await desk.queuePeople(of: state, by: reader)
            .filter { $0.id != reader.id }
            .map { choice($0.id.description, .other(name: $0.name)) }
        return [
            choice(QueueWho.me, .reader(name: reader.name)), choice(QueueWho.nobody, .nobody),
        ] + others
    }
}

extension PersonWord {
    init(_ person: QueuePerson?, _ reader: Actor) {
        switch person {
        case nil: self = .nobody
        case let person? where person.id == reader.id: self = .reader(name: person.name)
        case let person?: self = .other(name: person.name)
        }
    }
}
