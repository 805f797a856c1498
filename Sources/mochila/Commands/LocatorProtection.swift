import ArgumentParser
import Casework
import Vocabulary

/// Which student `mochila locator protect` and `unprotect` speak of: never by name, which would
/// stay in the shell's history.
struct ProtectedStudentOption: ParsableArguments {
    @Option(help: "A request for the student's records, by its number.")
    var request: String?
    @Option(help: "The student, by the student record number.")
    var student: String?

    func validate() throws {
        guard (request == nil) != (student == nil) else {
            throw ValidationError("Say either --request or --student.")
        }
    }

    /// The number as it was typed.
    var text: String { request ?? student ?? "" }

    func read() throws -> ProtectedStudent {
        if let request {
            guard let number = try? RequestNumber(parsing: request) else {
                throw UsageFailure(
                    "--request \(request): not a request number, such as "
                        + "RQ-7Q4K9-2PMXC. Nothing was changed."
                )
            }
            return .request(number)
        }
        guard let number = try? StudentRecordNumber(parsing: text) else {
            throw UsageFailure(
                "--student \(text): not a student record number, such as "
                    + "SR-7Q4K9-2PMXC. Nothing was changed."
            )
        }
        return .person(number)
    }

    /// Opens the installation with its locator and does something with the student.
    func change<Outcome>(
        in installation: InstallationOption,
        _ work: (House, ProtectedStudent) async throws -> Outcome
    ) async throws -> Outcome {
        let named = try read()
        let house = try await installation.open(try installation.configuration())
        let progress = Progress()
        try await house.locator.load { progress.say("locator entries read: \($0) of \($1)") }
        do { return try await work(house, named) } catch CaseworkFailure.notFound {
            throw UsageFailure("\(text): nothing on file has this number. Nothing was changed.")
        }
    }
}

extension LocatorCommand {
    /// `mochila locator protect`: hides a student.
    struct Protect: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Hide a student's entries from everybody who asks.",
            discussion: """
                For a missing child or a court's order. Whatever is reported of the student later \
                is hidden too, and no feed lifts it. Whoever saw the entries before can tell that \
                they are gone. The audit log says that it was done, by number.
                """
        )

        @OptionGroup var installation: InstallationOption
        @OptionGroup var student: ProtectedStudentOption

        func run() async throws {
            let count = try await student.change(in: installation) { house, student in
                try await house.desk.protect(student)
            }
            print("Hidden: entries \(count). What comes later is hidden too.")
        }
    }

    /// `mochila locator unprotect`: shows a student again.
    struct Unprotect: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a student's entries again that were hidden on a person's word.",
            discussion: """
                Undoes `protect` and a school's word of a missing child or a court's order. What a \
                source hides by its own word stays hidden until that source says otherwise, and \
                so does what was hidden by another number of a student who fits.
                """
        )

        @OptionGroup var installation: InstallationOption
        @OptionGroup var student: ProtectedStudentOption

        func run() async throws {
            let lifted = try await student.change(in: installation) { house, student in
                try await house.desk.unprotect(student)
            }
            print("Shown again: entries \(lifted.shown).")
            if lifted.kept > 0 {
                print(
                    "Still hidden: entries \(lifted.kept). A source says so itself, or another "
                        + "number of a student who fits was protected."
                )
            }
        }
    }

    /// `mochila locator guard-concealed`: sees to what schools said before.
    struct GuardConcealed: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Hide the children whom a school concealed before an upgrade.",
            discussion: """
                An answer of a missing child or a court's order hides the child everywhere. One \
                that was given before the gateway did so hid that school's own entries alone: \
                once after such an upgrade this sees to the others. `mochila doctor` says whether \
                it is needed. Whom a person has shown again stays so.
                """
        )

        @OptionGroup var installation: InstallationOption

        func run() async throws {
            let house = try await installation.open(try installation.configuration())
            let progress = Progress()
            try await house.locator.load { progress.say("locator entries read: \($0) of \($1)") }
            let hidden = try await house.desk.guardConcealed()
            print("Hidden: children \(hidden.children), entries \(hidden.entries).")
        }
    }
}
