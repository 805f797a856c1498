import RecordExchange
import Vocabulary

/// What a list of contacts does, row by row.
package struct ContactImport: Hashable, Sendable {
    /// What becomes of a row.
    package enum Outcome: Hashable, Sendable {
        case added, changed
        /// It is on file just so.
        case same
        case refused(ContactFile.Refusal)
    }

    package struct Line: Hashable, Sendable {
        package let line: Int
        /// Its name where it is in the directory, else as typed.
        package let organization: String
        package let name: String
        package let outcome: Outcome
    }

    package let lines: [Line]

    package var added: Int { lines.count { $0.outcome == .added } }
    package var changed: Int { lines.count { $0.outcome == .changed } }
    package var same: Int { lines.count { $0.outcome == .same } }
    package var refused: [Line] {
        lines.filter { if case .refused = $0.outcome { true } else { false } }
    }
}

extension Desk {
    /// What a list would do, without doing it.
    ///
    /// Throws `tooLong` where one organisation would have more mailboxes than it may.
    package func checkContacts(
        _ file: ContactFile,
        by actor: Actor?
    ) async throws -> ContactImport {
        try await read { try $0.judge(file, by: actor).report }
    }

    /// Takes over every row of a list that can be used; the refused ones change nothing.
    ///
    /// `actor`: `nil` for the operator at the machine. The same list again changes nothing.
    package func importContacts(
        _ file: ContactFile,
        by actor: Actor?
    ) async throws -> ContactImport {
        try await write { transaction in
            let (report, usable) = try transaction.judge(file, by: actor)
            for content in usable {
                try transaction.keep(content.draft, of: content.organization, by: actor)
            }
            return report
        }
    }
}

extension CaseTransaction {
    fileprivate func judge(
        _ file: ContactFile,
        by actor: Actor?
    ) throws -> (report: ContactImport, usable: [ContactFile.Row.Content]) {
        if let actor {
            let keeps = !actor.organizations(as: [.administrator, .stateContact, .district]).isEmpty
            guard keeps else { throw CaseworkFailure.notAllowed }
        }
        var usable: [ContactFile.Row.Content] = []
        var seen: Set<String> = []
        var added: [OrganizationID: Int] = [:]
        let lines = try file.rows.map { row -> ContactImport.Line in
            func line(
                _ outcome: ContactImport.Outcome,
                _ name: String? = nil
            ) -> ContactImport.Line {
                ContactImport.Line(
                    line: row.line,
                    organization: name ?? row.organization,
                    name: row.name,
                    outcome: outcome
                )
            }
            switch row.content {
            case .failure(let refusal): return line(.refused(refusal))
            case .success(let content):
                guard try isInDirectory(content.organization) else {
                    return line(.refused(.organizationUnknown))
                }
                let name = try self.name(of: content.organization)
                if let actor, try !mayKeep(content.organization, by: actor) {
                    return line(.refused(.notYours), name)
                }
                let draft = content.draft
                let key = "\(content.organization) \(draft.role.rawValue) \(draft.email)"
                guard seen.insert(key).inserted else { return line(.refused(.twice), name) }
                let (known, contact) = try change(by: draft, of: content.organization)
                if known == contact { return line(.same, name) }
                usable.append(content)
                guard known == nil else { return line(.changed, name) }
                added[content.organization, default: 0] += 1
                // Before any work is done: each more costs as much as all before it.
                let there = try session.contacts(of: content.organization).count
                guard
                    there + added[content.organization, default: 0] <= ContactDraft.mostOfAnOffice
                else { throw CaseworkFailure.tooLong }
                return line(.added, name)
            }
        }
        return (ContactImport(lines: lines), usable)
    }

    private func isInDirectory(_ organization: OrganizationID) throws -> Bool {
        switch organization {
        case .school(let id): try session.school(id) != nil
        case .district(let id): try session.district(id) != nil
        case .project(let code): try session.project(code) != nil
        case .state(let code): try session.state(code) != nil
        case .custodian: try !session.contacts(of: organization).isEmpty
        case .gateway: false
        }
    }
}
