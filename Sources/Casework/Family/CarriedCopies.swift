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
            let request = try transaction.request(number, readableBy: actor)
            guard let bundle = try transaction.session.bundle(id), bundle.request == request.id,
                bundle.seal != nil, bundle.withdrawnAt == nil
            else { throw CaseworkFailure.notFound }
            try transaction.audit(.staff(actor.id), "family.copy", subject: id)
            return bundle
        }
    }

    /// Takes a copy that a family brought as the answer of the school that the record is from, to
    /// a request that asks that school for the same student.
    ///
    /// Throws `FamilyCopyRefusal`; then nothing was changed.
    package func takeFamilyCopy(
        _ copy: OpenedCopy,
        for number: RequestNumber,
        by actor: Actor
    ) async throws -> RecordBundle {
        let student = try await read { try $0.request(number, readableBy: actor).student }
        let isGuarded = await finder.isGuarded(
            LocatorQuery(
                name: student.name,
                birthDate: student.birthDate,
                stateStudentID: student.stateStudentID
            )
        )
        return try await write { transaction in
            let request = try transaction.request(number, readableBy: actor)
            let origin = try transaction.origin(of: copy)
            // Taking it tells the school that gave it where the child is now.
            guard !isGuarded, try !transaction.isConcealed(request),
                try !transaction.isConcealed(origin.request)
            else { throw FamilyCopyRefusal.notOurs }
            guard origin.bundle.withdrawnAt == nil else { throw FamilyCopyRefusal.withdrawn }
            guard origin.request.student.maySeemToBe(request.student) else {
                throw FamilyCopyRefusal.otherStudent
            }
            let waiting = try transaction.session.inquiries(of: request.id).last { inquiry in
                inquiry.school == origin.inquiry.school && inquiry.acceptsAnswers
            }
            guard request.isOpen, request.id != origin.request.id, let inquiry = waiting else {
                throw FamilyCopyRefusal.notAsked(
                    school: try transaction.school(origin.inquiry.school).name
                )
            }
            let taken = try transaction.answer(
                inquiry.id,
                with: origin.submission(copy),
                by: .family(actor, origin.bundle.certification)
            )
            try transaction.disclose(
                origin.bundle,
                of: origin.request,
                to: .school(request.requester),
                person: actor.name,
                way: .web,
                extent: "family copy"
            )
            try transaction.audit(
                .staff(actor.id),
                "family.copyTaken",
                subject: origin.bundle.id,
                detail: "request=\(number)"
            )
            return taken
        }
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
            isComplete: inquiry.status == .sent && bundle.isWhole,
            name: bundle.certification.name,
            title: bundle.certification.title,
            note: "\(copy.number)",
            asCertifyingOfficial: bundle.certification.kind == .certifyingOfficial
        )
    }
}

extension CaseTransaction {
    /// The bundle on file that a copy is of; what is in it must be what was sent, byte by byte, so
    /// that no signature of anybody else's makes a record.
    fileprivate func origin(of copy: OpenedCopy) throws -> CopyOrigin {
        guard let bundle = try session.bundle(copy.bundle),
            let request = try session.request(bundle.request), request.number == copy.number,
            let inquiry = try session.inquiry(bundle.inquiry), !copy.files.isEmpty,
            Set(copy.files.map(\.digest.description)) == Set(bundle.files.map(\.sha256))
        else { throw FamilyCopyRefusal.notOurs }
        return CopyOrigin(bundle: bundle, request: request, inquiry: inquiry)
    }

    /// A protective order or a missing child's flag stands with the request.
    func isConcealed(_ request: RecordRequest) throws -> Bool {
        try session.inquiries(of: request.id).contains { $0.reason?.isConcealed == true }
    }
}

extension StudentIdentity {
    /// The same birth date, and one word of the name at least: two schools may write it in two
    /// ways, and a brother has another day.
    fileprivate func maySeemToBe(_ other: Self) -> Bool {
        birthDate == other.birthDate
            && !Set(name.wordsFolded).isDisjoint(with: other.name.wordsFolded)
    }
}
