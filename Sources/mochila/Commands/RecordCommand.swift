import ArgumentParser
import Operations
import RecordFormats
import ReferenceData
import StudentRecords
import Vocabulary

/// `mochila record`: checks and converts students' records, without a server.
struct RecordCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Check and convert students' records: JSON, CSV, PESC and Ed-Fi.",
        subcommands: [CheckRecordCommand.self, ConvertRecordCommand.self]
    )
}

/// Where the values of a file come from that does not say it itself.
struct RecordSourceOptions: ParsableArguments {
    @Option(help: "The school that made the file, where the file does not say.")
    var school = "the file"
    @Option(help: "That school's NCES number of 12 digits.") var schoolNumber: String?

    func source() throws -> RecordSource {
        var number: SchoolID?
        if let schoolNumber {
            number = SchoolID(schoolNumber)
            if number == nil {
                throw UsageFailure("--school-number \(schoolNumber): not a number of 12 digits")
            }
        }
        return RecordSource(school: number, name: school, date: Today.here)
    }
}

/// Reads one file and says everything that is wrong with it.
struct RecordFileReading {
    let file: String
    let reading: RecordReading

    init(_ file: String, from source: RecordSource) throws {
        self.file = file
        let bytes = try readFile(file, upTo: RecordFile.largest)
        guard
            let reading = RecordFile.read(bytes, from: source, codes: try StandardCodes.load())
        else {
            throw UsageFailure(
                "\(file): no record in JSON, CSV, PESC XML or Ed-Fi JSON; nothing was read"
            )
        }
        self.reading = reading
    }

    /// Problems of the file and contradictions of what it says, one a line.
    func problems(today: CivilDate) -> [String] {
        let listed = (reading.problems + reading.record.problems(today: today)).map { problem in
            let element = problem.element.map { "element \($0.rawValue) \($0.name)" } ?? "-"
            return "\(file): \(problem.place): \(element): "
                + "found \"\(problem.found)\"; allowed: \(problem.allowed.description)"
        }
        guard reading.unlisted > 0 else { return listed }
        return listed + ["\(file): \(reading.unlisted) more problems of the same file"]
    }
}

struct CheckRecordCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say everything that is wrong in a record; exit code 65 where anything is."
    )

    @Argument(help: "The file.") var file: String
    @OptionGroup var source: RecordSourceOptions
    @Option(help: "PESC only: a schema file that it must fit as well.") var schema: String?

    func run() throws {
        let today = Today.here
        let read = try RecordFileReading(file, from: source.source())
        var problems = read.problems(today: today)
        if let schema {
            let text = String(decoding: try readFile(file, upTo: RecordFile.largest), as: UTF8.self)
            problems += try TranscriptSchema(path: schema).complaints(about: text, in: file)
        }
        for problem in problems { print(problem) }
        let record = read.reading.record
        print(
            "\(file): \(record.entries.count) entries read, "
                + "\(record.entries.map(\.answers.count).reduce(0, +)) values, "
                + "\(problems.count) problems"
        )
        if !problems.isEmpty { throw ExitCode(65) }
    }
}

struct ConvertRecordCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Write a record in another format; what could not be read is said and left out."
    )

    /// What can be written.
    enum Target: String, ExpressibleByArgument, CaseIterable {
        case json, csv, pesc
        case edFi = "ed-fi"
    }

    @Argument(help: "The file.") var file: String
    @Option(help: "json, csv (one file per category), pesc or ed-fi.") var to: Target
    @Option(help: "Where to write: a new file, or for csv a folder that exists.") var out: String
    @OptionGroup var source: RecordSourceOptions
    @Option(help: "PESC only: the receiving school's name.") var receiver = ""
    @Option(help: "PESC only: the receiving school's NCES number.") var receiverNumber: String?
    @Option(help: "PESC only: the document's number, such as that of the request.")
    var document = "1"
    @Option(help: "PESC only: a schema file; a transcript that differs from it is not written.")
    var schema: String?

    func run() throws {
        let today = Today.here
        let from = try source.source()
        let read = try RecordFileReading(file, from: from)
        let progress = Progress()
        for problem in read.problems(today: today) { progress.say(problem) }
        let record = read.reading.record
        switch to {
        case .json: try createFile(out, [UInt8](try RecordJSON.write(record)))
        case .edFi: try createFile(out, try EdFiWriter.write(record))
        case .csv:
            for (name, text) in RecordCSV.write(record) {
                try createFile("\(out)/\(name)", Array(text.utf8))
            }
        case .pesc:
            do {
                let text = try PESCWriter.write(
                    record,
                    from: SchoolPlace(school: from.school, name: from.name),
                    to: SchoolPlace(
                        school: receiverNumber.flatMap { SchoolID($0) },
                        name: receiver
                    ),
                    documentID: document,
                    on: today
                )
                if let schema {
                    let complaints = try TranscriptSchema(path: schema)
                        .complaints(about: text, in: out)
                    for complaint in complaints { progress.say(complaint) }
                    guard complaints.isEmpty else { throw ExitCode(65) }
                }
                try createFile(out, Array(text.utf8))
            } catch let lacking as PESCWriter.Lacking {
                for problem in lacking.problems {
                    progress.say("\(problem.place): PESC needs \(problem.allowed.description)")
                }
                throw ExitCode(65)
            }
        }
        print("\(out): \(record.entries.count) entries")
    }
}

extension TranscriptSchema {
    /// Where a transcript differs, one a line.
    fileprivate func complaints(about text: String, in file: String) throws -> [String] {
        do {
            return try differences(in: text).map { "\(file): \($0)" }
        } catch {
            throw UsageFailure("\(path): cannot be read as a schema: \(error.words)")
        }
    }
}

/// The day it is, in universal time: there is no school whose clock counts.
enum Today {
    static var here: CivilDate {
        CivilDate(dayNumber: Int(SystemClock.instant().millisecondsSince1970 / 86_400_000))
    }
}
