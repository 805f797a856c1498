package import Vocabulary

/// The days on which a school's office is open to answer a request.
package struct SchoolCalendar: Hashable, Sendable, Codable {
    /// A stretch of days with nobody in the office.
    package struct Recess: Hashable, Sendable, Codable {
        /// Why the school is closed.
        package enum Kind: String, Sendable, CaseIterable, Codable {
            case summer
            case longBreak
            case holiday
        }

        package let kind: Kind
        package let name: String
        package let first: CivilDate
        /// The last closed day; the office opens on the next working day.
        package let last: CivilDate

        package init(kind: Kind, name: String, first: CivilDate, last: CivilDate) {
            self.kind = kind
            self.name = name
            self.first = first
            self.last = max(first, last)
        }

        package func contains(_ day: CivilDate) -> Bool { first <= day && day <= last }
    }

    package var recesses: [Recess]

    package init(recesses: [Recess]) {
        self.recesses = recesses
    }

    /// The recess a day falls in; the longest where several overlap.
    package func recess(on day: CivilDate) -> Recess? {
        recesses.filter { $0.contains(day) }
            .max { $0.first.days(to: $0.last) < $1.first.days(to: $1.last) }
    }

    /// Monday to Friday, no US federal holiday and no recess.
    package func isSchoolDay(_ day: CivilDate) -> Bool {
        WorkingDays.isWorkingDay(day) && recess(on: day) == nil
    }

    /// The summer period or long break in which requests take the summer path, or `nil` while the
    /// school is in session.
    ///
    /// A single holiday closes nobody for long, so it does not count.
    package func closure(on day: CivilDate) -> Recess? {
        recesses.filter { $0.contains(day) && $0.kind != .holiday }
            .max { $0.last < $1.last }
    }

    /// The first school day after the closure that `day` falls in; `nil` while in session.
    package func reopening(after day: CivilDate) -> CivilDate? {
        guard let closure = closure(on: day) else { return nil }
        var next = closure.last.advanced(by: 1)
        // A calendar that never opens again must not hold us for ever.
        for _ in 0..<400 {
            if isSchoolDay(next) { return next }
            next = next.advanced(by: 1)
        }
        return nil
    }
}
