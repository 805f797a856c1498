import BundleFormat
import Casework
import Dispatch
import Intake
import PaperFormat
import RecordExchange
import Rendering
import Sealing
import StudentRecords
import Vocabulary
import WebGateway

/// Seals answers, and reads their files back: the one place where Intake, Sealing and Rendering
/// meet, since no adapter imports another.
struct SealingRoom: BundleAssembler, RecordFiles {
    let keys: GatewayKeys
    let inbox: Inbox
    let vault: FileVault
    let renderer: Renderer
    let scribe: any RecordScribe
    /// What schools, their districts and their states entered.
    let enteredPlans: @Sendable ([PlanPlace]) async throws -> [GraduationPlan]
    /// Sealed bundles as they are handed out, and plain archives under encryption.
    let folder: String
    let checkHost: String
    /// Scheme, host and port: what a printed page's square code leads to.
    let baseAddress: String
    let states: [StateEntry]
    let time: any Timekeeper
    let scanner: VirusScanner?

    // Sealing is bound by the processor and the disk, so it stays off the threads that everybody
    // else runs on.
    private static let queue = DispatchQueue(label: "mochila.sealing", attributes: .concurrent)

    // Each takes a processor and up to 256 MiB, for as long as `PrintingProgram` lets it.
    private static let printers = DispatchSemaphore(value: 2)

    func sealedFile(of bundle: RecordBundle.ID) -> String { "\(folder)/\(bundle).cms" }

    func assemble(_ order: BundleOrder) async throws -> RecordBundle.Seal {
        // What may hold a virus is read by nobody.
        try await Self.run { try scan(order, by: scanner) }
        let plans = try await plans(for: order)
        return try await Self.run {
            let path = sealedFile(of: order.bundle.id)
            let part = path + ".part"
            // What a crash left half-written is worth nothing: it is made again from the files. A
            // finished one is replaced by the rename, so that there is never a moment without it.
            try removeIfThere(part)
            // Read again each time: `mochila keys rotate` may have changed them meanwhile.
            let keys = try keys.reloaded()
            let recipients =
                order.recipientCertificates.isEmpty
                ? [keys.encryption.certificate]
                : try order.recipientCertificates.map { try Certificate(pem: $0) }
            try Self.refuse(recipients.map(\.fingerprint), revokedBy: order)
            let signer = try Self.signer(for: order, among: keys)
            let sealed = try BundleSealer(signer: signer)
                .seal(
                    try draft(of: order, by: signer, plans: plans),
                    to: recipients,
                    creating: part
                )
            try rename(part, to: path)
            try Folder.synchronize(folder)
            return RecordBundle.Seal(
                byteCount: sealed.byteCount,
                sha256: sealed.digest.description,
                recipients: sealed.recipients.map(\.description)
            )
        }
    }

    func file(_ file: RecordBundle.File) throws -> any ProtectedFileReader {
        guard let id = DroppedFile.ID(file.id) else { throw CaseworkFailure.notFound }
        return try inbox.open(id)
    }

    func sealed(_ bundle: RecordBundle) throws -> any ProtectedFileReader {
        try PlainFileReader(path: sealedFile(of: bundle.id))
    }

    func archive(
        _ order: BundleOrder
    ) async throws -> (reader: any ProtectedFileReader, digest: SHA256Digest) {
        let path = "\(folder)/\(order.bundle.id).zip.vault"
        let plans = try await exists(path) ? [] : plans(for: order)
        return try await Self.run {
            if !exists(path) {
                // Two readers may ask at once: each makes its own and the last one stays.
                let part = "\(path).\(SystemSecrets().randomBits()).part"
                let writer = try vault.makeWriter(creating: part)
                do {
                    let signer = try Self.signer(for: order, among: try keys.reloaded())
                    _ = try BundleSealer(signer: signer)
                        .archive(try draft(of: order, by: signer, plans: plans), into: writer)
                } catch {
                    writer.abandon()
                    throw error
                }
                try rename(part, to: path)
            }
            let reader = try vault.makeReader(of: path)
            return (reader, try reader.notedDigest ?? reader.digest())
        }
    }

    func inspect(_ order: BundleOrder) async throws {
        guard let quick = scanner?.waiting(seconds: 4, inAll: 10) else { return }
        try await Self.run { try scan(order, by: quick) }
    }

    func lockAway(_ file: DroppedFile.ID) throws { try inbox.lockAway(file) }

    /// Nothing is sealed, so nothing released, unless every file was called clean by the scanner or
    /// by a person who looked at it.
    private func scan(_ order: BundleOrder, by scanner: VirusScanner?) throws {
        guard let scanner else { return }
        var findings: [DroppedFile.ID: String] = [:]
        for stored in order.bundle.files where !order.cleared.contains(stored.id) {
            guard let id = DroppedFile.ID(stored.id) else { throw CaseworkFailure.notFound }
            do {
                if case .found(let name) = try scanner.scan(try file(stored)) {
                    findings[id] = name
                }
            } catch is ScannerFailure {
                // What was found so far is known all the same; the rest is asked for again.
                guard findings.isEmpty else { break }
                throw ScannerDoesNotAnswer()
            }
        }
        if !findings.isEmpty { throw InfectedFiles(findings: findings) }
    }

    /// The holder's own key where it has one that counts, else the gateway's.
    static func signer(for order: BundleOrder, among keys: GatewayKeys) throws -> KeyPair {
        if case .school(let id) = order.bundle.holder, let own = try keys.school(id.description),
            order.holderSigners.contains(own.certificate.fingerprint.description)
        {
            return own
        }
        try refuse([keys.signing.certificate.fingerprint], revokedBy: order)
        return keys.signing
    }

    static func refuse(
        _ fingerprints: [SHA256Digest],
        revokedBy order: BundleOrder
    ) throws {
        for fingerprint in fingerprints where order.revokedKeys.contains(fingerprint.description) {
            throw KeyFailure.revoked(fingerprint: fingerprint.description)
        }
    }

    func printed(_ record: PrintedRecord) async throws -> [UInt8]? {
        try await Self.run { try paperCopy(record, by: try keys.reloaded().signing) }
    }

    /// No record waits for its paper copy: where none can be made, `mochila doctor` says why.
    private func paperCopy(_ record: PrintedRecord, by signer: KeyPair) throws -> [UInt8]? {
        Self.printers.wait()
        defer { Self.printers.signal() }
        do {
            return try PrintingProgram.besideThisProgram().signed(record, by: signer)
        } catch is PrintingFailure {
            return nil
        }
    }

    /// The plans by which the record may be judged, in the order in which they count.
    func plans(for order: BundleOrder) async throws -> [GraduationPlan] {
        let designated = try await Self.run { try designatedPlace(in: order) }
        let own = PlanPlace(school: order.requester.id, state: order.requester.state)
        let places = [designated, own].compactMap { $0 }
        return try await enteredPlans(places) + scribe.plans
    }

    private func designatedPlace(in order: BundleOrder) throws -> PlanPlace? {
        guard let stored = order.bundle.recordFile,
            let bytes = try file(stored).whole(upTo: BundleLimits.pageBytes),
            let reading = scribe.read(bytes, from: Self.source(of: order))
        else { return nil }
        return PlanInForce.place(in: MergedRecord([reading.record]))
    }

    private static func source(of order: BundleOrder) -> RecordSource {
        RecordSource(name: order.holderName, date: CivilDate(dayNumber: 0))
    }

    func draft(
        of order: BundleOrder,
        by signer: KeyPair,
        plans: [GraduationPlan]
    ) throws -> BundleDraft {
        let bundle = order.bundle
        let local = time.local(bundle.answeredAt, in: order.requester.state)
        let recordData = try bundle.recordFile.flatMap { stored in
            try file(stored).whole(upTo: BundleLimits.pageBytes)
        }
        let cover = cover(of: order, answeredAt: local, record: recordData, plans: plans)
        return BundleDraft(
            bundle: BundleManifest.ID(rawValue: bundle.id.rawValue),
            request: order.number,
            madeAt: bundle.answeredAt,
            sender: BundleManifest.Party(
                organization: bundle.holder.description,
                name: order.holderName
            ),
            certification: BundleManifest.Certification(bundle.certification),
            recipient: BundleManifest.Party(
                organization: OrganizationID.school(order.requester.id).description,
                name: order.requester.name
            ),
            legalBasis: DisclosureRecord.LegalBasis.enrollment.rawValue,
            // What nobody spoke of the manifest does not name: its files stand as `attachment`.
            parts: bundle.parts.compactMap { part in
                BundleManifest.PartStatus(part.status).map { (part: part.part, status: $0) }
            },
            attachments: try Self.attachments(of: bundle).map { stored in
                guard let digest = SHA256Digest(hexadecimal: stored.sha256) else {
                    throw CaseworkFailure.notFound
                }
                return BundleAttachment(
                    parts: [],
                    name: stored.name,
                    mediaType: stored.mediaType,
                    digest: digest,
                    content: try file(stored)
                )
            },
            recordPage: renderer.renderRecordCover(cover, in: order.language),
            recordPrint: try paperCopy(paper(cover, of: order), by: signer),
            recordData: recordData,
            replaces: (bundle.replaces ?? []).map { BundleManifest.ID(rawValue: $0.rawValue) }
        )
    }

    /// The files as they were sent: the record has a place of its own in the archive.
    private static func attachments(of bundle: RecordBundle) -> [RecordBundle.File] {
        bundle.files.filter { $0 != bundle.recordFile }
    }

    /// The record on one page, for the highest use it was asked for.
    private func sheet(
        _ record: [UInt8],
        of order: BundleOrder,
        plans: [GraduationPlan]
    ) -> RecordSheet? {
        guard let reading = scribe.read(record, from: Self.source(of: order)) else { return nil }
        let year = ClassYears.graduating(order.student.grade, on: order.filedOn)
        return renderer.sheet(
            of: MergedRecord([reading.record]),
            for: order.uses.max() ?? .enrollment,
            statements: Completeness.statements(of: [order.bundle]),
            phase: order.phase,
            problems: reading.problems,
            unlisted: reading.unlisted,
            plans: plans,
            plan: plans.plan(of: order.requester.id, in: order.requester.state, for: year),
            graduating: year,
            codes: scribe.codes,
            in: order.language
        )
    }

    private func cover(
        of order: BundleOrder,
        answeredAt local: LocalTime,
        record: [UInt8]?,
        plans: [GraduationPlan]
    ) -> RecordCover {
        let bundle = order.bundle
        let attachments = Self.attachments(of: bundle)
        return RecordCover(
            number: order.number,
            student: StudentSummary(
                name: order.student.name.full,
                birthDate: order.student.birthDate,
                grade: order.student.grade,
                number: order.student.stateStudentID ?? ""
            ),
            holder: order.holderName,
            holderPlace: place(order.holder),
            requester: order.requester.name,
            requesterPlace: place(order.requester),
            answeredAt: local,
            certification: CertificationWord(bundle.certification),
            legend: bundle.certification.legend ?? "",
            wholeness: order.wholeness,
            uses: order.uses,
            parts: bundle.parts.map { PartRow(part: $0.part, state: PartWord($0.status)) },
            files: zip(attachments, ArchiveName.attachments(named: attachments.map(\.name)))
                .map { file, path in
                    CoverFile(
                        path: path.description,
                        name: file.name,
                        mediaType: file.mediaType,
                        size: ByteCount(file.byteCount),
                        digest: DigestText(file.sha256)
                    )
                },
            note: bundle.note,
            sheet: record.flatMap { sheet($0, of: order, plans: plans) },
            checkHost: checkHost
        )
    }

    /// The cover, for paper.
    private func paper(_ cover: RecordCover, of order: BundleOrder) -> PrintedRecord {
        let facts = PrintedFacts(
            number: cover.number,
            student: cover.student,
            sentBy: ["\(cover.holder), \(cover.holderPlace)"],
            sentTo: "\(cover.requester), \(cover.requesterPlace)",
            answeredAt: [cover.answeredAt],
            certified: [cover.certification],
            legends: [cover.legend].filter { !$0.isEmpty },
            uses: cover.uses,
            wholeness: cover.wholeness,
            notes: [cover.note],
            parts: cover.parts,
            checkAddress: cover.number.checkAddress(at: baseAddress),
            at: order.bundle.answeredAt
        )
        return renderer.printed(cover.sheet, facts, in: order.language)
    }

    private func place(_ school: School) -> String {
        let state = states.first { $0.code == school.state }?.name ?? school.state.description
        return "\(school.city), \(state)"
    }

    static func run<Value: Sendable>(
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: work)) }
        }
    }
}

/// Files wait for a scanner that does not answer.
///
/// The outbox shows the name of this type, so it is written to be read.
struct ScannerDoesNotAnswer: Error {}

extension BundleManifest.Certification {
    fileprivate init(_ certification: RecordBundle.Certification) {
        let by: BundleManifest.Certifier =
            switch certification.kind {
            case .mailboxHolder: .mailboxHolder
            case .signedInStaff: .signedInStaff
            case .certifyingOfficial: .certifyingOfficial
            case .inPlaceOfSchool: .inPlaceOfSchool
            }
        self.init(
            by: by,
            name: certification.name,
            title: certification.title,
            legend: certification.legend ?? ""
        )
    }
}

extension BundleManifest.PartStatus {
    fileprivate init?(_ status: RecordBundle.PartStatus) {
        switch status {
        case .sent: self = .sent
        case .unsaid: return nil
        case .noneOnFile: self = .noneOnFile
        case .toFollow(let day): self = .toFollow(by: day)
        case .withheld(let reason): self = .withheld(reason: reason.rawValue)
        }
    }
}
