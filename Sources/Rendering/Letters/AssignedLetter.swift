/// Telling a state's contact that a colleague gave them requests: how many, and where they are.
package struct AssignedLetter: Letter {
    package static let template = "assigned"

    package let recipient: String
    package let count: Int
    package let link: String
    package let installation: Installation

    package init(recipient: String, count: Int, link: String, installation: Installation) {
        self.recipient = recipient
        self.count = count
        self.link = link
        self.installation = installation
    }
}
