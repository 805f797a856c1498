import ArgumentParser
import Casework
import RecordExchange
import Vocabulary

/// `mochila calendar`: when schools are closed, and what follows for the requests that wait.
struct CalendarCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "When schools are closed, and how the dates of a request come about.",
        subcommands: [Import.self, Export.self, Explain.self, Limits.self]
    )

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Replace an organisation's calendar by an iCalendar file.",
            discussion: """
                Each event is a closed stretch. Its category says of which kind (SUMMER, BREAK, \
                HOLIDAY, or STAFF for days on which the office works though school is out); \
                without one its length does. What comes and what goes is told; with --dry-run \
                nothing is changed. Breaks that overlap, or that leave one or two working days \
                between them, are refused. US federal holidays are known. Requests that wait \
                for a school that closes or opens by it change their course at once.
                """
        )

        @OptionGroup var installation: InstallationOption
        @Option(help: "Such as school:531011001689, district:5310110 or state:WA.")
        var organization: String
        @Flag(help: "Say what would change, and change nothing.") var dryRun = false
        @Argument(help: "The .ics file.") var file: String

        func run() async throws {
            let organization = try parsed(organization)
            let calendar: SchoolCalendar
            do {
                calendar = try CalendarFile.read(
                    try readBytes(file, limit: CalendarFile.mostBytes)
                )
            } catch let malformed as CalendarFile.Malformed {
                let lines = malformed.problems.map { "  line \($0.line): \($0.kind.words)" }
                throw UsageFailure(
                    "\(file) cannot be used; nothing was changed.\n"
                        + lines.joined(separator: "\n")
                )
            }
            let house = try await installation.open(try installation.configuration())
            let count: Int
            do {
                let before = try await house.desk.keptCalendar(of: organization)
                let review = CalendarReview(of: calendar, replacing: before.calendar)
                guard review.troubles.isEmpty else {
                    let lines = review.troubles.map { "  \($0.line)" }
                    throw UsageFailure(
                        "\(file) cannot be used; nothing was changed.\n"
                            + lines.joined(separator: "\n")
                    )
                }
                print(review.text, terminator: "")
                if dryRun { return print("Nothing was changed.") }
                count = try await house.desk.replaceCalendar(of: organization, with: calendar)
            } catch CaseworkFailure.notFound {
                throw UsageFailure("\(organization): not in the directory; nothing was changed.")
            }
            print(
                "\(calendar.recesses.count) closed stretches and "
                    + "\((calendar.staffDays ?? []).count) of staff days are on file for "
                    + "\(organization). \(count) waiting inquiries were looked at again."
            )
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write an organisation's calendar as iCalendar to standard output."
        )

        @OptionGroup var installation: InstallationOption
        @Argument(help: "Such as school:531011001689.") var organization: String

        func run() async throws {
            let organization = try parsed(organization)
            let house = try await installation.open(try installation.configuration())
            guard let calendar = try await house.desk.calendar(of: organization) else {
                throw UsageFailure("\(organization) has no calendar of its own.")
            }
            let stamp = house.desk.time.now().dayInGreenwich
            let bytes = CalendarFile.write(calendar, of: organization, stamp: stamp)
            print(String(decoding: bytes, as: UTF8.self), terminator: "")
        }
    }

    struct Explain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tell how each date of a request came about."
        )

        @OptionGroup var installation: InstallationOption
        @Argument(help: "The request number, such as RQ-7Q4K9-2PMXC.") var number: String

        func run() async throws {
            guard let number = try? RequestNumber(parsing: number) else {
                throw UsageFailure("\(number): not a request number")
            }
            let house = try await installation.open(try installation.configuration())
            let inquiries: [ExplainedInquiry]
            do {
                inquiries = try await house.desk.explainDates(of: number)
            } catch CaseworkFailure.notFound {
                throw UsageFailure("\(number): not one of ours")
            }
            if inquiries.isEmpty { print("No school is asked: the state contact looks for one.") }
            for explained in inquiries { print(explained.text) }
        }
    }

    static func parsed(_ text: String) throws -> OrganizationID {
        guard let organization = OrganizationID(text) else {
            throw UsageFailure("\(text): not an organisation")
        }
        return organization
    }
}

private func parsed(_ text: String) throws -> OrganizationID { try CalendarCommand.parsed(text) }

extension CalendarFile.Problem.Kind {
    fileprivate var words: String {
        switch self {
        case .tooLarge: "more than \(CalendarFile.mostBytes >> 20) MiB"
        case .notUTF8: "not UTF-8 text"
        case .notACalendar: "not an iCalendar file (BEGIN:VCALENDAR is missing)"
        case .unbalanced: "BEGIN and END do not go together"
        case .lineMalformed: "not a line of name, colon and value, or longer than 8 KiB"
        case .tooManyEvents: "more than \(CalendarFile.mostEvents) events"
        case .startMissing: "an event without a first day (DTSTART)"
        case .startTwice: "an event with two first days"
        case .dateMalformed: "not a day that exists; write 20260615"
        case .endBeforeStart: "ends before it begins"
        case .tooLong: "longer than \(CalendarFile.longestSpan) days"
        case .repeats: "repeats by a rule; write each stretch with its own days"
        }
    }
}

extension ExplainedInquiry {
    /// For people, in the order in which the dates come.
    fileprivate var text: String {
        let clock = inquiry.clock
        var lines = [
            "Inquiry \(inquiry.sequence), \(school.name), \(school.state): "
                + "\(inquiry.status.rawValue), level \(clock.level.rawValue)",
            "  asked on \(clock.askedOn); the clock counts from \(clock.columnSince), "
                + (clock.column == .inSession ? "in session" : "closed by its calendar"),
            "  calendar: "
                + (calendarOf.map { "\($0)" } ?? "none on file, so the school counts as open"),
        ]
        if let closure {
            let until = reopens.map { ", opens on \($0)" } ?? ""
            lines.append("  today \(today) falls into \(closure.name)\(until)")
        }
        if clock.isStopped { lines.append("  the clock is stopped: nothing comes by itself") }
        if let day = inquiry.promisedFor { lines.append("  promised for \(day)") }
        if let hold = inquiry.hold {
            lines.append(
                "  on hold: \(hold.code.rawValue), until \(hold.until?.description ?? "-")"
            )
        }
        lines += dates.map { "  \($0.on)  \($0.step.rawValue)  \(reason($0))" }
        if let law {
            let (limit, due) = (law.due.limit, law.due)
            let late = law.daysLate > 0 ? "; \(law.daysLate) days late by law" : ""
            let note = limit.isVerified ? "verified" : "not verified by anybody"
            lines.append(
                "  \(due.on)  by the law of \(due.state)  \(limit.days) \(limit.unit.words) "
                    + "after \(due.countedFrom)\(late); \(limit.citation); \(note)"
            )
        }
        if !policy.citation.isEmpty {
            let note = policy.isVerified ? "verified" : "not verified by anybody"
            lines.append(
                "  state limit of \(policy.stateAfter) working days: \(policy.citation), \(note)"
            )
        }
        return lines.joined(separator: "\n")
    }

    private func reason(_ date: ExplainedDate) -> String {
        switch date.step {
        case .cap: return "\(policy.capAfter) calendar days after \(inquiry.clock.askedOn)"
        case .changeColumn: return "the calendar says that the school opens or closes"
        case .remindLawHalfway:
            return "\(policy.lawReminderAtPercent) % of the law's time is over"
        case .remindLaw:
            return "\(policy.lawReminderBefore) working days before the law's date"
        case .extensionDue: return "the working day after the day that the state gave"
        case .promiseDue: return "the working day after the day that was named"
        case .confirmCancel: return "the holder has said nothing against the cancellation"
        default: break
        }
        guard let counted = date.counted else { return "" }
        let holidays =
            counted.holidays.isEmpty
            ? "" : ", without " + counted.holidays.map(\.description).joined(separator: ", ")
        return "\(counted.workingDays) working days after \(counted.after)\(holidays)"
    }
}
