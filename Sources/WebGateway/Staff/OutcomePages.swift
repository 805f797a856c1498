import Casework
import Hummingbird
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

/// What became of the credits: said by the school that received the record.
extension StaffRoom {
    /// The most courses that a page takes one by one; more are judged together.
    fileprivate static let mostCourses = 100

    /// An answer whose credits are judged.
    fileprivate struct Judged {
        let request: RecordRequest
        let requester: School
        let holder: String
        let bundle: RecordBundle
        /// As its sender wrote them; empty where they are not known as data.
        let courses: [RecordEntry]
        /// What was said so far, oldest first.
        let outcomes: [CreditOutcome]

        var areTooMany: Bool { courses.count > StaffRoom.mostCourses }
        /// Those that are judged one by one.
        var listed: [RecordEntry] { areTooMany ? [] : courses }
    }

    func outcome(_ visit: StaffVisit) async throws -> Response {
        let judged = try await judged(visit)
        return try await outcomePage(judged, typed: nil, problems: [], visit)
    }

    func saveOutcome(_ visit: StaffVisit) async throws -> Response {
        let judged = try await judged(visit)
        let typed = visit.visit.form
        var form = OutcomeForm(
            typed,
            sent: judged.courses.map(\.creditLine),
            listed: judged.listed.count
        )
        let today = desk.time.today(in: judged.requester.state)
        let born = judged.request.student.birthDate
        form.readDays(from: born, to: today)
        guard form.problems.isEmpty else {
            return try await outcomePage(judged, typed: typed, problems: form.problems, visit)
        }
        try await desk.recordOutcome(
            OutcomeDraft(
                enrolledOn: form.enrolledOn,
                placedOn: form.placedOn,
                lines: form.lines
            ),
            of: judged.bundle.id,
            in: judged.request.number,
            by: visit.actor
        )
        return seeOther(
            .outcome,
            judged.request.number.description,
            judged.bundle.id.description,
            done: .outcomeSaved
        )
    }

    private func judged(_ visit: StaffVisit) async throws -> Judged {
        let number = try number(visit)
        let id = try visit.visit.identifier("bundle", of: RecordBundle.self)
        let arrived = try await desk.records(of: number, by: visit.actor)
        guard let bundle = arrived.bundles.first(where: { $0.id == id }),
            let requester = try await desk.school(arrived.request.requester)
        else { throw GatewayFailure.notFound }
        var courses: [RecordEntry] = []
        // What was found not acceptable is opened no more.
        if bundle.withdrawnAt == nil, let file = bundle.recordFile {
            courses = try reading(of: file)?.record.entries(of: .course) ?? []
        }
        return Judged(
            request: arrived.request,
            requester: requester,
            holder: arrived.holderNames[bundle.holder] ?? "",
            bundle: bundle,
            courses: courses,
            outcomes: try await desk.creditOutcomes(of: id, in: number, by: visit.actor)
        )
    }

    private func outcomePage(
        _ judged: Judged,
        typed: FormFields?,
        problems: [FieldProblem],
        _ visit: StaffVisit
    ) async throws -> Response {
        if !judged.listed.isEmpty, let file = judged.bundle.recordFile {
            // The courses stand on the page: to look at them is to have them.
            _ = try await desk.release(
                .file(file.id),
                of: judged.bundle.id,
                in: judged.request.number,
                to: visit.actor
            )
        }
        let shown = typed ?? judged.saidLast
        let views = judged.outcomes.enumerated().map { index, outcome in
            OutcomeView(
                outcome,
                index: index,
                requester: judged.requester.name,
                askedOn: judged.request.filedOn,
                at: local(outcome.at, judged.requester.state)
            )
        }
        let choices = CreditChoice.allCases.filter { choice in
            switch choice {
            case .except, .byCourse: !judged.listed.isEmpty
            case .partly: judged.listed.isEmpty
            case .asSent, .none, .undecided: true
            }
        }
        let page = OutcomePage(
            number: judged.request.number,
            bundle: judged.bundle.id.description,
            studentName: judged.request.student.name.full,
            holder: judged.holder,
            choices: Choice.list(
                choices,
                chosen: CreditChoice(rawValue: shown[.creditChoice]).map { [$0] } ?? []
            ),
            reasons: Self.reasons(shown[.creditReason]),
            groups: groups(judged, shown, problems),
            hasTooMany: judged.areTooMany,
            takesTotal: judged.listed.isEmpty,
            latest: Array(views.suffix(1)),
            earlier: views.dropLast().reversed(),
            form: Form(
                shown.typed(
                    .enrolledMonth,
                    .enrolledDay,
                    .enrolledYear,
                    .placedMonth,
                    .placedDay,
                    .placedYear,
                    .acceptedCredits,
                    .creditNote
                ),
                problems: problems
            )
        )
        return frame.page(
            page,
            visit,
            door: .requests,
            status: problems.isEmpty ? .ok : .unprocessableContent
        )
    }

    /// By school and year, each where its first course stands.
    private func groups(
        _ judged: Judged,
        _ shown: FormFields,
        _ problems: [FieldProblem]
    ) -> [OutcomeGroup] {
        var order: [String] = []
        var found: [String: (courses: [OutcomeCourse], sent: [Hundredths])] = [:]
        for (offset, entry) in judged.listed.enumerated() {
            let words = [entry.place?.name.start ?? judged.holder, entry.text(.courseYear)]
            let title = words.compactMap(\.self).joined(separator: " · ")
            if found[title] == nil { order.append(title) }
            let line = entry.creditLine
            found[title, default: ([], [])].courses
                .append(course(offset + 1, line, shown, problems))
            if let sent = line.sent { found[title, default: ([], [])].sent.append(sent) }
        }
        return order.map { title in
            OutcomeGroup(
                title: title,
                credits: (found[title]?.sent ?? []).sum.description,
                courses: found[title]?.courses ?? [],
                isShort: judged.listed.count <= OutcomeGroup.mostOpen
            )
        }
    }

    private func course(
        _ index: Int,
        _ line: CreditLine,
        _ shown: FormFields,
        _ problems: [FieldProblem]
    ) -> OutcomeCourse {
        OutcomeCourse(
            index: index,
            title: line.title,
            detail: line.detail,
            sent: line.sent?.description ?? "",
            accepted: shown[OutcomeCourse.input(index)] ?? "",
            reasons: Self.reasons(shown[OutcomeCourse.reasonInput(index)] ?? ""),
            said: shown[OutcomeCourse.saidInput(index)] ?? "",
            troubles: problems.filter { $0.input == OutcomeCourse.input(index) }.map(\.trouble)
        )
    }

    private static func reasons(_ chosen: String) -> [Choice<CreditLine.Reason>] {
        Choice.list(
            CreditLine.Reason.allCases,
            chosen: CreditLine.Reason(rawValue: chosen).map { [$0] } ?? []
        )
    }
}

extension StaffRoom.Judged {
    /// What counts now, as the form would have been typed.
    fileprivate var saidLast: FormFields {
        var fields = FormFields()
        guard let last = outcomes.last else { return fields }
        func day(_ day: CivilDate?, _ boxes: [FieldName]) {
            guard let day else { return }
            for (box, number) in zip(boxes, [day.month, day.day, day.year]) {
                fields.append(box.rawValue, String(number))
            }
        }
        day(last.enrolledOn, [.enrolledMonth, .enrolledDay, .enrolledYear])
        day(last.placedOn, [.placedMonth, .placedDay, .placedYear])
        let choice: CreditChoice
        if let whole = last.lines.first, last.lines.count == 1, whole.isWhole {
            choice =
                switch whole.verdict {
                case .accepted: .asSent
                case .partly: .partly
                case .notAccepted: .none
                case nil: .undecided
                }
            fields.append(FieldName.acceptedCredits.rawValue, whole.accepted?.description ?? "")
            fields.append(FieldName.creditReason.rawValue, whole.reason?.rawValue ?? "")
            fields.append(FieldName.creditNote.rawValue, whole.note)
        } else {
            // Where all that was sent is decided, only what does not count as sent stands there.
            let isDecided = last.lines.allSatisfy { $0.verdict != nil || $0.sent == nil }
            choice = last.lines.isEmpty ? .undecided : isDecided ? .except : .byCourse
            for (offset, course) in listed.enumerated() {
                let line = course.creditLine
                // The same row of the record: what was sent never changes.
                guard
                    let said = last.lines.first(where: {
                        $0.title == line.title && $0.detail == line.detail && $0.sent == line.sent
                    })
                else { continue }
                if choice == .except, said.isAsSent { continue }
                let index = offset + 1
                fields.append(OutcomeCourse.input(index), said.accepted?.description ?? "")
                fields.append(OutcomeCourse.reasonInput(index), said.reason?.rawValue ?? "")
                fields.append(OutcomeCourse.saidInput(index), said.note)
            }
        }
        fields.append(FieldName.creditChoice.rawValue, choice.rawValue)
        return fields
    }
}

extension CreditLine {
    /// It counts as it was sent, and there is no more to say of it.
    fileprivate var isAsSent: Bool { accepted == sent && reason == nil && note.isEmpty }
}

extension RecordEntry {
    /// A course as it was sent, with nothing decided.
    var creditLine: CreditLine {
        // The same in every language: codes say nothing to whoever decides here.
        let section = ["02": "A", "03": "B"][text(.courseSection) ?? ""]
        let detail = [text(.courseYear), section].compactMap { $0 }
        return CreditLine(
            course: text(.courseTitle)?.start ?? "–",
            detail: detail.joined(separator: " · "),
            sent: amount(.creditsGranted),
            accepted: nil
        )
    }
}

extension String {
    /// As much of it as a line of a page takes.
    fileprivate var start: String {
        var kept = String.UnicodeScalarView()
        for scalar in unicodeScalars.prefix(120) { kept.append(scalar) }
        return String(kept)
    }
}
