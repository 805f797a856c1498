import RecordExchange
import Vocabulary

/// A corrected answer takes the place of an earlier one.
extension CaseTransaction {
    /// Which earlier answers to the inquiry a new one replaces, oldest first.
    ///
    /// Throws where one of them is not an answer to it that counts, or not of whoever answers.
    func replaceable(
        _ ids: Set<RecordBundle.ID>,
        answering inquiry: Inquiry,
        by answerer: Answerer
    ) throws -> [RecordBundle.ID] {
        guard !ids.isEmpty else { return [] }
        let contact = try contact(of: answerer, inquiry: inquiry)
        let isInPart = try parts(of: answerer, inquiry) != nil
        let found = try bundles(answering: inquiry).filter { bundle in
            ids.contains(bundle.id) && bundle.canBeReplaced
                && (!isInPart || bundle.sender == contact?.id)
        }
        guard found.count == ids.count else { throw CaseworkFailure.notPossibleNow }
        return found.map(\.id)
    }

    /// Marks what a bundle replaces, now that it can be read in its place, and tells whoever took
    /// something of it.
    ///
    /// What was replaced can still be read: somebody acted upon it. It counts no more, it waits for
    /// nobody, and a copy that a family carried to another school is marked there.
    func replace(by bundle: RecordBundle) throws {
        guard bundle.withdrawnAt == nil else { return }
        for id in bundle.replaces ?? [] {
            guard var old = try session.bundle(id), old.canBeReplaced else { continue }
            old.replacedBy = bundle.id
            old.withdrawnAt = now
            try session.save(old)
            try stopDeliveries(of: old)
            try tellReplaced(old, by: bundle)
            for copy in try (old.copies ?? []).compactMap({ try session.bundle($0) })
            where copy.canBeReplaced {
                var copy = copy
                // It is all that this school has: it stays, and says that it is corrected.
                copy.replacedBy = bundle.id
                try session.save(copy)
                try tellReplaced(copy, by: bundle)
            }
        }
    }

    private func tellReplaced(_ old: RecordBundle, by bundle: RecordBundle) throws {
        let request = try request(old.request)
        try tell(
            .replaced(bundle: old.id, by: bundle.id),
            of: old.request,
            inquiry: old.inquiry,
            person: bundle.certification.name
        )
        try audit(.system, "bundle.replace", subject: old.id, detail: bundle.id.description)
        let name = try name(of: bundle.holder)
        let asker = OrganizationID.school(request.requester)
        let openings = try openings(of: old).filter { $0.recipient == asker }
        for account in try takers(of: openings, request) {
            try mail(
                .replaced(
                    number: request.number,
                    recipient: account.name,
                    holderSchool: name,
                    isHere: old.request == bundle.request,
                    link: "\(desk.settings.baseAddress)/requests/\(request.number)/records"
                ),
                to: account,
                about: request
            )
        }
    }
}

extension RecordBundle {
    /// It stands as its sender's word: neither found wrong nor corrected already.
    package var canBeReplaced: Bool {
        recall == nil && replacedBy == nil && withdrawnAt == nil
    }
}
