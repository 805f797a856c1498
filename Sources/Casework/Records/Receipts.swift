package import RecordExchange
package import Vocabulary

/// Everything that a receipt says, by value.
package struct ReceiptOrder: Hashable, Sendable {
    package let receipt: Receipt
    package let number: RequestNumber
    package let bundle: RecordBundle
    package let recipient: OrganizationID
    /// The accounts in which the one that sent the records finds it.
    package let accounts: [String]
}

/// One receipt, for either side.
package struct ReceiptView: Hashable, Sendable {
    /// One file, by its digest: its name may hold the student's.
    package struct File: Hashable, Sendable {
        package let byteCount: Int64
        /// 64 hexadecimal digits.
        package let sha256: String
        /// `nil` in receipts from before this was kept.
        package let opening: FileOpening?
    }

    package let receipt: Receipt
    package let way: Delivery.Way
    package let holder: OrganizationID
    package let recipient: OrganizationID
    package let parts: [PartOpening]
    package let files: [File]
}

extension Desk {
    /// What must be signed, oldest first.
    package func receiptOrders(limit: Int = 100) async throws -> [ReceiptOrder] {
        try await read { transaction in
            try transaction.session.dueReceipts(limit: limit).compactMap { receipt in
                guard let bundle = try transaction.session.bundle(receipt.bundle),
                    let delivery = try transaction.session.delivery(receipt.delivery)
                else { return nil }
                return ReceiptOrder(
                    receipt: receipt,
                    number: try transaction.request(receipt.request).number,
                    bundle: bundle,
                    recipient: delivery.recipient,
                    accounts: try transaction.session.partners(of: bundle.holder).map(\.account)
                )
            }
        }
    }

    /// The statement is signed; where another took its place meanwhile, that one is still due.
    package func noteSigned(_ order: ReceiptOrder, _ signed: Receipt.Signed) async throws {
        try await write { transaction in
            guard
                var receipt = try transaction.session.receipt(of: order.receipt.delivery),
                receipt == order.receipt
            else { return }
            receipt.signed = signed
            try transaction.session.save(receipt)
            try transaction.audit(.system, "receipt.sign", subject: receipt.delivery)
        }
    }

    /// The receipts of one request, for those who may read its disclosure records.
    ///
    /// Who sent something sees the receipts for that and for nothing else.
    package func receipts(
        of number: RequestNumber,
        by actor: Actor
    ) async throws -> [ReceiptView] {
        try await read { transaction in
            let (request, sees) = try transaction.disclosureReader(of: number, actor)
            return try transaction.receipts(of: request.id).filter { sees($0.holder) }
        }
    }

    /// The receipts for what was sent in answer to one inquiry.
    package func receipts(of id: Inquiry.ID, by actor: Actor) async throws -> [ReceiptView] {
        try await read { transaction in
            guard let inquiry = try transaction.session.inquiry(id),
                actor.holds(StaffRole.answerers, at: inquiry.holder)
            else { throw CaseworkFailure.notFound }
            let bundles = try transaction.session.bundles(of: inquiry.request)
                .filter { $0.inquiry == id }.map(\.id)
            return try transaction.receipts(of: inquiry.request)
                .filter { bundles.contains($0.receipt.bundle) }
        }
    }

    /// The requester's system says whether a bundle that it was given opened there.
    ///
    /// `unopened`: digests of the files that did not, where the others did; throws `notFound` where
    /// one is of no file in it. The same statement again changes nothing.
    package func reportReceipt(
        for id: RecordBundle.ID,
        in number: RequestNumber,
        trouble: Receipt.Trouble?,
        unopened: Set<String> = [],
        by actor: Actor
    ) async throws -> ReceiptView {
        try await write { transaction in
            let (request, current) = try transaction.current(id, in: number, readableBy: actor)
            var bundle = current
            guard unopened.isSubset(of: bundle.files.map(\.sha256)) else {
                throw CaseworkFailure.notFound
            }
            let outcome: Receipt.Outcome = trouble.map { .refused($0) } ?? .opened
            var delivery = try transaction.reported(bundle)
            let earlier = try transaction.session.receipt(of: delivery.id)
            let files = transaction.reportedFiles(
                of: bundle,
                failed: trouble == nil
                    ? [] : unopened.isEmpty ? Set(bundle.files.map(\.sha256)) : unopened,
                earlier
            )
            if let earlier, earlier.outcome == outcome, earlier.files ?? files == files {
                return ReceiptView(earlier, delivery, bundle)
            }
            do {
                if delivery.status == .waiting {
                    try delivery.apply(.collect, at: transaction.now)
                }
                // What was opened by somebody's hand before is confirmed already.
                if trouble != nil || delivery.status != .receiptGood {
                    try delivery.apply(trouble == nil ? .confirm : .dispute, at: transaction.now)
                }
            } catch { throw CaseworkFailure.notPossibleNow }
            try transaction.session.save(delivery)
            let receipt = Receipt(outcome, for: delivery, files: files, at: transaction.now)
            try transaction.session.save(receipt)
            try transaction.forgetMissing(of: bundle.id)
            if let trouble {
                try transaction.tell(
                    .receiptBad(bundle: id, trouble: trouble),
                    of: request.id,
                    inquiry: bundle.inquiry,
                    person: actor.name
                )
            } else if bundle.receivedAt == nil {
                bundle.receivedAt = transaction.now
                try transaction.session.save(bundle)
                try transaction.tell(
                    .received(bundle: id),
                    of: request.id,
                    inquiry: bundle.inquiry,
                    person: actor.name
                )
                try transaction.watchDelivery(of: try transaction.inquiry(bundle.inquiry))
            }
            try transaction.audit(
                .staff(actor.id),
                "receipt.report",
                subject: delivery.id,
                detail: trouble?.rawValue ?? "opened"
            )
            return ReceiptView(receipt, delivery, bundle)
        }
    }
}

extension ReceiptView {
    fileprivate init(_ receipt: Receipt, _ delivery: Delivery, _ bundle: RecordBundle) {
        self.receipt = receipt
        way = delivery.way
        holder = bundle.holder
        recipient = delivery.recipient
        parts = receipt.parts(of: bundle)
        let openings = receipt.openings(of: bundle)
        files = bundle.files.enumerated().map { index, file in
            File(
                byteCount: file.byteCount,
                sha256: file.sha256,
                opening: openings.isEmpty ? nil : openings[index]
            )
        }
    }
}

extension CaseTransaction {
    /// States what became of a delivery; it is signed soon after.
    func state(
        _ outcome: Receipt.Outcome,
        of delivery: Delivery,
        files: [FileOpening]
    ) throws {
        try session.save(Receipt(outcome, for: delivery, files: files, at: now))
    }

    /// Its recipient's system has all of it; whether it opens there, that one may say later.
    func stateHandedOver(_ delivery: Delivery) throws {
        let files = try session.bundle(delivery.bundle)?.files ?? []
        try state(
            .handedOver,
            of: delivery,
            files: files.map { FileOpening(file: $0.id, how: .sealed, at: now) }
        )
    }

    /// Somebody opened something of a bundle, by hand, and not yet all of it.
    ///
    /// What nobody took however often they were told stays work until it is all taken.
    func stateOpened(_ files: [FileOpening], of delivery: Delivery) throws {
        guard files.contains(where: { $0.how.isOpen == true }) else { return }
        let earlier = try session.receipt(of: delivery.id)
        let isLate = earlier?.outcome == .missing || earlier?.outcome == .stalled
        let receipt = Receipt(isLate ? .stalled : .partly, for: delivery, files: files, at: now)
        guard earlier?.agrees(with: receipt) != true else { return }
        try session.save(receipt)
    }

    /// Nobody took these bundles, or not all of them: the state contact of the school that asked
    /// sees it, and so does everybody who reads the request's story.
    func noteMissing(_ bundles: [RecordBundle]) throws {
        for bundle in bundles {
            guard let web = try webDelivery(of: bundle), try isAwaited(bundle) else { continue }
            let begun = try session.receipt(of: web.id)?.files
            let untaken = bundle.files.map { FileOpening(file: $0.id, how: .untaken, at: nil) }
            try state(begun == nil ? .missing : .stalled, of: web, files: begun ?? untaken)
            try tell(
                .receiptMissing(bundle: bundle.id),
                of: bundle.request,
                inquiry: bundle.inquiry
            )
        }
    }

    /// Whether its receipt may still come by itself: nobody has said yet that it is missing.
    func isAwaited(_ bundle: RecordBundle) throws -> Bool {
        guard let web = try webDelivery(of: bundle) else { return false }
        let outcome = try session.receipt(of: web.id)?.outcome
        return outcome == nil || outcome == .partly
    }

    private func webDelivery(of bundle: RecordBundle) throws -> Delivery? {
        try session.deliveries(of: bundle.id).first { $0.way == .web }
    }

    func forgetMissing(of bundle: RecordBundle.ID) throws {
        for delivery in try session.deliveries(of: bundle) {
            guard let receipt = try session.receipt(of: delivery.id) else { continue }
            switch receipt.outcome {
            case .missing: try session.forgetReceipt(of: delivery.id)
            // What was opened by hand stays said; nobody waits for the rest of it any more.
            case .stalled: try state(.partly, of: delivery, files: receipt.files ?? [])
            case .handedOver, .partly, .opened, .refused: break
            }
        }
    }

    fileprivate func reportedFiles(
        of bundle: RecordBundle,
        failed: Set<String>,
        _ earlier: Receipt?
    ) -> [FileOpening] {
        bundle.files.map { file in
            let how: FileOpening.How = failed.contains(file.sha256) ? .failed : .reported
            let before = earlier?.files?.first { $0.file == file.id && $0.how == how }
            return before ?? FileOpening(file: file.id, how: how, at: now)
        }
    }

    /// The delivery that a system speaks of: its own, where there is one, and only where a release
    /// is on file, since nobody can open what was never given to them.
    fileprivate func reported(_ bundle: RecordBundle) throws -> Delivery {
        let released = Set(
            try session.disclosures(of: bundle.request).filter { $0.bundle == bundle.id }
                .map(\.way)
        )
        let given = try session.deliveries(of: bundle.id).filter { released.contains($0.way) }
        guard let delivery = given.first(where: { $0.way != .web }) ?? given.first else {
            throw CaseworkFailure.notPossibleNow
        }
        return delivery
    }

    fileprivate func receipts(of request: RecordRequest.ID) throws -> [ReceiptView] {
        try session.receipts(of: request).compactMap { receipt in
            guard let delivery = try session.delivery(receipt.delivery),
                let bundle = try session.bundle(receipt.bundle)
            else { return nil }
            return ReceiptView(receipt, delivery, bundle)
        }
    }

    /// Whether `actor` may read the disclosure records of a request, and those of which holders.
    func disclosureReader(
        of number: RequestNumber,
        _ actor: Actor
    ) throws -> (request: RecordRequest, sees: (OrganizationID) -> Bool) {
        guard let request = try session.request(numbered: number) else {
            throw CaseworkFailure.notFound
        }
        let holders = try session.inquiries(of: request.id).map(\.holder)
        let isAuditor = actor.memberships.contains { $0.role == .auditor }
        let isHolder = holders.contains { actor.holds(StaffRole.answerers, at: $0) }
        let watches = (try? self.request(number, seenBy: actor)) != nil
        guard isAuditor || isHolder || watches else { throw CaseworkFailure.notFound }
        // One school that was asked does not learn from another's record where the child was.
        return (request, { isAuditor || watches || actor.holds(StaffRole.answerers, at: $0) })
    }
}
