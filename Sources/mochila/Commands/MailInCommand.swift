import ArgumentParser
import Casework
import Glibc

/// `mochila mail-in`: one message on standard input, as a mail server's pipe hands it over.
struct MailInCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail-in",
        abstract: "Take one mail from standard input: a bounce, an absence, a reply or files.",
        discussion: """
            For the mail server's pipe, for the address that our mails come from. Files that hang \
            on a mail are locked up until their school confirms them by its link. Ends with 0 \
            where the mail was taken or is none of ours, 65 where it cannot be read (do not try \
            again) and 75 where it could not be kept now (try again later).
            """
    )

    @OptionGroup var installation: InstallationOption

    /// The codes of sysexits.h that mail servers understand.
    private static let malformed: Int32 = 65
    private static let tryLater: Int32 = 75

    func run() async throws {
        let mail: InboundMail
        do {
            mail = try InboundMail(parsing: Self.message())
        } catch {
            Progress().say("The message cannot be read: \(error.rawValue).")
            throw ExitCode(Self.malformed)
        }
        do {
            let house = try await installation.open(try installation.configuration())
            print(try await house.mailSlot.take(mail).rawValue)
        } catch {
            Progress().say("The message could not be kept; the mail server tries again. \(error)")
            throw ExitCode(Self.tryLater)
        }
    }

    /// At most one byte more than is taken, so that too long a message is noticed.
    private static func message() -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while bytes.count <= InboundMail.mostBytes {
            let count = read(STDIN_FILENO, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        return bytes
    }
}
