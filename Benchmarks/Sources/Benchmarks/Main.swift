import Glibc

/// Prints each figure as a ratio to what the machine can do at best, measured in the same run.
@main
struct Main {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 3 else {
            print(
                "usage: Benchmarks FOLDER TEMPLATES [sealing] [filing] [queues] [reports] [years] [locator]"
            )
            exit(2)
        }
        let all: Set = ["sealing", "filing", "queues", "reports", "years", "locator"]
        let wanted = arguments.count > 3 ? Set(arguments[3...]) : all
        print("| figure | ours | at best | ratio |")
        print("|---|---|---|---|")
        if wanted.contains("sealing") { try sealing(SealingFigure(disk: arguments[1])) }
        if wanted.contains("filing") {
            try await filing(FilingFigure(folder: arguments[1], templates: arguments[2]))
        }
        if wanted.contains("queues") {
            try await queues(QueueFigure(folder: arguments[1], templates: arguments[2]))
        }
        if wanted.contains("reports") {
            try await reports(ReportFigure(folder: arguments[1], templates: arguments[2]))
        }
        if wanted.contains("years") {
            try await years(SimulationFigure(folder: arguments[1]))
        }
        if wanted.contains("locator") {
            try locator(LocatorFigure(folder: "\(arguments[1])/../locator"))
        }
    }

    private static func sealing(_ figure: SealingFigure) throws {
        let sealing = try figure.run()
        let floor = "\(text(sealing.floor, 3)) s AES-256-GCM + SHA-256"
        for (name, seconds) in [("seal", sealing.seal), ("open", sealing.open)] {
            let ours = "\(text(seconds, 3)) s"
            row("\(name) 256 MiB, user time", ours, floor, seconds / sealing.floor)
        }
        let copy = "\(text(sealing.files.copy)) s cp and sync"
        for (name, seconds) in [
            ("seal 256 MiB, store to file", sealing.files.seal),
            ("open 256 MiB, file to files", sealing.files.open),
            ("the same in the confined program", sealing.files.confined),
        ] {
            row(
                "\(name), by the clock",
                "\(text(seconds)) s",
                copy,
                seconds / sealing.files.copy
            )
        }
    }

    private static func filing(_ figure: FilingFigure) async throws {
        let filing = try await figure.run()
        row(
            "requests filed a second, 1 task",
            text(filing.filedAlone, 0),
            "\(text(filing.bareAlone, 0)) bare commits",
            filing.filedAlone / filing.bareAlone
        )
        row(
            "requests filed a second, 32 tasks",
            text(filing.filedTogether, 0),
            "\(text(filing.bareTogether, 0)) bare commits",
            filing.filedTogether / filing.bareTogether
        )
        row(
            "the same, 1 task, school with \(filing.busy) open",
            text(filing.filedBusy, 0),
            "\(text(filing.bareAlone, 0)) bare commits",
            filing.filedBusy / filing.bareAlone
        )
    }

    private static func queues(_ figure: QueueFigure) async throws {
        let queues = try await figure.run()
        for (name, milliseconds) in queues.pages {
            row(
                "a page of \(figure.open) open requests, \(name)",
                "\(text(milliseconds, 1)) ms",
                "200 ms promised",
                milliseconds / 200
            )
        }
        row(
            "\(figure.due) due of \(figure.timers) timers: found in",
            "\(text(queues.finding)) ms",
            "10 ms promised",
            queues.finding / 10
        )
        row(
            "the same: one climbed, with its letters",
            "\(text(queues.climbing)) ms",
            "10 ms promised",
            queues.climbing / 10
        )
    }

    private static func reports(_ figure: ReportFigure) async throws {
        let reports = try await figure.run()
        for (name, milliseconds) in [
            ("of a state", reports.state), ("of everything", reports.everything),
        ] {
            row(
                "a report of \(figure.count) requests, \(name)",
                "\(text(milliseconds, 0)) ms",
                "1000 ms promised",
                milliseconds / 1_000
            )
        }
    }

    private static func years(_ figure: SimulationFigure) async throws {
        let requests = try await figure.run()
        row(
            "requests of a simulated year a minute, of \(figure.requests)",
            text(requests, 0),
            "\(text(SimulationFigure.aimed, 0)) aimed at",
            requests / SimulationFigure.aimed
        )
    }

    private static func locator(_ figure: LocatorFigure) throws {
        let found = try figure.run()
        let many = "\(found.entries) entries"
        func milliseconds(_ name: String, _ value: Double, promised: Double, _ digits: Int) {
            let goal = "\(text(promised, 1)) ms promised"
            row("\(name), \(many)", "\(text(value, digits)) ms", goal, value / promised)
        }
        let (questions, additions) = (found.questions, found.additions)
        milliseconds("a question to the locator, p50", questions.percentile(0.5), promised: 0.5, 3)
        milliseconds("the same, p99", questions.percentile(0.99), promised: 3, 2)
        milliseconds("an entry added, found after, p50", additions.percentile(0.5), promised: 1, 4)
        milliseconds("the same, p99", additions.percentile(0.99), promised: 1, 4)
        // Promised for 1.3 million entries.
        row(
            "building the locator, \(many)",
            "\(text(found.buildSeconds)) s",
            "10 s promised",
            found.buildSeconds / 10
        )
        row(
            "its memory, \(many)",
            "\(text(found.mebibytes, 0)) MiB",
            "286 MiB promised",
            found.mebibytes / 286
        )
    }

    private static func row(_ figure: String, _ ours: String, _ best: String, _ ratio: Double) {
        print("| \(figure) | \(ours) | \(best) | \(text(ratio)) |")
        // Each row when it is known: the next may take minutes.
        fflush(nil)
    }
}
