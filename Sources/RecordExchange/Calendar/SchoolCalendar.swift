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

    /// Days on which the office works although school is out, such as the week before it opens.
    package struct StaffDays: Hashable, Sendable, Codable {
        package let name: String
        package let first: CivilDate
        package let last: CivilDate

        package init(name: String, first: CivilDate, last: CivilDate) {
            self.name = name
            self.first = first
            self.last = max(first, last)
        }

        package func contains(_ day: CivilDate) -> Bool { first <= day && day <= last }
    }

    package var recesses: [Recess]
    package var staffDays: [StaffDays]?

    package init(recesses: [Recess], staffDays: [StaffDays]? = nil) {
        self.recesses = recesses
        self.staffDays = staffDays?.isEmpty == true ? nil : staffDays
    }

    /// The office works, whether or not there is school.
    package func isStaffed(_ day: CivilDate) -> Bool {
        staffDays?.contains { $0.contains(day) } == true
    }

    /// Every day on which the school may close or open.
    package var edges: [CivilDate] {
        recesses.flatMap { [$0.first, $0.last.advanced(by: 1)] }
            + (staffDays ?? []).flatMap { [$0.first, $0.last.advanced(by: 1)] }
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
        if isStaffed(day) { return nil }
        return recesses.filter { $0.contains(day) && $0.kind != .holiday }
            .max { $0.last < $1.last }
    }

    /// The first school day after the closure that `day` falls in; `nil` while in session.
    package func reopening(after day: CivilDate) -> CivilDate? {
        guard let closure = closure(on: day) else { return nil }
        // Only where staff comes earlier is there a day before the end.
        var next = (staffDays == nil ? closure.last : day).advanced(by: 1)
        // A calendar that never opens again must not hold us for ever.
        for _ in 0..<max(0, next.days(to: closure.last)) + 400 {
            let isOffice = WorkingDays.isWorkingDay(next) && isStaffed(next)
            if isOffice || isSchoolDay(next) { return next }
            next = next.advanced(by: 1)
        }
        return nil
    }
}
