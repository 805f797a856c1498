import Casework
import Hummingbird
package import RecordExchange
package import Rendering
import StudentRecords
import Tabular
import Vocabulary

/// The records that arrived, and who has seen them.
extension StaffRoom {
    func records(_ visit: StaffVisit) async throws -> Response {
        let arrived = try await desk.records(of: try number(visit), by: visit.actor)
        guard let requester = try await desk.school(arrived.request.requester) else {
            throw GatewayFailure.notFound
        }
        let said = Set(
            arrived.bundles.filter { $0.withdrawnAt == nil }.flatMap(\.parts).map(\.part)
        )
        let page = RecordsPage(
            number: arrived.request.number,
            studentName: arrived.request.student.name.full,
            bundles: arrived.bundles.map { view($0, arrived, requester) },
            canAccept: arrived.actions.contains(.accept),
            canReject: arrived.actions.contains(.reject),
            missing: arrived.request.parts.filter {
                !said.contains($0) && $0.heldFrom <= arrived.phase
            },
            acceptance: try await acceptancePanel(for: requester.id)
        )
        return frame.page(page, visit, door: .requests)
    }

    private func view(
        _ bundle: RecordBundle,
        _ arrived: ArrivedRecords,
        _ requester: School
    ) -> BundleView {
        let pushed = arrived.deliveries.contains {
            guard $0.bundle == bundle.id else { return false }
            return switch $0.way {
            case .web: false
            case .sftpPush, .httpsPush: [.sent, .receiptGood].contains($0.status)
            case .sftpPickup: [.collected, .receiptGood].contains($0.status)
            }
        }
        return BundleView(
            bundle: bundle.id.description,
            sequence: bundle.sequence,
            holder: arrived.holderNames[bundle.holder] ?? "",
            answeredAt: local(bundle.answeredAt, requester.state),
            certification: CertificationWord(bundle.certification),
            legend: bundle.certification.legend ?? "",
            // A seal is on file only where manifest, signature and digests were checked.
            signature: bundle.seal == nil ? .notYet : .checked,
            wholeness: arrived.state == .partlySent ? .partial : bundle.wholeness,
            isWithdrawn: bundle.withdrawnAt != nil,
            isRecalled: bundle.recall != nil,
            isReplaced: bundle.replacedBy != nil,
            isOnlyCopy: bundle.replacedBy != nil && bundle.withdrawnAt == nil,
            note: bundle.note,
            parts: bundle.parts.map { PartRow(part: $0.part, state: PartWord($0.status)) },
            files: bundle.files.map { file in
                FileRow(
                    id: file.id,
                    name: file.name,
                    size: ByteCount(file.byteCount),
                    digest: DigestText(file.sha256),
                    isViewed: arrived.seen.contains(file.id)
                )
            },
            sealedSize: bundle.seal.map { ByteCount($0.byteCount) },
            sealedDigest: bundle.seal.map { DigestText($0.sha256) },
            pushedTo: pushed ? requester.name : "",
            hasRecord: bundle.recordFile != nil,
            outcomes: arrived.outcomes.filter { $0.bundle == bundle.id }.map { outcome in
                OutcomeView(
                    outcome,
                    index: bundle.sequence,
                    requester: requester.name,
                    askedOn: arrived.request.filedOn,
                    at: local(outcome.at, requester.state)
                )
            }
        )
    }

    // MARK: Downloads

    func downloadFile(_ visit: StaffVisit) async throws -> Response {
        let extent = Extent.file(try visit.visit.parameter("file"))
        let bundle = try await release(extent, visit)
        guard case .file(let id) = extent,
            let file = bundle.files.first(where: { $0.id == id }),
            let digest = SHA256Digest(hexadecimal: file.sha256)
        else { throw GatewayFailure.notFound }
        return Download(
            reader: try files.file(file),
            name: file.name,
            mediaType: file.mediaType,
            digest: digest,
            fetch: fetch(extent, bundle, visit)
        ).response(to: visit.visit.request)
    }

    func downloadSealed(_ visit: StaffVisit) async throws -> Response {
        let number = try number(visit)
        let bundle = try await release(.sealed, visit)
        guard let seal = bundle.seal, let digest = SHA256Digest(hexadecimal: seal.sha256) else {
            throw GatewayFailure.notFound
        }
        return Download(
            reader: try files.sealed(bundle),
            name: "\(number)-\(bundle.sequence).cms",
            mediaType: "application/cms",
            digest: digest,
            fetch: fetch(.sealed, bundle, visit)
        ).response(to: visit.visit.request)
    }

    func downloadEverything(_ visit: StaffVisit) async throws -> Response {
        let number = try number(visit)
        let bundle = try await release(.archive, visit)
        guard let order = try await desk.order(for: bundle.id) else {
            throw GatewayFailure.notFound
        }
        let archive = try await files.archive(order)
        return Download(
            reader: archive.reader,
            name: "\(number)-\(bundle.sequence).zip",
            mediaType: "application/zip",
            digest: archive.digest,
            fetch: fetch(.archive, bundle, visit)
        ).response(to: visit.visit.request)
    }

    private func release(_ extent: Extent, _ visit: StaffVisit) async throws -> RecordBundle {
        try await desk.release(
            extent,
            of: try visit.visit.identifier("bundle"),
            in: try number(visit),
            to: visit.actor
        )
    }

    private func fetch(
        _ extent: Extent,
        _ bundle: RecordBundle,
        _ visit: StaffVisit
    ) -> Fetch {
        let (desk, actor) = (desk, visit.actor)
        return Fetch(fetches, .init(actor.id, bundle.id, extent)) {
            // Where that cannot be known, the rest can be fetched later.
            (try? await desk.isGiven(bundle.id)) ?? false
        } whenWhole: {
            // The bytes are out and the disclosure is on file; only "received" could be late, and
            // the next download of it says so again.
            try? await desk.noteTaken(extent, of: bundle.id, by: actor)
        }
    }

    // MARK: Who has seen this record

    func disclosures(_ visit: StaffVisit) async throws -> Response {
        let number = try number(visit)
        let (rows, name) = try await disclosureRows(number, visit)
        let page = DisclosuresPage(
            number: number,
            studentName: name,
            rows: rows,
            receipts: try await receiptRows(number, visit)
        )
        return frame.page(page, visit, door: .requests)
    }

    func disclosuresCSV(_ visit: StaffVisit) async throws -> Response {
        let number = try number(visit)
        let (rows, _) = try await disclosureRows(number, visit)
        var lines = ["at,holder,recipient,person,way,parts,purpose,basis,extent"]
        for row in rows {
            let time = "\(row.at.date) \(row.at.hour):\(row.at.minute) \(row.at.zone)"
            let fields = [
                time, row.holder, row.recipient, row.person, row.way.rawValue,
                row.parts.map(\.rawValue).joined(separator: " "),
                row.uses.map(\.rawValue).joined(separator: " "), row.basis.rawValue, row.extent,
            ]
            lines.append(SpreadsheetField.line(fields))
        }
        var response = Response.text(
            lines.joined(separator: "\r\n") + "\r\n",
            mediaType: "text/csv; charset=utf-8"
        )
        response.headers[.contentDisposition] =
            ContentDisposition.attachment("\(number)-disclosures.csv")
        return response
    }

    private func disclosureRows(
        _ number: RequestNumber,
        _ visit: StaffVisit
    ) async throws -> (rows: [DisclosureRow], studentName: String) {
        let (records, names) = try await desk.disclosures(of: number, by: visit.actor)
        // The name only for those who may read the request itself.
        let story = try? await desk.story(of: number, by: visit.actor)
        let bundles = story?.bundles ?? []
        let fileNames = Dictionary(
            bundles.flatMap(\.files).map { ($0.id, $0.name) },
            uniquingKeysWith: { first, _ in first }
        )
        let state = story?.requester.state ?? visit.actor.watchedStates.first
        let rows = records.map { record in
            DisclosureRow(
                at: local(record.at, state ?? Self.capital),
                holder: names[record.holder] ?? "",
                recipient: names[record.recipient] ?? "",
                person: record.person,
                way: record.way,
                parts: record.parts,
                uses: record.uses,
                basis: record.basis,
                extent: fileNames[record.extent] ?? record.extent
            )
        }
        return (rows, story?.request.student.name.full ?? "")
    }

    /// Where nobody's school gives a time zone, times are shown as in the capital.
    static var capital: StateCode {
        guard let code = StateCode("DC") else { preconditionFailure("DC is a known code") }
        return code
    }
}

extension CertificationWord {
    package init(_ certification: RecordBundle.Certification) {
        let (name, title) = (certification.name, certification.title)
        switch certification.kind {
        case .mailboxHolder: self = .mailboxHolder(name: name, title: title)
        case .signedInStaff: self = .signedInStaff(name: name, title: title)
        case .certifyingOfficial: self = .certifyingOfficial(name: name, title: title)
        case .inPlaceOfSchool: self = .stateContact(name: name, title: title)
        }
    }
}
