package import RecordExchange
import Vocabulary

extension Desk {
    /// Takes files out of an answer that is not sealed yet, and tells whoever sent it.
    ///
    /// The rest of the answer stands and goes on. What was complete is not any more, and an answer
    /// of which nothing is left waits for its holder again.
    ///
    /// - Returns: those that are locked up from now on; none where the answer was sealed already.
    package func quarantine(
        _ findings: [DroppedFile.ID: String],
        of id: RecordBundle.ID
    ) async throws -> [DroppedFile.ID] {
        try await write { transaction in
            guard let bundle = try transaction.session.bundle(id), bundle.seal == nil else {
                return []
            }
            let infected = try bundle.files.compactMap { stored -> Infected? in
                let file = try DroppedFile(stored)
                return findings[file.id].map { Infected(file: file, finding: $0) }
            }
            if !infected.isEmpty { try transaction.lockUp(infected, of: bundle) }
            return infected.map(\.file.id)
        }
    }

    /// An answer as it stands by now, and what was taken out of it and is locked up.
    package func kept(
        _ id: RecordBundle.ID
    ) async throws -> (bundle: RecordBundle, held: [QuarantinedFile])? {
        try await read { transaction in
            guard let bundle = try transaction.session.bundle(id) else { return nil }
            return (bundle, try transaction.lockedUp(from: [bundle]))
        }
    }
}

/// A file with what the scanner calls what it found in it.
struct Infected: Hashable, Sendable {
    let file: DroppedFile
    let finding: String
}

extension DroppedFile {
    /// The file of an answer, as it lies in the drop.
    init(_ stored: RecordBundle.File) throws {
        guard let id = ID(stored.id), let digest = SHA256Digest(hexadecimal: stored.sha256) else {
            throw CaseworkFailure.notFound
        }
        self.init(
            id: id,
            name: stored.name,
            mediaType: stored.mediaType,
            byteCount: stored.byteCount,
            digest: digest
        )
    }
}

extension CaseTransaction {
    /// What came for an inquiry and is locked up, oldest first.
    func lockedUp(of inquiry: Inquiry.ID) throws -> [QuarantinedFile] {
        try session.quarantinedFiles(of: inquiry).filter { $0.releasedAt == nil }
    }

    /// What of these answers is locked up, oldest first.
    func lockedUp(from bundles: [RecordBundle]) throws -> [QuarantinedFile] {
        try Set(bundles.map(\.inquiry)).flatMap { try lockedUp(of: $0) }
            .filter { locked in bundles.contains { $0.id == locked.bundle } }
            .sorted { ($0.foundAt, $0.id) < ($1.foundAt, $1.id) }
    }

    /// Notes a file that is locked up from now on.
    func lockUp(
        _ infected: Infected,
        from origin: QuarantinedFile.Origin,
        about inquiry: Inquiry.ID
    ) throws {
        let locked = QuarantinedFile(
            file: infected.file,
            finding: infected.finding,
            origin: origin,
            inquiry: inquiry,
            foundAt: now
        )
        try session.save(locked)
        try audit(.system, "quarantine.lock", subject: locked.id, detail: locked.finding)
    }

    fileprivate func lockUp(_ infected: [Infected], of bundle: RecordBundle) throws {
        // What was corrected or stopped meanwhile is missed by nobody.
        let counted = bundle.withdrawnAt == nil
        var bundle = bundle
        var inquiry = try inquiry(bundle.inquiry)
        let request = try request(bundle.request)
        let origin = QuarantinedFile.Origin.answer(
            bundle.id,
            parts: bundle.parts,
            isComplete: inquiry.status == .sent
        )
        for one in infected { try lockUp(one, from: origin, about: inquiry.id) }
        let gone = Set(infected.map(\.file.id.description))
        bundle.files.removeAll { gone.contains($0.id) }
        // Which part was in which file nobody said, so what was said of the files is not known of
        // the rest.
        bundle.parts = bundle.parts.map { part in
            part.status == .sent ? .init(part: part.part, status: .unsaid) : part
        }
        if bundle.files.isEmpty { bundle.withdrawnAt = now }
        try session.save(bundle)
        guard request.isOpen, counted else { return }
        // While what it was to correct still stands, nothing is missing.
        let stands = try (bundle.replaces ?? []).contains { id in
            try session.bundle(id)?.canBeReplaced == true
        }
        if !stands { try waitAgain(for: &inquiry, of: request) }
        try tell(
            .filesHeld(organization: inquiry.holder),
            of: request.id,
            inquiry: inquiry.id
        )
        for contact in try senders(of: bundle, inquiry) {
            try ask(contact, about: inquiry, of: request, Letter.filesHeld)
        }
    }

    /// What is missing now is asked for as what was not sent yet.
    private func waitAgain(for inquiry: inout Inquiry, of request: RecordRequest) throws {
        guard inquiry.status == .sent || inquiry.status == .partlySent else { return }
        let id = inquiry.id
        let isInPart = try session.bundles(of: request.id).contains { bundle in
            bundle.inquiry == id && bundle.withdrawnAt == nil && !bundle.files.isEmpty
        }
        if inquiry.status == .partlySent, isInPart { return }
        try move(&inquiry, .reject, by: .system, Inquiry.Facts(reason: .unreadable))
        if isInPart { try move(&inquiry, .sendSome, by: .holder) }
        try reschedule(inquiry)
        try watchOthers(than: inquiry, of: request)
    }

    /// The mailbox that answered; the office, where somebody else did or it takes no mail any more.
    private func senders(of bundle: RecordBundle, _ inquiry: Inquiry) throws -> [Contact] {
        if let id = bundle.sender, let contact = try session.contact(id), contact.isUsable {
            return [contact]
        }
        return try contacts(of: inquiry.holder, [.recordsOffice], for: inquiry)
    }
}
