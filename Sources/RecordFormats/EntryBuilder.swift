import StudentRecords
import Vocabulary

/// Collects the entries of one file and everything that was wrong with it.
struct EntryBuilder {
    private(set) var reading = RecordReading()
    let codes: StandardCodes
    /// Course codes that a file of ours lists itself as being on no list.
    private var unlistedCourses: Set<String> = []
    /// More entries came than are read.
    private var isFull = false

    init(codes: StandardCodes) {
        self.codes = codes
    }

    mutating func note(
        _ element: Element?,
        at place: String,
        found: String,
        allowed: Allowed
    ) {
        guard reading.problems.count < RecordReading.mostProblems else {
            reading.unlisted += 1
            return
        }
        reading.problems.append(
            RecordProblem(element, at: place, found: found, allowed: allowed)
        )
    }

    /// Reads one value into `entry`; empty text says nothing.
    mutating func read(
        _ text: String?,
        as element: Element,
        into entry: inout RecordEntry,
        at place: String
    ) {
        guard let text, !text.trimmed.isEmpty else { return }
        do {
            entry.answers[element] = .value(try ElementValue.read(text, for: element))
        } catch {
            refuse(text, as: element, into: &entry, at: place, allowed: error.allowed)
        }
    }

    /// Reads a word of another list into the code that it stands for in ours; any other word is kept
    /// as it was sent, and listed.
    mutating func read(
        _ text: String?,
        among words: [String: String],
        as element: Element,
        into entry: inout RecordEntry,
        at place: String
    ) {
        guard let text = text?.trimmed, !text.isEmpty else { return }
        if let code = words[text] {
            return read(code, as: element, into: &entry, at: place)
        }
        refuse(text, as: element, into: &entry, at: place, allowed: .oneOf(words.keys.sorted()))
    }

    /// Keeps in `entry` what is no value of the element, as it was sent, and lists it.
    mutating func refuse(
        _ found: String,
        as element: Element,
        into entry: inout RecordEntry,
        at place: String,
        allowed: Allowed
    ) {
        note(element, at: place, found: found, allowed: allowed)
        entry.answers[element] = .unreadable(found.shown())
    }

    /// Keeps what a file says that its school prints on its transcripts, on one line.
    mutating func keepLegend(_ text: String?) {
        guard let text = text?.trimmed, !text.isEmpty else { return }
        reading.legend = text.shown(atMost: RecordReading.longestLegend)
    }

    /// Takes over the problems that a file of ours lists of the files it was made from.
    mutating func take(_ problems: [RecordProblem], unlisted: Int) {
        let room = RecordReading.mostProblems - reading.problems.count
        reading.problems += problems.prefix(max(0, room))
        reading.unlisted += unlisted + max(0, problems.count - room)
    }

    /// What such a file lists is not listed once more each time that it is read.
    mutating func expect(_ problems: [RecordProblem]) {
        unlistedCourses.formUnion(
            problems.filter { $0.allowed == .form(.listedCourse) }.map(\.found)
        )
    }

    /// Keeps an entry that says something, with the code that its words stand for.
    mutating func keep(_ entry: RecordEntry) {
        guard !entry.answers.isEmpty else { return }
        let count = reading.record.entries.count
        guard count < RecordReading.mostEntries else {
            if !isFull {
                note(nil, at: "entry \(count + 1)", found: "", allowed: .form(.fewerEntries))
            }
            isFull = true
            return
        }
        var entry = entry
        if entry.group == .immunization, entry.standard == nil,
            let type = entry.text(.immunizationType), let vaccine = codes.vaccine(type)
        {
            entry.standard = vaccine.code
        }
        reading.record.entries.append(entry)
    }

    /// Takes a CVX or SCED code, where it is one of the list or of the right shape.
    ///
    /// A course of another edition of SCED, or of a state's own, is kept for its subject area.
    mutating func standard(
        _ text: String?,
        for entry: inout RecordEntry,
        at place: String
    ) {
        guard let text = text?.trimmed, !text.isEmpty else { return }
        switch entry.group {
        case .immunization:
            if let vaccine = codes.vaccine(text) {
                entry.standard = vaccine.code
            } else {
                note(
                    .immunizationType,
                    at: place,
                    found: text,
                    allowed: .form(.vaccineCode)
                )
            }
        case .course, .graduationRequirement:
            if SubjectArea(code: text) != nil {
                entry.standard = text
                if !codes.lists(course: text), !unlistedCourses.contains(text) {
                    note(
                        .subjectArea,
                        at: place,
                        found: text,
                        allowed: .form(.listedCourse)
                    )
                }
            } else {
                note(
                    .subjectArea,
                    at: place,
                    found: text,
                    allowed: .form(.courseCode)
                )
            }
        default:
            note(
                nil,
                at: place,
                found: text,
                allowed: .form(.noCode)
            )
        }
    }
}
