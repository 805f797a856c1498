import ArgumentParser
import BundleFormat
import Casework
import Intake
import Vocabulary

/// `mochila quarantine`: files in which the scanner found something, and what a person says of them.
struct QuarantineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quarantine",
        abstract: "Files in which the scanner found something: look, release or destroy.",
        discussion: """
            Such a file is locked up, encrypted like every other: it is in no answer, and nobody \
            can open, seal or send it. Whoever sent it was told and asked for a clean copy; the \
            rest of the answer went on. What nobody decides on is destroyed after 30 days. Each \
            decision is in the audit log.
            """,
        subcommands: [List.self, Release.self, Destroy.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what waits for a decision, oldest first.",
            discussion: """
                A file's own name is left out, since it often is a student's: its school, size \
                and digest are enough to ask its sender.
                """
        )

        @OptionGroup var installation: InstallationOption

        func run() async throws {
            let house = try await installation.open(try installation.configuration())
            let waiting = try await house.desk.quarantined()
            guard !waiting.isEmpty else { return print("Nothing is locked up.") }
            for locked in waiting {
                let place = try await house.desk.place(of: locked)
                print(
                    """
                    \(locked.id)
                      found     \(locked.finding), \(locked.foundAt.iso8601)
                      request   \(place.number), from \(place.holder)
                      came      \(locked.bundle == nil ? "by mail" : "in an answer")
                      file      \(locked.file.mediaType), \(locked.file.byteCount) bytes
                      SHA-256   \(locked.file.digest)
                      destroyed \(locked.expiresAt.iso8601), unless somebody decides before
                    """
                )
            }
        }
    }

    struct Release: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Nothing is wrong with a file: send it on.",
            discussion: """
                What came in an answer follows it as another one, in the same words; what came by \
                mail waits for its sender's word again. The scanner's word does not hold this file \
                back a second time.
                """
        )

        @OptionGroup var installation: InstallationOption
        @Argument(help: "The file's identifier, as `mochila quarantine list` shows it.")
        var file: String

        func run() async throws {
            try await QuarantineCommand.decide(on: file, in: installation) { id, house in
                try await house.desk.releaseQuarantined(id)
                // The running gateway does the same: an end in between leaves nothing locked.
                try house.inbox.unlock(id)
            }
            print("Released. It is on its way.")
        }
    }

    struct Destroy: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Destroy a file for good.")

        @OptionGroup var installation: InstallationOption
        @Argument(help: "The file's identifier, as `mochila quarantine list` shows it.")
        var file: String

        func run() async throws {
            try await QuarantineCommand.decide(on: file, in: installation) { id, house in
                try await house.desk.destroyQuarantined(id)
                try house.inbox.remove(id)
            }
            print("Destroyed.")
        }
    }

    /// Does something with a file that somebody named, and says in words why it cannot be.
    private static func decide(
        on file: String,
        in installation: InstallationOption,
        _ work: (DroppedFile.ID, House) async throws -> Void
    ) async throws {
        guard let id = DroppedFile.ID(file) else {
            throw UsageFailure("\(file): not an identifier of 26 characters. Nothing was changed.")
        }
        let house = try await installation.open(try installation.configuration())
        do { try await work(id, house) } catch let failure as CaseworkFailure {
            throw words(for: failure, file)
        }
    }

    private static func words(for failure: CaseworkFailure, _ file: String) -> any Error {
        switch failure {
        case .notFound: UsageFailure("\(file): nothing of this identifier is locked up.")
        case .notPossibleNow:
            UsageFailure(
                "\(file): it was released already, or its request has ended and nobody waits for "
                    + "it. Nothing was changed."
            )
        default: failure
        }
    }
}
