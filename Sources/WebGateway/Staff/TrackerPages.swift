import Casework
import Hummingbird
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

/// Where a request is, and what the requester can do about it.
extension StaffRoom {
    func tracker(
        _ visit: StaffVisit,
        form: Form = .empty,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let number = try number(visit)
        let story = try await desk.story(of: number, by: visit.actor)
        let isRequester = visit.actor.requestingSchools.contains(story.request.requester)
        guard isRequester else { return .seeOther(StaffRoute.queueRow.path(number.description)) }
        let steps = StepBook(story: story, renderer: frame.renderer, language: visit.visit.language)
            .steps { local($0, story.requester.state) }
        let page = TrackerPage(
            number: number,
            studentName: story.request.student.name.full,
            holder: story.currentSchool?.name ?? "",
            status: story.state.word,
            due: due(story),
            next: story.mergedInto.map { .goesOn(number: $0) } ?? next(story),
            law: story.law.map { LawPanel($0) },
            steps: steps.shown,
            folded: steps.folded,
            questions: questionRows(story, form),
            holderPhone: story.holderPhone ?? "",
            holderPhoneOf: story.currentSchool?.name ?? "",
            canReadRecords: story.bundles.contains { $0.seal != nil }
                && visit.actor.holds(StaffRole.readers, at: .school(story.request.requester)),
            standings: standings(story, visit),
            actions: story.actions.compactMap(TrackerAction.init),
            isFollower: story.request.filedBy != visit.actor.id,
            reader: story.reads.flatMap { story.schools[$0]?.name } ?? "",
            task: task(story),
            twins: twinRows(try await desk.twins(of: number, by: visit.actor), .tracker),
            recalls: recallLinks(story),
            mergedInto: story.mergedInto,
            form: form.values[.ask] == nil ? asking(form, visit) : form
        )
        return frame.page(page, visit, door: .requests, status: status)
    }

    /// What a page of the record offers to ask for, as the beginning of a message.
    private func asking(_ form: Form, _ visit: StaffVisit) -> Form {
        guard let part = visit.visit.query["part"].flatMap(RecordPart.init(rawValue:)) else {
            return form
        }
        var form = form
        let language = visit.visit.language
        // What is missing of a part that came is named itself.
        let line = visit.visit.query["line"].flatMap(SheetLabel.init(rawValue:))
        let name =
            line.map { frame.renderer.sentence($0, in: language) }
            ?? frame.renderer.sentence(part, in: language)
        form.values[.ask] = frame.renderer.sentence(AskWord.part(name: name), in: language)
        return form
    }

    func askHolder(_ visit: StaffVisit) async throws -> Response {
        let number = try number(visit)
        let typed = visit.visit.form
        let trouble: FieldTrouble
        do {
            try await desk.writeToHolder(number, message: typed[.ask], by: visit.actor)
            return seeOther(.tracker, number.description, done: .messageSent)
        } catch CaseworkFailure.reasonMissing {
            trouble = .askMissing
        } catch CaseworkFailure.tooLong {
            trouble = .tooLong(limit: RequestDraft.longestMessage)
        } catch CaseworkFailure.notPossibleNow {
            let story = try await desk.story(of: number, by: visit.actor)
            guard story.reads != nil else { throw CaseworkFailure.notPossibleNow }
            trouble = .enoughAskedToday
        }
        return try await tracker(
            visit,
            form: Form(typed.typed(.ask), problems: [FieldProblem(.ask, trouble)]),
            status: .unprocessableContent
        )
    }

    /// Which parts came and what they lack, by what the holders said and what their records say.
    ///
    /// Who may read the records sees which elements nobody gave, and no value of any: that releases
    /// nothing. What cannot be read now is told by what its holder said of it.
    private func standings(_ story: RequestStory, _ visit: StaffVisit) -> PartStandings {
        let bundles = story.bundles.filter { $0.withdrawnAt == nil }
        guard !bundles.isEmpty, let most = story.request.uses.max() else { return .none }
        let statements = Completeness.statements(
            of: bundles,
            inquiries: story.inquiries,
            events: story.events
        )
        let canRead = visit.actor.holds(StaffRole.readers, at: .school(story.request.requester))
        let sealed = canRead ? bundles.filter { $0.seal != nil } : []
        let records = sealed.compactMap(\.recordFile).compactMap { file in
            (try? reading(of: file))?.record
        }
        let completeness = Completeness(
            of: MergedRecord(records),
            for: most,
            statements: statements,
            unread: bundles.unreadParts,
            phase: story.phase.rawValue
        )
        return PartStandings(
            completeness,
            for: most,
            phase: story.phase,
            isRecordOpen: false,
            canAsk: story.reads != nil
        )
    }

    /// The one next date and who acts on it.
    func next(_ story: RequestStory) -> Rendering.NextStep {
        Rendering.NextStep(
            story.next,
            state: story.state,
            holder: story.currentSchool?.name ?? "",
            people: story.restWith,
            district: story.currentSchool?.districtName ?? "",
            stateName: schools.stateName(
                story.currentSchool?.state ?? story.request.requesterState
            )
        )
    }

    /// Nothing is ever overdue against a school that is closed.
    func due(_ story: RequestStory) -> DueWord {
        switch story.state.word {
        case .withTheSchool, .partlyAnswered: break
        default: return .none
        }
        if let day = story.closedUntil { return .closedUntil(day: day) }
        return .none
    }

    func accept(_ visit: StaffVisit) async throws -> Response {
        let number = try number(visit)
        try await desk.acceptRecords(number, by: visit.actor)
        return seeOther(.tracker, number.description, done: .accepted)
    }

    func remind(_ visit: StaffVisit, backTo route: StaffRoute) async throws -> Response {
        let number = try number(visit)
        try await desk.remindHolder(number, by: visit.actor)
        return seeOther(route, number.description, done: .reminded)
    }

    // MARK: Cancel

    func cancelPage(_ visit: StaffVisit) async throws -> Response {
        try await cancelPage(visit, form: .empty, status: .ok)
    }

    func cancel(_ visit: StaffVisit) async throws -> Response {
        let number = try number(visit)
        guard let reason = ReasonCode(rawValue: visit.visit.form[.reason]),
            reason.family == .cancellation
        else {
            let form = Form([:], problems: [FieldProblem(.reason, .reasonMissing)])
            return try await cancelPage(visit, form: form, status: .unprocessableContent)
        }
        try await desk.cancelRequest(number, reason: reason, note: "", by: visit.actor)
        let state = try await desk.story(of: number, by: visit.actor).state
        let notice: PageNotice = state == .cancelPending ? .cancelAsked : .cancelled
        return seeOther(.tracker, number.description, done: notice)
    }

    private func cancelPage(
        _ visit: StaffVisit,
        form: Form,
        status: HTTPResponse.Status
    ) async throws -> Response {
        let story = try await desk.story(of: try number(visit), by: visit.actor)
        let page = CancelPage(
            number: story.request.number,
            studentName: story.request.student.name.full,
            holderHasBegun: story.state == .accepted || story.state == .onHold,
            reasons: Choice.list(ReasonCode.all(in: .cancellation), chosen: []),
            form: form
        )
        return frame.page(page, visit, door: .requests, status: status)
    }

    /// Asks again: the draft of a new request, with everything in it.
    func reopen(_ visit: StaffVisit) async throws -> Response {
        let draft = try await desk.reopenRequest(try number(visit), by: visit.actor)
        return .seeOther(StaffRoute.draftCheck.path(draft.id.description))
    }

    // MARK: Reject

    func rejectPage(_ visit: StaffVisit) async throws -> Response {
        try await rejectPage(visit, form: .empty, status: .ok)
    }

    func reject(_ visit: StaffVisit) async throws -> Response {
        let number = try number(visit)
        let records = try await desk.records(of: number, by: visit.actor)
        guard let bundle = records.bundles.last(where: { $0.withdrawnAt == nil }) else {
            throw GatewayFailure.conflict
        }
        let typed = visit.visit.form
        guard let reason = ReasonCode(rawValue: typed[.reason]), reason.family == .notAcceptable
        else {
            let form = Form(
                typed.typed(.note),
                problems: [FieldProblem(.reason, .reasonMissing)]
            )
            return try await rejectPage(visit, form: form, status: .unprocessableContent)
        }
        try await desk.rejectRecords(
            number,
            bundle: bundle.id,
            reason: reason,
            note: typed[.note],
            by: visit.actor
        )
        return seeOther(.tracker, number.description, done: .rejected)
    }

    private func rejectPage(
        _ visit: StaffVisit,
        form: Form,
        status: HTTPResponse.Status
    ) async throws -> Response {
        let records = try await desk.records(of: try number(visit), by: visit.actor)
        let page = RejectPage(
            number: records.request.number,
            studentName: records.request.student.name.full,
            reasons: Choice.list(ReasonCode.all(in: .notAcceptable), chosen: []),
            form: form
        )
        return frame.page(page, visit, door: .requests, status: status)
    }

    // MARK: Another location

    func locationPage(
        _ visit: StaffVisit,
        from route: StaffRoute,
        problems: [FieldProblem] = []
    ) async throws -> Response {
        let story = try await desk.story(of: try number(visit), by: visit.actor)
        let back = route.path(story.request.number.description).description
        let isRequester = visit.actor.requestingSchools.contains(story.request.requester)
        let page = AddLocationPage(
            path: back + "/location",
            backPath: back,
            number: story.request.number,
            search: try await schools.search(visit.visit),
            named: try await namedSchool(story),
            askedNow: story.inquiries.filter(\.isLive)
                .compactMap { story.schools[$0.school]?.name }.joined(separator: ", "),
            canReplace: !isRequester && story.actions.contains(.askAnotherLocation),
            form: Form([:], problems: problems)
        )
        return frame.page(
            page,
            visit,
            door: route == .tracker ? .requests : .queue,
            status: problems.isEmpty ? .ok : .unprocessableContent
        )
    }

    /// The school to which the last holder says that the student went, unless it was asked.
    private func namedSchool(_ story: RequestStory) async throws -> SchoolHit? {
        guard let id = story.inquiries.last?.movedTo, id != story.request.requester,
            !story.inquiries.contains(where: { $0.school == id }),
            let school = try await desk.school(id)
        else { return nil }
        return schools.hit(school, chosen: id)
    }

    func addLocation(_ visit: StaffVisit, from route: StaffRoute) async throws -> Response {
        let number = try number(visit)
        guard let school = SchoolID(visit.visit.form[.school]) else {
            let problem = FieldProblem(.school, .schoolUnknown)
            return try await locationPage(visit, from: route, problems: [problem])
        }
        do {
            try await desk.askAnotherSchool(
                number,
                school,
                beside: visit.visit.form[.beside] == "yes",
                by: visit.actor
            )
        } catch CaseworkFailure.schoolUnknown {
            let problem = FieldProblem(.school, .schoolUnknown)
            return try await locationPage(visit, from: route, problems: [problem])
        }
        return seeOther(route, number.description, done: .locationAdded)
    }
}

extension RequestStory {
    /// The school that is asked now, or was last.
    var currentSchool: School? {
        let current = inquiries.last { $0.isLive } ?? inquiries.last
        return current.flatMap { schools[$0.school] }
    }
}

extension TrackerAction {
    fileprivate init?(_ action: RequestLifecycle.Action) {
        switch action {
        case .accept: self = .accept
        case .reject: self = .reject
        case .remind: self = .remind
        case .askAnotherLocation: self = .addLocation
        case .askInParallel: self = .askInParallel
        case .cancel: self = .cancel
        case .reopen: self = .reopen
        // Done elsewhere: on a draft's pages, at the state's desk, by the holder or by time.
        case .submit, .discard, .sendAnyway, .join, .locate, .chooseMatch, .rejectMatches,
            .closeUnfilled, .extend, .confirmCancel, .remindToCollect, .completeBySilence,
            .answerLate,
            .merge:
            return nil
        }
    }
}
