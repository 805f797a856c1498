package import RecordExchange
import Vocabulary

/// One push to be made: the disclosure is on file already.
package struct PushOrder: Hashable, Sendable {
    package let delivery: Delivery.ID
    package let bundle: RecordBundle.ID
    package let destination: PushDestination
    /// Name under which the sealed bundle arrives: unique and free of student data.
    package let fileName: String
    /// Of the sealed file, 64 hexadecimal digits.
    package let sha256: String
}

extension Desk {
    /// Prepares a push: writes the disclosure record before a byte leaves, once for a delivery.
    package func preparePush(_ id: Delivery.ID) async throws -> PushOrder? {
        try await write { transaction in
            guard let delivery = try transaction.session.delivery(id),
                delivery.status == .waiting || delivery.status == .retrying,
                let bundle = try transaction.session.bundle(delivery.bundle),
                let seal = bundle.seal,
                bundle.withdrawnAt == nil,
                let destination = try transaction.session.channel(of: delivery.recipient)?.push,
                // Where the way has changed since, another delivery took this one's place.
                destination.way == delivery.way
            else { return nil }
            let request = try transaction.request(delivery.request)
            // Once for a delivery, also where the program ended between this and the first attempt.
            let isOnRecord = try transaction.session.disclosures(of: request.id).contains {
                $0.bundle == bundle.id && $0.way == delivery.way
                    && $0.recipient == delivery.recipient
            }
            if !isOnRecord {
                try transaction.disclose(
                    bundle,
                    of: request,
                    to: delivery.recipient,
                    person: "",
                    way: delivery.way,
                    extent: DisclosureRecord.Extent.sealed
                )
            }
            return PushOrder(
                delivery: id,
                bundle: bundle.id,
                destination: destination,
                fileName: "\(request.number)-\(bundle.sequence).cms",
                sha256: seal.sha256
            )
        }
    }

    /// Records what became of a push.
    ///
    /// - Returns: whether it should be tried again later.
    package func notePush(_ order: PushOrder, _ outcome: PushOutcome) async throws -> Bool {
        try await write { transaction in
            guard var delivery = try transaction.session.delivery(order.delivery) else {
                return false
            }
            let recipient = delivery.recipient
            // It was stopped meanwhile, which may have been too late.
            guard delivery.status == .waiting || delivery.status == .retrying else {
                if case .delivered(let bytes) = outcome {
                    try transaction.tell(
                        .pushed(bundle: order.bundle, to: recipient),
                        of: delivery.request
                    )
                    try transaction.audit(
                        .system,
                        "bundle.push",
                        subject: order.bundle,
                        detail: "bytes=\(bytes), after it was stopped"
                    )
                }
                return false
            }
            switch outcome {
            case .delivered(let bytes):
                try delivery.apply(.arrive, at: transaction.now)
                try transaction.tell(
                    .pushed(bundle: order.bundle, to: recipient),
                    of: delivery.request
                )
                try transaction.audit(
                    .system,
                    "bundle.push",
                    subject: order.bundle,
                    detail: "bytes=\(bytes)"
                )
            case .deferred(let reason):
                let isFirst = delivery.attempts == 0
                try delivery.apply(.stumble, trouble: reason, at: transaction.now)
                if isFirst {
                    try transaction.tell(
                        .pushFailing(bundle: order.bundle, to: recipient, trouble: reason),
                        of: delivery.request
                    )
                }
            case .refused(let reason):
                try delivery.apply(.fail, trouble: reason, at: transaction.now)
                try transaction.tell(
                    .pushFailing(bundle: order.bundle, to: recipient, trouble: reason),
                    of: delivery.request
                )
            }
            try transaction.session.save(delivery)
            if delivery.status == .sent { try transaction.stateHandedOver(delivery) }
            return delivery.status == .retrying
        }
    }
}
