import Casework
import Hummingbird
import Rendering

/// Contacts from a list: looked at first, then taken over.
extension StaffRoom {
    func takeContacts(_ visit: StaffVisit) async throws -> Response {
        let typed = visit.visit.form
        let form = Form(typed.typed(.contactList))
        let file: ContactFile
        do {
            file = try ContactFile(parsing: Array(typed[.contactList].utf8))
        } catch {
            let malformed: ContactFile.Malformed = error
            return refused(form, FieldTrouble(malformed), visit)
        }
        let isDone = typed["apply"] == "yes"
        let report: ContactImport
        do {
            report =
                isDone
                ? try await desk.importContacts(file, by: visit.actor)
                : try await desk.checkContacts(file, by: visit.actor)
        } catch CaseworkFailure.tooLong {
            return refused(form, .tooManyRows(limit: ContactDraft.mostOfAnOffice), visit)
        }
        let page = ContactImportPage(
            result: ContactImportResult(report),
            isDone: isDone,
            form: isDone ? .empty : form
        )
        return frame.page(page, visit, door: .contacts)
    }

    private func refused(
        _ form: Form,
        _ trouble: FieldTrouble,
        _ visit: StaffVisit
    ) -> Response {
        let page = ContactImportPage(
            form: Form(form.values, problems: [FieldProblem(.contactList, trouble)])
        )
        return frame.page(page, visit, door: .contacts, status: .unprocessableContent)
    }
}

extension FieldTrouble {
    fileprivate init(_ malformed: ContactFile.Malformed) {
        switch malformed {
        case .empty: self = .listEmpty
        case .columnsMissing(let names):
            self = .columnsMissing(columns: names.joined(separator: ", "))
        case .tooManyRows: self = .tooManyRows(limit: ContactFile.mostRows)
        case .notRows(let line): self = .notRows(line: line)
        }
    }
}

extension ContactImportResult {
    fileprivate init(_ report: ContactImport) {
        func rows(_ lines: [ContactImport.Line]) -> [ContactImportRow] {
            lines.map { line in
                ContactImportRow(
                    line: line.line,
                    organization: line.organization,
                    name: line.name,
                    outcome: ContactImportWord(line.outcome)
                )
            }
        }
        self.init(
            added: report.added,
            changed: report.changed,
            same: report.same,
            rows: rows(report.lines.filter { [.added, .changed].contains($0.outcome) }),
            refused: rows(report.refused)
        )
    }
}

extension ContactImportWord {
    fileprivate init(_ outcome: ContactImport.Outcome) {
        switch outcome {
        case .added: self = .added
        case .changed: self = .changed
        case .same: self = .same
        case .refused(let refusal):
            switch refusal {
            case .organizationUnknown: self = .organizationUnknown
            case .notYours: self = .notYours
            case .roleUnknown: self = .roleUnknown
            case .roleNotThere: self = .roleNotThere
            case .nameMissing: self = .nameMissing
            case .tooLong: self = .tooLong
            case .addressMalformed: self = .addressMalformed
            case .phoneMalformed: self = .phoneMalformed
            case .languageUnknown: self = .languageUnknown
            case .termMalformed: self = .termMalformed
            case .twice: self = .twice
            }
        }
    }
}
