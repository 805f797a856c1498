import ArgumentParser
import Glibc

/// `mochila locate`: answers a file of queries from a file of entries, and measures.
struct LocateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "locate",
        abstract: "Say which entries of a file are the students asked for in another.",
        discussion: """
            Writes query_id,rank,entry_id,score,ms: at most ten entries a query, the score being \
            the probability that the entry is the student's. Each query is answered alone, on one \
            core. Prints how long building and answering took, as JSON, to standard error.
            """
    )

    @Option(help: ArgumentHelp("The entries: CSV, UTF-8, with a header.", valueName: "file"))
    var index: String

    @Option(help: ArgumentHelp("The queries: CSV, UTF-8, with a header.", valueName: "file"))
    var queries: String

    @Option(help: ArgumentHelp("Where the answers go.", valueName: "file"))
    var results: String

    func run() throws {
        do {
            let figures = try LocateFiles(index: index, queries: queries, results: results).run()
            say(figures.json)
        } catch {
            say("Error: \(error.description)")
            throw ExitCode(EX_DATAERR)
        }
    }

    private func say(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }
}
