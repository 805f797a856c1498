import ArgumentParser
import Casework

/// `mochila contact`: who answers for schools and districts.
struct ContactCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contact",
        abstract: "Who answers for schools and districts.",
        subcommands: [Import.self]
    )

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Look what a list of contacts would do, or take it over.",
            discussion: """
                A CSV file whose first row names the columns: organization (a school's 12 \
                digits, a district's 7, or school:… and district:…), role (recordsOffice, \
                backup, summer, district, project, stateContact), name and email; title, phone \
                and language (en, es) may be there. Without --apply nothing is changed. The same \
                list again changes nothing.
                """
        )

        @OptionGroup var installation: InstallationOption
        @Flag(help: "Take over every row that can be used.") var apply = false
        @Argument(help: "The .csv file.") var file: String

        func run() async throws {
            let list: ContactFile
            do {
                list = try ContactFile(
                    parsing: try readBytes(file, limit: ContactFile.mostBytes)
                )
            } catch let malformed as ContactFile.Malformed {
                throw UsageFailure("\(file): \(malformed.words) Nothing was changed.")
            }
            let house = try await installation.open(try installation.configuration())
            let report: ContactImport
            do {
                report =
                    apply
                    ? try await house.desk.importContacts(list, by: nil)
                    : try await house.desk.checkContacts(list, by: nil)
            } catch CaseworkFailure.tooLong {
                throw UsageFailure(
                    "\(file): One organisation would have more than "
                        + "\(ContactDraft.mostOfAnOffice) mailboxes. Nothing was changed."
                )
            }
            for row in report.refused {
                guard case .refused(let why) = row.outcome else { continue }
                print("line \(row.line): \(row.organization): \(why.words)")
            }
            print(
                "\(report.added) new, \(report.changed) changed, \(report.same) on file already, "
                    + "\(report.refused.count) refused. "
                    + (apply ? "The others are on file." : "Nothing was changed; add --apply.")
            )
        }
    }
}

extension ContactFile.Malformed {
    fileprivate var words: String {
        switch self {
        case .empty: "there are no rows under the first one."
        case .columnsMissing(let names): "columns are missing: \(names.joined(separator: ", "))."
        case .tooManyRows: "more than \(ContactFile.mostRows) rows."
        case .notRows(let line): "line \(line) cannot be read as rows."
        }
    }
}

extension ContactFile.Refusal {
    fileprivate var words: String {
        switch self {
        case .organizationUnknown: "not in the directory"
        case .notYours: "somebody else keeps its contacts"
        case .roleUnknown: "no such role"
        case .roleNotThere: "it has no such role"
        case .nameMissing: "the name is missing"
        case .tooLong: "a text is longer than \(ContactDraft.longestField) bytes"
        case .addressMalformed: "not an email address"
        case .phoneMalformed: "not a phone number with an area code"
        case .languageUnknown: "the language is neither en nor es"
        case .termMalformed:
            "from and until are two days such as 2026-06-15, in order, of a summer contact"
        case .twice: "the same address stands further up"
        }
    }
}
