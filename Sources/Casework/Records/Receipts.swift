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
    package let receipt: Receipt
    package let way: Delivery.Way
    package let holder: OrganizationID
    package let recipient: OrganizationID
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
    /// The same statement again changes nothing.
    package func reportReceipt(
        for id: RecordBundle.ID,
        in number: RequestNumber,
        trouble: Receipt.Trouble?,
        by actor: Actor
    ) async throws -> ReceiptView {
        try await write { transaction in
            let (request, current) = try transaction.current(id, in: number, readableBy: actor)
            var bundle = current
            let outcome: Receipt.Outcome = trouble.map { .refused($0) } ?? .opened
            var delivery = try transaction.reported(bundle)
            let earlier = try transaction.session.receipt(of: delivery.id)
            if let earlier, earlier.outcome == outcome {
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
            let receipt = Receipt(outcome, for: delivery, at: transaction.now)
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
    }
}

extension CaseTransaction {
    /// States what became of a delivery; it is signed soon after.
    func state(_ outcome: Receipt.Outcome, of delivery: Delivery) throws {
        try session.save(Receipt(outcome, for: delivery, at: now))
    }

    /// Nobody took these bundles: the state contact of the school that asked sees it, and so does
    /// everybody who reads the request's story.
    func noteMissing(_ bundles: [RecordBundle]) throws {
        for bundle in bundles {
            guard
                let web = try session.deliveries(of: bundle.id).first(where: { $0.way == .web }),
                try session.receipt(of: web.id) == nil
            else { continue }
            try state(.missing, of: web)
            try tell(
                .receiptMissing(bundle: bundle.id),
                of: bundle.request,
                inquiry: bundle.inquiry
            )
        }
    }

    fileprivate func forgetMissing(of bundle: RecordBundle.ID) throws {
        for delivery in try session.deliveries(of: bundle)
        where try session.receipt(of: delivery.id)?.outcome == .missing {
            try session.forgetReceipt(of: delivery.id)
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
