package import RecordExchange
package import Vocabulary

/// How many look-ups a person and a school may make.
///
/// A registrar in August enrolls dozens of students a day; somebody who guesses names needs
/// thousands. Counted by clock hours, so that it outlives a restart at the cost of one row an hour.
package struct LookupBudget: Hashable, Sendable {
    /// One holder's share.
    package struct Share: Hashable, Sendable {
        package let perHour: Int
        /// In any 24 clock hours, the present one included.
        package let perDay: Int

        package init(perHour: Int, perDay: Int) {
            self.perHour = max(1, perHour)
            self.perDay = max(1, perDay)
        }

        /// The first hour from `now` on in which one more is allowed: `now` itself where the share
        /// is not spent.
        ///
        /// `counts`: look-ups made, by hour; later hours have none.
        func nextHour(from now: Int64, counts: [Int64: Int]) -> Int64 {
            // After a day without a look-up everything is there again.
            (now..<now + 24).first { hour in
                (counts[hour] ?? 0) < perHour && Self.day(before: hour, counts) < perDay
            } ?? now + 24
        }

        fileprivate static func day(before hour: Int64, _ counts: [Int64: Int]) -> Int {
            (hour - 23...hour).reduce(0) { $0 + (counts[$1] ?? 0) }
        }
    }

    package let person: Share
    package let organization: Share

    package init(person: Share, organization: Share) {
        self.person = person
        self.organization = organization
    }

    /// For a school office in its busiest week.
    package static let standard = Self(
        person: Share(perHour: 40, perDay: 150),
        organization: Share(perHour: 120, perDay: 500)
    )

    func share(of holder: LookupHolder) -> Share {
        switch holder {
        case .person: person
        case .organization: organization
        }
    }
}

/// Whoever has a budget.
package enum LookupHolder: Hashable, Sendable, CustomStringConvertible {
    case person(StaffID)
    case organization(OrganizationID)

    /// `staff:<id>`, or the organisation's own text form.
    package var description: String {
        switch self {
        case .person(let id): "staff:\(id)"
        case .organization(let id): id.description
        }
    }

    package init?(_ text: String) {
        if text.utf8.starts(with: "staff:".utf8) {
            guard let id = StaffID(String(text.dropFirst("staff:".utf8.count))) else { return nil }
            self = .person(id)
        } else {
            guard let id = OrganizationID(text) else { return nil }
            self = .organization(id)
        }
    }
}

/// What one holder did in one clock hour.
package struct LookupHour: Hashable, Sendable {
    package let holder: LookupHolder
    /// Whole hours since 1970-01-01T00:00Z.
    package let hour: Int64
    package var made: Int
    /// Asked for after the share was spent, and not answered.
    package var refused: Int

    package init(holder: LookupHolder, hour: Int64, made: Int = 0, refused: Int = 0) {
        self.holder = holder
        self.hour = hour
        self.made = made
        self.refused = refused
    }
}

/// A look-up that was not answered because the budget is spent.
package struct LookupsSpent: Error, Hashable, Sendable {
    package enum Window: String, Sendable { case hour, day }

    /// Whose share it is: the person's own, or that of everybody at the school together.
    package let holder: LookupHolder
    package let window: Window
    /// When the next one is answered.
    package let again: Instant
}

extension Instant {
    /// The clock hour it is in, counted from 1970.
    var lookupHour: Int64 {
        let hour: Int64 = 3_600_000
        let rest = millisecondsSince1970 % hour
        return (millisecondsSince1970 - (rest < 0 ? rest + hour : rest)) / hour
    }

    init(lookupHour hour: Int64) { self.init(millisecondsSince1970: hour * 3_600_000) }
}
