import Casework
import Hummingbird
import RecordExchange
import Rendering
import Vocabulary

/// What the schools ask of the requester, each with its own answer.
extension StaffRoom {
    func answerQuestion(_ visit: StaffVisit) async throws -> Response {
        let number = try number(visit)
        let typed = visit.visit.form
        let inquiry = Inquiry.ID(typed["inquiry"] ?? "")
        let trouble: FieldTrouble
        do {
            try await desk.answerQuestion(
                number,
                of: inquiry,
                answer: typed[.note],
                by: visit.actor
            )
            return seeOther(.tracker, number.description, done: .questionAnswered)
        } catch CaseworkFailure.reasonMissing {
            trouble = .noteMissing
        } catch CaseworkFailure.tooLong {
            trouble = .tooLong(limit: RequestDraft.longestMessage)
        }
        let story = try await desk.story(of: number, by: visit.actor)
        let open = story.openQuestions
        // Somebody else answered meanwhile: there is no field that the problem could stand beside.
        guard let index = open.firstIndex(where: { inquiry == nil || $0.inquiry == inquiry })
        else { throw CaseworkFailure.notPossibleNow }
        return try await tracker(
            visit,
            form: Form(
                typed.typed(.note),
                problems: [FieldProblem(.note, trouble, at: QuestionRow.input(index))]
            ),
            status: .unprocessableContent
        )
    }

    /// One row for each school that waits; `form` is of the one whose answer was refused.
    func questionRows(_ story: RequestStory, _ form: Form) -> [QuestionRow] {
        story.openQuestions.enumerated().map { index, question in
            let trouble = form.problems.first { $0.input == QuestionRow.input(index) }?.trouble
            return QuestionRow(
                index: index,
                inquiry: question.inquiry.description,
                school: story.schools[question.school]?.name ?? "",
                question: question.note,
                askedAbout: question.reason.flatMap(AskedAbout.init),
                typed: trouble == nil ? "" : form.values[.note] ?? "",
                trouble: trouble
            )
        }
    }
}

extension AskedAbout {
    fileprivate init?(_ reason: ReasonCode) {
        switch reason {
        case .cannotIdentify: self = .cannotIdentify
        case .needsPermission: self = .needsPermission
        case .stillEnrolledHere: self = .stillEnrolledHere
        case .duplicateInquiry: self = .duplicateInquiry
        default: return nil
        }
    }
}
