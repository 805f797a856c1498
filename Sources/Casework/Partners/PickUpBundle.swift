package import RecordExchange
import Vocabulary

/// One bundle to be laid into partners' folders: the disclosure is on file already.
package struct PickupOrder: Hashable, Sendable {
    package let delivery: Delivery.ID
    package let bundle: RecordBundle.ID
    /// The accounts of the organisation it is for.
    package let accounts: [String]
    /// Unique and free of student data.
    package let fileName: String
}

extension Desk {
    /// What is sealed for a partner and not yet in its folder.
    ///
    /// Writes the disclosure records before a byte can leave, once for a delivery.
    package func preparePickups(limit: Int = 100) async throws -> [PickupOrder] {
        let isAny = try await read { transaction in
            try !transaction.session.deliveries(by: .sftpPickup, in: .waiting, limit: 1).isEmpty
        }
        guard isAny else { return [] }
        return try await write { transaction in
            try transaction.session.deliveries(by: .sftpPickup, in: .waiting, limit: limit)
                .compactMap { try transaction.pickup($0) }
        }
    }

    /// It lies in the folder now.
    package func noteLaidOut(_ order: PickupOrder) async throws {
        try await write { transaction in
            guard var delivery = try transaction.session.delivery(order.delivery),
                delivery.status == .waiting,
                // What was withdrawn while it was laid there is taken out again.
                try transaction.session.bundle(delivery.bundle)?.withdrawnAt == nil
            else { return }
            try delivery.apply(.arrive, at: transaction.now)
            try transaction.session.save(delivery)
            try transaction.audit(.system, "bundle.layOut", subject: order.bundle)
        }
    }

    /// A partner's system has read all of a bundle that lay in its folder.
    ///
    /// - Returns: whether there is such a bundle, for this partner.
    @discardableResult
    package func noteFetched(_ fileName: String, by id: Partner.ID) async throws -> Bool {
        try await write { transaction in
            guard let partner = try transaction.session.partner(id),
                let (number, sequence) = PickupOrder.parse(fileName),
                let request = try transaction.session.request(numbered: number),
                let bundle = try transaction.session.bundles(of: request.id)
                    .first(where: { $0.sequence == sequence }),
                var delivery = try transaction.session.deliveries(of: bundle.id).first(where: {
                    $0.way == .sftpPickup && $0.recipient == partner.organization
                })
            else { return false }
            guard delivery.status == .sent else { return true }
            try delivery.apply(.collect, at: transaction.now)
            try transaction.session.save(delivery)
            try transaction.stateHandedOver(delivery)
            try transaction.tell(
                .pushed(bundle: bundle.id, to: delivery.recipient),
                of: request.id,
                inquiry: bundle.inquiry
            )
            try transaction.audit(.partner(id), "bundle.fetch", subject: bundle.id)
            return true
        }
    }
}

extension Desk {
    /// What was withdrawn and lies in partners' folders, or was about to.
    package func recalledPickups() async throws -> [PickupOrder] {
        try await read { transaction in
            try transaction.session.deliveries(by: .sftpPickup, in: .waiting, limit: .max)
                .compactMap { delivery in
                    guard let bundle = try transaction.session.bundle(delivery.bundle),
                        bundle.withdrawnAt != nil
                    else { return nil }
                    return try transaction.order(delivery, bundle)
                }
        }
    }

    /// It lies in the folder no longer.
    package func noteTakenBack(_ order: PickupOrder) async throws {
        try await write { transaction in
            guard var delivery = try transaction.session.delivery(order.delivery),
                delivery.status == .waiting
            else { return }
            try delivery.apply(.fail, trouble: CaseTransaction.whyStopped, at: transaction.now)
            try transaction.session.save(delivery)
            try transaction.audit(.system, "bundle.takeBack", subject: order.bundle)
        }
    }

    /// Which of these names of laid out bundles are of withdrawn ones.
    package func withdrawn(_ fileNames: [String]) async throws -> [String] {
        guard !fileNames.isEmpty else { return [] }
        return try await read { transaction in
            try fileNames.filter { name in
                guard let (number, sequence) = PickupOrder.parse(name),
                    let request = try transaction.session.request(numbered: number)
                else { return false }
                return try transaction.session.bundles(of: request.id)
                    .contains { $0.sequence == sequence && $0.withdrawnAt != nil }
            }
        }
    }
}

extension PickupOrder {
    static func name(_ number: RequestNumber, _ sequence: Int) -> String {
        "\(number)-\(sequence).cms"
    }

    /// What `name` made.
    static func parse(_ name: String) -> (RequestNumber, Int)? {
        guard name.hasSuffix(".cms") else { return nil }
        let fields = name.dropLast(4).split(separator: "-")
        guard fields.count == 4, let sequence = Int(fields[3]),
            let number = try? RequestNumber(parsing: fields[..<3].joined(separator: "-"))
        else { return nil }
        return (number, sequence)
    }
}

extension CaseTransaction {
    fileprivate func pickup(_ delivery: Delivery) throws -> PickupOrder? {
        guard let bundle = try session.bundle(delivery.bundle), bundle.seal != nil,
            bundle.withdrawnAt == nil
        else { return nil }
        let order = try order(delivery, bundle)
        guard !order.accounts.isEmpty else { return nil }
        let request = try request(delivery.request)
        let isOnRecord = try session.disclosures(of: request.id).contains {
            $0.bundle == bundle.id && $0.way == .sftpPickup && $0.recipient == delivery.recipient
        }
        if !isOnRecord {
            try disclose(
                bundle,
                of: request,
                to: delivery.recipient,
                person: "",
                way: .sftpPickup,
                extent: DisclosureRecord.Extent.sealed
            )
        }
        return order
    }

    fileprivate func order(_ delivery: Delivery, _ bundle: RecordBundle) throws -> PickupOrder {
        PickupOrder(
            delivery: delivery.id,
            bundle: bundle.id,
            accounts: try session.partners(of: delivery.recipient).map(\.account),
            fileName: PickupOrder.name(try request(delivery.request).number, bundle.sequence)
        )
    }
}
