import Casework
import Hummingbird
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

/// Asking, its last page: checking what was answered, sending it, and what comes of it.
extension StaffRoom {
    func checkPage(_ visit: StaffVisit) async throws -> Response {
        let draft = try await draft(visit)
        let student: StudentIdentity
        let start: CivilDate?
        do {
            student = try draft.student(today: try await desk.today(at: draft.requester))
            start = try draft.startDate()
            _ = try draft.typedFamily?.parsed()
        } catch is RequestDraft.Malformed {
            return .seeOther(StaffRoute.draftStudent.path(draft.id.description))
        } catch is TypedFamily.Malformed {
            return .seeOther(StaffRoute.draftPurpose.path(draft.id.description))
        }
        let uses = RecordUse.allCases.filter { use in draft.uses.contains { use <= $0 } }
        var expectation: Expectation
        var prospect: Prospect?
        switch draft.place {
        case .school(let id):
            let found = try await desk.prospect(of: id)
            prospect = found
            // As this request's own ladder will climb.
            let pace = found.policy.paced(for: draft.urgentGrounds)
            expectation =
                if found.school.custodian != nil {
                    .closedForGood
                } else if let day = found.reopens {
                    .closed(until: day)
                } else if found.parties.allSatisfy({ !$0.hasContact }) {
                    .noContact
                } else {
                    .workingDays(remindAfter: pace.remindAfter, stateAfter: pace.stateAfter)
                }
        case .unknown:
            let state = try await desk.school(draft.requester)?.state
            expectation = .stateLooks(state: state.map(schools.stateName) ?? "")
        case .outsideUnitedStates: expectation = .outside
        case nil: return .seeOther(StaffRoute.draftPlace.path(draft.id.description))
        }
        let page = CheckPage(
            draft: draft.id.description,
            student: StudentSummary(
                name: student.name.full,
                birthDate: student.birthDate,
                grade: student.grade,
                number: student.stateStudentID ?? ""
            ),
            place: draft.place?.kind ?? .unknown,
            school: prospect.map { "\($0.school.name), \(schools.place($0.school))" } ?? "",
            asked: prospect?.parties.map { party in
                AskedParty(
                    role: party.role,
                    organization: party.organization,
                    hasContact: party.hasContact
                )
            } ?? [],
            expectation: expectation,
            uses: uses,
            parts: uses.last?.parts ?? [],
            grounds: draft.urgentGrounds,
            startDate: start,
            message: draft.message,
            statute: prospect?.policy.citation ?? "",
            isStatuteVerified: prospect?.policy.isVerified ?? false,
            acceptance: try await acceptancePanel(for: draft.requester),
            familyEmail: draft.typedFamily?.email ?? ""
        )
        return frame.page(page, visit, door: .requests)
    }

    func send(_ visit: StaffVisit) async throws -> Response {
        var draft = try await draft(visit)
        if visit.visit.form.has(FieldName.duplicateReason.rawValue) {
            draft.duplicateReason = visit.visit.form[.duplicateReason]
            draft.shorten()
            try await desk.save(draft, by: visit.actor)
        }
        do {
            switch try await desk.fileRequest(draft.id, by: visit.actor) {
            case .filed(let request):
                return .seeOther(StaffRoute.requestSent.path(request.number.description))
            case .duplicate(let twin, let filedBy):
                return try await duplicate(of: twin, filedBy: filedBy, draft, visit)
            }
        } catch is RequestDraft.Malformed {
            return .seeOther(StaffRoute.draftStudent.path(draft.id.description))
        } catch is TypedFamily.Malformed {
            return .seeOther(StaffRoute.draftPurpose.path(draft.id.description))
        }
    }

    private func duplicate(
        of twin: RecordRequest,
        filedBy: String,
        _ draft: RequestDraft,
        _ visit: StaffVisit
    ) async throws -> Response {
        let story = try await desk.story(of: twin.number, by: visit.actor)
        let wasTold = visit.visit.form.has(FieldName.duplicateReason.rawValue)
        let page = DuplicatePage(
            draft: draft.id.description,
            studentName: draft.studentName,
            number: twin.number,
            filedBy: filedBy,
            filedOn: twin.filedOn,
            holder: story.currentSchool?.name ?? "",
            status: story.state.word,
            form: Form(
                [:],
                problems: wasTold
                    ? [FieldProblem(.duplicateReason, .duplicateReasonMissing)] : []
            )
        )
        return frame.page(page, visit, door: .requests, status: .conflict)
    }

    func join(_ visit: StaffVisit) async throws -> Response {
        let draft = try await draft(visit)
        guard let number = try? RequestNumber(parsing: visit.visit.form[.number]) else {
            throw GatewayFailure.malformed
        }
        try await desk.joinRequest(number, by: visit.actor)
        try await desk.discardDraft(draft.id, by: visit.actor)
        return seeOther(.tracker, number.description, done: .joined)
    }

    func discard(_ visit: StaffVisit) async throws -> Response {
        try await desk.discardDraft(try visit.visit.identifier("draft"), by: visit.actor)
        return seeOther(.requests, done: .draftDiscarded)
    }

    func sent(_ visit: StaffVisit) async throws -> Response {
        let story = try await desk.story(of: try number(visit), by: visit.actor)
        let page = SentPage(
            number: story.request.number,
            studentName: story.request.student.name.full,
            holder: story.currentSchool?.name ?? "",
            next: next(story)
        )
        return frame.page(page, visit, door: .requests)
    }
}

extension RequestDraft.Place {
    var kind: PlaceKind {
        switch self {
        case .school: .school
        case .unknown: .unknown
        case .outsideUnitedStates: .outside
        }
    }
}
