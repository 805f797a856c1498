import ArgumentParser
import Casework
import Intake
import RecordExchange
import StudentRecords
import Vocabulary

/// `mochila answers`: answers many requests from the files of one export.
struct AnswersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "answers",
        abstract: "Look which requests an export's files answer, or answer them.",
        discussion: """
            Tables (CSV) name their students in a column Request Number, or State Student \
            Identification Number and Birth Date; JSON, Ed-Fi and PESC files are one per student, \
            with the request number in their name or the student's numbers in them. Without --send \
            nothing is changed. What is not certain is sent only where --choose says so: the \
            line's number, an equals sign and the request number. The same files again send \
            nothing twice.
            """
    )

    @OptionGroup var installation: InstallationOption
    @Option(name: .customLong("as"), help: "The mail address of whoever answers and certifies.")
    var email: String
    @Option(help: "Only this request; may be repeated.") var request: [String] = []
    @Option(help: "A line that is not certain and its request, such as 3=RQ-7Q4K9-2PMXC.")
    var choose: [String] = []
    @Flag(help: "Send what is certain and what was chosen.") var send = false
    @Flag(help: "What was asked for and is not in the files is not on file.") var all = false
    @Flag(help: "Certify as an official of the school; needs a title in the account.")
    var official = false
    @Argument(help: "The files.") var files: [String]

    func run() async throws {
        let numbers = try request.map { try number($0, "--request") }
        let choices = try choose.map(parsed)
        let house = try await installation.open(try installation.configuration())
        let actor = try await actor(in: house)
        let answers = AnswersFromFiles(
            desk: house.desk,
            uploads: house.inbox,
            drop: house.inbox,
            scribe: house.furnishing.scribe
        )
        var stored: [DroppedFile] = []
        defer { for file in stored { try? house.inbox.remove(file.id) } }
        for path in files {
            stored.append(try await keep(path, in: house))
        }
        let progress = Progress()
        let plan: ManyAnswers
        do {
            plan = try await answers.look(at: stored, among: numbers, by: actor) {
                progress.say("reading file \($0.done + 1) of \($0.all)")
            }
        } catch ManyAnswersFailure.tooManyOpen {
            throw UsageFailure(
                "More requests are open than can be compared: name them with --request, or put a "
                    + "column Request Number into the file. Nothing was sent."
            )
        } catch CaseworkFailure.notAllowed {
            throw UsageFailure("--as \(email): answers for nobody. Nothing was sent.")
        }
        for refusal in plan.refusals {
            let row = refusal.row > 0 ? ", row \(refusal.row)" : ""
            print("\(refusal.file)\(row): \(refusal.reason.words)")
        }
        guard send else {
            for (index, line) in plan.lines.enumerated() { print(line.text(index + 1)) }
            return print("Nothing was sent; add --send.")
        }
        var chosen: [Int: Inquiry.ID] = [:]
        for (line, number) in choices where plan.lines.indices.contains(line) {
            chosen[line] = plan.lines[line].candidates.first { $0.number == number }?.inquiry
        }
        let results = try await answers.answer(
            plan,
            from: stored,
            choosing: chosen,
            isAll: all,
            certifying: official,
            by: actor
        ) { progress.say("\($0.done) of \($0.all) sent") }
        for (line, result) in zip(plan.lines, results) {
            let number = result.candidate.map { "\($0.number)" } ?? "-"
            print("\(line.origin): \(number): \(result.outcome.words)")
        }
        // A script must see that somebody has to look.
        let done: Set<ManyAnswers.Outcome> = [.sent, .sentInPart, .sentBefore]
        let isWhole = plan.refusals.isEmpty && results.allSatisfy { done.contains($0.outcome) }
        if !isWhole { throw ExitCode(65) }
    }

    private func keep(_ path: String, in house: House) async throws -> DroppedFile {
        let limit = Int(AnswersFromFiles.largestFile)
        let bytes = try readBytes(path, limit: limit)
        guard bytes.count <= limit else {
            throw UsageFailure("\(path): more than \(limit >> 20) MiB. Nothing was sent.")
        }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        do {
            return try await house.inbox.keep(bytes, named: name, limit: Int64(limit))
        } catch is FileRefusal {
            throw UsageFailure("\(path): not a file that is taken. Nothing was sent.")
        }
    }

    private func actor(in house: House) async throws -> Actor {
        let address: EmailAddress
        do { address = try EmailAddress(parsing: email.lowercased()) } catch {
            throw UsageFailure("--as: not a mail address")
        }
        let account = try await house.desk.store.read { try $0.account(email: address) }
        guard let account, let found = try await house.desk.actor(account.id) else {
            throw UsageFailure("--as \(address): no such account that is active")
        }
        return found.actor
    }

    private func number(_ text: String, _ option: String) throws -> RequestNumber {
        guard let number = try? RequestNumber(parsing: text) else {
            throw UsageFailure("\(option) \(text): not a request number")
        }
        return number
    }

    private func parsed(_ choice: String) throws -> (line: Int, number: RequestNumber) {
        let parts = choice.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, let line = Int(parts[0]), line > 0 else {
            throw UsageFailure("--choose \(choice): write it like 3=RQ-7Q4K9-2PMXC")
        }
        return (line - 1, try number(String(parts[1]), "--choose"))
    }
}

extension ManyAnswers.Line {
    fileprivate var origin: String {
        let numbers = self.rows.map(String.init).joined(separator: ",")
        let rows = numbers.isEmpty ? "" : " rows \(numbers)"
        return files.joined(separator: ", ") + rows
    }

    fileprivate func text(_ number: Int) -> String {
        let whom =
            switch match {
            case .certain(let one): "answers \(one.number) (\(one.school))"
            case .sentBefore(let one): "was sent to \(one.number) before"
            case .nobody: "no open request"
            case .doubtful(let doubt, let several):
                "\(doubt.words): --choose "
                    + several.map { "\(number)=\($0.number)" }.joined(separator: " or --choose ")
            }
        let parts = RecordPart.allCases.filter(self.parts.contains).map(\.rawValue)
        let missing = lacking.map(\.rawValue)
        return "\(number). \(origin): \(whom); has \(parts.joined(separator: ", "))"
            + (missing.isEmpty ? "" : "; lacks \(missing.joined(separator: ", "))")
            + (problems.isEmpty ? "" : "; \(problems.count + unlisted) values cannot be read")
    }
}

extension ManyAnswers.Doubt {
    fileprivate var words: String {
        switch self {
        case .contradicts: "the request has another birth date or student number"
        case .several: "several open requests are about this student"
        case .inPart: "only the number or only the birth date is the same"
        }
    }
}

extension ManyAnswers.Refusal.Reason {
    fileprivate var words: String {
        switch self {
        case .notARecord: "not a record in CSV, JSON, PESC XML or Ed-Fi JSON"
        case .rows(.nobodyNamed): "names neither a request nor a student"
        case .rows(.requestMalformed): "the request number is mistyped"
        case .rows(.birthDateMalformed): "the birth date cannot be read"
        case .rows(.tooManyStudents):
            "too many students for one file: hand it in in parts; nothing of it is used"
        case .rows(.cutOff): "cut off or damaged from here; nothing of the file is used"
        }
    }
}

extension ManyAnswers.Outcome {
    fileprivate var words: String {
        switch self {
        case .sent: "sent"
        case .sentInPart: "sent in part; the rest is still asked for"
        case .sentBefore: "sent before; nothing is sent twice"
        case .notChosen: "not sent: nobody was chosen"
        case .nobody: "not sent: no open request"
        case .notNow: "not sent: it was answered or ended meanwhile"
        case .unreadable: "not sent: nothing in it can be read"
        case .failed: "not sent: a fault; run the same again"
        }
    }
}
