import RecordExchange
import Vocabulary

/// Where mail comes in: what is attached goes into the drop, the way an upload does, before
/// anything is said of it.
///
/// Either all that a mail brought is on file afterwards or nothing of it.
package struct MailSlot: Sendable {
    private let desk: Desk
    private let drop: any FileDrop
    private let finding: (@Sendable (DroppedFile.ID) async throws -> String?)?

    /// `finding` looks for viruses, gives back what it found, and throws where it cannot tell; `nil`
    /// where nothing is scanned.
    package init(
        desk: Desk,
        drop: any FileDrop,
        finding: (@Sendable (DroppedFile.ID) async throws -> String?)?
    ) {
        self.desk = desk
        self.drop = drop
        self.finding = finding
    }

    /// Takes one mail with what is attached to it.
    ///
    /// Throws where it could not be kept; then nothing of it was, and it may come again.
    package func take(_ mail: InboundMail) async throws -> MailTaken {
        guard !mail.attachments.isEmpty, try await desk.wantsFiles(of: mail) else {
            return try await desk.takeMail(mail)
        }
        var load = MailLoad()
        do {
            for attachment in mail.attachments { try await receive(attachment, into: &load) }
        } catch {
            remove(load.arrived)
            throw error
        }
        // Where this throws nobody knows whether they are referred to; if not they are swept away.
        let taken = try await desk.takeMail(mail, with: load)
        if taken.keptFiles {
            // What fails here the housekeeping does.
            for one in load.infected { try? drop.lockAway(one.file.id) }
        } else {
            remove(load.arrived)
        }
        return taken.what
    }

    private func receive(
        _ attachment: InboundMail.Attachment,
        into load: inout MailLoad
    ) async throws {
        guard let content = attachment.content else {
            return load.refuse(attachment.name, .typeNotAllowed)
        }
        do {
            let file = try await store(content, named: attachment.name)
            load.files.append(file)
            if let found = try await finding?(file.id) {
                load.files.removeLast()
                load.infected.append(Infected(file: file, finding: found))
            }
        } catch let refusal as FileRefusal {
            switch refusal {
            case .empty(let name), .cutShort(let name): load.refuse(name, .empty)
            case .tooLarge(let name, _): load.refuse(name, .tooLarge)
            case .typeNotAllowed(let name), .lettersNotKnown(let name):
                load.refuse(name, .typeNotAllowed)
            case .diskFull: throw refusal
            }
        }
    }

    private func store(_ content: [UInt8], named name: String) async throws -> DroppedFile {
        let incoming = try await drop.receive(name: name, limit: Int64(InboundMail.mostBytes))
        // The drop takes a pointer across waits, so the bytes must stay where they are.
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: content.count, alignment: 1)
        defer { bytes.deallocate() }
        bytes.copyBytes(from: content)
        do {
            if !content.isEmpty { try await incoming.write(UnsafeRawBufferPointer(bytes)) }
            return try await incoming.finish()
        } catch {
            await incoming.abandon()
            throw error
        }
    }

    private func remove(_ files: [DroppedFile]) {
        for file in files { try? drop.remove(file.id) }
    }
}

/// What a mail brought, as far as it lies in the drop.
package struct MailLoad: Hashable, Sendable {
    package var files: [DroppedFile] = []
    /// What the scanner found something in.
    var infected: [Infected] = []
    package var refused: [MailedFiles.Refused] = []

    package init() {}

    var isEmpty: Bool { files.isEmpty && infected.isEmpty && refused.isEmpty }

    /// What lies in the drop, whatever was found in it.
    var arrived: [DroppedFile] { files + infected.map(\.file) }

    mutating func refuseArrived(_ reason: MailedFiles.Refusal) {
        for file in arrived { refuse(file.name, reason) }
        files = []
        infected = []
    }

    mutating func refuse(_ name: String, _ reason: MailedFiles.Refusal) {
        refused.append(MailedFiles.Refused(name: name, reason: reason))
    }
}
