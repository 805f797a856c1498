import Casework
import Hummingbird
import RecordExchange
import Rendering
import Vocabulary

/// What stands behind the link that a mailbox was sent about itself.
extension OpenRoom {
    /// Shows what is asked; changes nothing, since scanners fetch it before any person does.
    func mailbox(_ visit: Visit, _ form: Form, isOther: Bool = false) async throws -> Response {
        let token = try visit.parameter("token")
        let door: MailboxDoor
        do {
            door = try await desk.mailboxDoor(token: token)
        } catch CaseworkFailure.link(_) {
            return frame.page(MailboxOverPage(), visit)
        }
        let page = MailboxPage(
            path: PublicRoute.mailbox.path(token).description,
            organization: door.organization,
            role: door.role,
            name: door.name,
            takesOver: door.kind != .stillRight,
            isClaim: door.kind == .claim,
            domains: door.domains,
            isOther: isOther,
            form: form
        )
        return frame.page(
            page,
            visit,
            status: form.problems.isEmpty ? .ok : .unprocessableContent
        )
    }

    func answerMailbox(_ visit: Visit) async throws -> Response {
        let token = try visit.parameter("token")
        let typed = visit.form
        let isOther = typed[.mailboxChoice] == "other"
        var form = Form(typed.typed(.name, .email))
        let code = typed[.linkCode]
        if !code.utf8.contains(where: { $0 > 32 }) {
            form.problems.append(FieldProblem(.linkCode, .linkCodeMissing))
        }
        if isOther { form.needName() }
        let email = isOther ? form.readEmail() : nil
        guard form.problems.isEmpty else {
            return try await mailbox(visit, form, isOther: isOther)
        }
        try limits.linkCode(from: visit.address)
        var isClaim = false
        do {
            isClaim = try await desk.mailboxDoor(token: token).kind == .claim
            if isOther, let email {
                try await desk.nameSuccessor(typed[.name], at: email, token: token, code: code)
            } else {
                try await desk.confirmMailbox(token: token, code: code)
            }
        } catch CaseworkFailure.wrongCode(let left) {
            form.problems = [FieldProblem(.linkCode, .linkCodeWrong(left: left))]
            return try await mailbox(visit, form, isOther: isOther)
        } catch CaseworkFailure.addressMalformed {
            form.problems = [FieldProblem(.email, .addressElsewhere)]
            return try await mailbox(visit, form, isOther: isOther)
        } catch CaseworkFailure.nameMissing {
            form.problems = [FieldProblem(.name, .nameMissing)]
            return try await mailbox(visit, form, isOther: isOther)
        } catch CaseworkFailure.tooLong {
            form.problems = [FieldProblem(.name, .tooLong(limit: ContactDraft.longestField))]
            return try await mailbox(visit, form, isOther: isOther)
        } catch CaseworkFailure.notPossibleNow where isClaim && !isOther {
            form.problems = [FieldProblem(.linkCode, .claimsFull)]
            return try await mailbox(visit, form, isOther: isOther)
        } catch CaseworkFailure.link(_) {
            return frame.page(MailboxOverPage(), visit)
        }
        let notice: PageNotice =
            isClaim ? .claimConfirmed : isOther ? .successorAsked : .mailboxConfirmed
        return .seeOther(PublicRoute.mailbox.path(token, query: ["done": notice.rawValue]))
    }
}
