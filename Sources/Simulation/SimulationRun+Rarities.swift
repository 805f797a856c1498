import Casework
import RecordExchange
import RecordLocator
import StudentRecords
import Vocabulary

/// What registrars do now and then: two schools at once, the same request twice, taking one back
/// and asking again.
extension SimulationRun {
    enum Rarity: CaseIterable {
        case beside, twin, again
    }

    func rarity(_ number: RequestNumber, _ school: SchoolID) async throws {
        guard let registrar = world.registrars[school] else { return }
        let actor = Actor(registrar)
        guard let story = try? await desk.story(of: number, by: actor), story.request.isOpen else {
            return
        }
        switch Rarity.allCases[random.below(Rarity.allCases.count)] {
        case .beside: try await askBeside(story, actor)
        case .twin: try await fileTwin(story, actor)
        case .again: try await askAgain(story, actor)
        }
        try await check("a rarity", [story.request.id])
    }

    private func askBeside(_ story: RequestStory, _ actor: Actor) async throws {
        let other = world.schools[random.below(world.schools.count)].id
        guard other != story.request.requester,
            !story.inquiries.contains(where: { $0.school == other })
        else { return }
        let number = story.request.number
        let asked: Void? = try await attempt("ask beside") {
            try await desk.askAnotherSchool(number, other, beside: true, by: actor)
        }
        guard asked != nil else { return }
        try await repeated("ask beside", story.request.id) {
            try await desk.askAnotherSchool(number, other, beside: true, by: actor)
        }
    }

    /// The same request a second time, which then goes on as the first.
    private func fileTwin(_ story: RequestStory, _ actor: Actor) async throws {
        guard let place = story.inquiries.last?.school else { return }
        let first = story.request
        let twin = try await file("a twin", by: actor) { draft in
            draft.copy(first)
            draft.place = .school(place)
            draft.duplicateReason = "Nobody looked."
        }
        guard let twin else { return }
        let merged: Void? = try await attempt("merge") {
            try await desk.mergeRequest(twin.number, into: first.number, by: actor)
        }
        if merged != nil {
            try await repeated("merge", first.id) {
                try await desk.mergeRequest(twin.number, into: first.number, by: actor)
            }
        }
        try await check("a twin", [twin.id])
    }

    /// Taken back; where that is done at once, asked again as a linked request.
    private func askAgain(_ story: RequestStory, _ actor: Actor) async throws {
        let number = story.request.number
        _ = try await attempt("cancel") {
            try await desk.cancelRequest(number, reason: .wrongSchool, note: "", by: actor)
        }
        guard let now = try? await desk.story(of: number, by: actor), !now.request.isOpen else {
            return
        }
        try await check("cancel", [story.request.id])
        let draft = try await attempt("reopen") {
            try await desk.reopenRequest(number, by: actor)
        }
        guard let draft else { return }
        let again = try await filed("ask again", draft.id, by: actor, inPlaceOf: story.request)
        guard let again else { return }
        guard again.reopens == story.request.id else {
            throw fault("ask again", ["1: a request asked again is not linked"])
        }
        try await check("ask again", [again.id])
    }

    /// Files a draft of a request that exists; it counts as none of its own.
    private func file(
        _ name: String,
        by actor: Actor,
        _ fill: @Sendable (inout RequestDraft) -> Void
    ) async throws -> RecordRequest? {
        let draft = try await attempt(name) {
            var draft = try await desk.startDraft(for: nil, by: actor)
            fill(&draft)
            try await desk.save(draft, by: actor)
            return draft
        }
        guard let draft else { return nil }
        return try await filed(name, draft.id, by: actor)
    }

    private func filed(
        _ name: String,
        _ draft: RequestDraft.ID,
        by actor: Actor,
        inPlaceOf first: RecordRequest? = nil
    ) async throws -> RecordRequest? {
        let outcome = try await attempt(name + " filed") {
            try await desk.fileRequest(draft, by: actor)
        }
        // Where the answer to it was lost, nobody knows its number: the day's check looks at the
        // first one alone.
        guard case .filed(let request) = outcome else { return nil }
        filedAt[request.id] = request.filedAt
        // The record is waited for once: by the first, or by whatever was filed in its place.
        if let first {
            filedAt[request.id] = filedAt[first.id]
            home[request.number] = home[first.number]
            if filedInRecess.contains(first.id) { filedInRecess.insert(request.id) }
            arrived.insert(first.id)
        } else {
            arrived.insert(request.id)
        }
        open.append(request.id)
        figures.linkedRequests += 1
        return request
    }

    /// 7: the same message a second time changes nothing more, whether or not it is refused.
    func repeated(
        _ name: String,
        _ id: RecordRequest.ID,
        _ body: () async throws -> Void
    ) async throws {
        let before = try await fingerprint(of: id)
        _ = try await attempt(name + " again", body)
        guard try await fingerprint(of: id) == before else {
            throw fault(name, ["7: a repeated message changed something"])
        }
    }

    /// 10: nobody decides on what they proposed themselves.
    func checkSecondPerson() async throws {
        guard let state = world.states.first?.code, let contact = world.stateContacts[state],
            let school = world.schools.first(where: { $0.state == state })
        else { return }
        let actor = Actor(contact)
        let plan = plan
        // Two children of one school, of whom somebody says that they are one.
        let children = try await store.write { session in
            try (1...2).map { number in
                let entry = LocatorEntry(
                    id: LocatorEntry.ID(rawValue: UInt128(1) << 96 | UInt128(number)),
                    name: try PersonName(given: "Segunda", paternalSurname: "Persona"),
                    birthDate: CivilDate(dayNumber: 14_000 + number * 900),
                    school: school.id,
                    provenance: .init(source: "simulation", receivedOn: plan.start)
                )
                try session.save([entry])
                return entry.id
            }
        }
        while try await desk.groupEntries().looked > 0 {}
        let people = try await store.read { session in
            try children.compactMap { try session.locatorEntry($0)?.person }
        }
        guard people.count == 2, people[0] != people[1] else { return }
        let proposal = try await desk.proposeMerge(
            people[0],
            people[1],
            note: "The same child.",
            by: actor
        )
        do {
            try await desk.approve(proposal, by: actor)
        } catch is CaseworkFailure {
            figures.note("approving one's own refused")
            return
        }
        throw fault("approve", ["10: somebody approved what they proposed"])
    }
}

extension RequestDraft {
    /// The same student, wanted for the same.
    fileprivate mutating func copy(_ request: RecordRequest) {
        given = request.student.name.given
        paternalSurname = request.student.name.paternalSurname
        birthMonth = "\(request.student.birthDate.month)"
        birthDay = "\(request.student.birthDate.day)"
        birthYear = "\(request.student.birthDate.year)"
        grade = request.student.grade?.rawValue ?? ""
        uses = request.uses
        purpose = .enrolling
    }
}
