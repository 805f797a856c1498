import Casework
import Hummingbird
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

/// What a school, a district or a state asks of its graduates, for whoever enters it.
extension StaffRoom {
    func plansPage(_ visit: StaffVisit) async throws -> Response {
        let id = try organizationID(visit)
        let kept = try await desk.plans(of: id, by: visit.actor)
        let asked = visit.visit.query["plan"]
        let chosen = kept.inForce.first { $0.id.description == asked }
        let names = subjectNames(visit)
        let content = chosen?.content
        let classes = content?.classes
        var form = Form([
            .planName: content?.name ?? "",
            .planFirst: classes.map { String($0.first) } ?? "",
            .planLast: classes?.last.map { String($0) } ?? "",
            .planCitation: content?.citation ?? "",
        ])
        // Whoever followed a link to what is no longer in force hears why the form is empty.
        if asked != nil, chosen == nil {
            form.problems.append(FieldProblem(.planName, .planChanged))
        }
        return try await plansPage(
            id,
            kept,
            rows: PlanForm.keys.map { key in
                PlanSubjectRow(key, names[key] ?? key, of: content)
            },
            isVerified: content?.isVerified ?? false,
            replacing: chosen,
            form,
            visit
        )
    }

    func savePlan(_ visit: StaffVisit) async throws -> Response {
        let id = try organizationID(visit)
        // Whose it is comes before what is wrong with it.
        let kept = try await desk.plans(of: id, by: visit.actor)
        let typed = visit.visit.form
        let replaces = typed["replaces"].flatMap { EnteredPlan.ID($0) }
        if replaces == nil, typed.has("replaces") { throw GatewayFailure.malformed }
        var plan = PlanForm(typed, names: subjectNames(visit))
        if let content = plan.content {
            do {
                try await desk.keepPlan(content, replacing: replaces, of: id, by: visit.actor)
                return seeOther(.plans, id.description, done: .planSaved)
            } catch let refusal as PlanRefused {
                plan.refuse(refusal.faults)
            } catch CaseworkFailure.notPossibleNow {
                plan.refuseChanged()
            }
        }
        return try await plansPage(
            id,
            kept,
            rows: plan.rows,
            isVerified: typed[.planVerified] == "yes",
            replacing: kept.inForce.first { $0.id == replaces },
            plan.form,
            visit,
            status: .unprocessableContent
        )
    }

    func withdrawPlan(_ visit: StaffVisit) async throws -> Response {
        let id = try organizationID(visit)
        guard let plan = visit.visit.form["plan"].flatMap({ EnteredPlan.ID($0) }) else {
            throw GatewayFailure.malformed
        }
        do {
            try await desk.withdrawPlan(plan, of: id, by: visit.actor)
        } catch CaseworkFailure.notPossibleNow {
            return seeOther(.plans, id.description, done: .nothingDone)
        }
        return seeOther(.plans, id.description, done: .planWithdrawn)
    }

    private func plansPage(
        _ id: OrganizationID,
        _ kept: KeptPlans,
        rows: [PlanSubjectRow],
        isVerified: Bool,
        replacing former: EnteredPlan?,
        _ form: Form,
        _ visit: StaffVisit,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let page = PlansPage(
            path: StaffRoute.plans.path(id.description).description,
            backPath: StaffRoute.organization.path(id.description).description,
            name: try await desk.name(of: id),
            inForce: kept.inForce.map { planRow($0, visit) },
            former: kept.former.map { planRow($0, visit) },
            subjects: rows,
            isVerified: isVerified,
            replaces: former?.id.description ?? "",
            replacesName: former?.content.name ?? "",
            form: form
        )
        return frame.page(page, visit, door: .contacts, status: status)
    }

    /// The subjects by the keys of their lines, in the reader's language.
    private func subjectNames(_ visit: StaffVisit) -> [String: String] {
        let language = visit.visit.language
        var names = [
            PlanSubjectRow.electives: frame.renderer.sentence(
                PlanSubjectWord.electives,
                in: language
            )
        ]
        for area in SubjectArea.allCases {
            names[area.rawValue] = frame.renderer.sentence(area, in: language)
        }
        return names
    }

    private func planRow(_ plan: EnteredPlan, _ visit: StaffVisit) -> PlanRow {
        let isSpanish = visit.visit.language == .spanish
        return PlanRow(
            id: plan.id.description,
            planName: plan.content.name,
            version: plan.version,
            classes: plan.content.classes,
            needs: plan.content.requirements.map { requirement in
                PlanRow.Need(
                    subject: (isSpanish ? requirement.spanish : nil) ?? requirement.subject,
                    credits: requirement.credits.description
                )
            },
            total: plan.content.requirements.map(\.credits).sum.description,
            citation: plan.content.citation,
            isVerified: plan.content.isVerified,
            since: plan.entered.on,
            enteredBy: plan.entered.name,
            until: plan.ended?.on,
            endedBy: plan.ended?.name ?? ""
        )
    }
}

extension PlanSubjectRow {
    /// A line as a plan fills it: a requirement stands at its first area.
    fileprivate init(_ key: String, _ subject: String, of content: PlanContent?) {
        let area = SubjectArea(rawValue: key)
        let requirement = content?.requirements.first { $0.areas.first == area }
        let own = requirement.map { $0.subject == area?.name ? "" : $0.subject } ?? ""
        self.init(
            key: key,
            subject: subject,
            credits: requirement?.credits.description ?? "",
            called: area == nil && own == "Electives" ? "" : own,
            spanish: requirement?.spanish ?? "",
            also: requirement?.areas.dropFirst().map(\.rawValue).joined(separator: " ") ?? ""
        )
    }
}
