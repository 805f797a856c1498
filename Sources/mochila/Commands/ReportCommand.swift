import ArgumentParser
import Casework
import RecordExchange
import Vocabulary

/// `mochila report`: how long records took and where requests stop.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "How long records took and where requests stop, as CSV or JSON.",
        discussion: """
            Every request counts: one whose records have not come counts as never. Figures about \
            fewer than five students are held back, and so are figures from which they could be \
            computed. That the report was made stands in the audit log.
            """
    )

    @OptionGroup var installation: InstallationOption
    @Option(help: "A state's requests, such as WA, with its schools and districts.")
    var state: String?
    @Option(help: "A school's requests, by its 12 digits.")
    var school: String?
    @Option(help: "The first month, such as 2026-07; else this school year's.")
    var from: String?
    @Option(help: "The last month, such as 2027-06; else this school year's.")
    var to: String?
    @Flag(help: "JSON in place of CSV.") var json = false

    func validate() throws {
        if state != nil, school != nil {
            throw ValidationError("--state and --school: one of them")
        }
    }

    func run() async throws {
        let scope = try scope()
        let (first, last) = (try month(from, "--from"), try month(to, "--to"))
        let house = try await installation.open(try installation.configuration())
        let today = house.desk.time.now().dayInGreenwich
        let year = ReportPeriod(schoolYearOf: today)
        let period = ReportPeriod(first ?? last ?? year.first, last ?? first ?? year.last)
        let report = try await house.desk.report(scope, period)
        print(json ? report.json(scope) : report.csv, terminator: "")
    }

    private func scope() throws -> RequestReport.Scope {
        if let state {
            guard let code = StateCode(state) else {
                throw UsageFailure("--state \(state): not a state's two letters")
            }
            return .state(code)
        }
        guard let school else { return .gateway }
        guard let id = SchoolID(school) else {
            throw UsageFailure("--school \(school): not twelve digits")
        }
        return .school(id)
    }

    private func month(_ text: String?, _ option: String) throws -> ReportPeriod.Month? {
        guard let text else { return nil }
        guard let month = ReportPeriod.Month(text) else {
            throw UsageFailure("\(option) \(text): not a month; write it like 2026-08")
        }
        return month
    }
}

extension RequestReport {
    fileprivate func json(_ scope: Scope) -> String {
        let figures = lines.map { line in
            JSONLine.object([
                ("side", .text(line.side.rawValue)), ("table", .text(line.table)),
                ("key", .text(line.key)), ("name", .text(line.name)),
                ("count", .plain(line.count.map { "\($0)" })),
                ("medianDays", .text(line.median)), ("p90Days", .text(line.ninetieth)),
                ("answered", .plain(line.answered.map { "\($0)" })),
                ("percent", .plain(line.percent.map { "\($0)" })), ("note", .text(line.note)),
            ])
        }
        return JSONLine.object([
            ("of", .text(scope.organization.description)), ("from", .text("\(period.first)")),
            ("to", .text("\(period.last)")), ("figures", .list(figures)),
        ]).text + "\n"
    }
}
