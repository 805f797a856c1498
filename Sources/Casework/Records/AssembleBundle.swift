package import RecordExchange
package import StudentRecords
package import Vocabulary

/// Everything the sealer needs about one bundle, by value.
package struct BundleOrder: Hashable, Sendable {
    package let bundle: RecordBundle
    package let number: RequestNumber
    package let filedOn: CivilDate
    package let holderName: String
    /// The school whose record it is.
    package let holder: School
    package let requester: School
    package let uses: [RecordUse]
    package let wholeness: Wholeness
    /// How much the holder's state is expected to hold.
    package let phase: DataPhase
    /// Stands on the cover inside the sealed archive, and nowhere outside.
    package let student: StudentIdentity
    /// PEM; empty: sealed to the gateway's own certificate and served by signed-in download.
    package let recipientCertificates: [String]
    /// Fingerprints of keys of ours that must not sign or be sealed to, whatever lies in a folder.
    package let revokedKeys: Set<String>
    /// Fingerprints of signing keys that the holder may have of its own.
    package let holderSigners: Set<String>
    /// Files that a person looked at and found nothing wrong with, whatever the scanner says.
    package let cleared: Set<String>
    package let language: Language
    package let at: Instant
}

/// Seals a bundle's files into one durable file.
package protocol BundleAssembler: Sendable {
    /// Makes the sealed file of `order.bundle.id`; replaces nothing: where it already stands
    /// whole, its seal is returned again.
    ///
    /// Throws `InfectedFiles` where the scanner found something, and seals nothing then.
    func assemble(_ order: BundleOrder) async throws -> RecordBundle.Seal
    /// Looks through the files as `assemble` does first, for as long as somebody waits for a page.
    func inspect(_ order: BundleOrder) async throws
    /// Moves a file to where nothing that reads files finds it; one that lies there stays.
    func lockAway(_ file: DroppedFile.ID) throws
    /// Path of the sealed file, for the courier that pushes it as it is.
    func sealedFile(of bundle: RecordBundle.ID) -> String
}

extension Desk {
    /// What must be sealed, or was: everything about one bundle by value.
    package func order(for bundle: RecordBundle.ID) async throws -> BundleOrder? {
        try await read { transaction in
            guard let bundle = try transaction.session.bundle(bundle) else { return nil }
            let request = try transaction.request(bundle.request)
            let requester = try transaction.school(request.requester)
            let inquiry = try transaction.inquiry(bundle.inquiry)
            let recipient = OrganizationID.school(requester.id)
            let signers = try transaction.usableSigners(of: bundle.holder)
            return BundleOrder(
                bundle: bundle,
                number: request.number,
                filedOn: request.filedOn,
                holderName: try transaction.name(of: bundle.holder),
                holder: try transaction.school(inquiry.school),
                requester: requester,
                uses: request.uses,
                wholeness: inquiry.status == .sent ? bundle.wholeness : .partial,
                phase: try transaction.stateRule(of: inquiry.holderState).phase,
                student: request.student,
                recipientCertificates: try transaction.recipientCertificates(of: recipient),
                revokedKeys: try transaction.revokedKeys(
                    of: [.gateway, recipient, bundle.holder]
                ),
                holderSigners: signers,
                cleared: Set(
                    try transaction.session.quarantinedFiles(of: inquiry.id)
                        .filter { $0.releasedAt != nil }.map(\.id.description)
                ),
                language: try transaction.session.account(request.filedBy)?.language ?? .english,
                at: bundle.answeredAt
            )
        }
    }

    /// The sealed file stands: from now on the requester sees the records, and the deliveries
    /// begin.
    ///
    /// `files` is what was sealed; where some of it was locked up meanwhile the sealed file does not
    /// count. `nil` where its caller knows that none was.
    ///
    /// - Returns: whether it counts.
    @discardableResult
    package func noteSealed(
        _ id: RecordBundle.ID,
        _ seal: RecordBundle.Seal,
        of files: [RecordBundle.File]? = nil
    ) async throws -> Bool {
        try await write { transaction in
            guard var bundle = try transaction.session.bundle(id), bundle.seal == nil else {
                return true
            }
            if let files, files != bundle.files { return false }
            bundle.seal = seal
            try transaction.session.save(bundle)
            try transaction.replace(by: bundle)
            let request = try transaction.request(bundle.request)
            try transaction.audit(.system, "bundle.seal", subject: id, detail: seal.sha256)
            // Nobody waits any more for what ended or was found not acceptable meanwhile.
            guard request.isOpen, bundle.withdrawnAt == nil else { return true }
            try transaction.startDeliveries(of: bundle, request: request)
            try transaction.tell(.sealed(bundle: id), of: request.id, inquiry: bundle.inquiry)
            let inquiry = try transaction.inquiry(bundle.inquiry)
            let holder = try transaction.school(inquiry.school).name
            try transaction.mailFollowers(of: request) { recipient in
                .ready(
                    number: request.number,
                    recipient: recipient,
                    holderSchool: holder,
                    files: bundle.files.count,
                    complete: inquiry.status == .sent,
                    address: transaction.desk.settings.baseAddress
                )
            }
            try transaction.tellFamily(of: request)
            // A whole answer that came before may not be looked at any more.
            for other in try transaction.session.inquiries(of: request.id)
            where other.id == inquiry.id || other.status == .sent {
                try transaction.watchDelivery(of: other)
            }
            return true
        }
    }
}

extension CaseTransaction {
    fileprivate func startDeliveries(of bundle: RecordBundle, request: RecordRequest) throws {
        let recipient = OrganizationID.school(request.requester)
        try session.save(
            Delivery(
                id: secrets.makeIdentifier(),
                bundle: bundle.id,
                request: request.id,
                recipient: recipient,
                way: .web,
                at: now
            )
        )
        // What is sealed to the gateway's own key is no use in a partner's folder: also where the
        // partner has a channel, and no certificate of its counts any more.
        guard let channel = try session.channel(of: recipient),
            try !recipientCertificates(of: recipient).isEmpty
        else { return }
        // What is pushed would be disclosed a second time there.
        if channel.push == nil, !(try session.partners(of: recipient)).isEmpty {
            try session.save(
                Delivery(
                    id: secrets.makeIdentifier(),
                    bundle: bundle.id,
                    request: request.id,
                    recipient: recipient,
                    way: .sftpPickup,
                    at: now
                )
            )
        }
        guard let push = channel.push else { return }
        try startPush(of: bundle, to: recipient, by: push.way)
    }
}
