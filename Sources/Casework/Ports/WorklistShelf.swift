package import RecordExchange
package import Vocabulary

/// Lists of what is open, sorted, filtered and counted where they are stored, a page at a time.
///
/// Whatever implements this derives the lists by `WorklistEntry.entries` and `RequestState.derive`
/// from what is on file, so that they never disagree with it.
package protocol WorklistShelf {
    /// A page of inquiries and requests that wait for somebody.
    func worklist(_ question: WorklistQuestion) throws -> ListPage<WorklistItem>
    /// Exact, by what they wait for; the question's view, order and page have no say.
    func worklistCounts(_ question: WorklistQuestion) throws -> WorklistCounts
    /// A page of a school's requests, newest first.
    func requests(_ question: RequestListQuestion) throws -> ListPage<RecordRequest>
    /// How many of a school's requests are in each state, ended ones too.
    func requestCounts(from school: SchoolID) throws -> [RequestState: Int]
    /// Open requests of a school for a student of this key, newest first.
    ///
    /// Costs what it finds, however many are open.
    func openRequests(from school: SchoolID, for student: StudentKey) throws -> [RecordRequest]
    /// How many there are, without a look at any of them.
    func openRequestCount(from school: SchoolID, for student: StudentKey) throws -> Int
}

/// What is asked of the worklist.
package struct WorklistQuestion: Hashable, Sendable {
    /// Whose list it is.
    package enum Owner: Hashable, Sendable {
        /// Everything held in the state, and requests of its schools with no school left.
        case state(StateCode)
        /// Everything that schools of the state wait for, wherever it is held.
        case requester(StateCode)
        /// Live inquiries that wait for the holder.
        case holder(OrganizationID)
    }

    /// Which part of it.
    package enum View: String, Hashable, Sendable, CaseIterable {
        case all
        /// At level 3 and above, and what has no school left.
        case told
        case closedSchools, unreachable, withoutSchool
    }

    /// In which order; ties by how long it waits.
    package enum Order: String, Hashable, Sendable, CaseIterable {
        /// Urgent first, then what waits longest.
        case waiting
        /// What comes due first; without a timer last.
        case next
        /// What is latest by law first; what no law is known for last.
        case law
        /// By the school that is asked, so that a district's stand together; without one last.
        case place
    }

    package var owner: Owner
    package var view: View
    package var order: Order
    package var isUrgentOnly: Bool
    /// Whose requests to show, of a state's lists; `nil` for everybody's.
    package var assignee: Assignee?
    /// Asked before this instant; `nil` for whenever.
    package var askedBefore: Instant?
    /// The students' grades; `nil` for all.
    package var band: GradeBand?
    /// How far the line's school is; `nil` for all.
    package var step: QueueStep?
    /// A request number, or part of the name of the school that is asked or asks; empty for all.
    package var search: String
    package var start: PageStart
    package var limit: Int

    package init(
        _ owner: Owner,
        view: View = .all,
        order: Order = .waiting,
        isUrgentOnly: Bool = false,
        assignee: Assignee? = nil,
        askedBefore: Instant? = nil,
        band: GradeBand? = nil,
        step: QueueStep? = nil,
        search: String = "",
        start: PageStart = .top,
        limit: Int = 50
    ) {
        self.owner = owner
        self.view = view
        self.order = order
        self.isUrgentOnly = isUrgentOnly
        self.assignee = assignee
        self.askedBefore = askedBefore
        self.band = band
        self.step = step
        self.search = search
        self.start = start
        self.limit = limit
    }

    /// The state whose contacts it is for; `nil` of a holder's.
    package var state: StateCode? {
        switch owner {
        case .state(let state), .requester(let state): state
        case .holder: nil
        }
    }

    /// The number that was searched for; a number finds its request whatever schools are called.
    package var number: RequestNumber? { try? RequestNumber(parsing: search) }

    /// Words of a name that are searched for: without case and blanks around them.
    package var nameSearched: String? {
        guard number == nil else { return nil }
        let words = search.split { $0 == " " || $0 == "\t" }.joined(separator: " ").lowercased()
        return words.isEmpty ? nil : words
    }
}

/// One line of a worklist.
package struct WorklistItem: Hashable, Sendable {
    package let request: RecordRequest.ID
    /// `nil` where no school is left to ask.
    package let inquiry: Inquiry.ID?
    /// Its place in the order that was asked for.
    package let position: ListPosition

    package init(request: RecordRequest.ID, inquiry: Inquiry.ID?, position: ListPosition) {
        self.request = request
        self.inquiry = inquiry
        self.position = position
    }
}

/// How many lines each view has.
package struct WorklistCounts: Hashable, Sendable {
    package var all = 0
    package var told = 0
    package var closedSchools = 0
    package var unreachable = 0
    package var withoutSchool = 0

    package init() {}

    package subscript(view: WorklistQuestion.View) -> Int {
        switch view {
        case .all: all
        case .told: told
        case .closedSchools: closedSchools
        case .unreachable: unreachable
        case .withoutSchool: withoutSchool
        }
    }

    /// Counts `number` more lines of one kind.
    package mutating func add(
        _ number: Int,
        isTold: Bool,
        why: WorklistEntry.Why,
        isUnreachable: Bool
    ) {
        all += number
        if isTold { told += number }
        switch why {
        case .closed: closedSchools += number
        case .silent where isUnreachable: unreachable += number
        case .withoutSchool: withoutSchool += number
        case .silent, .known: break
        }
    }
}

/// What is asked of a school's list of requests.
package struct RequestListQuestion: Hashable, Sendable {
    /// Which of them.
    package enum Part: Hashable, Sendable, CaseIterable {
        case open
        /// A school asks something.
        case questions
        /// Records are there to be read.
        case ready
        case closed

        /// Whether a request in `state` belongs to it.
        package func holds(_ state: RequestState) -> Bool {
            switch self {
            case .open: !state.isTerminal
            case .questions: state == .question
            // Of what came in part the rest is not here yet, and that part is.
            case .ready: [.partlySent, .sent, .delivered].contains(state)
            case .closed: state.isTerminal
            }
        }
    }

    package var school: SchoolID
    package var part: Part
    package var start: PageStart
    package var limit: Int

    package init(_ school: SchoolID, _ part: Part, start: PageStart = .top, limit: Int = 50) {
        self.school = school
        self.part = part
        self.start = start
        self.limit = limit
    }
}
