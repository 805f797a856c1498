package import Vocabulary

/// Dates and times as people say them, without any help from the machine's locale.
package struct DateWords: Sendable {
    package let date: CivilDate
    package let language: Language

    package init(_ date: CivilDate, in language: Language) {
        self.date = date
        self.language = language
    }

    /// `August 10, 2026`; `10 de agosto de 2026`.
    package var full: String {
        switch language {
        case .english: "\(month) \(date.day), \(date.year)"
        case .spanish: "\(date.day) de \(month) de \(date.year)"
        }
    }

    /// `August 2026`; `agosto de 2026`.
    package var monthAndYear: String {
        switch language {
        case .english: "\(month) \(date.year)"
        case .spanish: "\(month) de \(date.year)"
        }
    }

    /// `Monday, August 10`; `lunes 10 de agosto`.
    package var weekday: String {
        switch language {
        case .english: "\(dayName), \(month) \(date.day)"
        case .spanish: "\(dayName) \(date.day) de \(month)"
        }
    }

    /// `Mon, Aug 10`; `lun. 10 de ago.`, for lists and subject lines.
    package var short: String {
        switch language {
        case .english: "\(dayName.prefix(3)), \(date.day.asDay(after: month.prefix(3)))"
        case .spanish: "\(dayName.prefix(3)). \(date.day) de \(monthAbbreviated)"
        }
    }

    private var monthAbbreviated: String { month.count <= 4 ? month : "\(month.prefix(3))." }
    private var dayName: String { Self.days[language]?[date.weekday - 1] ?? "" }
    private var month: String { Self.months[language]?[date.month - 1] ?? "" }

    private static let days: [Language: [String]] = [
        .english: [
            "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
        ],
        .spanish: ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    ]
    private static let months: [Language: [String]] = [
        .english: [
            "January", "February", "March", "April", "May", "June", "July", "August", "September",
            "October", "November", "December",
        ],
        .spanish: [
            "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
            "octubre", "noviembre", "diciembre",
        ],
    ]
}

extension Int {
    fileprivate func asDay(after month: some StringProtocol) -> String { "\(month) \(self)" }
}

/// A moment in one time zone, in words.
package struct TimeWords: Sendable {
    package let time: LocalTime
    package let language: Language

    package init(_ time: LocalTime, in language: Language) {
        self.time = time
        self.language = language
    }

    /// `9:12 am CDT`; `9:12 a. m. CDT`.
    package var clock: String {
        let hour = (time.hour + 11) % 12 + 1
        let minute = time.minute < 10 ? "0\(time.minute)" : "\(time.minute)"
        let half =
            switch language {
            case .english: time.hour < 12 ? "am" : "pm"
            case .spanish: time.hour < 12 ? "a. m." : "p. m."
            }
        let zone = time.zone.isEmpty ? "" : " \(time.zone)"
        return "\(hour):\(minute) \(half)\(zone)"
    }

    /// `Mon, Aug 10, 9:12 am CDT`.
    package var full: String { "\(DateWords(time.date, in: language).short), \(clock)" }
}
