import Casework
import Hummingbird
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

/// What a state says of records, for whoever enters it and for whoever asks.
extension StaffRoom {
    func stateRule(_ visit: StaffVisit) async throws -> Response {
        let state = try state(visit)
        let rule = try await desk.stateRule(of: state)
        let acceptance = rule.acceptance
        let form = Form([
            .certifier: acceptance?.certifier ?? "",
            .acceptanceNote: acceptance?.note ?? "",
            .citation: acceptance?.citation ?? "",
        ])
        return try await statePage(state, rule, form, visit)
    }

    func saveStateRule(_ visit: StaffVisit) async throws -> Response {
        let state = try state(visit)
        let typed = visit.visit.form
        var form = Form(typed.typed(.certifier, .acceptanceNote, .citation))
        let phase = PhaseWord(rawValue: typed[.rulePhase])
        if phase == nil { form.problems.append(FieldProblem(.rulePhase, .rulePhaseMissing)) }
        for field in [FieldName.certifier, .acceptanceNote, .citation]
        where typed[field].utf8.count > StateRule.Acceptance.longestText {
            let limit = StateRule.Acceptance.longestText
            form.problems.append(FieldProblem(field, .tooLong(limit: limit)))
        }
        let acceptance = acceptance(typed)
        if acceptance != nil {
            if !typed[.certifier].utf8.contains(where: { $0 > 32 }) {
                form.problems.append(FieldProblem(.certifier, .certifierMissing))
            }
            if !typed[.citation].utf8.contains(where: { $0 > 32 }) {
                form.problems.append(FieldProblem(.citation, .citationMissing))
            }
        }
        let rule = StateRule(phase: phase?.phase ?? .third, acceptance: acceptance)
        guard form.problems.isEmpty else {
            return try await statePage(state, rule, form, visit, status: .unprocessableContent)
        }
        try await desk.keepStateRule(rule, of: state, by: visit.actor)
        return seeOther(.stateRule, state.description, done: .stateRuleSaved)
    }

    /// `nil` where everything was left empty: then there is no rule.
    private func acceptance(_ typed: FormFields) -> StateRule.Acceptance? {
        let texts = [typed[.certifier], typed[.acceptanceNote], typed[.citation]]
        let electronic = uses(typed, .electronicUses)
        let handCarried = uses(typed, .handCarriedUses)
        guard
            !electronic.isEmpty || !handCarried.isEmpty
                || texts.contains(where: { text in text.utf8.contains { $0 > 32 } })
        else { return nil }
        return StateRule.Acceptance(
            certifier: typed[.certifier],
            electronic: electronic,
            handCarried: handCarried,
            note: typed[.acceptanceNote],
            citation: typed[.citation],
            isVerified: typed[.ruleVerified] == "yes"
        )
    }

    private func uses(_ typed: FormFields, _ field: FieldName) -> [RecordUse] {
        let ticked = Set(typed.all(field.rawValue))
        return RecordUse.allCases.filter { ticked.contains($0.rawValue) }
    }

    func statePage(
        _ state: StateCode,
        _ rule: StateRule,
        _ form: Form,
        _ visit: StaffVisit,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        // One state's contact has no business with another's form.
        guard try await desk.mayKeep(.state(state), by: visit.actor) else {
            throw GatewayFailure.notFound
        }
        let acceptance = rule.acceptance
        let kept = try await desk.stateRule(of: state)
        let typed = visit.visit.form
        let page = StateRulePage(
            code: state.description,
            stateName: schools.stateName(state),
            phases: Choice.list(PhaseWord.allCases, chosen: [PhaseWord(rule.phase)]),
            electronic: Choice.list(RecordUse.allCases, chosen: acceptance?.electronic ?? []),
            handCarried: Choice.list(RecordUse.allCases, chosen: acceptance?.handCarried ?? []),
            isVerified: acceptance?.isVerified ?? false,
            isMadeUp: acceptance?.isMadeUp ?? false,
            limits: (kept.limits ?? []).map(LimitRow.init),
            units: Choice.list(
                StatutoryLimit.Unit.allCases,
                chosen: StatutoryLimit.Unit(rawValue: typed[.limitUnit]).map { [$0] } ?? []
            ),
            starts: Choice.list(
                StatutoryLimit.Start.allCases,
                chosen: [StatutoryLimit.Start(rawValue: typed[.limitStart]) ?? .asked]
            ),
            scopes: Choice.list(
                StatutoryLimit.Scope.allCases,
                chosen: [StatutoryLimit.Scope(rawValue: typed[.limitScope]) ?? .every]
            ),
            isSummerChosen: typed[.limitSummer] == "yes",
            form: form
        )
        return frame.page(page, visit, door: .contacts, status: status)
    }

    func state(_ visit: StaffVisit) throws -> StateCode {
        guard let state = StateCode(try visit.visit.parameter("state")) else {
            throw GatewayFailure.notFound
        }
        return state
    }

    /// Which copies the state of the receiving school accepts.
    func acceptancePanel(for school: SchoolID) async throws -> AcceptancePanel {
        let outlook = try await desk.acceptance(at: school)
        return AcceptancePanel(
            state: outlook.stateName,
            rule: outlook.acceptance,
            askName: outlook.contact?.name ?? "",
            askPhone: outlook.contact?.phone ?? ""
        )
    }
}
