import Vocabulary

/// What one run came to.
package struct SimulationFigures: Hashable, Sendable {
    /// Days from filing to the sealed record, for those that got one; ascending.
    package var days: [Int] = []
    /// The same for those that were filed while the school was closed.
    package var daysFiledInRecess: [Int] = []
    package var filed = 0
    package var filedInRecess = 0
    /// Mails with a link, for each mailbox and day that got any; ascending.
    package var mailsPerContactDay: [Int] = []
    /// Mails of any kind written to one person, for each day with any; ascending.
    package var lettersPerPersonDay: [Int] = []
    /// Requests named in the mails to one who is asked, Monday's and digests' lines with them, for
    /// each day with any; ascending.
    package var itemsPerContactDay: [Int] = []
    /// Items a state contact found in the queue, for each working day with any; ascending.
    package var itemsPerStateContactDay: [Int] = []
    package var steps = 0
    package var cuts = 0
    package var repeatedMails = 0
    package var linkedRequests = 0
    /// How often each thing happened, by name: a run in which nothing happened proves nothing.
    package var tally: [String: Int] = [:]
    /// Everything that was decided, folded into one number: the same seed, the same run.
    package var trace: UInt64 = 0xCBF2_9CE4_8422_2325

    package init() {}

    /// Requests without a record at the end; the denominator of every share is `filed`.
    package var neverArrived: Int { filed - days.count }

    /// The smallest number of days within which `share` percent of all that were filed arrived;
    /// `nil` where so many never did.
    package static func day(_ share: Int, of days: [Int], filed: Int) -> Int? {
        let rank = (filed * share + 99) / 100
        guard rank > 0, rank <= days.count else { return nil }
        return days[rank - 1]
    }

    /// The value below which `share` percent of ascending `values` lie.
    package static func percentile(_ share: Int, of values: [Int]) -> Int? {
        guard !values.isEmpty else { return nil }
        return values[min(values.count - 1, values.count * share / 100)]
    }

    mutating func note(_ name: String) {
        tally[name, default: 0] += 1
        for byte in name.utf8 { trace = (trace ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }

    /// One table for people.
    package func table(_ plan: SimulationPlan, _ model: SimulationAssumptions) -> String {
        func row(_ name: String, _ days: [Int], _ filed: Int) -> String {
            let cells = [50, 90, 99].map { share in
                Self.day(share, of: days, filed: filed).map(String.init) ?? "never"
            }
            let missing = filed - days.count
            return "  \(name.padded(26))\(cells.map { $0.padded(8) }.joined())"
                + "\(missing) of \(filed) never arrived"
        }
        let items = [50, 99].map {
            Self.percentile($0, of: itemsPerStateContactDay).map(String.init) ?? "-"
        }
        let mails = [50, 99].map {
            Self.percentile($0, of: mailsPerContactDay).map(String.init) ?? "-"
        }
        let letters = [50, 99, 100].map {
            Self.percentile($0, of: lettersPerPersonDay).map(String.init) ?? "-"
        }
        let named = [50, 99, 100].map {
            Self.percentile($0, of: itemsPerContactDay).map(String.init) ?? "-"
        }
        return """
            Policy \(plan.policy.rawValue), \(plan.schools) schools, \(plan.requests) requests, \
            \(plan.years) year(s), seed \(plan.seed)
            Days from request to record, of all that were filed:
              \("".padded(26))\("median".padded(8))\("p90".padded(8))\("p99".padded(8))
            \(row("all", days, filed))
            \(row("filed while closed", daysFiledInRecess, filedInRecess))
            Mails with a link, per mailbox and day that got any: median \(mails[0]), p99 \(mails[1])
            Mails of any kind, per person and day with any: median \(letters[0]), p99 \(letters[1]), \
            most \(letters[2])
            Requests named in mails, Mondays' and digests' lines with them, per contact and day with \
            any: median \(named[0]), p99 \(named[1]), most \(named[2])
            Items in a state contact's queue, per working day with any: median \(items[0]), \
            p99 \(items[1])
            \(steps) steps, the rules checked after each on the requests it touched and \
            \(plan.looked) on all that are open; \(cuts) cuts, \(repeatedMails) mails repeated, \
            \(linkedRequests) late answers in linked requests
            """
    }
}

extension SimulationPlan {
    /// How often everything that is open is looked at.
    package var looked: String { lookEvery == 1 ? "every day" : "every \(lookEvery) days" }
}

extension String {
    fileprivate func padded(_ width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(1, width - unicodeScalars.count))
    }
}
