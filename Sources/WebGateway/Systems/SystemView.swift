import Casework
import RecordExchange
import StudentRecords
import Vocabulary

/// What the programming interface writes; the names of its members are a promise.
enum SystemView {
    struct List<Item: Encodable>: Encodable {
        let items: [Item]
        /// The `after` of the next page; absent on the last.
        let next: String?
    }

    struct Organization: Encodable {
        let id: String
        let name: String
    }

    struct Caller: Encodable {
        let name: String
        let key: String
        let scopes: [String]
        let expires: String
        let organizations: [Organization]
    }

    struct SchoolEntry: Encodable {
        let id: String
        let name: String
        let city: String
        let state: String
        let district: String

        init(_ school: School) {
            id = school.id.description
            name = school.name
            city = school.city
            state = school.state.description
            district = school.districtName
        }
    }

    struct Next: Encodable {
        let by: String
        let on: String

        init(_ step: Casework.NextStep) {
            on = step.on.description
            by =
                switch step.owner {
                case .holder(let organization): organization.description
                case .summerContacts: "summerContacts"
                case .district(let district): OrganizationID.district(district).description
                case .stateContact(let state): OrganizationID.state(state).description
                case .requester: "requester"
                }
        }
    }

    /// A request as its school follows it; who the student is, the caller knows already.
    struct Request: Encodable {
        let number: String
        let status: String
        let filedAt: String
        let requester: String
        let holder: Organization?
        let uses: [String]
        let parts: [String]
        let next: Next?
        let isOpen: Bool
        /// What its school may do now, by the table of `RequestLifecycle`.
        let actions: [String]

        init(_ summary: RequestSummary) {
            number = summary.request.number.description
            status = summary.state.rawValue
            filedAt = time(summary.request.filedAt)
            requester = OrganizationID.school(summary.request.requester).description
            holder = summary.holder.map { school in
                Organization(
                    id: OrganizationID.school(school.id).description,
                    name: school.name
                )
            }
            uses = summary.request.uses.map(\.rawValue)
            parts = summary.request.parts.map(\.rawValue)
            next = summary.next.map(Next.init)
            isOpen = summary.request.isOpen
            actions = RequestLifecycle.actions(for: .requester, in: summary.state)
                .map(\.rawValue)
        }
    }

    struct Part: Encodable {
        let part: String
        let status: String
        let by: String?
        let reason: String?

        init(_ part: RecordBundle.Part) {
            self.part = part.part.rawValue
            switch part.status {
            case .sent: (status, by, reason) = ("sent", nil, nil)
            case .unsaid: (status, by, reason) = ("unsaid", nil, nil)
            case .noneOnFile: (status, by, reason) = ("noneOnFile", nil, nil)
            case .toFollow(let day): (status, by, reason) = ("toFollow", day?.description, nil)
            case .withheld(let why): (status, by, reason) = ("withheld", nil, why.rawValue)
            }
        }
    }

    struct File: Encodable {
        let id: String
        let name: String
        let mediaType: String
        let bytes: Int64
        let sha256: String

        init(_ file: RecordBundle.File) {
            id = file.id
            name = file.name
            mediaType = file.mediaType
            bytes = file.byteCount
            sha256 = file.sha256
        }

        init(_ file: DroppedFile) {
            id = file.id.description
            name = file.name
            mediaType = file.mediaType
            bytes = file.byteCount
            sha256 = file.digest.description
        }
    }

    /// What became of the credits; amounts are Carnegie units with two places, as text.
    struct Outcome: Encodable {
        struct Line: Encodable {
            let title: String
            let detail: String
            let sent: String?
            let accepted: String?
            let verdict: String?
            let reason: String?
            let note: String
        }

        let at: String
        let verdict: String?
        let enrolledOn: String?
        let placedOn: String?
        let lines: [Line]

        init(_ outcome: CreditOutcome) {
            at = time(outcome.at)
            verdict = outcome.verdict?.rawValue
            enrolledOn = outcome.enrolledOn?.description
            placedOn = outcome.placedOn?.description
            lines = outcome.lines.map { line in
                Line(
                    title: line.title,
                    detail: line.detail,
                    sent: line.sent?.description,
                    accepted: line.accepted?.description,
                    verdict: line.verdict?.rawValue,
                    reason: line.reason?.rawValue,
                    note: line.note
                )
            }
        }
    }

    struct Bundle: Encodable {
        struct Certification: Encodable {
            let kind: String
            let name: String
            let title: String
            /// What the school prints on its transcripts.
            let legend: String?
        }

        struct Sealed: Encodable {
            let bytes: Int64
            let sha256: String
        }

        let id: String
        let holder: String
        let answeredAt: String
        let certifiedBy: Certification
        let parts: [Part]
        let files: [File]
        /// What was sent with them and goes to nobody, since the scanner found something in it.
        let held: [File]?
        let sealed: Sealed?
        let isWithdrawn: Bool
        /// When it was said to be another student's; absent where nobody said so.
        let recalledAt: String?
        /// The earlier answers that it corrects, as its sender says.
        let replaces: [String]?
        /// The corrected answer that took its place.
        let replacedBy: String?
        /// What the receiving school said last of its credits.
        let outcome: Outcome?
        /// For whoever sent it, at once: what of its files became data.
        let reading: Reading?

        init(
            _ bundle: RecordBundle,
            _ outcomes: [CreditOutcome] = [],
            held: [QuarantinedFile] = [],
            reading: Reading? = nil
        ) {
            id = bundle.id.description
            holder = bundle.holder.description
            answeredAt = time(bundle.answeredAt)
            certifiedBy = Certification(
                kind: bundle.certification.kind.rawValue,
                name: bundle.certification.name,
                title: bundle.certification.title,
                legend: bundle.certification.legend
            )
            parts = bundle.parts.map(Part.init)
            files = bundle.files.map(File.init)
            let locked = held.filter { $0.bundle == bundle.id }.map { File($0.file) }
            self.held = locked.isEmpty ? nil : locked
            sealed = bundle.seal.map { Sealed(bytes: $0.byteCount, sha256: $0.sha256) }
            isWithdrawn = bundle.withdrawnAt != nil
            recalledAt = bundle.recall.map { time($0.at) }
            replaces = bundle.replaces?.map(\.description)
            replacedBy = bundle.replacedBy?.description
            outcome = outcomes.last { $0.bundle == bundle.id }.map(Outcome.init)
            self.reading = reading
        }
    }

    /// An inquiry in a list: whose record it is stands in the inquiry itself only.
    struct WaitingItem: Encodable {
        let id: String
        let number: String
        let requester: Organization
        let school: String
        let answerBy: String
        let isUrgent: Bool

        init(_ waiting: WaitingInquiry) {
            id = waiting.inquiry.id.description
            number = waiting.number.description
            requester = Organization(
                id: OrganizationID.school(waiting.requester.id).description,
                name: waiting.requester.name
            )
            school = OrganizationID.school(waiting.school.id).description
            answerBy = waiting.answerBy.description
            isUrgent = waiting.isUrgent
        }
    }

    struct Student: Encodable {
        let givenName: String
        let middleName: String
        let surname: String
        let secondSurname: String
        let birthDate: String
        let grade: String?
        let stateStudentId: String?

        init(_ student: StudentIdentity) {
            givenName = student.name.given
            middleName = student.name.middle
            surname = student.name.paternalSurname
            secondSurname = student.name.maternalSurname
            birthDate = student.birthDate.description
            grade = student.grade?.rawValue
            stateStudentId = student.stateStudentID
        }
    }

    struct InquiryItem: Encodable {
        let id: String
        let number: String
        let status: String
        let answerBy: String
        let requester: Organization
        let school: String
        let student: Student
        let parts: [String]
        let messages: [String]
        let sent: [Bundle]
        /// What its holder may do now, by the table of `InquiryLifecycle`.
        let actions: [String]

        init(_ task: AnswerTask) {
            id = task.inquiry.id.description
            number = task.request.number.description
            status = task.inquiry.status.rawValue
            answerBy = task.answerBy.description
            requester = Organization(
                id: OrganizationID.school(task.requester.id).description,
                name: task.requester.name
            )
            school = OrganizationID.school(task.holder.id).description
            student = Student(task.request.student)
            parts = task.request.parts.map(\.rawValue)
            messages = task.messages
            sent = task.bundles.map { Bundle($0, task.outcomes, held: task.held) }
            actions = task.actions.map(\.rawValue)
        }
    }

    /// RFC 3339 in UTC.
    static func time(_ instant: Instant) -> String {
        let milliseconds = instant.millisecondsSince1970
        let day = Int((Double(milliseconds) / 86_400_000).rounded(.down))
        let seconds = Int((milliseconds - Int64(day) * 86_400_000) / 1_000)
        let fields = [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { number in
            number < 10 ? "0\(number)" : "\(number)"
        }
        return "\(CivilDate(dayNumber: day))T\(fields.joined(separator: ":"))Z"
    }
}
