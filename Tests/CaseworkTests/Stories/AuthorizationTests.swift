import Casework
import Foundation
import RecordExchange
import TestSupport
import Testing
import Vocabulary

/// One use case, made ready in a fresh world, and who may do it.
struct Trial: Sendable, CustomStringConvertible {
    /// What the use case needs.
    struct Subject: Sendable {
        var number = RequestNumber(bits: 0)
        var inquiry = Inquiry.ID.numbered(0)
        var bundle = RecordBundle.ID.numbered(0)
        var draft: RequestDraft?
        var account = StaffID.numbered(0)
    }

    /// As in the code, with the way somebody answers where there are several.
    let name: String
    let permitted: [StaffAccount]
    let prepare: @Sendable (World) async throws -> Subject
    let run: @Sendable (Desk, Subject, Actor) async throws -> Void

    var description: String { name }
    var useCase: String { String(name.prefix { $0 != " " }) }
}

@Suite("Who may do what") struct AuthorizationTests {
    /// Everybody else is refused, learns nothing and changes nothing.
    @Test(arguments: Trial.all)
    func `everybody else is refused and changes nothing`(trial: Trial) async throws {
        let world = try await World()
        let subject = try await trial.prepare(world)
        try await world.settle()
        let before = try await world.everything()
        let allowed = Set(trial.permitted.map(\.id))
        // Whoever has to do with the request may be told that this is not for them now.
        let insiders = Set(
            [
                Cast.registrar, Cast.counselor, Cast.secondRegistrar, Cast.texas, Cast.california,
            ].map(\.id)
        )
        for account in Cast.everybody where !allowed.contains(account.id) {
            let role = account.memberships.map(\.role)
            do {
                try await trial.run(world.desk, subject, account.actor)
                Issue.record("\(role) may \(trial)")
            } catch let failure as CaseworkFailure {
                let isRefusal = failure == .notFound || failure == .notAllowed
                #expect(
                    isRefusal || failure == .notPossibleNow && insiders.contains(account.id),
                    "\(role) is told \(failure) by \(trial)"
                )
            }
        }
        #expect(try await world.everything() == before)
    }

    @Test(arguments: Trial.all)
    func `whoever may, can`(trial: Trial) async throws {
        for account in trial.permitted {
            let world = try await World()
            let subject = try await trial.prepare(world)
            try await world.settle()
            try await world.step("\(trial)") {
                try await trial.run(world.desk, subject, account.actor)
            }
        }
    }

    @Test func `every use case that asks who is there has a trial`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Sources/Casework").standardizedFileURL
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var found: Set<String> = []
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift" else { continue }
            let text = try String(contentsOf: file, encoding: .utf8)
            for part in text.components(separatedBy: "package func ").dropFirst() {
                let signature = part.prefix { $0 != "{" }
                let takesActor =
                    signature.contains("actor: Actor") || signature.contains(": Answerer")
                if takesActor { found.insert(String(part.prefix { $0 != "(" })) }
            }
        }
        #expect(found.count > 25)
        // These answer anybody, with what is the person's own.
        let personal: Set = [
            "drafts", "people", "requests", "requestCounts", "inbox", "inboxCount", "actor",
            "noteLocatorBudgetSpent", "mayKeep", "sentOutcomes", "webhooks",
        ]
        #expect(found.subtracting(personal) == Set(Trial.all.map(\.useCase)))
    }

    @Test func `lists hold what is the person's own`() async throws {
        let world = try await World()
        try await world.file()
        _ = try await world.draft { $0.birthDay = "10" }
        for account in Cast.everybody {
            let isOwner = account.id == Cast.registrar.id
            #expect(try await world.desk.drafts(by: account.actor).isEmpty != isOwner)
            let requests = try? await world.desk.requests(by: account.actor).items
            let isOak = account.actor.requestingSchools == [School.oak.id]
            #expect((requests ?? []).count == (isOak ? 1 : 0))
            let inbox = try? await world.desk.inbox(by: account.actor).items
            #expect((inbox ?? []).count == (account.id == Cast.clerk.id ? 1 : 0))
            let people = try await world.desk.people(by: account.actor).map(\.id)
            let expected =
                switch account.id {
                case Cast.administrator.id: Set(Cast.everybody.map(\.id))
                case Cast.oakDistrict.id:
                    Set([Cast.registrar, Cast.counselor, Cast.secondRegistrar].map(\.id))
                case Cast.mapleDistrict.id: Set([Cast.clerk.id])
                default: Set<StaffID>()
                }
            #expect(Set(people) == expected)
        }
    }
}
