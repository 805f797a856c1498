/// Where the rows of each birth date stand among rows in the order of their birth dates.
package struct DaySpans: Sendable {
    /// The birth dates that occur, packed, in ascending order.
    private var days: [UInt32] = []
    /// Where the rows of each begin, and where the last ends.
    private var starts: [UInt32] = [0]
    /// The years that occur, in ascending order; not that of unknown dates.
    private var years: [UInt32] = []

    /// Of no rows.
    package init() {}

    /// Of rows with these birth dates, packed and in ascending order.
    package init(of born: [UInt32]) {
        starts = []
        for (row, day) in born.enumerated() where days.last != day {
            days.append(day)
            starts.append(UInt32(row))
            if day != 0, years.last != day >> 9 { years.append(day >> 9) }
        }
        starts.append(UInt32(born.count))
    }

    /// The rows born from one packed day to another.
    package func rows(in days: ClosedRange<UInt32>) -> Range<Int> {
        let first = starts[place(notBefore: days.lowerBound)]
        let end = starts[place(notBefore: days.upperBound + 1)]
        return Int(first)..<Int(end)
    }

    /// All rows whose birth date is unknown or has anything to do with a known one, as
    /// `BirthDay.relation` sees it.
    ///
    /// In ascending order, none empty, none touching the next.
    package func near(_ day: BirthDay) -> [Range<Int>] {
        var spans: [Range<Int>] = []
        func add(_ days: ClosedRange<UInt32>) {
            let rows = rows(in: days)
            guard !rows.isEmpty else { return }
            if let last = spans.last, last.upperBound == rows.lowerBound {
                spans[spans.count - 1] = last.lowerBound..<rows.upperBound
            } else {
                spans.append(rows)
            }
        }
        add(0...0)
        let asked = day.packed >> 9
        let monthAndDay = day.packed & 511
        for year in years {
            let first = year << 9
            if year == asked {
                add(first...first | 511)
            } else if year + 1 == asked || asked + 1 == year {
                for month in UInt32(1)...12 {
                    let first = first | month << 5
                    let sameDay = first | monthAndDay & 31
                    add(month == monthAndDay >> 5 ? first...first | 31 : sameDay...sameDay)
                }
            } else {
                add(first | monthAndDay...first | monthAndDay)
            }
        }
        return spans
    }

    private func place(notBefore day: UInt32) -> Int {
        var low = 0
        var high = days.count
        while low < high {
            let middle = (low + high) / 2
            if days[middle] < day { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
