import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

/// Many things at once, at the state's desk and for offices.
extension Samples {
    static let deskPages: [SamplePage] = [
        SamplePage(
            name: "queue-bulk-call",
            page: BulkPage(
                deed: .call,
                isDone: false,
                possible: [
                    BulkRow(
                        number: number,
                        path: "/queue/\(number)",
                        school: "Cedar East High School",
                        outcome: .noted
                    )
                ],
                impossible: [],
                form: Form([.note: "long"], problems: [FieldProblem(.note, .tooLong(limit: 2_000))])
            ),
            door: .queue
        ),
        SamplePage(
            name: "queue-bulk-closed",
            page: BulkPage(
                deed: .markClosed,
                isDone: false,
                possible: [
                    BulkRow(
                        number: number,
                        path: "/queue/\(number)",
                        school: "Cedar East High School",
                        outcome: .schoolCloses
                    )
                ],
                impossible: [],
                form: Form([.backMonth: "13"], problems: [FieldProblem(.back, .backImpossible)])
            ),
            door: .queue
        ),
        SamplePage(
            name: "queue-bulk-assign",
            page: BulkPage(
                deed: .assign,
                isDone: false,
                possible: [
                    BulkRow(
                        number: number,
                        path: "/queue/\(number)",
                        school: "Cedar East High School",
                        outcome: .isHeld(name: "Marta Coleman"),
                        seen: "s1"
                    )
                ],
                impossible: [
                    BulkRow(
                        number: number,
                        path: "/queue/\(number)",
                        school: "",
                        outcome: .notNow
                    )
                ],
                people: queuePeople,
                form: Form([.who: "s9"], problems: [FieldProblem(.who, .whoLeft)])
            ),
            door: .queue
        ),
        SamplePage(
            name: "queue-bulk-assigned",
            page: BulkPage(
                deed: .assign,
                isDone: true,
                possible: [
                    BulkRow(
                        number: number,
                        path: "/queue/\(number)",
                        school: "Cedar East High School",
                        outcome: .goesTo(name: "Patricia Holloway")
                    )
                ],
                impossible: [
                    BulkRow(
                        number: number,
                        path: "/queue/\(number)",
                        school: "Pine School",
                        outcome: .takenSince(name: "Marta Coleman")
                    ),
                    BulkRow(
                        number: number,
                        path: "/queue/\(number)",
                        school: "Pine School",
                        outcome: .freedSince
                    ),
                ],
                handovers: ["\(number) s1 nobody"]
            ),
            door: .queue
        ),
        SamplePage(
            name: "calendar-file",
            page: calendarFile(
                CalendarChanges(
                    added: [CalendarStretch(summer)],
                    removed: [
                        CalendarStretch(
                            SchoolCalendar.StaffDays(
                                name: "Inventory",
                                first: day("2026-06-15"),
                                last: day("2026-06-19")
                            )
                        )
                    ]
                )
            ),
            door: .contacts
        ),
        SamplePage(
            name: "calendar-file-refused",
            page: calendarFile(
                CalendarChanges(
                    lines: [CalendarFault(line: 7, kind: .repeats)],
                    troubles: [
                        .overlap(first: "Summer", second: "July"),
                        .gap(first: "Winter", second: "New Year", days: 1),
                    ]
                )
            ),
            door: .contacts
        ),
        SamplePage(
            name: "many-answers",
            page: ManyAnswersPage(
                person: "Patricia Holloway",
                title: "",
                isInPlace: true,
                fileLimit: ByteCount(16 << 20),
                form: Form(problems: [FieldProblem(.files, .feedFileMissing)])
            ),
            door: .queue
        ),
        SamplePage(
            name: "many-answers-lost",
            page: ManyAnswersPage(
                isLost: true,
                person: "Patricia Holloway",
                title: "",
                isInPlace: true,
                fileLimit: ByteCount(16 << 20)
            ),
            door: .queue
        ),
        SamplePage(
            name: "many-answers-looked",
            page: manyAnswers(
                ManyStage(
                    job: "j1",
                    word: .looked(certain: 1, doubtful: 1),
                    canSend: true,
                    lines: [
                        ManyLine(
                            index: "0",
                            files: "course.csv",
                            rows: "2, 3",
                            number: number,
                            school: "Cedar East High School",
                            requester: "Oak Valley High School",
                            student: "P. P.",
                            grade: .eleventh,
                            word: .certain,
                            parts: [.transcript],
                            lacking: [.immunization],
                            problems: ProblemList(
                                [
                                    RecordProblem(
                                        .termType,
                                        at: "row 3",
                                        found: "Q7",
                                        allowed: .date
                                    )
                                ],
                                unlisted: 2
                            )
                        ),
                        ManyLine(
                            index: "1",
                            files: "course.csv",
                            rows: "4",
                            word: .inPart,
                            parts: [.transcript],
                            choices: [
                                ManyChoice(
                                    value: "i1",
                                    number: number,
                                    student: "P. P.",
                                    grade: .eleventh,
                                    school: "Cedar East High School",
                                    requester: "Oak Valley High School"
                                )
                            ]
                        ),
                    ],
                    refusals: [
                        ManyRefusal(file: "course.csv", row: 5, reason: .nobodyNamed),
                        ManyRefusal(file: "scan.pdf", row: 0, reason: .notARecord),
                    ]
                )
            ),
            door: .answers
        ),
        SamplePage(
            name: "many-answers-sending",
            page: manyAnswers(
                ManyStage(job: "j1", word: .sending(done: 3, all: 40), isMoving: true)
            ),
            door: .answers
        ),
        SamplePage(
            name: "many-answers-sent",
            page: manyAnswers(
                ManyStage(
                    job: "j1",
                    word: .sent(count: 1, others: 1),
                    isDone: true,
                    lines: [
                        ManyLine(
                            index: "0",
                            files: "course.csv",
                            number: number,
                            school: "Cedar East High School",
                            word: .sentInPart
                        ),
                        ManyLine(index: "1", files: "course.csv", word: .failed),
                    ]
                )
            ),
            door: .answers
        ),
    ]

    private static let summer = SchoolCalendar.Recess(
        kind: .summer,
        name: "Summer",
        first: day("2026-06-15"),
        last: day("2026-08-16")
    )

    private static func calendarFile(_ changes: CalendarChanges) -> CalendarFilePage {
        CalendarFilePage(
            path: "/contacts/school:484496008851/calendar",
            backPath: "/contacts/school:484496008851",
            name: "Cedar East High School",
            canDownload: true,
            result: changes,
            text: changes.canTake ? "BEGIN:VCALENDAR" : ""
        )
    }

    private static func manyAnswers(_ stage: ManyStage) -> ManyAnswersPage {
        ManyAnswersPage(
            chosen: [number],
            stage: stage,
            person: "Sage Brook",
            title: "Records Clerk",
            canCertify: true,
            fileLimit: ByteCount(16 << 20)
        )
    }
}
