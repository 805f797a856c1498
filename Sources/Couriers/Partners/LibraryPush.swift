import CCurl
import Casework

/// One push by libcurl, step by step.
struct LibraryPush {
    let session: PartnerSession
    let file: SourceFile
    let name: String

    /// A step that ended the push before its end.
    private struct Ended: Error {
        let outcome: PushOutcome
    }

    func run() async -> PushOutcome {
        do throws(Ended) {
            if let found = try await lookForFinal() { return found }
            try await upload()
            return try await rename()
        } catch {
            return error.outcome
        }
    }

    private var partName: String { name + ".part" }

    /// What stands under the final name already; `nil` where nothing does.
    private func lookForFinal() async throws(Ended) -> PushOutcome? {
        let report = try await finished(session.look(at: name))
        switch report.result {
        case .done:
            // An empty file's length is given as unknown.
            return report.contentLength == file.length
                ? .delivered(bytes: file.length)
                : .refused(reason: "another file of this name stands there")
        // A drop may let us write and not read: the rename will tell.
        case .notFound, .accessDenied: return nil
        default: throw Ended(outcome: PushProblem(report).outcome)
        }
    }

    // Every round begins with the server's own word on how much it has. The round that finds all
    // of it sends nothing, and is the comparison of sizes before the rename.
    private func upload() async throws(Ended) {
        for _ in 1...3 {
            let report = try await finished(
                session.upload(descriptor: file.descriptor, length: file.length, as: partName)
            )
            switch report.result {
            case .done:
                if report.resumedAt == file.length { return }
            case .tooLongThere:
                // Not ours, or not of this bundle: what is longer cannot be taken up.
                _ = try await finished(session.remove(partName))
            default:
                throw Ended(outcome: PushProblem(report).outcome)
            }
        }
        throw Ended(
            outcome: .deferred(reason: "the server does not keep the size of what was sent")
        )
    }

    private func rename() async throws(Ended) -> PushOutcome {
        let report = try await finished(session.rename(partName, to: name))
        switch report.result {
        case .done: return .delivered(bytes: file.length)
        case .commandRefused:
            return try await lookForFinal() ?? .deferred(reason: "the server refused the rename")
        default: throw Ended(outcome: PushProblem(report).outcome)
        }
    }

    private func finished(_ report: TransferReport?) throws(Ended) -> TransferReport {
        guard let report else {
            throw Ended(outcome: .deferred(reason: "stopped before the bundle arrived"))
        }
        return report
    }
}
