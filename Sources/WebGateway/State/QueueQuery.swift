import Casework
import RecordExchange
import Rendering
import Vocabulary

/// What of the queue an address or a form asks for, and how an address says it.
struct QueueQuery {
    var filter: QueueFilter

    /// Whatever is left out or misspelt narrows nothing.
    init(_ fields: FormFields, reader: StaffID) {
        filter = QueueFilter()
        // Somebody's own may be of any kind.
        let view =
            fields["view"].flatMap(QueueView.init(rawValue:))
            ?? (fields[.who].isEmpty ? .mine : .all)
        filter.view = view.part
        filter.order = (fields["sort"].flatMap(QueueOrder.init(rawValue:)) ?? .waiting).order
        filter.side = fields["side"].flatMap(QueueSide.init(rawValue:)) ?? .holding
        filter.isUrgentOnly = fields["urgent"] == "yes"
        filter.assignee = QueueWho(fields, reader: reader).assignee
        filter.step = fields["step"].flatMap(QueueStep.init(rawValue:))
        filter.waitedDays = fields["days"].flatMap { Int($0) }
            .flatMap { (1...QueueFilter.mostDays).contains($0) ? $0 : nil }
        filter.band = fields["band"].flatMap(GradeBand.init(rawValue:))
        // A student's name is not searched here.
        filter.search = fields[.searchName]
    }

    init(_ filter: QueueFilter) {
        self.filter = filter
    }

    /// As an address says it; what narrows nothing is empty.
    func parameters(_ reader: StaffID) -> [(name: String, value: String)] {
        [
            ("view", QueueView(filter.view).rawValue),
            ("sort", filter.order == .waiting ? "" : QueueOrder(filter.order).rawValue),
            ("side", filter.side == .holding ? "" : filter.side.rawValue),
            ("urgent", filter.isUrgentOnly ? "yes" : ""),
            ("step", filter.step?.rawValue ?? ""),
            ("days", filter.waitedDays.map { "\($0)" } ?? ""),
            ("band", filter.band?.rawValue ?? ""),
            (FieldName.searchName.rawValue, filter.search),
            (FieldName.who.rawValue, QueueWho(filter.assignee, reader: reader).value),
        ]
    }

    /// The page of what it asks for, with what else its address says.
    func address(_ reader: StaffID, _ more: [(name: String, value: String)] = []) -> String {
        ListAddress(StaffRoute.queue.path().description, parameters(reader) + more).description
    }

    /// The days that a list offers, and those that an address asks for.
    var ages: [QueueAge] {
        Set([3, 6, 11] + [filter.waitedDays].compactMap(\.self)).sorted()
            .map { QueueAge(days: $0, isChosen: $0 == filter.waitedDays) }
    }
}
