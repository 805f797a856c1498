import Casework
import RecordExchange
import StudentRecords
import Vocabulary

extension AnswerRoom {
    /// The largest upload that is looked into for a record.
    private static let largestStructured: Int64 = 16 << 20

    private static let structuredTypes = [
        "application/json", "application/xml", "text/csv", "text/plain",
    ]

    /// Reads the records among the uploads, joins what was typed, and stores all of it as one
    /// encrypted `record.json`; `nil` where there is nothing structured.
    func recordFile(
        typed: [RecordEntry],
        uploads: [DroppedFile],
        from source: RecordSource
    ) async throws -> DroppedFile? {
        guard let scribe else { return nil }
        var entries = typed
        for file in uploads
        where Self.structuredTypes.contains(where: { file.mediaType.hasPrefix($0) }) {
            guard let bytes = try drop.open(file.id).whole(upTo: Self.largestStructured),
                let reading = scribe.read(bytes, from: source)
            else { continue }
            // What could not be read stays in the file itself, which travels with the answer.
            entries += reading.record.entries
        }
        guard !entries.isEmpty else { return nil }
        let bytes = try scribe.write(StudentRecord(entries))
        let incoming = try await drop.receive(name: "record.json", limit: limits.file)
        do {
            try await write(bytes, to: incoming)
            let stored = try await incoming.finish()
            return DroppedFile(
                id: stored.id,
                name: "record.json",
                mediaType: RecordBundle.recordMediaType,
                byteCount: stored.byteCount,
                digest: stored.digest
            )
        } catch {
            await incoming.abandon()
            throw error
        }
    }

    private func write(_ bytes: [UInt8], to file: any IncomingFile) async throws {
        // A pointer across waits needs memory that stays where it is.
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        defer { buffer.deallocate() }
        buffer.copyBytes(from: bytes)
        try await file.write(UnsafeRawBufferPointer(buffer))
    }

    /// Who says what is typed and uploaded here: the school that was asked, today.
    func source(_ task: AnswerTask) -> RecordSource {
        RecordSource(
            school: task.holder.id,
            name: task.holder.name,
            date: desk.time.today(in: task.holder.state)
        )
    }
}
