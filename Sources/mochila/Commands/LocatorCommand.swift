import ArgumentParser
import Casework
import Glibc
import Operations
import RecordExchange
import Tabular
import Vocabulary

/// `mochila locator`: the systems that report students, and their files.
struct LocatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "locator",
        abstract: "Source systems of the student record locator, and their feeds.",
        subcommands: [
            System.self, Feed.self, Uploads.self, Group.self, Protect.self, Unprotect.self,
            GuardConcealed.self,
        ]
    )

    /// `mochila locator system`: registers a source system.
    struct System: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Register a source system, or give it another mapping.",
            discussion: """
                A mapping says what the columns of the system's extracts mean; examples stand in \
                Templates/feeds. School numbers are a CSV of two columns: the state's number and \
                the directory's twelve digits.
                """
        )

        @OptionGroup var installation: InstallationOption
        @Option(help: "Lower-case letters, digits and hyphens, such as texas-peims.")
        var name: String
        @Option(help: "Whose schools it reports: state:TX, district:4800001 or gateway.")
        var owner: String
        @Option(help: ArgumentHelp("The mapping, YAML.", valueName: "file"))
        var mapping: String
        @Option(help: ArgumentHelp("The state's school numbers, CSV.", valueName: "file"))
        var schoolNumbers: String?

        func run() async throws {
            guard let owner = OrganizationID(owner) else {
                throw UsageFailure("--owner \(owner): not an organisation")
            }
            let yaml = try readLines(mapping).joined(separator: "\n")
            let read: FeedMapping
            do { read = try FeedMappingFile.read(yaml: yaml) } catch {
                throw UsageFailure("\(mapping): \(error.description)")
            }
            let numbers = try schoolNumbers.map(SchoolNumbers.read) ?? [:]
            let house = try await installation.open(try installation.configuration())
            do {
                let system = try await house.desk.registerSourceSystem(
                    named: name,
                    owner: owner,
                    mapping: read,
                    schoolNumbers: numbers,
                    by: .operator
                )
                print("\(system.name): \(read.title), mapping \(system.mappingVersion)")
            } catch let failure as FeedFailure {
                throw UsageFailure(failure.words)
            }
        }
    }

    /// `mochila locator feed`: applies one file.
    struct Feed: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take in a source system's file.",
            discussion: """
                The file is read to its end first: one that was cut off changes nothing. Rows \
                that cannot be used are listed with their reasons, the rest goes in. The same \
                file again changes nothing.
                """
        )

        @OptionGroup var installation: InstallationOption
        @Option(help: "The source system's name.")
        var source: String
        @Flag(help: "The file is all there is: what it does not name is withdrawn.")
        var snapshot = false
        @Flag(help: "The file is what changed: what it does not name stays.")
        var changes = false
        @Flag(help: "Say what would happen and change nothing.")
        var dryRun = false
        @Option(help: "Agree to withdraw this many entries, as the refusal named them.")
        var confirmWithdrawing: Int?
        @Option(help: ArgumentHelp("Where the refused rows go, as CSV.", valueName: "file"))
        var refused: String?
        @Argument(help: "The file.")
        var file: String

        func validate() throws {
            guard snapshot != changes else {
                throw ValidationError("Say either --snapshot or --changes.")
            }
        }

        func run() async throws {
            let house = try await installation.open(try installation.configuration())
            let progress = Progress()
            let file = try FeedOnDisk(path: file)
            let mode: FeedMode = snapshot ? .snapshot : .changes
            try await house.locator.load { progress.say("locator entries read: \($0) of \($1)") }
            let steps = Steps(progress)
            do {
                let report =
                    dryRun
                    ? try await house.desk.checkFeed(
                        file,
                        of: source,
                        mode: mode,
                        by: .operator,
                        progress: steps.note
                    )
                    : try await house.desk.applyFeed(
                        file,
                        of: source,
                        mode: mode,
                        confirmed: confirmWithdrawing,
                        by: .operator,
                        progress: steps.note
                    )
                try show(report)
            } catch let failure as FeedFailure {
                throw UsageFailure(failure.words)
            }
        }

        private func show(_ report: FeedReport) throws {
            let counts = report.counts
            if let earlier = report.alreadyApplied {
                print("This very file was applied as upload \(earlier.id). Nothing was changed.")
            }
            print(
                """
                \(dryRun ? "would be " : "")added \(counts.added), changed \(counts.changed), \
                unchanged \(counts.unchanged), withdrawn \(counts.withdrawn), \
                refused \(counts.refused) of \(counts.rows) rows; text: \
                \(report.encoding.rawValue), put right: \(counts.repaired)
                """
            )
            if let confirmation = report.confirmation {
                print(FeedFailure.needsConfirmation(confirmation).words)
            }
            if let refused {
                try FeedOnDisk.write(report.refusals.csv, to: refused)
                print("refused rows: \(refused)")
            } else {
                for row in report.refusals.prefix(20) { print(row.line) }
                let rest = report.refusals.count - 20
                if rest > 0 { print("… and \(rest) more; --refused FILE writes all") }
            }
        }
    }

    /// `mochila locator group`: gives new entries their person.
    struct Group: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Group new entries into people, as far as that is certain.",
            discussion: """
                Goes on where it stopped. Whoever is merely near goes onto the worklist, where two \
                people decide.
                """
        )

        @OptionGroup var installation: InstallationOption

        func run() async throws {
            let house = try await installation.open(try installation.configuration())
            let progress = Progress()
            try await house.locator.load { progress.say("locator entries read: \($0) of \($1)") }
            var (joined, minted, near, looked) = (0, 0, 0, 0)
            while true {
                let step = try await house.desk.groupEntries(atMost: 1_000)
                guard step.looked > 0 else { break }
                joined += step.joined
                minted += step.minted
                near += step.nearMatches
                looked += step.looked
                progress.say("changes looked at: \(looked)")
            }
            while try await house.desk.assessPeople(atMost: 1_000) > 0 {}
            print("joined \(joined), new people \(minted), near matches \(near)")
        }
    }

    /// `mochila locator uploads`: what was taken in.
    struct Uploads: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List a source system's uploads, or the systems."
        )

        @OptionGroup var installation: InstallationOption
        @Option(help: "The source system's name.")
        var source: String?

        func run() async throws {
            let house = try await installation.open(try installation.configuration())
            guard let source else {
                for system in try await house.desk.sourceSystems(by: .operator) {
                    print("\(system.name)  \(system.owner)  \(system.mapping.title)")
                }
                return
            }
            for upload in try await house.desk.uploads(of: source, by: .operator) {
                let counts = upload.counts
                print(
                    """
                    \(UTCText.text(of: upload.startedAt))  \(upload.mode.rawValue)  \
                    \(upload.status.rawValue)  rows \(counts.rows)  added \(counts.added)  \
                    changed \(counts.changed)  withdrawn \(counts.withdrawn)  \
                    refused \(counts.refused)
                    """
                )
            }
        }
    }
}

/// Says how far a feed is, every two seconds at most.
private final class Steps: Sendable {
    private let progress: Progress

    init(_ progress: Progress) { self.progress = progress }

    @Sendable
    func note(_ step: FeedProgress) {
        // Bytes are read in seconds; rows are what takes time.
        guard step.step != .reading else { return }
        let all = step.all.map { " of \($0)" } ?? ""
        progress.say("\(step.step.rawValue): \(step.done)\(all) rows")
    }
}
