import Vocabulary

/// What is known of whose rows are whose, beyond how they are written.
package struct KnownPeople {
    /// Whose a row is, by its number; asked of rows that were found, never of all.
    let person: (UInt32) -> PersonID?
    /// By person, whom somebody held apart from them.
    let apart: [PersonID: Set<PersonID>]
}

/// Two people of the locator.
package struct PersonPair: Hashable, Sendable {
    package let first: PersonID
    package let second: PersonID

    package init(_ one: PersonID, _ other: PersonID) {
        first = min(one, other)
        second = max(one, other)
    }
}
