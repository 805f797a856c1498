/// What else is known of a student besides name and birth date; every text may be empty.
package struct IdentityParticulars: Hashable, Sendable, Codable {
    /// A parent or guardian as written.
    package struct Parent: Hashable, Sendable, Codable {
        package let given: String
        package let surname: String

        package init(given: String = "", surname: String = "") {
            self.given = given
            self.surname = surname
        }
    }

    /// `Jr`, `III`.
    package let generation: String
    /// Anything that begins with F or M; anything else says nothing.
    package let gender: String
    package let birthCity: String
    package let birthState: String
    package let birthCountry: String
    /// In whatever order; more than two are not compared.
    package let parents: [Parent]
    /// The postal code of the state whose number the student's number is.
    package let numberState: String

    package static let none = Self()

    package init(
        generation: String = "",
        gender: String = "",
        birthCity: String = "",
        birthState: String = "",
        birthCountry: String = "",
        parents: [Parent] = [],
        numberState: String = ""
    ) {
        self.generation = generation
        self.gender = gender
        self.birthCity = birthCity
        self.birthState = birthState
        self.birthCountry = birthCountry
        self.parents = parents
        self.numberState = numberState
    }
}
