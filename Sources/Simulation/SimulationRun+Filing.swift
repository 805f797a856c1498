import Casework
import RecordExchange
import RecordLocator
import StudentRecords
import Vocabulary

/// Carrying out what was planned, and filing requests.
extension SimulationRun {
    /// A use case, tried again where the machine failed under it.
    func attempt<Result: Sendable>(
        _ name: String,
        _ body: () async throws -> Result
    ) async throws -> Result? {
        figures.steps += 1
        for _ in 0..<50 {
            do {
                let result = try await body()
                figures.note(name)
                return result
            } catch is Cut {
                restart()
            } catch is CaseworkFailure {
                figures.note(name + " refused")
                return nil
            }
        }
        return nil
    }

    func perform(_ deed: Deed) async throws {
        switch deed {
        case .file: try await fileRequest()
        case .answer(let reader, let token, let code, let tries):
            try await answer(reader, token, code, tries)
        case .sendRest(let inquiry, let school): try await sendRest(inquiry, school)
        case .look(let number, let school): try await look(number, school)
        case .attend(let number, let school): try await attend(number, school)
        case .rarity(let number, let school): try await rarity(number, school)
        case .workQueue(let state): try await workQueue(state)
        case .weather:
            mail.set(isDown: random.below(365) < model.mailServerOutageDays)
            servers.set(isDown: random.happens(30))
            if isDayOfLooking { try await checkEverything("a day begins") }
        }
        try await runGateway()
    }

    private func fileRequest() async throws {
        let requester = world.schools[random.below(world.schools.count)]
        guard let registrar = world.registrars[requester.id] else { return }
        var real = world.schools[random.below(world.schools.count)]
        while real.id == requester.id { real = world.schools[random.below(world.schools.count)] }
        var named = real
        if random.happens(model.wrongSchoolNamed) {
            named = world.schools[random.below(world.schools.count)]
            if named.id == requester.id { named = real }
        }
        children += 1
        let child = children
        let actor = Actor(registrar)
        let born = plan.start.advanced(by: -(4_000 + child % 2_000))
        let words = Self.name(child)
        if let name = try? PersonName(given: words.0, paternalSurname: words.1) {
            let entry = LocatorEntry(
                id: LocatorEntry.ID(rawValue: UInt128(child)),
                name: name,
                birthDate: born,
                school: real.id,
                provenance: LocatorEntry.Provenance(source: "simulation", receivedOn: plan.start)
            )
            // What a source system sent before; no machine of ours fails over it.
            store.set(isSafe: true)
            try await store.write { try $0.save([entry]) }
            store.set(isSafe: false)
        }
        let place = named.id
        guard
            let draft = try await attempt(
                "draft",
                {
                    var draft = try await desk.startDraft(for: requester.id, by: actor)
                    (draft.given, draft.paternalSurname) = words
                    draft.birthMonth = "\(born.month)"
                    draft.birthDay = "\(born.day)"
                    draft.birthYear = "\(born.year)"
                    draft.grade =
                        child.isMultiple(of: 2) ? Grade.tenth.rawValue : Grade.third.rawValue
                    draft.place = .school(place)
                    draft.uses = [.graduation]
                    draft.purpose = .enrolling
                    try await desk.save(draft, by: actor)
                    return draft
                }
            )
        else { return }
        _ = try await attempt("file") { try await desk.fileRequest(draft.id, by: actor) }
        // Also where the answer to it was lost: what counts is what is on file.
        let (before, now) = (filedAt, clock.now())
        let new = try await store.read { session in
            try session.requests(from: requester.id, open: true, limit: 50)
        }.first { before[$0.id] == nil && $0.filedAt <= now }
        guard let new else { return }
        figures.filed += 1
        filedAt[new.id] = new.filedAt
        open.append(new.id)
        home[new.number] = real.id
        if random.happens(120) {
            schedule(
                .rarity(new.number, requester.id),
                at: later(0...4) { WorkingDays.isWorkingDay($0) }
            )
        }
        let closed = world.calendars[named.id]?.closure(on: clock.today(in: named.state)) != nil
        if closed {
            figures.filedInRecess += 1
            filedInRecess.insert(new.id)
        }
    }

    func nextFile() -> UInt128 {
        files += 1
        return UInt128(plan.seed) << 64 | files
    }

    /// Names that no two children of a small run share.
    private static func name(_ child: Int) -> (String, String) {
        let given = ["Alma", "Bruno", "Carla", "Diego", "Elisa", "Fabio", "Gala", "Hugo"]
        let family = ["Roble", "Sauce", "Olmo", "Cedro", "Tilo", "Haya", "Abeto", "Nogal"]
        let letters = Array("bcdfghjklmnpqrstvwz")
        let extra = String([letters[child / 64 % 19], "a", letters[child / 1_216 % 19], "o"])
        return (given[child % 8] + extra, family[child / 8 % 8] + extra)
    }
}
