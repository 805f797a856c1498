package import Vocabulary

/// Telling a family that the school records arrived (E13).
///
/// In both languages, for whoever reads along may have the other one. The request number stands in
/// it and nothing else that is the child's: no name, no place, no link to a page about it.
package struct FamilyLetter: Letter {
    package static let template = "family"

    package let number: RequestNumber
    /// The address of the gateway, nothing deeper.
    package let link: String
    package let installation: Installation

    package init(number: RequestNumber, link: String, installation: Installation) {
        self.number = number
        self.link = link
        self.installation = installation
    }
}
