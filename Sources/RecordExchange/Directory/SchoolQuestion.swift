package import Vocabulary

/// What somebody knows of a school they look for; every word of every field must fit.
package struct SchoolQuestion: Hashable, Sendable {
    /// Its words may also stand in the town, the district or the state.
    package var name: String
    package var town: String
    /// Digits, or the first of them.
    package var zip: String
    package var district: String
    package var state: StateCode?

    package init(
        name: String = "",
        town: String = "",
        zip: String = "",
        district: String = "",
        state: StateCode? = nil
    ) {
        self.name = name
        self.town = town
        self.zip = zip
        self.district = district
        self.state = state
    }

    /// Nothing is asked that a school could be found by.
    package var isEmpty: Bool {
        ![name, town, zip, district].contains { $0.utf8.contains { $0 > 32 } }
    }
}
