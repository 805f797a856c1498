import DropJournal
import DropLayout
import Glibc
import PartnerSpool

// The process behind sshd: one per connection of a partner, so it starts in milliseconds, links
// nothing that it does not need, knows no key of the gateway and opens no database.

/// The words of the command line, and what came over SSH.
struct CommandLineWords {
    private let words: [String]

    init() {
        words = Array(CommandLine.arguments.dropFirst())
    }

    var isKeyQuestion: Bool { words.first == "keys" && words.count == 4 }

    var isExercise: Bool { words.first == "exercise" }

    func runKeyQuestion() {
        KeyLines.send(matching: words[2], words[3], in: words[1], to: 1)
    }

    func value(of option: String) -> String? {
        guard let place = words.firstIndex(of: option), place + 1 < words.count else { return nil }
        return words[place + 1]
    }

    /// What the client asked sshd for: the subsystem's line, or a command of its own.
    static var asked: String? { getenv("SSH_ORIGINAL_COMMAND").map { String(cString: $0) } }

    static func say(_ text: String) -> Never {
        let line = Array((text + "\n").utf8)
        _ = write(2, line, line.count)
        exit(1)
    }
}

let words = CommandLineWords()
if words.isKeyQuestion {
    words.runKeyQuestion()
    exit(0)
}
guard let root = words.value(of: "--drop"), root.hasPrefix("/"),
    let account = words.value(of: "--partner").flatMap({ PartnerAccount($0) })
else {
    CommandLineWords.say(
        """
        usage: mochila-sftp --drop FOLDER --partner ACCOUNT
               mochila-sftp keys FILE TYPE KEY
        Started by sshd; `mochila sftp config` writes its configuration.
        """
    )
}
// A client that starts a program of its own (scp -O, rclone's md5sum) must not wait for it.
guard CommandLineWords.asked.map({ $0 == "mochila-sftp" }) ?? (getenv("SSH_CONNECTION") == nil)
else { CommandLineWords.say("Only SFTP is offered here.") }
signal(SIGPIPE, SIG_IGN)
let places = DropPlaces(root: root)
let boot = BootIdentity.current
let confinement = Reach(of: account, in: places).confine()
if words.isExercise {
    let lines = "\(confinement)\n" + Exercise.run(in: places, of: account)
    _ = lines.utf8.withContiguousStorageIfAvailable { write(1, $0.baseAddress, $0.count) }
    exit(0)
}
do {
    try SpoolConnection(places: places, account: account, boot: boot).serve(from: 0, to: 1)
} catch .noAccount {
    CommandLineWords.say("This account is not set up. Ask the people who run the gateway.")
} catch .tooManyConnections {
    CommandLineWords.say("Too many connections at once. Close one, or try again later.")
}
