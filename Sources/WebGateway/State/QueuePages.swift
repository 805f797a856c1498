import Casework
import Hummingbird
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

/// The state contact's desk.
extension StaffRoom {
    func queue(_ visit: StaffVisit) async throws -> Response {
        try await queue(visit, visit.visit.query, trouble: nil)
    }

    /// `fields`: the filters, of an address or of a form that sent them along.
    func queue(
        _ visit: StaffVisit,
        _ fields: FormFields,
        trouble: FieldTrouble?
    ) async throws -> Response {
        guard let state = visit.actor.watchedStates.first else { throw GatewayFailure.forbidden }
        var query = QueueQuery(fields, reader: visit.actor.id)
        let (who, people) = try await whose(fields, of: state, visit)
        query.filter.assignee = who.assignee
        let filter = query.filter
        let start = PageStart(fields)
        let view = QueueView(filter.view)
        let queue = try await desk.queue(
            filter,
            in: state,
            start: start,
            by: visit.actor
        )
        let path = StaffRoute.queue.path().description
        // All of the view, from the same side and in the same order.
        var wide = QueueFilter()
        (wide.side, wide.view, wide.order) = (filter.side, filter.view, filter.order)
        var folded = filter
        folded.search = ""
        let parameters = query.parameters(visit.actor.id)
        let here = query.address(visit.actor.id, start.parameters)
        let page = QueuePage(
            stateName: schools.stateName(state),
            today: desk.time.today(in: state),
            view: view,
            views: QueueView.allCases.map { other in
                var beside = query
                beside.filter.view = other.part
                return QueueTab(
                    view: other,
                    count: queue.counts[other.part],
                    path: beside.address(visit.actor.id),
                    isCurrent: other == view
                )
            },
            groups: groups(queue.page.items, visit.actor),
            unconfirmed: view == .mine && filter.side == .holding
                ? try await unconfirmed(in: state, visit) : [],
            searchForm: Form(fields.typed(.searchName)),
            orders: Choice.list(QueueOrder.allCases, chosen: [QueueOrder(filter.order)]),
            sides: Choice.list(QueueSide.allCases, chosen: [filter.side]),
            steps: Choice.list(QueueStep.allCases, chosen: [filter.step].compactMap(\.self)),
            ages: query.ages,
            bands: Choice.list(GradeBand.allCases, chosen: [filter.band].compactMap(\.self)),
            isUrgentOnly: filter.isUrgentOnly,
            isUnfolded: folded.isNarrow || filter.side != .holding,
            people: people,
            kept: parameters.filter { !$0.value.isEmpty }
                .map { KeptField(name: $0.name, value: $0.value) },
            place: start.parameters.map { KeptField(name: $0.name, value: $0.value) },
            rowQuery: ListAddress("", [("list", here)]).description,
            widePath: filter.isNarrow ? QueueQuery(wide).address(visit.actor.id) : "",
            filePath: queue.page.items.isEmpty
                ? ""
                : ListAddress(StaffRoute.queueCSV.path().description, parameters).description,
            freePath: people.contains { $0.isChosen && $0.words.hasLeft }
                ? ListAddress(path, [("view", "all"), ("who", QueueWho.nobody)]).description : "",
            own: try await ownViews(in: state, visit),
            form: Form(
                fields.typed(.viewName),
                problems: trouble.map { [FieldProblem(.viewName, $0)] } ?? []
            ),
            pager: Pager(queue.page, total: queue.counts[view.part], at: path, parameters)
        )
        return frame.page(
            page,
            visit,
            door: .queue,
            status: trouble == nil ? .ok : .unprocessableContent
        )
    }

    private func unconfirmed(
        in state: StateCode,
        _ visit: StaffVisit
    ) async throws -> [UnconfirmedRow] {
        try await desk.unconfirmed(in: state, by: visit.actor).map { row in
            UnconfirmedRow(
                path: StaffRoute.queueRow.path(row.number.description).description,
                number: row.number,
                askedBy: row.requester.name,
                phone: row.phone ?? ""
            )
        }
    }

    /// One group a school, in the order of its most pressing row.
    private func groups(_ rows: [Casework.QueueRow], _ reader: Actor) -> [QueueGroup] {
        var order: [SchoolID?] = []
        var bySchool: [SchoolID?: [Casework.QueueRow]] = [:]
        for row in rows {
            if bySchool[row.school?.id] == nil { order.append(row.school?.id) }
            bySchool[row.school?.id, default: []].append(row)
        }
        return order.enumerated().map { position, id in
            let rows = bySchool[id] ?? []
            let first = rows.first
            var closedUntil: CivilDate?
            if case .schoolClosed(let day) = first?.why { closedUntil = day }
            return QueueGroup(
                index: position + 1,
                school: first?.school?.name ?? "",
                district: first?.school?.districtName ?? "",
                phone: rows.compactMap(\.phone).first ?? "",
                contactsPath: mayKeep(first, reader) ? contactsPath(of: first?.school) : "",
                closedUntil: closedUntil,
                rows: rows.map { line($0, reader) }
            )
        }
    }

    /// Whoever watches a school's state keeps its contacts.
    private func mayKeep(_ row: Casework.QueueRow?, _ reader: Actor) -> Bool {
        row?.school.map { reader.watchedStates.contains($0.state) } ?? false
    }

    private func line(_ row: Casework.QueueRow, _ reader: Actor) -> Rendering.QueueRow {
        Rendering.QueueRow(
            path: StaffRoute.queueRow.path(row.number.description).description,
            inquiry: row.inquiry == nil ? "" : row.number.description,
            number: row.number,
            student: row.initials,
            grade: row.grade,
            askedBy: "\(row.requester.name), \(row.requester.state)",
            age: age(row),
            status: row.state.word,
            why: StuckReason(row.why),
            next: next(row),
            isUrgent: row.isUrgent,
            law: row.law.map { LawTag($0) },
            hasTwin: row.hasTwin,
            who: PersonWord(row.assignee, reader),
            phone: row.phone ?? ""
        )
    }

    private func next(_ row: Casework.QueueRow) -> Rendering.NextStep {
        Rendering.NextStep(
            row.next,
            state: row.state,
            holder: row.school?.name ?? "",
            district: row.school?.districtName ?? "",
            stateName: schools.stateName(row.school?.state ?? row.requester.state)
        )
    }

    /// Scaled to the hard cap, with a tick where the state contact took over.
    private func age(_ row: Casework.QueueRow) -> AgeBar {
        let scale = max(row.capDays, 1)
        let isClosed = row.why.isClosure
        let due = isClosed ? 1 : 4
        let tone: Tone =
            isClosed ? .warn : row.waitedDays > 10 ? .bad : row.waitedDays > due ? .warn : .ok
        return AgeBar(
            days: row.waitedDays,
            width: min(100, row.waitedDays * 100 / scale),
            tick: min(100, due * 100 / scale),
            tone: tone
        )
    }

    func queueRow(_ visit: StaffVisit) async throws -> Response {
        try await queueRow(visit, form: .empty, status: .ok)
    }

    private func queueRow(
        _ visit: StaffVisit,
        form: Form,
        status: HTTPResponse.Status
    ) async throws -> Response {
        let number = try number(visit)
        let story = try await desk.story(of: number, by: visit.actor)
        let row = try await desk.queueRow(of: number, by: visit.actor)
        let zone = row.school?.state ?? row.requester.state
        let steps = StepBook(story: story, renderer: frame.renderer, language: visit.visit.language)
            .steps { local($0, zone) }
        let contacts = try await contactRows(of: row.school)
        let live = story.inquiries.last { $0.isLive }
        let isWatched = live.map { visit.actor.watchedStates.contains($0.holderState) } ?? false
        let page = QueueRowPage(
            path: StaffRoute.queueRow.path(number.description).description,
            listPath: listPath(visit),
            number: number,
            student: row.initials,
            grade: row.grade,
            holder: row.school?.name ?? "",
            askedBy: "\(row.requester.name), \(schools.place(row.requester))",
            status: row.state.word,
            why: StuckReason(row.why),
            next: next(row),
            who: PersonWord(row.assignee, visit.actor),
            law: row.law.map { LawPanel($0) },
            age: age(row),
            steps: steps.shown,
            contacts: contacts,
            phones: phones(row),
            answerPath: isWatched
                ? live.map { StaffRoute.answerRecords.path($0.id.description).description } ?? ""
                : "",
            contactsPath: isWatched ? contactsPath(of: row.school) : "",
            // What came counts as what came: only the rest is ended, and the requester accepts it.
            restPath: isWatched && live?.status == .partlySent
                ? live.map { StaffRoute.answerNone.path($0.id.description).description } ?? ""
                : "",
            findContactPath: isWatched && live.map(hasOwnContacts) ?? false
                ? StaffRoute.queueContact.path(number.description).description : "",
            suggested: isWatched ? live.flatMap { suggested($0, beside: contacts) } : nil,
            canRemind: story.actions.contains(.remind),
            canAddLocation: story.actions.contains(.askAnotherLocation),
            canExtend: story.actions.contains(.extend)
                && story.inquiries.contains {
                    $0.isLive && $0.status != .question
                        && visit.actor.watchedStates.contains($0.holderState)
                },
            canClose: story.actions.contains(.closeUnfilled),
            awayUntil: isWatched
                ? try await desk.closureOffer(of: number, by: visit.actor) : nil,
            task: task(story),
            twins: twinRows(try await desk.twins(of: number, by: visit.actor), .queueRow),
            recalls: recallLinks(story),
            saidAlone: story.saidAlone.map { said in
                SaidAloneRow(
                    school: story.schools[said.school]?.name ?? "",
                    reason: said.reason,
                    note: said.note
                )
            },
            reasons: Choice.list(Self.closingReasons, chosen: []),
            form: form
        )
        return frame.page(page, visit, door: .queue, status: status)
    }

    // Why a state contact can end a request that nobody filled.
    static let closingReasons: [ReasonCode] = [
        .noAnswerAtCap, .neverEnrolled, .destroyedUnderSchedule, .cannotIdentify, .willNotSend,
        .arrivedAnotherWay, .outsideUnitedStates,
    ]

    private func phones(_ row: Casework.QueueRow) -> [PhoneRow] {
        guard let phone = row.phone else { return [] }
        return [PhoneRow(organization: row.school?.name ?? row.requester.name, phone: phone)]
    }

    // MARK: Acting

    /// Takes up the offer that an out-of-office reply made.
    func markClosed(_ visit: StaffVisit) async throws -> Response {
        let number = try number(visit)
        _ = try await desk.markClosed(number, by: visit.actor)
        return seeOther(.queueRow, number.description, done: .answered)
    }

    func logCall(_ visit: StaffVisit) async throws -> Response {
        let number = try number(visit)
        let typed = visit.visit.form
        let note = [typed[.calledPerson], typed[.note]].filter { !$0.isEmpty }
            .joined(separator: ": ")
        do {
            try await desk.logCall(number, note: note, by: visit.actor)
        } catch CaseworkFailure.tooLong {
            let limit = RequestDraft.longestMessage
            let form = Form(
                typed.typed(.calledPerson, .note),
                problems: [FieldProblem(.note, .tooLong(limit: limit))]
            )
            return try await queueRow(visit, form: form, status: .unprocessableContent)
        }
        // Whoever calls down the list stays in it, with its filters; the row's own page names it.
        let list = listPath(visit)
        if typed["list"] != nil, list != StaffRoute.queue.path().description {
            let notice = "done=\(PageNotice.callLogged.rawValue)"
            if let path = LocalPath(list + (list.contains("?") ? "&" : "?") + notice) {
                return .seeOther(path)
            }
        }
        if typed["view"] != nil {
            let notice = [(name: "done", value: PageNotice.callLogged.rawValue)]
            let list = QueueQuery(typed, reader: visit.actor.id)
                .address(visit.actor.id, PageStart(typed).parameters + notice)
            if let path = LocalPath(list) { return .seeOther(path) }
        }
        return seeOther(.queueRow, number.description, done: .callLogged)
    }

    func close(_ visit: StaffVisit) async throws -> Response {
        let number = try number(visit)
        let typed = visit.visit.form
        guard let reason = ReasonCode(rawValue: typed[.reason]),
            Self.closingReasons.contains(reason)
        else {
            let form = Form(
                typed.typed(.note),
                problems: [FieldProblem(.reason, .reasonMissing)]
            )
            return try await queueRow(visit, form: form, status: .unprocessableContent)
        }
        try await desk.closeUnfilled(
            number,
            reason: reason,
            note: typed[.note],
            by: visit.actor
        )
        return seeOther(.queueRow, number.description, done: .closed)
    }
}

extension QueueView {
    init(_ part: WorklistQuestion.View) {
        self = Self.allCases.first { $0.part == part } ?? .all
    }

    var part: WorklistQuestion.View {
        switch self {
        case .all: .all
        case .mine: .told
        case .closedSchools: .closedSchools
        case .mailFailed: .unreachable
        case .noSchool: .withoutSchool
        }
    }
}

extension QueueOrder {
    init(_ order: WorklistQuestion.Order) {
        self = Self.allCases.first { $0.order == order } ?? .waiting
    }

    var order: WorklistQuestion.Order {
        switch self {
        case .waiting: .waiting
        case .next: .next
        case .law: .law
        case .place: .place
        }
    }
}

extension WhyStuck {
    fileprivate var isClosure: Bool {
        if case .schoolClosed = self { return true }
        return false
    }
}

extension ContactRow {
    init(_ contact: Contact, organization: String) {
        let confidence: ContactConfidence =
            if let day = contact.bouncedOn, !contact.isUsable {
                .bounced(day: day)
            } else if let day = contact.answeredOn {
                .answered(day: day)
            } else if let day = contact.confirmedOn {
                .confirmed(day: day)
            } else {
                .never
            }
        self.init(
            id: contact.id.description,
            role: contact.role,
            organization: organization,
            name: contact.name,
            title: contact.title,
            email: contact.email.description,
            phone: contact.phone ?? "",
            confidence: confidence,
            first: contact.term?.first,
            last: contact.term?.last
        )
    }
}
