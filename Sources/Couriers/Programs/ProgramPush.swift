import Casework
import Glibc
import SFTPProtocol

/// One push by the program `ssh`.
struct ProgramPush {
    let engine: SSHEngine
    let server: PartnerServer
    let folder: SessionFolder
    let deadlines: Deadlines
    let file: SourceFile
    let name: String

    func run() async -> PushOutcome {
        let outcome = await engine.converse(with: server, in: folder, deadlines) {
            [server, file, name] client in
            FileDelivery(
                client: client,
                folder: server.folder,
                name: name,
                length: UInt64(file.length),
                read: file.read(at:into:)
            ).run()
        }
        return switch outcome {
        case .cancelled: .deferred(reason: "stopped before the bundle arrived")
        case .failed(let problem): problem.outcome
        case .ended(let ending): self.outcome(ending)
        }
    }

    private func outcome(_ ending: FileDelivery.Ending) -> PushOutcome {
        switch ending {
        case .delivered: .delivered(bytes: file.length)
        case .otherFile: .refused(reason: "another file of this name stands there")
        case .otherSize:
            .deferred(reason: "the server does not keep the size of what was sent")
        case .notOnDisk: .deferred(reason: "the server could not put the bundle on its disk")
        case .notRenamed: .deferred(reason: "the server refused the rename")
        case .noFolder: PushProblem.noFolder.outcome
        case .denied: PushProblem.denied.outcome
        case .diskFull: PushProblem.diskFull.outcome
        case .noContent: PushProblem.ownFile.outcome
        case .refused(let code): SSHEngine.problem(.refused(code: code), in: folder).outcome
        case .broken: SSHEngine.problem(.broken, in: folder).outcome
        case .line(let end): SSHEngine.problem(.line(end), in: folder).outcome
        }
    }
}

extension SourceFile {
    /// Fills `bytes` from `offset` on; `false` where the file ends before or cannot be read.
    func read(at offset: UInt64, into bytes: UnsafeMutableRawBufferPointer) -> Bool {
        var done = 0
        while done < bytes.count {
            let count = pread(
                descriptor,
                bytes.baseAddress?.advanced(by: done),
                bytes.count - done,
                off_t(offset) + off_t(done)
            )
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }
}
