import Casework
import Hummingbird
import RecordExchange
import RecordLocator
import Rendering
import Vocabulary

/// Whose entries are whose: near matches, one person, proposals; looks are audited.
extension StaffRoom {
    /// Decided proposals on the page itself.
    private static let shownDecided = 10

    // MARK: The worklist

    func nearMatches(_ visit: StaffVisit) async throws -> Response {
        try await nearMatches(visit, form: .empty)
    }

    private func nearMatches(_ visit: StaffVisit, form: Form) async throws -> Response {
        let purpose = asked(visit)
        let list = try await desk.personWorklist(
            by: visit.actor,
            start: PageStart(visit.visit.query)
        )
        let path = StaffRoute.nearMatches.path().description
        let waiting = try await desk.personProposals(open: true, by: visit.actor)
        let decided = try await desk.personProposals(
            open: false,
            by: visit.actor,
            limit: Self.shownDecided
        )
        let page = NearMatchesPage(
            rows: list.page.items.map { row($0, purpose) },
            pager: Pager(
                list.page,
                total: list.count,
                at: path,
                [("purpose", purpose?.rawValue ?? "")]
            ),
            doubts: try await desk.personDoubts(by: visit.actor).map { row($0, purpose) },
            waiting: waiting.items.map { row($0, purpose) },
            allWaitingPath: waiting.after == nil ? "" : all(decided: false, purpose),
            decided: decided.items.map { row($0, purpose) },
            allDecidedPath: decided.after == nil ? "" : all(decided: true, purpose),
            purposes: Choice.list(PeoplePurpose.allCases, chosen: purpose.map { [$0] } ?? []),
            ungrouped: try await desk.ungroupedChanges(),
            form: form
        )
        return frame.page(
            page,
            visit,
            door: .locator,
            status: form.problems.isEmpty ? .ok : .unprocessableContent
        )
    }

    func row(_ view: NearMatchView, _ purpose: PeoplePurpose?) -> NearMatchRow {
        let places = view.first.places + view.second.places
        let states = Set(places.map(\.school.state)).map(schools.stateName).sorted()
        return NearMatchRow(
            path: address(.nearMatch, view.match.id.description, purpose),
            firstInitials: view.first.name.initials,
            secondInitials: view.second.name.initials,
            states: states.joined(separator: ", "),
            schools: Set(places.map(\.school.id)).count,
            foundOn: local(view.match.foundAt, Self.capital).date,
            reasons: Self.words(view.match.reasons.filter { !$0.isDoubt }),
            doubts: Self.words(view.match.reasons.filter(\.isDoubt)),
            isProposed: view.proposal != nil
        )
    }

    func row(_ view: ProposalView, _ purpose: PeoplePurpose?) -> ProposalRow {
        ProposalRow(
            path: address(.proposal, view.proposal.id.description, purpose),
            kind: ProposalKind(view.proposal.change),
            initials: view.people.map(\.name.initials).joined(separator: " · "),
            status: view.proposal.status,
            proposedBy: view.proposedBy,
            at: local(view.proposal.proposedAt, Self.capital),
            decidedBy: view.decidedBy,
            isOwn: view.proposal.status == .open && !view.mayDecide
        )
    }

    /// A number leads to its person; nothing is shown before a purpose is given.
    func findLocated(_ visit: StaffVisit) async throws -> Response {
        let typed = visit.visit.form
        var form = Form(typed.typed(.recordNumber))
        let purpose = PeoplePurpose(rawValue: typed[.peoplePurpose])
        if purpose == nil { form.problems.append(FieldProblem(.peoplePurpose, .purposeMissing)) }
        let person = try await person(numbered: typed[.recordNumber], visit, &form)
        guard form.problems.isEmpty, let person, let purpose else {
            return try await nearMatches(visit, form: form)
        }
        return .seeOther(
            StaffRoute.located.path(person.description, query: ["purpose": purpose.rawValue])
        )
    }

    /// Whom a typed number leads to, or what is wrong with it.
    private func person(
        numbered text: String,
        _ visit: StaffVisit,
        _ form: inout Form
    ) async throws -> PersonID? {
        do {
            let number = try StudentRecordNumber(parsing: text)
            return try await desk.personID(numbered: number, by: visit.actor)
        } catch let malformed as StudentRecordNumber.Malformed {
            let trouble: FieldTrouble =
                malformed == .checkCharacterDiffers
                ? .recordNumberMistyped : .recordNumberMalformed
            form.problems.append(FieldProblem(.recordNumber, trouble))
        } catch CaseworkFailure.notFound {
            form.problems.append(FieldProblem(.recordNumber, .recordNumberUnknown))
        }
        return nil
    }

    // MARK: Two who may be one

    func nearMatch(_ visit: StaffVisit) async throws -> Response {
        let id: NearMatch.ID = try visit.visit.identifier("match")
        guard let purpose = asked(visit) else { return purposePage(visit, .nearMatch, id) }
        return try await nearMatch(visit, id, purpose, form: .empty)
    }

    private func nearMatch(
        _ visit: StaffVisit,
        _ id: NearMatch.ID,
        _ purpose: PeoplePurpose,
        form: Form
    ) async throws -> Response {
        let view = try await desk.nearMatch(id, for: purpose, by: visit.actor)
        let page = NearMatchPage(
            path: StaffRoute.nearMatch.path(id.description).description,
            backPath: list(purpose),
            purpose: purpose,
            sides: [view.first, view.second].enumerated().map { position, person in
                side(position + 1, person, purpose, visit, moving: [])
            },
            reasons: Self.words(view.match.reasons.filter { !$0.isDoubt }),
            doubts: Self.words(view.match.reasons.filter(\.isDoubt)),
            proposalPath: view.proposal.map { address(.proposal, $0.description, purpose) } ?? "",
            form: form
        )
        return show(page, visit, form)
    }

    func proposeMerge(_ visit: StaffVisit) async throws -> Response {
        let id: NearMatch.ID = try visit.visit.identifier("match")
        let purpose = try stated(visit)
        var form = Form(visit.visit.form.typed(.proposalReason))
        do {
            let view = try await desk.nearMatch(id, for: purpose, by: visit.actor)
            try await desk.proposeMerge(
                view.first.id,
                view.second.id,
                note: visit.visit.form[.proposalReason],
                by: visit.actor
            )
        } catch let failure as CaseworkFailure {
            guard let trouble = FieldTrouble(proposing: failure) else { throw failure }
            form.problems.append(FieldProblem(.proposalReason, trouble))
            return try await nearMatch(visit, id, purpose, form: form)
        }
        return seeOther(.nearMatches, done: .proposed)
    }

    func markApart(_ visit: StaffVisit) async throws -> Response {
        try await desk.markApart(try visit.visit.identifier("match"), by: visit.actor)
        return seeOther(.nearMatches, done: .markedApart)
    }

    // MARK: One who may be two

    func located(_ visit: StaffVisit) async throws -> Response {
        let id: PersonID = try visit.visit.identifier("person")
        guard let purpose = asked(visit) else { return purposePage(visit, .located, id) }
        return try await located(visit, id, purpose, form: .empty, moving: [])
    }

    private func located(
        _ visit: StaffVisit,
        _ id: PersonID,
        _ purpose: PeoplePurpose,
        form: Form,
        moving: Set<LocatorEntry.ID>
    ) async throws -> Response {
        let file = try await desk.person(id, for: purpose, by: visit.actor)
        var form = form
        var moving = moving
        let doubts = Self.words(file.parting?.reasons ?? [])
        // What speaks for a split is prepared; what somebody typed comes back as it was.
        if let parting = file.parting, form == .empty {
            moving = Set(parting.moved)
            let why = doubts.map { frame.renderer.sentence($0, in: visit.visit.language) }
            form = Form([.proposalReason: why.joined(separator: "; ")])
        }
        var side = side(1, file.view, purpose, visit, moving: moving)
        side.path = ""
        let page = LocatedPersonPage(
            path: StaffRoute.located.path(file.view.id.description).description,
            backPath: list(purpose),
            purpose: purpose,
            side: side,
            history: file.history.map { row($0, purpose) },
            proposalPath: file.waiting.map {
                address(.proposal, $0.proposal.id.description, purpose)
            } ?? "",
            doubts: doubts,
            form: form
        )
        return show(page, visit, form)
    }

    func proposeSplit(_ visit: StaffVisit) async throws -> Response {
        let id: PersonID = try visit.visit.identifier("person")
        let purpose = try stated(visit)
        let typed = visit.visit.form
        let chosen = typed.all(FieldName.entries.rawValue).compactMap { LocatorEntry.ID($0) }
        var form = Form(typed.typed(.proposalReason))
        do {
            try await desk.proposeSplit(
                id,
                entries: chosen,
                note: typed[.proposalReason],
                by: visit.actor
            )
        } catch CaseworkFailure.notPossibleNow {
            form.problems.append(FieldProblem(.entries, .entriesMissing))
        } catch let failure as CaseworkFailure {
            guard let trouble = FieldTrouble(proposing: failure) else { throw failure }
            form.problems.append(FieldProblem(.proposalReason, trouble))
        }
        guard form.problems.isEmpty else {
            return try await located(visit, id, purpose, form: form, moving: Set(chosen))
        }
        return seeOther(.nearMatches, done: .proposed)
    }

    /// Two people whom the locator did not bring together: the other by number.
    func proposeMergeInto(_ visit: StaffVisit) async throws -> Response {
        let id: PersonID = try visit.visit.identifier("person")
        let purpose = try stated(visit)
        let typed = visit.visit.form
        var form = Form(typed.typed(.recordNumber, .mergeReason))
        if let other = try await person(numbered: typed[.recordNumber], visit, &form) {
            do {
                try await desk.proposeMerge(id, other, note: typed[.mergeReason], by: visit.actor)
            } catch CaseworkFailure.notPossibleNow {
                form.problems.append(FieldProblem(.recordNumber, .recordNumberUnknown))
            } catch let failure as CaseworkFailure {
                guard let trouble = FieldTrouble(proposing: failure) else { throw failure }
                form.problems.append(FieldProblem(.mergeReason, trouble))
            }
        }
        guard form.problems.isEmpty else {
            return try await located(visit, id, purpose, form: form, moving: [])
        }
        return seeOther(.nearMatches, done: .proposed)
    }

    // MARK: Shared

    func asked(_ visit: StaffVisit) -> PeoplePurpose? {
        visit.visit.query["purpose"].flatMap(PeoplePurpose.init(rawValue:))
    }

    /// The purpose that a form of a page with one sends along.
    func stated(_ visit: StaffVisit) throws(GatewayFailure) -> PeoplePurpose {
        guard let purpose = visit.visit.form["purpose"].flatMap(PeoplePurpose.init(rawValue:))
        else { throw .malformed }
        return purpose
    }

    func purposePage<Entity>(
        _ visit: StaffVisit,
        _ route: StaffRoute,
        _ id: Identifier<Entity>
    ) -> Response {
        // The form was sent without an answer to it.
        let wasAsked = visit.visit.query["asked"] != nil
        let problems = wasAsked ? [FieldProblem(.peoplePurpose, .purposeMissing)] : []
        let page = LookPurposePage(
            path: route.path(id.description).description,
            purposes: Choice.list(PeoplePurpose.allCases, chosen: []),
            form: Form(problems: problems)
        )
        return show(page, visit, page.form)
    }

    func show(_ page: some Page, _ visit: StaffVisit, _ form: Form) -> Response {
        frame.page(
            page,
            visit,
            door: .locator,
            status: form.problems.isEmpty ? .ok : .unprocessableContent
        )
    }

    func address(_ route: StaffRoute, _ id: String, _ purpose: PeoplePurpose?) -> String {
        guard let purpose else { return route.path(id).description }
        return route.path(id, query: ["purpose": purpose.rawValue]).description
    }

    func list(_ purpose: PeoplePurpose) -> String {
        StaffRoute.nearMatches.path(query: ["purpose": purpose.rawValue]).description
    }

    func side(
        _ index: Int,
        _ person: PersonView,
        _ purpose: PeoplePurpose,
        _ visit: StaffVisit,
        moving: Set<LocatorEntry.ID>
    ) -> PersonSide {
        // The other one of a pair may be another state's alone to look after.
        let states = Set(visit.actor.watchedStates)
        let isOwn = person.places.contains { states.contains($0.school.state) }
        return PersonSide(
            index: index,
            path: isOwn ? address(.located, person.id.description, purpose) : "",
            number: person.number,
            name: person.name.full,
            entries: person.places.map { place in
                SideEntry(
                    id: place.entry.id.description,
                    name: place.entry.name.full,
                    birthDate: place.entry.birthDate,
                    school: place.school.name,
                    place: schools.place(place.school),
                    grade: place.entry.grade,
                    from: place.entry.from,
                    until: place.entry.to,
                    hasStateNumber: !(place.entry.stateStudentID ?? "").isEmpty,
                    source: place.entry.provenance.source,
                    receivedOn: place.entry.provenance.receivedOn,
                    isMoved: moving.contains(place.entry.id)
                )
            }
        )
    }
}
