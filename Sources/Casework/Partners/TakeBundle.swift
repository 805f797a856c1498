package import RecordExchange
package import StudentRecords
package import Vocabulary

/// What was inside a partner's sealed bundle, after every check that needs no case: seal,
/// signature, signer and digests are good.
package struct OpenedBundle: Hashable, Sendable {
    /// Of the signed manifest.
    package let manifest: SHA256Digest
    /// What its sender calls it, the same however often it is signed and sealed.
    package let bundle: String
    /// What its sender calls those that it corrects.
    package let replaces: [String]
    /// The key that signed it, as its certificate says; what is on file about it counts more.
    package let signer: TrustedKey
    package let number: RequestNumber
    /// The sender and the recipient that were signed, as the directory writes them.
    package let sender: String
    package let recipient: String
    package let certification: RecordBundle.Certification
    package let parts: [RecordBundle.Part]
    /// Its attachments and its record, on disk and not yet part of anything.
    package let files: [DroppedFile]
    /// The parts that can be read in its record as data.
    package let readable: Set<RecordPart>
    package let sealedBytes: Int64
    package let sealedDigest: SHA256Digest

    package init(
        manifest: SHA256Digest,
        bundle: String,
        replaces: [String] = [],
        signer: TrustedKey,
        number: RequestNumber,
        sender: String,
        recipient: String,
        certification: RecordBundle.Certification,
        parts: [RecordBundle.Part],
        files: [DroppedFile],
        readable: Set<RecordPart> = [],
        sealedBytes: Int64,
        sealedDigest: SHA256Digest
    ) {
        self.manifest = manifest
        self.bundle = bundle
        self.replaces = replaces
        self.signer = signer
        self.number = number
        self.sender = sender
        self.recipient = recipient
        self.certification = certification
        self.parts = parts
        self.files = files
        self.readable = readable
        self.sealedBytes = sealedBytes
        self.sealedDigest = sealedDigest
    }

    /// The files that its sender signed; the record as it is stored is made of one of them.
    var signedFiles: [ReceivedBundle.File] {
        files.filter { $0.mediaType != RecordBundle.recordMediaType }
            .map { .init(byteCount: $0.byteCount, sha256: $0.digest.description) }
    }
}

/// Why a good bundle is not filed.
package enum BundleRefusal: String, Error, Hashable, Sendable, CaseIterable {
    /// No request of that number asks this partner for anything: whether there is one at all is
    /// not said.
    case notAsked = "not-asked"
    /// The sender that was signed is none that this account may answer for.
    case otherSender = "other-sender"
    /// Another bundle of the same name came before.
    case otherContent = "other-content"
    /// The sender signed another recipient than the one that asked.
    case otherRecipient = "other-recipient"
    /// The request is over, or this holder's answer is complete.
    case closed
    /// What it corrects was corrected by somebody else, or taken back, meanwhile.
    case correctedOtherwise = "corrected-otherwise"
    /// There is no file in it.
    case nothingInside = "nothing-inside"
    /// Nobody certified it.
    case notCertified = "not-certified"
    /// The account was closed.
    case notAPartner = "not-a-partner"
    /// The key that signed it was revoked, is out of date, or is on file for another use.
    case keyNotTrusted = "key-not-trusted"

    package var whatHappened: String {
        switch self {
        case .notAsked: "You were not asked for a record under this request number."
        case .otherSender:
            "The bundle names a sender that this account may not answer this request for."
        case .otherContent:
            "You sent another bundle under this bundle's identifier before, with other content."
        case .otherRecipient: "The bundle names another recipient than the school that asked."
        case .closed: "The request is closed, or your answer to it was complete."
        case .correctedOtherwise:
            "What the bundle corrects was corrected by somebody else, or taken back, meanwhile."
        case .nothingInside: "There is no file of a record in the bundle."
        case .notCertified: "The bundle does not say who certified the record."
        case .notAPartner: "This account is closed."
        case .keyNotTrusted:
            "The key that signed the bundle was revoked, is out of date or is for another use."
        }
    }

    package var whatToDo: String {
        switch self {
        case .notAsked: "Check the request number and that the request was made to you."
        case .otherSender: "Name your organisation, or the school that was asked, as its sender."
        case .otherContent: "Give each bundle an identifier of its own and send it again."
        case .otherRecipient: "Make the bundle for the school that the request names."
        case .closed: "If something is missing, ask the school to make a new request."
        case .correctedOtherwise:
            "Compare it with what your office sent by hand. If this record is the right one, "
                + "send it from there as the correction."
        case .nothingInside: "Put the record's files into the bundle and send it again."
        case .notCertified: "Name the person who certifies the record in the manifest."
        case .notAPartner: "Ask the people who run this gateway."
        case .keyNotTrusted:
            "Sign with your new key, and give the people who run this gateway its certificate."
        }
    }
}

/// What became of a bundle that was taken.
package struct TakenBundle: Hashable, Sendable {
    package let received: ReceivedBundle
    /// It was on file already: nothing was filed, and its files can go.
    package let isRepeat: Bool
}

extension Desk {
    /// Files a partner's bundle as the answer to the inquiry that its request number names, once
    /// however often it comes.
    ///
    /// Throws `BundleRefusal`; then nothing was changed.
    package func takeBundle(
        _ opened: OpenedBundle,
        from id: Partner.ID
    ) async throws -> TakenBundle {
        try await write { transaction in
            guard let partner = try transaction.session.partner(id), partner.isActive else {
                throw BundleRefusal.notAPartner
            }
            try transaction.believe(opened.signer)
            // The signature names the sender, so another partner cannot have sent it before.
            if let earlier = try transaction.session.receivedBundle(
                manifest: opened.manifest.description
            ) {
                guard earlier.partner == partner.id else { throw BundleRefusal.notAsked }
                return TakenBundle(received: earlier, isRepeat: true)
            }
            let number = transaction.received(opened.bundle, from: partner)
            if let earlier = try transaction.session.receivedBundle(number) {
                guard try transaction.isSame(opened, as: earlier) else {
                    throw BundleRefusal.otherContent
                }
                return TakenBundle(received: earlier, isRepeat: true)
            }
            let (request, inquiry) = try transaction.asked(of: partner, under: opened.number)
            let school = try transaction.school(inquiry.school)
            guard let sender = OrganizationID(opened.sender),
                partner.maySpeak(as: sender, for: school, askedAs: inquiry.holder)
            else { throw BundleRefusal.otherSender }
            guard opened.recipient == OrganizationID.school(request.requester).description else {
                throw BundleRefusal.otherRecipient
            }
            let named = try transaction.named(by: opened, from: partner, inquiry)
            let replaced = try transaction.replaced(by: opened, from: partner, inquiry, named)
            if try !transaction.takesRecords(inquiry, of: request) {
                guard !named.isEmpty, try transaction.takesCorrection(inquiry, of: request)
                else { throw BundleRefusal.closed }
                // "Closed" would send its sender away with the right record in hand.
                guard !replaced.isEmpty else { throw BundleRefusal.correctedOtherwise }
            }
            guard !opened.files.isEmpty else { throw BundleRefusal.nothingInside }
            guard opened.certification.name.utf8.contains(where: { $0 > 32 }) else {
                throw BundleRefusal.notCertified
            }
            let bundle = try transaction.answer(
                inquiry.id,
                with: opened.submission(asked: request.parts, replacing: replaced),
                by: .partner(partner, opened.certification)
            )
            let received = ReceivedBundle(
                id: number,
                partner: partner.id,
                manifest: opened.manifest.description,
                bundle: bundle.id,
                number: opened.number,
                receivedAt: transaction.now,
                sealedBytes: opened.sealedBytes,
                sealedSHA256: opened.sealedDigest.description,
                files: opened.signedFiles
            )
            try transaction.session.save(received)
            try transaction.noteAccepted(
                AcceptedBundle(
                    digest: received.manifest,
                    signer: opened.signer.fingerprint,
                    sender: partner.organization,
                    request: opened.number,
                    bundle: bundle.id,
                    at: transaction.now
                )
            )
            return TakenBundle(received: received, isRepeat: false)
        }
    }

    /// Notes a bundle that was refused; nothing else remains of it.
    package func noteRefused(_ reason: String, digest: String, from id: Partner.ID) async throws {
        try await write { transaction in
            try transaction.audit(
                .partner(id),
                "bundle.refuse",
                subject: digest,
                detail: reason
            )
        }
    }
}

extension OpenedBundle {
    /// A part of which the manifest says nothing may be in its record, or in the files that it
    /// gives to no part.
    fileprivate func submission(
        asked: [RecordPart],
        replacing replaced: Set<RecordBundle.ID>
    ) -> AnswerSubmission {
        let named = Set(parts.map(\.part))
        let hasLooseFiles = parts.contains { $0.part == .attachment && $0.status == .sent }
        let others = RecordPart.allCases.compactMap { part -> RecordBundle.Part? in
            guard !named.contains(part) else { return nil }
            if readable.contains(part) { return .init(part: part, status: .sent) }
            guard hasLooseFiles, asked.contains(part) else { return nil }
            return .init(part: part, status: .unsaid)
        }
        return AnswerSubmission(
            parts: parts + others,
            files: files,
            isComplete: !parts.contains { part in
                if case .toFollow = part.status { true } else { false }
            },
            name: certification.name,
            title: certification.title,
            note: "",
            asCertifyingOfficial: certification.kind == .certifyingOfficial,
            replaces: replaced
        )
    }
}

extension CaseTransaction {
    /// An identifier made of who sent a bundle and what it is called there, so that a second one
    /// finds the first.
    fileprivate func received(_ bundle: String, from partner: Partner) -> ReceivedBundle.ID {
        let key = "received|\(partner.id)|\(bundle)"
        return ReceivedBundle.ID(rawValue: effectID(key).rawValue)
    }

    /// Which answers to the inquiry a bundle names as corrected by it.
    ///
    /// What it names beyond what this partner sent is passed over: it may have gone another way, and
    /// a correction is not refused for it.
    fileprivate func named(
        by opened: OpenedBundle,
        from partner: Partner,
        _ inquiry: Inquiry
    ) throws -> [RecordBundle] {
        let sent = try opened.replaces.compactMap { name in
            try session.receivedBundle(received(name, from: partner))?.bundle
        }
        guard !sent.isEmpty else { return [] }
        return try bundles(answering: inquiry).filter { sent.contains($0.id) }
    }

    /// What a bundle corrects: what it names, and the corrections of it that the same system sent
    /// before.
    ///
    /// A system does not wait until its first correction is sealed, and need not know of it when it
    /// sends the second. The later word counts, whichever of the two is sealed first. A correction
    /// by anybody else is not overruled by one who may not have seen it.
    fileprivate func replaced(
        by opened: OpenedBundle,
        from partner: Partner,
        _ inquiry: Inquiry,
        _ named: [RecordBundle]
    ) throws -> Set<RecordBundle.ID> {
        guard let since = named.map(\.answeredAt).min() else { return [] }
        var chosen = Set(named.map(\.id))
        // It may have a new key since.
        let signers = try session.trustedKeys(of: partner.organization).map(\.fingerprint)
        let own = try Set(signers + [opened.signer.fingerprint]).flatMap { signer in
            try session.acceptedBundles(signedBy: signer, since: since)
        }
        let sent = Set(
            own.filter { $0.request == opened.number && $0.sender == partner.organization }
                .map(\.bundle)
        )
        // Oldest first, so that a correction of a correction is found as well.
        let all = try bundles(answering: inquiry)
        for bundle in all
        where sent.contains(bundle.id) && !chosen.isDisjoint(with: bundle.replaces ?? []) {
            chosen.insert(bundle.id)
        }
        let answerer = Answerer.partner(partner, opened.certification)
        func together(_ chosen: Set<RecordBundle.ID>) throws -> Set<RecordBundle.ID> {
            let found = try corrigible(
                among: all,
                answering: inquiry,
                by: answerer,
                along: chosen
            )
            return chosen.intersection(found.map(\.id))
        }
        let replaced = try together(chosen)
        // Where somebody else corrects one of them now, the rest is not replaced without it.
        return try together(replaced) == replaced ? replaced : []
    }

    /// Whether it is what came before, signed or sealed once more: the same files and the same
    /// words, for the same request.
    fileprivate func isSame(
        _ opened: OpenedBundle,
        as earlier: ReceivedBundle
    ) throws -> Bool {
        guard opened.number == earlier.number, opened.signedFiles == earlier.files,
            let bundle = try session.bundle(earlier.bundle)
        else { return false }
        // The school's legend may have been added when it was filed.
        let (one, other) = (opened.certification, bundle.certification)
        return one.kind == other.kind && one.name == other.name && one.title == other.title
            && opened.parts.allSatisfy { part in
                // Where a file was held, what was said to be in it is not known of the rest.
                bundle.parts.contains(part)
                    || part.status == .sent
                        && bundle.parts.contains(.init(part: part.part, status: .unsaid))
            }
    }

    /// The request and what was asked of this partner under it: the inquiry that still takes
    /// answers, or else the last one.
    fileprivate func asked(
        of partner: Partner,
        under number: RequestNumber
    ) throws -> (RecordRequest, Inquiry) {
        guard let request = try session.request(numbered: number) else {
            throw BundleRefusal.notAsked
        }
        let inquiries = try session.inquiries(of: request.id).filter { inquiry in
            guard inquiry.status != .queued, inquiry.status != .withdrawn else { return false }
            return partner.answers(for: try school(inquiry.school), askedAs: inquiry.holder)
        }
        guard let inquiry = inquiries.last(where: \.acceptsAnswers) ?? inquiries.last else {
            throw BundleRefusal.notAsked
        }
        return (request, inquiry)
    }
}
