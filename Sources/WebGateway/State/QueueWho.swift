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
        let assignee: Assignee? =
            switch fields[.who] {
            case Self.me: .person(reader)
            case let typed: Self.parse(typed)
            }
        self.init(assignee, reader: reader)
    }

    /// As `value(of:)` says it.
    static func parse(_ text: String) -> Assignee? {
        text == nobody ? .nobody : StaffID(text).map { .person($0) }
    }

    /// A person's identifier, whoever reads it.
    static func value(of holder: QueuePerson?) -> String { holder?.id.description ?? nobody }

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
    ) async throws -> [Choice<PersonWord>] {
        let reader = visit.actor
        func choice(_ value: String, _ words: PersonWord) -> Choice<PersonWord> {
            Choice(value: value, words: words, isChosen: value == chosen)
        }
        let others = try await desk.queuePeople(of: state, by: reader)
            .filter { $0.id != reader.id }
            .map { choice($0.id.description, .other(name: $0.name)) }
        return [
            choice(QueueWho.me, .reader(name: reader.name)), choice(QueueWho.nobody, .nobody),
        ] + others
    }
}

extension StaffRoom {
    /// Whose requests are shown, and whose can be.
    ///
    /// Whoever left is among them as long as a view or an address asks for them.
    func whose(
        _ fields: FormFields,
        of state: StateCode,
        _ visit: StaffVisit
    ) async throws -> (QueueWho, [Choice<PersonWord>]) {
        let reader = visit.actor
        var who = QueueWho(fields, reader: reader.id)
        var people = try await people(of: state, visit, chosen: who.value)
        if case .person(let id) = who.assignee, !people.contains(where: \.isChosen) {
            if let left = try await desk.queuePerson(id, of: state, by: reader) {
                people.append(
                    Choice(value: who.value, words: .left(name: left.name), isChosen: true)
                )
            } else {
                who = QueueWho(nil, reader: reader.id)
            }
        }
        let everybody = Choice(
            value: "",
            words: PersonWord.everybody,
            isChosen: who.value.isEmpty
        )
        return (who, [everybody] + people)
    }
}

extension PersonWord {
    var hasLeft: Bool { if case .left = self { true } else { false } }

    init(_ person: QueuePerson?, _ reader: Actor) {
        switch person {
        case nil: self = .nobody
        case let person? where person.id == reader.id: self = .reader(name: person.name)
        case let person?: self = .other(name: person.name)
        }
    }
}
