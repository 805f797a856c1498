package import RecordExchange
import RecordLocator
import StudentRecords
package import Vocabulary

extension Desk {
    /// Permits a reader of the school that has a record to give the family a sealed copy of it.
    ///
    /// A parent's own access needs no disclosure record (34 CFR 99.32(d)(1)); the log has a line. A
    /// school that opens the copy later leaves one, with the bundle it was made of.
    package func releaseToFamily(
        _ id: RecordBundle.ID,
        of number: RequestNumber,
        by actor: Actor
    ) async throws -> RecordBundle {
        try await write { transaction in
            let (_, bundle) = try transaction.current(id, in: number, readableBy: actor)
            // Whoever carries it meets somebody who cannot know that it was corrected.
            guard bundle.withdrawnAt == nil, bundle.replacedBy == nil else {
                throw CaseworkFailure.notFound
            }
            try transaction.audit(.staff(actor.id), "family.copy", subject: id)
            return bundle
        }
    }

    /// Takes a copy that a family brought as the answer of the school that the record is from, to
    /// a request that asks that school for the same student.
    ///
    /// The same files a second time are the same answer: then it is the earlier bundle, and the
    /// copy's files are part of nothing. Throws `FamilyCopyRefusal`; then nothing was changed but
    /// for a line in the log.
    package func takeFamilyCopy(
        _ copy: OpenedCopy,
        for number: RequestNumber,
        by actor: Actor
    ) async throws -> RecordBundle {
        let students = try await read { transaction -> [StudentIdentity] in
            let asked = try transaction.request(number, readableBy: actor).student
            guard let origin = try transaction.origin(of: copy) else { return [asked] }
            return [asked, origin.request.student]
        }
        let isGuarded = await finder.areGuarded(students.map(\.query)).contains(true)
        // A refusal must be logged, so it is an outcome of the transaction, not its failure.
        let outcome = try await write { transaction -> Result<RecordBundle, FamilyCopyRefusal> in
            let request = try transaction.request(number, readableBy: actor)
            let found: (origin: CopyOrigin, inquiry: Inquiry)
            do {
                found = try transaction.fit(copy, to: request, isGuarded: isGuarded)
            } catch let refusal as FamilyCopyRefusal {
                try transaction.audit(
                    .staff(actor.id),
                    "family.copyRefused",
                    subject: number,
                    detail: "why=\(refusal.word)"
                )
                return .failure(refusal)
            }
            let (origin, inquiry) = found
            if let earlier = try transaction.bundle(with: copy, answering: inquiry) {
                return .success(earlier)
            }
            let taken = try transaction.answer(
                inquiry.id,
                with: origin.submission(copy),
                by: .family(actor, origin.bundle.certification)
            )
            var source = origin.bundle
            source.copies = (source.copies ?? []) + [taken.id]
            try transaction.session.save(source)
            try transaction.disclose(
                origin.bundle,
                of: origin.request,
                to: .school(request.requester),
                person: actor.name,
                way: .web,
                extent: DisclosureRecord.Extent.familyCopy
            )
            try transaction.audit(
                .staff(actor.id),
                "family.copyTaken",
                subject: origin.bundle.id,
                detail: "request=\(number)"
            )
            return .success(taken)
        }
        return try outcome.get()
    }
}

/// What a copy was made of.
private struct CopyOrigin {
    let bundle: RecordBundle
    let request: RecordRequest
    let inquiry: Inquiry

    /// The files as they were called when the school sent them.
    func submission(_ copy: OpenedCopy) -> AnswerSubmission {
        let names = Dictionary(
            bundle.files.map { ($0.sha256, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        return AnswerSubmission(
            parts: bundle.parts,
            files: copy.files.map { file in
                let original = names[file.digest.description]
                return DroppedFile(
                    id: file.id,
                    name: original?.name ?? file.name,
                    mediaType: original?.mediaType ?? file.mediaType,
                    byteCount: file.byteCount,
                    digest: file.digest
                )
            },
            isComplete: inquiry.status == .sent && bundle.wholeness != .partial,
            name: bundle.certification.name,
            title: bundle.certification.title,
            note: "\(copy.number)",
            asCertifyingOfficial: bundle.certification.kind == .certifyingOfficial
        )
    }
}

extension CaseTransaction {
    /// The bundle on file that a copy is of; `nil` where what is in it is not what was sent, byte
    /// by byte, so that no signature of anybody else's makes a record.
    fileprivate func origin(of copy: OpenedCopy) throws -> CopyOrigin? {
        guard let bundle = try session.bundle(copy.bundle),
            let request = try session.request(bundle.request), request.number == copy.number,
            let inquiry = try session.inquiry(bundle.inquiry), !copy.files.isEmpty,
            Set(copy.files.map(\.digest.description)) == Set(bundle.files.map(\.sha256))
        else { return nil }
        return CopyOrigin(bundle: bundle, request: request, inquiry: inquiry)
    }

    /// What the copy is of and the inquiry that it answers; writes nothing.
    ///
    /// Throws `FamilyCopyRefusal`.
    fileprivate func fit(
        _ copy: OpenedCopy,
        to request: RecordRequest,
        isGuarded: Bool
    ) throws -> (origin: CopyOrigin, inquiry: Inquiry) {
        guard let origin = try self.origin(of: copy),
            // Whoever has a key that was revoked could have made it since.
            try session.trustedKey(copy.signer)?.isRevoked != true
        else { throw FamilyCopyRefusal.notOurs }
        guard origin.bundle.withdrawnAt == nil, origin.bundle.replacedBy == nil else {
            throw FamilyCopyRefusal.withdrawn
        }
        guard origin.seemsToBe(request.student) else { throw FamilyCopyRefusal.otherStudent }
        let waiting = try session.inquiries(of: request.id).last { inquiry in
            inquiry.school == origin.inquiry.school && inquiry.acceptsAnswers
        }
        guard request.isOpen, request.id != origin.request.id, let inquiry = waiting else {
            throw FamilyCopyRefusal.notAsked(school: try school(origin.inquiry.school).name)
        }
        // Taking it tells the school that gave it where the child is now. Last of all: whoever
        // brings a copy to a request that it does not fit must not learn by another answer that
        // the child is a protected one.
        guard !isGuarded, try !isConcealed(request), try !isConcealed(origin.request) else {
            throw FamilyCopyRefusal.notOurs
        }
        return (origin, inquiry)
    }

    /// A bundle of these very bytes that answers the inquiry already, and was not found wrong.
    fileprivate func bundle(
        with copy: OpenedCopy,
        answering inquiry: Inquiry
    ) throws -> RecordBundle? {
        let digests = Set(copy.files.map(\.digest.description))
        return try session.bundles(of: inquiry.request).first { bundle in
            bundle.inquiry == inquiry.id && bundle.withdrawnAt == nil
                && Set(bundle.files.map(\.sha256)) == digests
        }
    }

    /// A protective order or a missing child's flag stands with the request.
    private func isConcealed(_ request: RecordRequest) throws -> Bool {
        try session.inquiries(of: request.id).contains { $0.reason?.isConcealed == true }
    }
}

extension CopyOrigin {
    /// The same birth date, and a name that the locator takes for this one: two schools may write
    /// it in two ways, a brother has another day, and a twin another given name.
    ///
    /// No student number counts: what two requesters typed may be numbers of two states.
    fileprivate func seemsToBe(_ student: StudentIdentity) -> Bool {
        guard request.student.birthDate == student.birthDate else { return false }
        let entry = LocatorEntry(
            id: LocatorEntry.ID(rawValue: 1),
            name: request.student.name,
            birthDate: request.student.birthDate,
            school: inquiry.school,
            provenance: .init(source: "family copy", receivedOn: request.filedOn)
        )
        let found = LocatorIndex([entry]).search(
            LocatorQuery(name: student.name, birthDate: student.birthDate)
        )
        return found.people.contains { $0.grade >= .probable }
    }
}

extension FamilyCopyRefusal {
    /// As the log writes it: no school and nobody's name.
    fileprivate var word: String {
        switch self {
        case .notOurs: "notOurs"
        case .withdrawn: "withdrawn"
        case .otherStudent: "otherStudent"
        case .notAsked: "notAsked"
        }
    }
}
