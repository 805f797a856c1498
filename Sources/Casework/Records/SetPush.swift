package import RecordExchange
import Vocabulary

/// What changed with the server that an organisation's bundles are pushed to.
package struct PushChange: Hashable, Sendable {
    /// Deliveries that are tried again, or another way, from now on.
    package let restarted: Int
    /// Deliveries that nobody tries any more.
    package let ended: Int

    package init(restarted: Int, ended: Int) {
        self.restarted = restarted
        self.ended = ended
    }
}

extension Desk {
    /// Says where an organisation's bundles are pushed to from now on; `nil`: nowhere, they are
    /// fetched.
    ///
    /// What is on its way follows: it goes the new way, and what a person had to look at is tried
    /// again. `certificatePEM`: what bundles for it are sealed to; `nil` leaves it. Throws
    /// `notPossibleNow` where there is none: what is sealed to our own key is no use there.
    @discardableResult
    package func setPush(
        _ destination: PushDestination?,
        of organization: OrganizationID,
        certificatePEM: String? = nil
    ) async throws -> PushChange {
        try await write { transaction in
            let channel = try transaction.session.channel(of: organization)
            guard let pem = certificatePEM ?? channel?.certificatePEM, !pem.isEmpty else {
                throw CaseworkFailure.notPossibleNow
            }
            try transaction.session.save(
                Channel(organization: organization, certificatePEM: pem, push: destination)
            )
            try transaction.audit(
                .operator,
                "partner.push",
                subject: organization,
                detail: destination?.way.rawValue ?? "none"
            )
            return try transaction.redirectPushes(of: organization, by: destination?.way)
        }
    }

    /// Tries again what an organisation's server refused: somebody has put it right.
    package func retryPushes(of organization: OrganizationID) async throws -> PushChange {
        try await write { transaction in
            guard let way = try transaction.session.channel(of: organization)?.push?.way else {
                throw CaseworkFailure.notPossibleNow
            }
            try transaction.audit(.operator, "partner.push.retry", subject: organization)
            return try transaction.redirectPushes(of: organization, by: way)
        }
    }
}

extension CaseTransaction {
    /// A delivery by push, and what carries it out.
    func startPush(
        of bundle: RecordBundle,
        to recipient: OrganizationID,
        by way: Delivery.Way
    ) throws {
        let push = Delivery(
            id: secrets.makeIdentifier(),
            bundle: bundle.id,
            request: bundle.request,
            recipient: recipient,
            way: way,
            at: now
        )
        try session.save(push)
        try enqueuePush(push.id)
    }

    private func enqueuePush(_ delivery: Delivery.ID) throws {
        try session.enqueue(Effect(id: secrets.makeIdentifier(), work: .push(delivery), due: now))
    }

    fileprivate func redirectPushes(
        of organization: OrganizationID,
        by way: Delivery.Way?
    ) throws -> PushChange {
        var restarted = 0
        var ended = 0
        for old in Delivery.pushes {
            for status in [Delivery.Status.waiting, .retrying, .failed] {
                // Open pushes are few: those of one organisation are a part of them.
                let found = try session.deliveries(by: old, in: status, limit: .max)
                for delivery in found where delivery.recipient == organization {
                    switch try redirect(delivery, by: way) {
                    case true: restarted += 1
                    case false: ended += 1
                    case nil: break
                    }
                }
            }
        }
        return PushChange(restarted: restarted, ended: ended)
    }

    /// - Returns: whether it is tried again; `nil` where nothing changed.
    private func redirect(_ delivery: Delivery, by way: Delivery.Way?) throws -> Bool? {
        var delivery = delivery
        if way == delivery.way {
            // What was withdrawn is not brought anywhere any more.
            guard delivery.status == .failed,
                try session.bundle(delivery.bundle)?.withdrawnAt == nil
            else { return nil }
            try delivery.apply(.retry, at: now)
            try session.save(delivery)
            try enqueuePush(delivery.id)
            return true
        }
        let wasOpen = delivery.status != .failed
        if wasOpen {
            try delivery.apply(.fail, trouble: "it goes another way now", at: now)
            try session.save(delivery)
        }
        guard let way, let bundle = try session.bundle(delivery.bundle),
            bundle.withdrawnAt == nil,
            try !session.deliveries(of: bundle.id).contains(where: {
                $0.way == way && $0.recipient == delivery.recipient
            })
        else { return wasOpen ? false : nil }
        try startPush(of: bundle, to: delivery.recipient, by: way)
        return true
    }
}
