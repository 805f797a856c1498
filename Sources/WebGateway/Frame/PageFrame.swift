import Casework
package import HTTPTypes
package import Hummingbird
package import Rendering
package import Vocabulary

/// Puts pages into their frame: who is signed in, which language, which day, what just happened.
package struct PageFrame: Sendable {
    package let renderer: Renderer
    package let installation: Installation
    /// The bar of the demonstration; absent in a real installation.
    private let demoBar: @Sendable () -> DemoBar?

    package init(
        renderer: Renderer,
        installation: Installation,
        demoBar: @escaping @Sendable () -> DemoBar?
    ) {
        self.renderer = renderer
        self.installation = installation
        self.demoBar = demoBar
    }

    /// A page for anybody, or for whoever typed a code.
    package func page(
        _ page: some Page,
        _ visit: Visit,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        .page(renderer.render(page, chrome: chrome(for: visit)), status: status)
    }

    /// A page for a signed-in person; `door` is the place of the navigation it belongs to.
    package func page(
        _ page: some Page,
        _ visit: StaffVisit,
        door: Door? = nil,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        var chrome = chrome(for: visit.visit)
        let roles = Set(visit.actor.memberships.map { RoleWord($0.role) })
        chrome.person = Rendering.SignedInPerson(
            name: visit.actor.name,
            organization: visit.organizationName
        )
        chrome.doors = Door.doors(for: roles).map { DoorLink($0, isCurrent: $0 == door) }
        return .page(renderer.render(page, chrome: chrome), status: status)
    }

    /// A page without a visit, such as that of a failure.
    package func bare(_ page: some Page, language: Language) -> String {
        renderer.render(
            page,
            chrome: Chrome(
                language: language,
                otherLanguagePath: "/?lang=\(language.other.rawValue)",
                installation: installation
            )
        )
    }

    private func chrome(for visit: Visit) -> Chrome {
        Chrome(
            language: visit.language,
            otherLanguagePath: visit.pathInOtherLanguage,
            csrf: visit.formToken.description,
            demo: demoBar(),
            installation: installation,
            notice: visit.query["done"].flatMap(PageNotice.init(rawValue:))?.notice
        )
    }
}

/// What a redirect can announce on the next page, by `?done=`: our own words only, so that a
/// planted link can say nothing false about a student.
package enum PageNotice: String, Sendable, CaseIterable {
    case signedOut, signedIn, draftSaved, draftDiscarded, joined, cancelled, reminded, rejected
    case accepted, reopened, locationAdded, answered, callLogged, closed, approved, declined
    case disabled, passwordSet, secondFactorSet, newLinkSent, deliveryRetried, nothingDone
    case invited, questionAnswered, messageSent, cancelAsked, feedRegistered
    case feedAgreed, feedDeclined
    case proposed, markedApart, keptAsOne, proposalApproved, proposalDeclined
    case copyTaken, recordsStopped, destructionSaid
    case contactSaved, contactConfirmed, contactEnded, calendarChanged
    case stateRuleSaved, limitsSaved, outcomeSaved, merged, viewSaved, viewForgotten
    case contactAsked, mailboxConfirmed, successorAsked
    case claimConfirmed, claimApproved, claimDeclined
    case legendSaved, planSaved, planWithdrawn
    case extended, contactFound
    case familyMailKept, familyMailForgotten

    var notice: Notice? {
        switch self {
        case .signedOut: .signedOut
        case .copyTaken: .copyTaken
        case .recordsStopped: .recordsStopped
        case .destructionSaid: .destructionSaid
        case .merged: .merged
        case .familyMailKept: .familyMailKept
        case .familyMailForgotten: .familyMailForgotten
        case .viewSaved: .viewSaved
        case .contactAsked: .contactAsked
        case .mailboxConfirmed: .mailboxConfirmed
        case .successorAsked: .successorAsked
        case .claimConfirmed: .claimConfirmed
        case .claimApproved: .claimApproved
        case .claimDeclined: .claimDeclined
        case .viewForgotten: .viewForgotten
        case .contactSaved: .contactSaved
        case .contactConfirmed: .contactConfirmed
        case .contactEnded: .contactEnded
        case .calendarChanged: .calendarChanged
        case .stateRuleSaved: .stateRuleSaved
        case .limitsSaved: .limitsSaved
        case .legendSaved: .legendSaved
        case .planSaved: .planSaved
        case .planWithdrawn: .planWithdrawn
        case .extended: .extended
        case .contactFound: .contactFound
        case .outcomeSaved: .outcomeSaved
        case .proposed: .proposed
        case .markedApart: .markedApart
        case .keptAsOne: .keptAsOne
        case .proposalApproved: .proposalApproved
        case .proposalDeclined: .proposalDeclined
        case .signedIn: .signedIn
        case .draftSaved: .draftSaved
        case .draftDiscarded: .draftDiscarded
        case .joined: .joined
        case .cancelled: .cancelled
        case .cancelAsked: .cancelAsked
        case .reminded: .reminded
        case .rejected: .rejected
        case .accepted: .accepted
        case .reopened: .reopened
        case .locationAdded: .locationAdded
        case .answered: .answered
        case .callLogged: .callLogged
        case .closed: .closed
        case .approved: .approved
        case .declined: .declined
        case .disabled: .disabled
        case .passwordSet: .passwordSet
        case .secondFactorSet: .secondFactorSet
        case .newLinkSent: .newLinkSent
        case .deliveryRetried: .deliveryRetried
        case .nothingDone: .nothingDone
        case .invited: .approved
        case .questionAnswered: .questionAnswered
        case .messageSent: .messageSent
        case .feedRegistered: .feedRegistered
        case .feedAgreed: .feedAgreed
        case .feedDeclined: .feedDeclined
        }
    }
}

extension Language {
    var other: Self { self == .english ? .spanish : .english }
}

extension Visit {
    /// This page in the other language: the same path and query, with `lang` added.
    ///
    /// A page that answers a POST is read anew, where it or what is above it can be read.
    var pathInOtherLanguage: String {
        var pairs: [String] = []
        for name in query.names where name != "lang" && name != "done" {
            pairs.append(LocalPath.encoded(name) + "=" + LocalPath.encoded(query[name] ?? ""))
        }
        pairs.append("lang=\(language.other.rawValue)")
        // The router takes `//page` for `/page`; a browser would take it for another site.
        let asked = "/" + String(request.uri.path.drop { $0 == "/" })
        let path = request.method == .post ? ReadablePath.above(asked) : asked
        return path + "?" + pairs.joined(separator: "&")
    }
}
