import Casework
import Hummingbird
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

/// The minimum data elements, typed in: an answer in its own right that joins the others.
extension AnswerRoom {
    func elementsPage(_ task: AnswerTask, _ seat: Seat) throws -> ElementsPage {
        let fields = FormFields()
        var form = Form()
        if let person = person(at: seat) {
            form.values[.name] = person.name
            form.values[.title] = person.title
        }
        return elementsPage(task, seat, try typedElements(fields, task), fields, form)
    }

    /// Without anything that reads records there is no such page.
    private func typedElements(_ fields: FormFields, _ task: AnswerTask) throws -> TypedElements {
        guard let scribe else { throw GatewayFailure.notFound }
        return TypedElements(
            fields,
            asked: Set(task.asked),
            codes: scribe.codes,
            from: source(task)
        )
    }

    private func person(at seat: Seat) -> Actor? {
        switch seat.answerer {
        case .link, .partner, .family: nil
        case .staff(let actor), .stateContact(let actor): actor
        }
    }

    private func elementsPage(
        _ task: AnswerTask,
        _ seat: Seat,
        _ typed: TypedElements,
        _ fields: FormFields,
        _ form: Form
    ) -> ElementsPage {
        ElementsPage(
            base: seat.base,
            number: task.request.number,
            requester: task.requester.name,
            groups: typed.groups(showing: form.problems),
            others: typed.others,
            complete: Choice.list(
                CompleteWord.allCases,
                chosen: CompleteWord(rawValue: fields[.complete]).map { [$0] } ?? []
            ),
            isInPart: task.isInPart,
            canCertify: person(at: seat) != nil,
            isCertifying: fields[.certifies] == "yes",
            form: form
        )
    }

    func sendElements(
        _ visit: Visit,
        _ task: AnswerTask,
        _ seat: Seat,
        _ frame: Framing
    ) async throws -> Response {
        let fields = visit.form
        var typed = try typedElements(fields, task)
        var form = Form(fields.typed(.name, .title))
        if fields.has("more") {
            return frame(elementsPage(task, seat, typed, fields, form), .ok)
        }
        typed.check(
            birth: task.request.student.birthDate,
            today: desk.time.today(in: task.holder.state)
        )
        form.problems = typed.problems
        if typed.entries.isEmpty, form.problems.isEmpty {
            form.problems.append(FieldProblem(.elements, .nothingTyped))
        }
        // Whoever has a part cannot say that this is all.
        let complete = task.isInPart ? .no : CompleteWord(rawValue: fields[.complete])
        form.problems += Self.troubles(in: fields, complete, of: task.request)
        let (reading, _) = try structured(
            typed: typed.entries,
            uploads: [],
            from: source(task),
            about: task.request.student
        )
        let parts = parts(fields, task, reading.record, false)
        if form.problems.isEmpty, complete == .yes {
            // Of a part whose elements were spoken of, something was said.
            let spokenOf = Set(typed.entries.map(\.group.part))
            form.problems += lacking(parts, task).filter { !spokenOf.contains($0) }
                .map { FieldProblem(.complete, .partNotSaid(part: $0)) }
        }
        guard form.problems.isEmpty, let complete else {
            return frame(
                elementsPage(task, seat, typed, fields, form),
                .unprocessableContent
            )
        }
        guard let record = try await recordFile(reading) else { throw GatewayFailure.notFound }
        let submission = AnswerSubmission(
            parts: parts,
            files: [record],
            isComplete: complete == .yes,
            name: fields[.name],
            title: fields[.title],
            note: "",
            asCertifyingOfficial: fields[.certifies] == "yes"
        )
        do {
            let bundle = try await desk.answer(seat.inquiry, with: submission, by: seat.answerer)
            await inspect(bundle.id)
        } catch let refusal as CaseworkFailure {
            // Refused before anything was on file: no answer refers to it.
            try? drop.remove(record.id)
            throw refusal
        }
        let proof = Self.proof(of: record.digest.description)
        guard let receipt = LocalPath(seat.base + "/receipt?sent=" + proof) else {
            throw GatewayFailure.notFound
        }
        return .seeOther(receipt)
    }
}
