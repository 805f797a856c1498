import ArgumentParser
import Casework
import Glibc

/// `mochila locate`: one question against an installation, or a file of queries against a file of
/// entries, measured.
struct LocateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "locate",
        abstract: "Say where a student's records are: one question, or a file of them.",
        discussion: """
            One question: --name and --born, against an installation. It is answered as on the \
            page: with a purpose, within the gateway's budget, with a line in the audit log; \
            schools are kept back where the student is not sure. It reads the whole index first, \
            which takes some 20 seconds for a million entries.

            A file of questions: --index, --queries and --results. Writes \
            query_id,rank,entry_id,score,ms: at most ten entries a query, the score being \
            the probability that the entry is the student's. Each query is answered alone, on one \
            core. Prints how long building and answering took, as JSON, to standard error.
            """
    )

    @Option(
        help: ArgumentHelp(
            "The student: \"Marisol Elena Reyes López\" or \"Reyes López, Marisol Elena\".",
            valueName: "name"
        )
    )
    var name: String?

    @Option(help: ArgumentHelp("The birth date: 2009-04-12.", valueName: "date"))
    var born: String?

    @Option(help: ArgumentHelp("The number a state gave the student.", valueName: "number"))
    var stateNumber: String?

    @Option(help: "Why: enrolling, placing, serving or safety.")
    var purpose: String?

    @Option(
        help: ArgumentHelp(
            "What the family says of the last school, its name or town.",
            valueName: "words"
        )
    )
    var lastSchool: String?

    @Flag(help: "Answer as JSON.")
    var json = false

    @OptionGroup var installation: InstallationOption

    @Option(help: ArgumentHelp("The entries: CSV, UTF-8, with a header.", valueName: "file"))
    var index: String?

    @Option(help: ArgumentHelp("The queries: CSV, UTF-8, with a header.", valueName: "file"))
    var queries: String?

    @Option(help: ArgumentHelp("Where the answers go.", valueName: "file"))
    var results: String?

    private var isOneQuestion: Bool {
        name != nil || born != nil || stateNumber != nil || purpose != nil || lastSchool != nil
            || json
    }

    func validate() throws {
        let files = [index, queries, results]
        if isOneQuestion, files.contains(where: { $0 != nil }) {
            throw ValidationError(
                "Ask either one question (--name, --born) or files (--index, --queries, --results)."
            )
        }
        guard !isOneQuestion else { return }
        if files.allSatisfy({ $0 == nil }) {
            throw ValidationError(
                "Say whom to look for: --name and --born, or --index, --queries and --results."
            )
        }
        let missing = zip(["--index", "--queries", "--results"], files)
            .filter { $0.1 == nil }.map(\.0)
        guard missing.isEmpty else {
            throw ValidationError("Missing: \(missing.joined(separator: ", "))")
        }
    }

    func run() async throws {
        if let index, let queries, let results {
            try measure(LocateFiles(index: index, queries: queries, results: results))
        } else {
            try await ask()
        }
    }

    private func measure(_ files: LocateFiles) throws {
        do {
            Progress().say(try files.run().json)
        } catch {
            Progress().say("Error: \(error.description)")
            throw ExitCode(EX_DATAERR)
        }
    }

    // MARK: - One question

    private func ask() async throws {
        let typed = TypedName(name ?? "")
        var question = OperatorQuestion()
        question.given = typed.given
        question.middle = typed.middle
        question.paternalSurname = typed.paternalSurname
        question.maternalSurname = typed.maternalSurname
        question.born = born ?? ""
        question.stateStudentID = stateNumber ?? ""
        question.statedPlace = lastSchool ?? ""
        // Said in the answer and in the audit log, so that nobody relies on it unawares.
        question.purpose = LookupPurpose(rawValue: purpose ?? LookupPurpose.enrolling.rawValue)

        let house = try await installation.open(try installation.configuration())
        do {
            try house.desk.check(question)
            let progress = Progress()
            try await house.locator.load { progress.say("locator entries read: \($0) of \($1)") }
            let found = try await house.desk.locate(question)
            let words = LocateWords(found: found, purpose: question.purpose ?? .enrolling)
            print(json ? words.json : words.text)
        } catch let malformed as RequestDraft.Malformed {
            throw UsageFailure(LocateWords.refusal(malformed))
        } catch let spent as LookupsSpent {
            throw UsageFailure(LocateWords.refusal(spent))
        }
    }
}
