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
        let all = try bundles(answering: inquiry)
        let found = try corrigible(among: all, answering: inquiry, by: answerer, along: ids)
            .filter { ids.contains($0.id) }
        guard found.count == ids.count else { throw CaseworkFailure.notPossibleNow }
        return found.map(\.id)
    }

    /// Of all that arrived in answer to the inquiry what one of `answerer` may replace, oldest
    /// first.
    ///
    /// After the end a link speaks only for what came by mailed links: an old mail that leaked
    /// takes back nothing that somebody signed in for, or that a system sent.
    ///
    /// A correction that is not sealed yet stands in the way of a second one, unless the second
    /// replaces it too (`chosen`): then it does not matter which of the two is sealed first.
    func corrigible(
        among all: [RecordBundle],
        answering inquiry: Inquiry,
        by answerer: Answerer,
        along chosen: Set<RecordBundle.ID> = []
    ) throws -> [RecordBundle] {
        let others = all.filter { !chosen.contains($0.id) }
        let byMail = try answerer.isLink && !request(inquiry.request).isOpen
        return try bundles(among: all, answering: inquiry, by: answerer).filter { bundle in
            guard bundle.canBeReplaced, try !isBeingReplaced(bundle, by: others)
            else { return false }
            return !byMail || bundle.certification.kind == .mailboxHolder
        }
    }

    /// The same, where the answer in its place would be taken now as a correction.
    func correctable(
        among all: [RecordBundle],
        answering inquiry: Inquiry,
        by answerer: Answerer
    ) throws -> [RecordBundle] {
        try corrigible(among: all, answering: inquiry, by: answerer).filter { bundle in
            try takesCorrection(self.inquiry(bundle.inquiry), of: request(bundle.request))
        }
    }

    /// `answerer` can correct something that is sealed.
    func mayCorrect(
        among all: [RecordBundle],
        answering inquiry: Inquiry,
        by answerer: Answerer
    ) throws -> Bool {
        try correctable(among: all, answering: inquiry, by: answerer)
            .contains { $0.seal != nil }
    }

    /// A correction of it is on file already, and takes its place as soon as it is sealed.
    private func isBeingReplaced(_ bundle: RecordBundle, by others: [RecordBundle]) throws -> Bool {
        try others.contains { other in
            guard other.replaces?.contains(bundle.id) == true, other.withdrawnAt == nil,
                other.seal == nil
            else { return false }
            return try lockedUp(from: [other]).isEmpty
        }
    }

    /// Marks what a bundle replaces, now that it can be read in its place, and tells whoever took
    /// something of it.
    ///
    /// What was replaced can still be read: somebody acted upon it. It counts no more, it waits for
    /// nobody, and a copy that a family carried to another school is marked there.
    func replace(by bundle: RecordBundle) throws {
        // Where a file of it is held there is nothing whole to read in the old one's place.
        guard bundle.withdrawnAt == nil, try lockedUp(from: [bundle]).isEmpty else { return }
        var ids = bundle.replaces ?? []
        while !ids.isEmpty {
            guard var old = try session.bundle(ids.removeFirst()), old.canBeReplaced
            else { continue }
            // A correction that was overtaken before its seal takes nothing's place any more: what
            // it corrects would stand for ever.
            if old.seal == nil { ids += old.replaces ?? [] }
            old.replacedBy = bundle.id
            old.withdrawnAt = now
            try session.save(old)
            try stopDeliveries(of: old)
            try tellReplaced(old, by: bundle)
            try markCopies(of: old, by: bundle)
        }
    }

    /// Copies that families carried to other schools, and copies of those.
    private func markCopies(of old: RecordBundle, by bundle: RecordBundle) throws {
        for var copy in try (old.copies ?? []).compactMap({ try session.bundle($0) })
        where copy.canBeReplaced {
            copy.replacedBy = bundle.id
            // What a family carried elsewhere is all that the school there has: it stays, and says
            // that it is corrected.
            if copy.request == old.request {
                copy.withdrawnAt = now
                try stopDeliveries(of: copy)
            }
            try session.save(copy)
            try tellReplaced(copy, by: bundle)
            try markCopies(of: copy, by: bundle)
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
        // After the end a correction is in a request of its own, of the same school.
        let place = try self.request(bundle.request)
        let isHere = place.requester == request.requester
        let shown = isHere ? place.number : request.number
        let asker = OrganizationID.school(request.requester)
        let openings = try openings(of: old).filter { $0.recipient == asker }
        for account in try takers(of: openings, request) {
            try mail(
                .replaced(
                    number: request.number,
                    recipient: account.name,
                    holderSchool: name,
                    isHere: isHere,
                    link: "\(desk.settings.baseAddress)/requests/\(shown)/records"
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
