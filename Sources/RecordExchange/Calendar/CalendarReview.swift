import Vocabulary

/// What a new calendar would change, and what in it cannot be meant: looked at before anything is
/// replaced.
package struct CalendarReview: Hashable, Sendable {
    /// Something that two stretches of the new calendar say together.
    package enum Trouble: Hashable, Sendable {
        /// Both are no single holidays and have days in common.
        case overlap(SchoolCalendar.Recess, SchoolCalendar.Recess)
        /// The school would open for one or two working days between them.
        case gap(SchoolCalendar.Recess, SchoolCalendar.Recess, workingDays: Int)
    }

    package let added: [SchoolCalendar.Recess]
    package let removed: [SchoolCalendar.Recess]
    package let addedStaffDays: [SchoolCalendar.StaffDays]
    package let removedStaffDays: [SchoolCalendar.StaffDays]
    /// In the order of their days; none where the calendar can be used.
    package let troubles: [Trouble]

    package var changesNothing: Bool {
        added.isEmpty && removed.isEmpty && addedStaffDays.isEmpty && removedStaffDays.isEmpty
    }

    /// Fewer working days than this between two breaks are taken for a slip of the pen.
    package static let shortestOpening = 3
    private static let mostTroubles = 100

    package init(of calendar: SchoolCalendar, replacing before: SchoolCalendar) {
        let (old, new) = (Set(before.recesses), Set(calendar.recesses))
        added = calendar.recesses.filter { !old.contains($0) }.inOrder
        removed = before.recesses.filter { !new.contains($0) }.inOrder
        let (oldStaff, newStaff) = (Set(before.staffDays ?? []), Set(calendar.staffDays ?? []))
        addedStaffDays = (calendar.staffDays ?? []).filter { !oldStaff.contains($0) }
        removedStaffDays = (before.staffDays ?? []).filter { !newStaff.contains($0) }
        troubles = Self.troubles(in: calendar)
    }

    /// A holiday inside a break is what districts' calendars hold, so only breaks are compared.
    private static func troubles(in calendar: SchoolCalendar) -> [Trouble] {
        let breaks = calendar.recesses.filter { $0.kind != .holiday }.inOrder
        var troubles: [Trouble] = []
        // Of those that began, the one that ends last.
        guard var latest = breaks.first else { return [] }
        for next in breaks.dropFirst() {
            if next.first <= latest.last {
                troubles.append(.overlap(latest, next))
            } else {
                let open = openDays(after: latest.last, before: next.first, calendar)
                if (1..<shortestOpening).contains(open) {
                    troubles.append(.gap(latest, next, workingDays: open))
                }
            }
            if next.last > latest.last { latest = next }
            if troubles.count == mostTroubles { break }
        }
        return troubles
    }

    /// Working days between two days, without them; `shortestOpening` stands for any more.
    ///
    /// Days on which the calendar says that staff works are meant.
    private static func openDays(
        after last: CivilDate,
        before first: CivilDate,
        _ calendar: SchoolCalendar
    ) -> Int {
        var (day, open) = (last.advanced(by: 1), 0)
        while day < first, open < shortestOpening {
            if calendar.isStaffed(day) { return shortestOpening }
            if calendar.isSchoolDay(day) { open += 1 }
            day = day.advanced(by: 1)
        }
        return open
    }
}

extension [SchoolCalendar.Recess] {
    fileprivate var inOrder: Self {
        sorted { ($0.first, $0.last, $0.name) < ($1.first, $1.last, $1.name) }
    }
}
