import Casework
import Hummingbird
import RecordExchange
import Rendering
import Vocabulary

/// What a state's law gives its schools, for whoever enters it.
extension StaffRoom {
    func keepLimit(_ visit: StaffVisit) async throws -> Response {
        let state = try state(visit)
        let typed = visit.visit.form
        var form = Form(typed.typed(.limitDays, .limitCitation))
        let days = Int(typed[.limitDays].filter { $0 != " " })
            .flatMap { StatutoryLimit.possibleDays.contains($0) ? $0 : nil }
        if days == nil { form.problems.append(FieldProblem(.limitDays, .limitDaysImpossible)) }
        let unit = StatutoryLimit.Unit(rawValue: typed[.limitUnit])
        if unit == nil { form.problems.append(FieldProblem(.limitUnit, .limitUnitMissing)) }
        let citation = typed[.limitCitation]
        if !citation.utf8.contains(where: { $0 > 32 }) {
            form.problems.append(FieldProblem(.limitCitation, .limitCitationMissing))
        } else if citation.utf8.count > StatutoryLimit.longestCitation {
            let limit = StatutoryLimit.longestCitation
            form.problems.append(FieldProblem(.limitCitation, .tooLong(limit: limit)))
        }
        if form.problems.isEmpty, let days, let unit {
            let limit = StatutoryLimit(
                days: days,
                unit: unit,
                start: StatutoryLimit.Start(rawValue: typed[.limitStart]) ?? .asked,
                scope: StatutoryLimit.Scope(rawValue: typed[.limitScope]) ?? .every,
                countsSummer: typed[.limitSummer] == "yes",
                citation: citation,
                isVerified: typed[.limitVerified] == "yes"
            )
            do {
                try await desk.keepLimit(limit, of: state, by: visit.actor)
                return seeOther(.stateRule, state.description, done: .limitsSaved)
            } catch CaseworkFailure.tooLong {
                form.problems.append(FieldProblem(.limitDays, .limitsEnough))
            }
        }
        let rule = try await desk.stateRule(of: state)
        return try await statePage(
            state,
            rule,
            form.withRule(rule),
            visit,
            status: .unprocessableContent
        )
    }

    func removeLimit(_ visit: StaffVisit) async throws -> Response {
        let state = try state(visit)
        try await desk.removeLimit(visit.visit.form[.limit], of: state, by: visit.actor)
        return seeOther(.stateRule, state.description, done: .limitsSaved)
    }
}

extension Form {
    /// Also what stands in the page's other form.
    fileprivate func withRule(_ rule: StateRule) -> Self {
        var form = self
        form.values[.certifier] = rule.acceptance?.certifier ?? ""
        form.values[.acceptanceNote] = rule.acceptance?.note ?? ""
        form.values[.citation] = rule.acceptance?.citation ?? ""
        return form
    }
}
