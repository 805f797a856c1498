import BundleFormat
import Casework
import Intake
import RecordExchange
import Sealing
import StudentRecords
import Vocabulary

/// What was inside a bundle that opened, on its way into the inbox.
extension DropRoom {
    struct Content: Sendable {
        /// As they were signed, and behind them the record as it is stored.
        var files: [DroppedFile] = []
        /// The parts that can be read in it as data.
        var readable: Set<RecordPart> = []
    }

    /// Moves the attachments and the structured record into the inbox, where they are sniffed like
    /// any upload.
    ///
    /// The record is kept as it was signed, and what could be read of it as an answer's record is:
    /// as where a clerk uploads such a file.
    func keep(_ signed: Signed) async throws -> Content {
        let manifest = signed.manifest.manifest
        var content = Content()
        do {
            for file in manifest.attachments {
                guard let kept = try await keep(file.name, of: signed) else { continue }
                content.files.append(kept)
            }
            let hasRecord = manifest.pages.contains { $0.name == .recordData }
            if hasRecord, let kept = try await keep(.recordData, of: signed) {
                content.files.append(kept)
                try await read(kept, of: manifest, into: &content)
            }
        } catch {
            discard(content.files)
            throw error
        }
        return content
    }

    func discard(_ files: [DroppedFile]) {
        for file in files { try? inbox.remove(file.id) }
    }

    private func keep(_ name: ArchiveName, of signed: Signed) async throws -> DroppedFile? {
        guard let reader = try signed.files.reader(of: name) else { return nil }
        let arriving = try await inbox.receive(
            name: name.lastComponent,
            limit: max(1, reader.byteCount)
        )
        do {
            var offset: Int64 = 0
            while offset < reader.byteCount {
                let start = offset
                let piece = try await blocking { try reader.read(from: start, upTo: 1 << 20) }
                if piece.isEmpty { break }
                try await arriving.take(piece)
                offset += Int64(piece.count)
            }
            return try await arriving.finish()
        } catch {
            await arriving.abandon()
            throw error
        }
    }

    private func read(
        _ file: DroppedFile,
        of manifest: BundleManifest,
        into content: inout Content
    ) async throws {
        let source = try await source(of: manifest)
        let bytes = try await blocking {
            try inbox.open(file.id).whole(upTo: BundleLimits.pageBytes)
        }
        guard let bytes, let found = sealing.scribe.read(bytes, from: source) else { return }
        var reading = RecordReading()
        reading.add(found, of: file.name)
        let number = manifest.request
        let student = try await desk.store.read { session in
            try session.request(numbered: number)?.student
        }
        reading.addContradictions(today: source.date, born: student?.birthDate)
        if let student { reading.putFirst(found.record.differences(from: student)) }
        // What it is written as may be longer than what was read: with what was wrong in it.
        let stored = try await inbox.keep(
            reading,
            writtenBy: sealing.scribe,
            limit: 2 * BundleLimits.pageBytes
        )
        guard let stored else { return }
        content.files.append(stored)
        content.readable = reading.record.readableParts
    }

    /// Who speaks for what the record does not say itself: its sender, on the day it was made.
    private func source(of manifest: BundleManifest) async throws -> RecordSource {
        let sender = OrganizationID(manifest.sender.organization)
        guard case .school(let id)? = sender,
            let school = try await desk.store.read({ try $0.school(id) })
        else {
            let day = Int(manifest.madeAt.millisecondsSince1970 / 86_400_000)
            return RecordSource(name: manifest.sender.name, date: CivilDate(dayNumber: day))
        }
        return RecordSource(
            school: id,
            name: school.name,
            date: desk.time.local(manifest.madeAt, in: school.state).date
        )
    }

    func opened(
        _ signed: SignedManifest,
        _ copy: Copy,
        _ content: Content,
        from partner: Partner
    ) throws -> OpenedBundle {
        let manifest = signed.manifest
        return OpenedBundle(
            manifest: signed.digest,
            bundle: manifest.bundle.description,
            replaces: manifest.replaces.map(\.description),
            signer: try trustedKey(signed.signer, of: partner),
            number: manifest.request,
            sender: manifest.sender.organization,
            recipient: manifest.recipient.organization,
            certification: RecordBundle.Certification(manifest.certification),
            parts: manifest.parts.map {
                RecordBundle.Part(part: $0.part, status: RecordBundle.PartStatus($0.status))
            },
            files: content.files,
            readable: content.readable,
            sealedBytes: copy.file.byteCount,
            sealedDigest: copy.digest
        )
    }
}

extension IncomingFile {
    /// Writes the next bytes.
    func take(_ bytes: [UInt8]) async throws {
        let staging = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
        defer { staging.deallocate() }
        staging.copyBytes(from: bytes)
        try await write(UnsafeRawBufferPointer(staging))
    }
}

extension DropRoom {
    func trustedKey(_ signer: Certificate, of partner: Partner) throws -> TrustedKey {
        try TrustedKey(
            signer,
            of: partner.organization,
            for: .signing,
            held: .partner,
            at: desk.time.now()
        )
    }
}
