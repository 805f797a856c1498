import Casework
import Hummingbird
import RecordExchange
import Vocabulary

/// The one mail to a family: where it goes, and what became of it.
///
/// An address comes in here and is never given out again: who sent it has it.
extension SystemRoom {
    func familyMail(_ visit: SystemVisit) async throws -> Response {
        .json(try await familyMailView(try number(visit), visit))
    }

    func keepFamilyMail(_ visit: SystemVisit) async throws -> Response {
        let number = try number(visit)
        let typed = try visit.read { reader in Self.family(&reader) }
        try await desk.keepFamilyContact(typed, of: number, by: visit.actor)
        return .json(try await familyMailView(number, visit))
    }

    func forgetFamilyMail(_ visit: SystemVisit) async throws -> Response {
        try await desk.forgetFamilyContact(of: try number(visit), by: visit.actor)
        return Response(status: .noContent)
    }

    private func familyMailView(
        _ number: RequestNumber,
        _ visit: SystemVisit
    ) async throws -> SystemView.FamilyMail {
        let (standing, isPossible) = try await desk.familyMail(of: number, by: visit.actor)
        return SystemView.FamilyMail(standing, canBeGiven: isPossible)
    }

    /// What is said of a family's mail; everything that is wrong with it is noted.
    static func family(_ reader: inout JSONReader) -> TypedFamily {
        let typed = TypedFamily(
            email: reader.text("email", isRequired: true, limit: 300),
            language: reader.choice("language") ?? .spanish,
            isAgreed: reader.flag("agreed")
        )
        do {
            _ = try typed.parsed()
        } catch {
            for problem in error.problems {
                switch problem {
                // Noted where it was read.
                case .emailMissing: break
                case .emailMalformed:
                    reader.note("email", "must be a mail address, like name@mail.example")
                case .consentMissing:
                    reader.note("agreed", "must be true: without its word no family is written to")
                }
            }
        }
        return typed
    }
}

extension SystemView {
    /// How it stands with the mail to a request's family.
    struct FamilyMail: Encodable {
        let standing: String
        let at: String?
        let canBeGiven: Bool

        init(_ standing: FamilyMailStanding, canBeGiven: Bool) {
            switch standing {
            case .nobody: (self.standing, at) = ("nobody", nil)
            case .waits(let contact): (self.standing, at) = ("waits", time(contact.at))
            case .leaving: (self.standing, at) = ("leaving", nil)
            case .told(let instant): (self.standing, at) = ("told", time(instant))
            case .refused(let instant): (self.standing, at) = ("refused", time(instant))
            }
            self.canBeGiven = canBeGiven
        }
    }
}
