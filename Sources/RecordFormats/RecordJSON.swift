import FoundationEssentials
package import StudentRecords
import Vocabulary

/// `record.json`: our own format, version 1, whose schema is `docs/schemas/record-1.schema.json`.
package enum RecordJSON {
    package static let mediaType = "application/vnd.mochila.record+json"
    package static let version = 1
    /// The largest file that is read.
    package static let largest = 16 << 20

    // MARK: Out

    /// The record as JSON, the same bytes for the same record.
    package static func write(_ record: StudentRecord) throws -> [UInt8] {
        try write(RecordReading(record: record))
    }

    /// A record with what was wrong in the files it was made from, so that whoever gets it knows.
    package static func write(_ reading: RecordReading) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(File(reading))) + [10]
    }

    private struct File: Encodable {
        let mochilaRecord = RecordJSON.version
        let legend: String?
        let entries: [Entry]
        let problems: [ProblemJSON]?
        let moreProblems: Int?

        init(_ reading: RecordReading) {
            legend = reading.legend
            entries = reading.record.entries.map(Entry.init)
            problems = reading.problems.isEmpty ? nil : reading.problems.map(ProblemJSON.init)
            moreProblems = reading.unlisted > 0 ? reading.unlisted : nil
        }
    }

    private struct Entry: Encodable {
        let group: String
        let source: Source
        let about: Place?
        let cvx: String?
        let sced: String?
        let values: [String: String]
        let noneOnFile: [Int]?
        let withheld: [Int]?
        let unreadable: [String: String]?

        init(_ entry: RecordEntry) {
            group = entry.group.rawValue
            source = Source(entry.source)
            about = entry.place.map(Place.init)
            cvx = entry.group == .immunization ? entry.standard : nil
            sced = entry.group == .immunization ? nil : entry.standard
            values = entry.answers.reduce(into: [:]) { values, pair in
                if let value = pair.value.value { values["\(pair.key.rawValue)"] = value.token }
            }
            func elements(_ answer: ElementAnswer) -> [Int]? {
                let found = entry.answers.filter { $0.value == answer }.map(\.key.rawValue)
                return found.isEmpty ? nil : found.sorted()
            }
            noneOnFile = elements(.noneOnFile)
            withheld = elements(.withheld)
            let texts = entry.answers.reduce(into: [String: String]()) { texts, pair in
                if case .unreadable(let text) = pair.value { texts["\(pair.key.rawValue)"] = text }
            }
            unreadable = texts.isEmpty ? nil : texts
        }
    }

    private struct Source: Encodable {
        let school: String?
        let name: String
        let date: String

        init(_ source: RecordSource) {
            school = source.school?.description
            name = source.name
            date = source.date.description
        }
    }

    private struct Place: Encodable {
        let school: String?
        let name: String

        init(_ place: SchoolPlace) {
            school = place.school?.description
            name = place.name
        }
    }

    // MARK: In

    /// Whether the text says that it is ours.
    static func isOurs(_ value: JSONValue) -> Bool { value["mochilaRecord"] != nil }

    static func read(
        _ value: JSONValue,
        from standIn: RecordSource,
        codes: StandardCodes
    ) -> RecordReading {
        var builder = EntryBuilder(codes: codes)
        if value["mochilaRecord"]?.text != "\(version)" {
            builder.note(
                nil,
                at: "mochilaRecord",
                found: value["mochilaRecord"]?.text ?? "",
                allowed: .oneOf(["\(version)"])
            )
        }
        guard case .list(let entries) = value["entries"] else {
            builder.note(
                nil,
                at: "entries",
                found: value["entries"]?.text ?? "",
                allowed: .form(.entryList)
            )
            return builder.reading
        }
        let listed = (value["problems"]?.list ?? []).compactMap(RecordProblem.init(json:))
        builder.expect(listed)
        for (index, entry) in entries.enumerated() {
            read(entry, at: "entry \(index + 1)", from: standIn, into: &builder)
        }
        builder.keepLegend(value["legend"]?.text)
        let more = value["moreProblems"]?.text.flatMap { Int($0) } ?? 0
        builder.take(listed, unlisted: min(max(0, more), 1_000_000))
        return builder.reading
    }

    private static func read(
        _ value: JSONValue,
        at number: String,
        from standIn: RecordSource,
        into builder: inout EntryBuilder
    ) {
        guard let group = value["group"]?.text.flatMap(ElementGroup.init(rawValue:)) else {
            builder.note(
                nil,
                at: number,
                found: value["group"]?.text ?? "",
                allowed: .oneOf(ElementGroup.allCases.map(\.rawValue))
            )
            return
        }
        let place = "\(number) (\(group.rawValue))"
        var entry = RecordEntry(
            group,
            from: source(value["source"], standIn, at: place, into: &builder)
        )
        if let about = value["about"], let name = about["name"]?.text {
            entry.place = SchoolPlace(
                school: school(about["school"], at: place, into: &builder),
                name: name.shown(atMost: 200)
            )
        } else {
            noteNameless(value["about"], standIn, at: place, into: &builder)
        }
        let code = group == .immunization ? value["cvx"] : value["sced"]
        builder.standard(code?.text, for: &entry, at: place)
        if case .object(let values) = value["values"] {
            for (key, value) in values.sorted(by: { $0.key < $1.key }) {
                guard let element = element(key, in: group, at: place, into: &builder) else {
                    continue
                }
                guard let text = value.text else {
                    builder.note(element, at: place, found: key, allowed: .shortText)
                    continue
                }
                builder.read(text, as: element, into: &entry, at: place)
            }
        }
        for (key, answer) in [("noneOnFile", ElementAnswer.noneOnFile), ("withheld", .withheld)] {
            for item in value[key]?.list ?? [] {
                let element = element(item.text ?? "", in: group, at: place, into: &builder)
                // A value that is there is not overwritten by a word about it.
                if let element, entry.answers[element] == nil { entry.answers[element] = answer }
            }
        }
        if case .object(let texts) = value["unreadable"] {
            for (key, value) in texts.sorted(by: { $0.key < $1.key }) {
                guard let element = element(key, in: group, at: place, into: &builder),
                    entry.answers[element] == nil, let text = value.text
                else { continue }
                // What is wrong with it stands in the file's own list of problems.
                let length = ElementValue.longestText
                entry.answers[element] = .unreadable(text.shown(atMost: length))
            }
        }
        builder.keep(entry)
    }

    private static func element(
        _ key: String,
        in group: ElementGroup,
        at place: String,
        into builder: inout EntryBuilder
    ) -> Element? {
        if let number = Int(key), let element = Element(rawValue: number),
            group.elements.contains(element)
        {
            return element
        }
        builder.note(nil, at: place, found: key, allowed: .element)
        return nil
    }

    private static func source(
        _ value: JSONValue?,
        _ standIn: RecordSource,
        at place: String,
        into builder: inout EntryBuilder
    ) -> RecordSource {
        var source = standIn
        if let name = value?["name"]?.text, !name.trimmed.isEmpty {
            source.name = name.trimmed.shown(atMost: 200)
            source.school = school(value?["school"], at: place, into: &builder)
        } else {
            noteNameless(value, standIn, at: place, into: &builder)
        }
        if let text = value?["date"]?.text {
            if let date = CivilDate(iso8601: text) {
                source.date = date
            } else {
                builder.note(nil, at: "\(place), source", found: text, allowed: .date)
            }
        }
        return source
    }

    /// A number alone names no school to a reader, so whose the entry is stays what it was.
    private static func noteNameless(
        _ place: JSONValue?,
        _ standIn: RecordSource,
        at number: String,
        into builder: inout EntryBuilder
    ) {
        guard let school = place?["school"]?.text, school != standIn.school?.description else {
            return
        }
        builder.note(.schoolCode, at: number, found: school, allowed: .form(.schoolName))
    }

    private static func school(
        _ value: JSONValue?,
        at place: String,
        into builder: inout EntryBuilder
    ) -> SchoolID? {
        guard let text = value?.text else { return nil }
        if let school = SchoolID(text) { return school }
        builder.note(.schoolCode, at: place, found: text, allowed: .schoolNumber)
        return nil
    }
}
