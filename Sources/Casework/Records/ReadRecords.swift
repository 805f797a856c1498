package import RecordExchange
package import StudentRecords
package import Vocabulary

/// What a signed-in reader is about to take.
package enum Extent: Hashable, Sendable {
    case file(String)
    /// The same, looked at on a page.
    case shown(String)
    /// Everything as a plain archive.
    case archive
    /// The sealed file as it is.
    case sealed
    /// What the structured record says, in another form; in words for the disclosure record.
    case copy(String)
}

/// The records that arrived for one request.
package struct ArrivedRecords: Hashable, Sendable {
    package let request: RecordRequest
    package let state: RequestState
    package let bundles: [RecordBundle]
    package let holderNames: [OrganizationID: String]
    package let deliveries: [Delivery]
    package let actions: [RequestLifecycle.Action]
    /// Already taken by somebody: files by identifier.
    package let seen: Set<String>
    /// How much the states of those that answered are expected to hold.
    package let phase: DataPhase
    /// The latest statement about the credits of each answer that has one.
    package let outcomes: [CreditOutcome]
    /// What is known of each part apart from the data: what the answers that count say, and what
    /// is known since not to come.
    package let statements: [RecordPart: Completeness.Statement]
}

extension Desk {
    /// What arrived, for a reader of the requesting school; sealed bundles only.
    package func records(of number: RequestNumber, by actor: Actor) async throws -> ArrivedRecords {
        try await read { transaction in
            let request = try transaction.request(number, readableBy: actor)
            let bundles = try transaction.session.bundles(of: request.id).filter { $0.seal != nil }
            let state = try transaction.state(of: request)
            let inquiries = try transaction.session.inquiries(of: request.id)
            var names: [OrganizationID: String] = [:]
            for bundle in bundles {
                names[bundle.holder] = try transaction.name(of: bundle.holder)
            }
            return ArrivedRecords(
                request: request,
                state: state,
                bundles: bundles,
                holderNames: names,
                deliveries: try bundles.flatMap { bundle in
                    try transaction.session.deliveries(of: bundle.id)
                },
                actions: RequestLifecycle.actions(for: .requester, in: state),
                seen: Set(try transaction.session.disclosures(of: request.id).map(\.extent)),
                phase: try transaction.phase(
                    behind: bundles,
                    of: inquiries
                ),
                outcomes: try transaction.latestOutcomes(of: bundles),
                statements: Completeness.statements(
                    of: bundles.filter { $0.withdrawnAt == nil },
                    inquiries: inquiries,
                    events: try transaction.session.events(of: request.id)
                )
            )
        }
    }

    /// Permits a reader to take something, and writes the disclosure record before a byte leaves.
    ///
    /// - Returns: the bundle, whose files are then streamed.
    package func release(
        _ extent: Extent,
        of id: RecordBundle.ID,
        in number: RequestNumber,
        to actor: Actor
    ) async throws -> RecordBundle {
        try await write { transaction in
            let (request, bundle) = try transaction.current(id, in: number, readableBy: actor)
            if let id = extent.file, !bundle.files.contains(where: { $0.id == id }) {
                throw CaseworkFailure.notFound
            }
            let isFirst = try !transaction.session.disclosures(of: request.id)
                .contains { $0.bundle == bundle.id && !$0.person.isEmpty }
            try transaction.disclose(
                bundle,
                of: request,
                to: .school(request.requester),
                person: actor.name,
                way: .web,
                extent: extent.text
            )
            if isFirst {
                try transaction.tell(
                    .viewed(bundle: bundle.id, person: actor.name),
                    of: request.id,
                    inquiry: bundle.inquiry,
                    person: actor.name
                )
            }
            try transaction.audit(
                .staff(actor.id),
                "bundle.release",
                subject: bundle.id,
                detail: extent.text
            )
            return bundle
        }
    }

    /// A download finished to its last byte.
    ///
    /// Everything taken counts as received.
    package func noteTaken(
        _ extent: Extent,
        of bundle: RecordBundle.ID,
        by actor: Actor
    ) async throws {
        try await write { transaction in
            guard var bundle = try transaction.session.bundle(bundle) else { return }
            let number = try transaction.request(bundle.request).number
            _ = try transaction.request(number, readableBy: actor)
            guard bundle.receivedAt == nil else { return }
            let taken = Dictionary(
                try transaction.session.disclosures(of: bundle.request)
                    .filter { $0.bundle == bundle.id && $0.way == .web }.map { ($0.extent, $0.at) },
                uniquingKeysWith: { first, _ in first }
            )
            // What was never released cannot have arrived.
            guard taken[extent.text] != nil else { return }
            let isAll = extent.isWhole || bundle.files.allSatisfy { taken[$0.id] != nil }
            if isAll {
                bundle.receivedAt = transaction.now
                try transaction.session.save(bundle)
            }
            for var delivery in try transaction.session.deliveries(of: bundle.id)
            where delivery.way == .web && delivery.status == .waiting {
                let openings = extent.openings(
                    of: bundle,
                    after: try transaction.session.receipt(of: delivery.id)?.files ?? [],
                    released: isAll ? taken : [:],
                    at: transaction.now
                )
                guard isAll else {
                    try transaction.stateOpened(openings, of: delivery)
                    continue
                }
                try delivery.apply(.collect, at: transaction.now)
                try transaction.session.save(delivery)
                // What left sealed opens elsewhere; all else was opened here.
                let isOpen = openings.allSatisfy { $0.how.isOpen == true }
                try transaction.state(
                    isOpen ? .opened : .handedOver,
                    of: delivery,
                    files: openings
                )
            }
            guard isAll else { return }
            try transaction.tell(
                .received(bundle: bundle.id),
                of: bundle.request,
                inquiry: bundle.inquiry,
                person: actor.name
            )
            try transaction.watchDelivery(of: try transaction.inquiry(bundle.inquiry))
        }
    }

    /// The disclosure records of one request, oldest first, with the organisations' names: for
    /// the two schools, their state contacts and auditors.
    package func disclosures(
        of number: RequestNumber,
        by actor: Actor
    ) async throws -> (records: [DisclosureRecord], names: [OrganizationID: String]) {
        try await read { transaction in
            let (request, sees) = try transaction.disclosureReader(of: number, actor)
            let records = try transaction.session.disclosures(of: request.id)
                .filter { sees($0.holder) }
            var names: [OrganizationID: String] = [:]
            for organization in records.flatMap({ [$0.holder, $0.recipient] }) {
                names[organization] = try transaction.name(of: organization)
            }
            return (records, names)
        }
    }

    /// The record was not acceptable: the inquiry opens again and its holder is told why.
    package func rejectRecords(
        _ number: RequestNumber,
        bundle id: RecordBundle.ID,
        reason: ReasonCode,
        note: String,
        by actor: Actor
    ) async throws {
        guard reason.family == .notAcceptable else { throw CaseworkFailure.reasonMissing }
        guard note.utf8.count <= RequestDraft.longestMessage else { throw CaseworkFailure.tooLong }
        try await write { transaction in
            let request = try transaction.request(number, readableBy: actor)
            try transaction.permit(.reject, on: request, by: actor)
            guard var bundle = try transaction.session.bundle(id), bundle.request == request.id
            else { throw CaseworkFailure.notFound }
            // What was found wanting, stopped or corrected before is so already.
            guard bundle.withdrawnAt == nil else { throw CaseworkFailure.notPossibleNow }
            bundle.withdrawnAt = transaction.now
            try transaction.session.save(bundle)
            try transaction.stopDeliveries(of: bundle)
            var inquiry = try transaction.inquiry(bundle.inquiry)
            try transaction.move(
                &inquiry,
                .reject,
                by: .requester,
                Inquiry.Facts(reason: reason, note: note)
            )
            try transaction.reschedule(inquiry)
            try transaction.watchOthers(than: inquiry, of: request)
            let office = try transaction.contacts(
                of: inquiry.holder,
                [.recordsOffice],
                for: inquiry
            )
            for contact in office {
                try transaction.ask(contact, about: inquiry, of: request, Letter.remind)
            }
            try transaction.tell(
                .rejected(reason: reason, note: note),
                of: request.id,
                inquiry: inquiry.id,
                person: actor.name
            )
            try transaction.audit(
                .staff(actor.id),
                "records.reject",
                subject: bundle.id,
                detail: reason.rawValue
            )
            guard reason == .wrongStudent else { return }
            try transaction.recall(
                bundle,
                Recall(at: transaction.now, side: .requester, person: actor.name, note: note),
                by: .staff(actor.id),
                isTold: true
            )
        }
    }
}

extension Extent {
    fileprivate var isWhole: Bool {
        switch self {
        case .archive, .sealed: true
        case .file, .shown, .copy: false
        }
    }

    fileprivate var file: String? {
        switch self {
        case .file(let id), .shown(let id): id
        case .archive, .sealed, .copy: nil
        }
    }

    /// What became of each file with this one, or all of them, taken to the last byte.
    ///
    /// `before`: what was said of them already; the first time counts. `released`: when what was
    /// taken earlier was let out, whose last byte may have gone unnoticed.
    fileprivate func openings(
        of bundle: RecordBundle,
        after before: [FileOpening],
        released: [String: Instant],
        at now: Instant
    ) -> [FileOpening] {
        bundle.files.map { file in
            if let known = before.first(where: { $0.file == file.id }), known.how.isOpen == true {
                return known
            }
            switch self {
            case .archive: return FileOpening(file: file.id, how: .unpacked, at: now)
            case .file(let id) where id == file.id:
                return FileOpening(file: id, how: .downloaded, at: now)
            case .shown(let id) where id == file.id:
                return FileOpening(file: id, how: .shown, at: now)
            case .file, .shown, .copy, .sealed: break
            }
            if let at = released[file.id] {
                return FileOpening(file: file.id, how: .downloaded, at: at)
            }
            return self == .sealed
                ? FileOpening(file: file.id, how: .sealed, at: now)
                : FileOpening(file: file.id, how: .untaken, at: nil)
        }
    }

    fileprivate var text: String {
        switch self {
        case .file(let id), .shown(let id): id
        case .archive: DisclosureRecord.Extent.archive
        case .sealed: DisclosureRecord.Extent.sealed
        case .copy(let words): words
        }
    }
}

extension CaseTransaction {
    /// The request, where `actor` may read its records: registrars and counselors of the
    /// requesting school, nobody else.
    func request(_ number: RequestNumber, readableBy actor: Actor) throws -> RecordRequest {
        guard let request = try session.request(numbered: number),
            actor.holds(StaffRole.readers, at: .school(request.requester))
        else { throw CaseworkFailure.notFound }
        return request
    }

    /// An answer that arrived, with its request, where `actor` may read that one's records.
    func arrived(
        _ id: RecordBundle.ID,
        in number: RequestNumber,
        readableBy actor: Actor
    ) throws -> (RecordRequest, RecordBundle) {
        let request = try request(number, readableBy: actor)
        guard let bundle = try session.bundle(id), bundle.request == request.id,
            bundle.seal != nil
        else { throw CaseworkFailure.notFound }
        return (request, bundle)
    }

    /// The same of one that was not withdrawn since: nothing of such a one is given to anybody.
    ///
    /// One that its sender corrected is: somebody may have acted upon it.
    func current(
        _ id: RecordBundle.ID,
        in number: RequestNumber,
        readableBy actor: Actor
    ) throws -> (RecordRequest, RecordBundle) {
        let (request, bundle) = try arrived(id, in: number, readableBy: actor)
        guard bundle.recall == nil else { throw CaseworkFailure.recalled }
        guard bundle.withdrawnAt == nil || bundle.replacedBy != nil else {
            throw CaseworkFailure.notFound
        }
        return (request, bundle)
    }

    /// Writes the disclosure record that 34 CFR 99.32 requires, in the transaction that releases.
    func disclose(
        _ bundle: RecordBundle,
        of request: RecordRequest,
        to recipient: OrganizationID,
        person: String,
        way: Delivery.Way,
        extent: String
    ) throws {
        try session.append(
            DisclosureRecord(
                id: secrets.makeIdentifier(),
                request: request.id,
                bundle: bundle.id,
                at: now,
                holder: bundle.holder,
                recipient: recipient,
                person: person,
                way: way,
                parts: bundle.disclosedParts,
                uses: request.uses,
                extent: extent
            )
        )
    }
}

extension RecordBundle {
    /// The parts it discloses; what its files hold without a word of which part, as documents.
    fileprivate var disclosedParts: [RecordPart] {
        let sent = parts.filter { $0.status == .sent }.map(\.part)
        let hasUnsaid = parts.contains { $0.status == .unsaid } && !sent.contains(.attachment)
        return hasUnsaid ? sent + [.attachment] : sent
    }
}
