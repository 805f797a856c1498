package import Vocabulary

/// A bundle holds the record of another student: nobody gets it any more, and whoever has it is
/// asked to destroy it (decision 28).
package struct Recall: Hashable, Sendable, Codable {
    /// Who says so.
    package enum Side: String, Sendable, CaseIterable, Codable {
        case requester, holder, stateContact
    }

    /// Somebody says that copies are destroyed.
    package struct Destruction: Hashable, Sendable, Codable {
        package let person: String
        package let at: Instant
        /// All copies at the school that asked, those in its systems too; otherwise the person's
        /// own.
        package let isForSchool: Bool

        package init(person: String, at instant: Instant, isForSchool: Bool) {
            self.person = person
            self.at = instant
            self.isForSchool = isForSchool
        }
    }

    package let at: Instant
    package let side: Side
    /// Who said so; a mailbox that answered by its link is named as it certified.
    package let person: String
    package let note: String
    /// Oldest first.
    package private(set) var destructions: [Destruction] = []

    package init(at instant: Instant, side: Side, person: String, note: String) {
        self.at = instant
        self.side = side
        self.person = person
        self.note = note
    }

    /// - Returns: whether it says anything new.
    package mutating func confirm(_ destruction: Destruction) -> Bool {
        let isKnown = destructions.contains { known in
            known.isForSchool
                || (known.person == destruction.person && !destruction.isForSchool)
        }
        guard !isKnown else { return false }
        destructions.append(destruction)
        return true
    }

    /// What says that the copies of this opening are destroyed; `nil` where nobody said it.
    ///
    /// What a system took nobody destroys for themselves alone.
    package func destruction(of opening: Opening) -> Destruction? {
        destructions.first { destruction in
            destruction.isForSchool
                || (!opening.person.isEmpty && destruction.person == opening.person)
        }
    }

    /// Copies at `school` of which nobody said that they are destroyed.
    ///
    /// What another school took is recalled there: it has a bundle of its own.
    package func open(among openings: [Opening], at school: OrganizationID) -> [Opening] {
        openings.filter { $0.recipient == school && destruction(of: $0) == nil }
    }
}
