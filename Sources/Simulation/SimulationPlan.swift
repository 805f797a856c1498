package import RecordExchange
package import Vocabulary

/// What is simulated: schools, requests and years, under one policy.
package struct SimulationPlan: Hashable, Sendable {
    /// How silence is answered.
    package enum Policy: String, Sendable, CaseIterable {
        /// One mail to the records office, and nothing after it.
        case mail
        /// Mail, a second address, and one reminder.
        case reminders
        /// Everything: summer contacts, projects, districts, state contacts, cap.
        case ladder

        /// The numbers the real ladder runs on.
        package var numbers: Ladder.Policy {
            var numbers = Ladder.Policy()
            // Where nobody else is in the directory, the other rungs have nobody to ask.
            guard self == .mail else { return numbers }
            let never = 400
            numbers.backupAfter = never
            numbers.remindAfter = never
            // The smaller of both counts.
            numbers.urgentRemindAfter = never
            return numbers
        }

        /// Records offices are told on Mondays what waits for them: part of all that is done, and of
        /// nothing less.
        package var hasMondayMails: Bool { self == .ladder }

        /// Who is in the directory: nobody else can be asked.
        package var contacts: Set<Contact.Role> {
            switch self {
            case .mail: [.recordsOffice]
            case .reminders: [.recordsOffice, .backup]
            case .ladder: Set(Contact.Role.allCases)
            }
        }
    }

    package let schools: Int
    package let requests: Int
    package let years: Int
    package let seed: UInt64
    package let policy: Policy
    /// Transactions in a thousand that are cut before or after they are on file.
    package let cutsPerThousand: Int
    /// The first day; a school year that began is in session.
    package let start: CivilDate
    /// Monday's mail is left out, to see what it brings.
    package let withoutMondays: Bool
    /// Every so many days the rules are checked on all that is open, touched or not; 1 or more.
    ///
    /// What a step touched is checked after that step in any case. Most of a run's time goes into
    /// this; it changes nothing of what happens.
    package let lookEvery: Int

    package init(
        schools: Int,
        requests: Int,
        years: Int,
        seed: UInt64,
        policy: Policy,
        cutsPerThousand: Int = 2,
        start: CivilDate,
        withoutMondays: Bool = false,
        lookEvery: Int = 1
    ) {
        self.schools = max(4, schools)
        self.requests = max(1, requests)
        self.years = max(1, years)
        self.seed = seed
        self.policy = policy
        self.cutsPerThousand = cutsPerThousand
        self.start = start
        self.withoutMondays = withoutMondays
        self.lookEvery = max(1, lookEvery)
    }

    /// The last day on which something happens: half a year after the last request is filed.
    package var end: CivilDate { start.advanced(by: years * 365 + 180) }
}

/// What people are taken to do.
///
/// Guesses, not measurements: they stand wherever the figures do.
package struct SimulationAssumptions: Hashable, Sendable {
    /// Chances in a thousand.
    package var officeAddressWrong = 40
    package var officeAnswersMail = 650
    package var backupExists = 500
    package var backupAnswersMail = 500
    package var summerContactExists = 400
    package var summerContactAnswersMail = 600
    package var projectAnswersMail = 500
    package var districtAnswersMail = 500
    package var stateContactSettlesItem = 350
    /// Items one state contact works on in a day.
    package var stateContactItems = 12
    package var wrongSchoolNamed = 80
    package var mailServerOutageDays = 6

    package init() {}

    package static let standard = Self()

    package var text: String {
        """
        Assumptions (guesses, not measurements): offices work Monday to Friday and not in their \
        recesses (summer from late May or June to August, two weeks in winter, one in spring). A \
        mail to a records office is answered in \(officeAnswersMail / 10) % of cases, to a second \
        address in \(backupAnswersMail / 10) %, a summer contact \
        \(summerContactAnswersMail / 10) %, a migrant project \(projectAnswersMail / 10) %, a \
        district \(districtAnswersMail / 10) %; whoever answers takes 1 to 6 working days, and \
        answers the first line of a mail that has several. \
        \(officeAddressWrong / 10) % of office addresses bounce; \(backupExists / 10) % of schools \
        have a second address and \(summerContactExists / 10) % a summer contact. A state contact \
        works on \(stateContactItems) items a day and settles \(stateContactSettlesItem / 10) % of \
        them each time. \(wrongSchoolNamed / 10) % of requests name the wrong school. 60 % of \
        requests are filed from June to September. The mail server is down on \
        \(mailServerOutageDays) days a year.
        """
    }
}
