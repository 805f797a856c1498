import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

@Suite("What holds of every record") struct RecordPropertyTests {
    private static let birth = CivilDate(year: 2010, month: 3, day: 27)
    private static let today = CivilDate(year: 2026, month: 6, day: 1)

    /// A record with every kind of statement, days far outside a life among them.
    private static func record(
        _ generator: inout SeededGenerator,
        schools: Int = 1
    ) throws -> StudentRecord {
        var entries: [RecordEntry] = []
        for group in ElementGroup.allCases where Int.random(in: 0..<3, using: &generator) > 0 {
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let school = Int.random(in: 1...schools, using: &generator)
                var entry = RecordEntry(group, from: try Samples.source("School \(school)"))
                for element in group.elements where Bool.random(using: &generator) {
                    entry.answers[element] = try answer(element, &generator)
                }
                if !entry.answers.isEmpty { entries.append(entry) }
            }
        }
        return StudentRecord(entries)
    }

    private static func answer(
        _ element: Element,
        _ generator: inout SeededGenerator
    ) throws -> ElementAnswer {
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: return .noneOnFile
        case 1: return .withheld
        case 2: return .unreadable("?")
        default: break
        }
        let number = Int.random(in: 10_000...25_000, using: &generator)
        let day = CivilDate(dayNumber: number)
        let text: String =
            switch element.definition.kind {
            case .date: day.description
            case .month: String(decoding: day.description.utf8.prefix(7), as: UTF8.self)
            case .year: "\(day.year)"
            case .code: element.definition.codes[number % element.definition.codes.count].token
            case .flag: "yes"
            case .stateCode: "TX"
            case .zip: "78596"
            case .phone: "(956) 555-0143"
            case .amount, .percentage: "\(number % 90).5"
            case .text, .identifier, .countryCode: "Word \(number % 3)"
            }
        return .value(try ElementValue.read(text, for: element))
    }

    // MARK: Checking

    @Test(arguments: 0..<60)
    func `every problem names an entry that is there and what stands in it`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let record = try Self.record(&generator)
        for problem in record.problems(today: try #require(Self.today)) {
            let words = problem.place.split(separator: ",")[0].split(separator: " ")
            let group = try #require(ElementGroup(rawValue: String(words[0])))
            let number = try #require(Int(words[1]))
            let entry = try #require(record.entries(of: group).dropFirst(number - 1).first)
            let element = try #require(problem.element)
            // What is not there was found as nothing.
            #expect(entry.text(element) ?? "" == problem.found)
        }
    }

    @Test(arguments: 0..<60)
    func `as days pass no sound record becomes a contradictory one`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let record = try Self.record(&generator)
        let today = try #require(Self.today)
        let now = record.problems(today: today).map { [$0.place, $0.found] }
        let later = record.problems(today: CivilDate(dayNumber: today.dayNumber + 4_000))
        #expect(Set(later.map { [$0.place, $0.found] }).isSubset(of: Set(now)))
    }

    @Test(arguments: 0..<40)
    func `a course said twice by one school is one problem, by two schools none`(
        seed: UInt64
    ) throws {
        var generator = SeededGenerator(seed: seed)
        let today = try #require(Self.today)
        let course = try Samples.course(
            "Course \(Int.random(in: 0...9, using: &generator))",
            from: Samples.source("A"),
            credits: "0.5"
        )
        var elsewhere = course
        elsewhere.source.name = "B"
        let twice = StudentRecord([course, course, elsewhere])
        #expect(twice.problems(today: today).map(\.allowed) == [.once])
        #expect(StudentRecord([course, elsewhere]).problems(today: today).isEmpty)
    }

    @Test func `a dose on the day of birth is possible, on the day before it is not`() throws {
        let birth = try #require(Self.birth)
        let today = try #require(Self.today)
        let source = try Samples.source("A")
        for (offset, isSound) in [(-1, false), (0, true), (1, true)] {
            let day = CivilDate(dayNumber: birth.dayNumber + offset)
            let record = StudentRecord([
                RecordEntry(.identity, from: source, [.birthDate: .value(.date(birth))]),
                RecordEntry(.immunization, from: source, [.immunizationDate: .value(.date(day))]),
            ])
            #expect(record.problems(today: today).isEmpty == isSound)
        }
        for (offset, isSound) in [(0, true), (1, false)] {
            let day = CivilDate(dayNumber: today.dayNumber + offset)
            let dose = RecordEntry(
                .immunization,
                from: source,
                [.immunizationDate: .value(.date(day))]
            )
            #expect(StudentRecord([dose]).problems(today: today).isEmpty == isSound)
        }
    }

    // MARK: Merging

    @Test(arguments: 0..<40)
    func `nothing is said after merging that no school said`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let records = try (0..<3).map { _ in try Self.record(&generator, schools: 3) }
        let merged = MergedRecord(records)
        let said = Set(records.flatMap(\.entries))
        #expect(merged.entries.flatMap(\.entries).allSatisfy(said.contains))
        #expect(Set(merged.entries.flatMap(\.entries)) == said)
        #expect(Set(merged.sources) == Set(said.map(\.source)))
        for entry in merged.entries {
            #expect(entry.entries.allSatisfy { $0.group == entry.group })
            for element in entry.disputed {
                #expect(Set(entry.entries.compactMap { $0.value(element) }).count > 1)
            }
        }
    }

    // MARK: Credits

    @Test(arguments: 0..<40)
    func `whoever sends one more course never makes credits fewer`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let record = try Self.record(&generator, schools: 2)
        let plan = GraduationPlan(
            name: "Plan",
            state: nil,
            requirements: [
                .init(subject: "Mathematics", areas: [.mathematics], credits: Hundredths(400)),
                .init(subject: "Electives", areas: [], credits: Hundredths(200)),
            ]
        )
        let more = try Samples.course(
            "One more",
            from: Samples.source("Another"),
            standard: "02052",
            credits: "0.50"
        )
        let before = CreditAccrual(MergedRecord([record]), plan: plan)
        let after = CreditAccrual(MergedRecord([record, StudentRecord([more])]), plan: plan)
        #expect(after.granted.count == before.granted.count + 50)
        let left = try #require(after.left)
        #expect(left <= (try #require(before.left)))
        #expect(after.needed == before.needed)
        #expect(after.unfinished.count == before.unfinished.count)
    }

    @Test(arguments: 0..<80)
    func `every course is granted, unfinished or not counted, and is one of them only`(
        seed: UInt64
    ) throws {
        var generator = SeededGenerator(seed: seed)
        let merged = MergedRecord(try (0..<3).map { _ in try Self.record(&generator, schools: 3) })
        // A row of which nothing is known is no course.
        let courses = merged.entries(of: .course).filter { course in
            course.entries.flatMap(\.answers).contains { element, answer in
                answer.value != nil || answer.isUnreadable
                    || (element == .creditsGranted && answer == .withheld)
            }
        }
        for plan in [GraduationPlan(of: merged), nil] {
            let credits = CreditAccrual(merged, plan: plan)
            let rows = credits.rows
            let all = rows.flatMap { $0.completed + $0.unfinished + $0.notCounted }
            #expect(all.count == courses.count)
            #expect(Set(all) == Set(courses))
            #expect(credits.granted == courses.compactMap { $0.amount(.creditsGranted) }.sum)
            for course in credits.notCounted {
                #expect(course.amount(.creditsGranted) == nil)
                #expect(
                    course.entries.contains {
                        $0.unreadable(.creditsGranted) != nil
                            || $0.answers[.creditsGranted] == .withheld
                    }
                )
            }
            #expect(credits.notCounted.allSatisfy { !CreditAccrual.isUnfinished($0) })
        }
    }

    @Test(arguments: 0..<40)
    func `in whatever order schools answer, the sums are the same`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let records = try (0..<3).map { _ in try Self.record(&generator, schools: 3) }
        let one = CreditAccrual(MergedRecord(records), plan: nil)
        let other = CreditAccrual(MergedRecord(records.reversed() + records), plan: nil)
        #expect(one == other)
    }

    @Test(arguments: 0..<40)
    func `credits of a plan and left of it never say more than the plan and what was sent`(
        seed: UInt64
    ) throws {
        var generator = SeededGenerator(seed: seed)
        let merged = MergedRecord([try Self.record(&generator)])
        let requirements = SubjectArea.allCases.shuffled(using: &generator).prefix(4).map { area in
            GraduationPlan.Requirement(
                subject: area.name,
                areas: [area],
                credits: Hundredths(Int.random(in: 0...400, using: &generator))
            )
        }
        let plan = GraduationPlan(name: "Plan", state: nil, requirements: Array(requirements))
        let credits = CreditAccrual(merged, plan: plan)
        #expect(credits.needed == plan.total)
        #expect(credits.left.map { $0 <= plan.total } == true)
        #expect(credits.granted == CreditAccrual(merged, plan: nil).granted)
        for row in credits.rows where row.needed != nil {
            #expect(row.left == .zero || row.surplus == .zero)
        }
    }

    // MARK: Uses

    @Test(arguments: 0..<40)
    func `a higher use is given all that a lower one is, and none is given what it does not need`(
        seed: UInt64
    ) throws {
        var generator = SeededGenerator(seed: seed)
        let record = try Self.record(&generator)
        func facts(_ record: StudentRecord) -> Set<String> {
            Set(
                record.entries.flatMap { entry in
                    entry.answers.map { "\(entry.group) \(entry.source) \($0.key) \($0.value)" }
                }
            )
        }
        var lower: Set<String> = []
        for use in RecordUse.allCases {
            let given = record.needed(for: use)
            #expect(lower.isSubset(of: facts(given)))
            #expect(facts(given).isSubset(of: facts(record)))
            #expect(given.needed(for: use) == given)
            for element in given.entries.flatMap(\.answers.keys) {
                #expect(element.definition.uses.contains { $0 <= use })
            }
            lower = facts(given)
        }
        let twice = StudentRecord(record.entries + record.entries)
        #expect(twice.needed(for: .graduation) == record.needed(for: .graduation))
    }

    @Test func `whoever enrolls a child gets no course, whoever helps it to graduate gets all`() {
        #expect(!Element.courseTitle.isNeeded(for: .enrollment))
        #expect(Element.courseTitle.isNeeded(for: .placement))
        #expect(Element.creditsGranted.isNeeded(for: .graduation))
        #expect(Element.birthDate.isNeeded(for: .enrollment))
        // The report gives the qualifying move for no use.
        #expect(!Element.qualifyingArrivalDate.isNeeded(for: .graduation))
    }

    // MARK: Completeness

    @Test(arguments: 0..<60)
    func `what one more school sends never makes a part less there`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let first = try Self.record(&generator)
        let second = try Self.record(&generator)
        for use in RecordUse.allCases {
            let before = Completeness(of: MergedRecord([first]), for: use)
            let after = Completeness(of: MergedRecord([first, second]), for: use)
            #expect(before.rows.map(\.part) == use.parts)
            for (old, new) in zip(before.rows, after.rows) where old.standing == .there {
                #expect(new.standing == .there)
                #expect(Set(new.missing).isSubset(of: Set(old.missing)))
            }
            #expect(before.isComplete == !before.rows.contains { $0.standing == .missing })
        }
    }

    @Test(arguments: 0..<40)
    func `a later phase asks for more, never for less`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let merged = MergedRecord([try Self.record(&generator)])
        let phases = (1...3).map { Completeness(of: merged, for: .graduation, phase: $0) }
        for (earlier, later) in zip(phases, phases.dropFirst()) {
            for (old, new) in zip(earlier.rows, later.rows) {
                #expect(Set(old.missing).isSubset(of: Set(new.missing)))
                if old.standing == .missing { #expect(new.standing == .missing) }
                if new.standing == .notYetHeld { #expect(old.standing == .notYetHeld) }
            }
        }
    }
}
