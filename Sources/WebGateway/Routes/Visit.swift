package import Casework
package import Hummingbird
package import RecordExchange
package import Vocabulary

/// One request to a page, checked as far as its route demands.
package struct Visit: Sendable {
    /// As it came; its body has been read where the route takes a form.
    package let request: Request
    /// The language to answer in.
    package internal(set) var language: Language
    package let address: ClientAddress
    package let requestID: String
    /// What every form of the page must carry in its field `csrf`; in upload forms as the first.
    package let formToken: FormToken
    /// What was sent with a POST; empty otherwise.
    package let form: FormFields
    package let query: FormFields
    /// The session's id: the staff session, the answer session, or for public pages the one that
    /// only ties forms to a browser.
    package let session: SessionToken

    let parameters: [String: String]
    let uploadForm: UploadForm?

    /// A segment of the path, such as `number` of `/requests/{number}`; at most 200 bytes.
    package func parameter(_ name: String) throws(GatewayFailure) -> String {
        guard let value = parameters[name], (1...200).contains(value.utf8.count) else {
            throw .notFound
        }
        return value
    }

    /// A segment of the path that is an identifier.
    package func identifier<Entity>(
        _ name: String,
        of _: Entity.Type = Entity.self
    ) throws(GatewayFailure) -> Identifier<Entity> {
        guard let identifier = Identifier<Entity>(try parameter(name)) else { throw .notFound }
        return identifier
    }

    /// The files of an upload route; for other routes there are none.
    package func upload() throws(GatewayFailure) -> UploadForm {
        guard let uploadForm else { throw .malformed }
        return uploadForm
    }
}

/// A visit by somebody who typed the code of an answer link.
package struct LinkVisit: Sendable {
    package let visit: Visit
    /// The link whose code they typed: it says which mailbox answers.
    package let link: AnswerLink.ID
    /// The only inquiry they may answer; the path names the same one.
    package let inquiry: Inquiry.ID
}

/// A visit by somebody whose password was right and whose second factor is still to come.
package struct SecondFactorVisit: Sendable {
    package let visit: Visit
    package let account: StaffID
}

/// A visit by somebody who is signed in, and whose role the route admits.
package struct StaffVisit: Sendable {
    package let visit: Visit
    package let actor: Actor
    /// Where they work, for the frame of the page.
    package let organizationName: String
}

/// A signed-in person, as the guards need them.
package struct SessionPerson: Sendable {
    package let actor: Actor
    /// The name of the organisation they work for.
    package let organizationName: String
    /// The account's language; the cookie's choice goes before it.
    package let language: Language

    package init(actor: Actor, organizationName: String, language: Language) {
        self.actor = actor
        self.organizationName = organizationName
        self.language = language
    }
}

/// Answers the routes of the public.
package protocol PublicPages: Sendable {
    func respond(to route: PublicRoute, _ visit: Visit) async throws -> Response
}

/// Answers the routes between password and second factor.
package protocol SecondFactorPages: Sendable {
    func respond(to route: SecondFactorRoute, _ visit: SecondFactorVisit) async throws -> Response
}

/// Answers the routes of answer links.
package protocol LinkPages: Sendable {
    func respond(to route: LinkRoute, _ visit: LinkVisit) async throws -> Response
}

/// Answers the routes of signed-in people.
package protocol StaffPages: Sendable {
    func respond(to route: StaffRoute, _ visit: StaffVisit) async throws -> Response
}
