package import RecordExchange
package import StudentRecords
package import Vocabulary

/// Which requests the files of a state system's export answer, before anything is sent.
package struct ManyAnswers: Hashable, Sendable {
    /// A piece of a file, both counted from 0.
    package struct Place: Hashable, Sendable {
        package let file: Int
        package let piece: Int

        package init(file: Int, piece: Int) {
            self.file = file
            self.piece = piece
        }
    }

    /// An open inquiry that a piece may answer.
    package struct Candidate: Hashable, Sendable {
        package let inquiry: Inquiry.ID
        package let number: RequestNumber
        /// Who is asked, and who asks.
        package let school: String
        package let requester: String
        /// Lists never show a name.
        package let initials: String
        package let grade: Grade?
    }

    /// Whom a piece means.
    package enum Match: Hashable, Sendable {
        case certain(Candidate)
        /// A person must say which of them, or none.
        case doubtful(Doubt, [Candidate])
        /// The same bytes were sent in answer to it before.
        case sentBefore(Candidate)
        case nobody
    }

    /// Why a person must decide.
    package enum Doubt: String, Hashable, Sendable, CaseIterable {
        /// The request's number is there, and another birth date or student number than its own.
        case contradicts
        /// Several open requests are about such a student.
        case several
        /// Only the number or only the birth date is the same.
        case inPart
    }

    /// What goes to one request, or to whom a person says.
    package struct Line: Hashable, Sendable {
        package let match: Match
        package var places: [Place]
        /// As their sender called them.
        package var files: [String]
        /// Rows of a table, under its row of names; empty for whole files.
        package var rows: [Int]
        /// What could be read.
        package var parts: Set<RecordPart>
        /// What was asked for and is in none of the files; the answer is then not complete.
        package var lacking: [RecordPart]
        package var problems: [RecordProblem]
        package var unlisted: Int

        /// Whoever it may go to.
        package var candidates: [Candidate] {
            switch match {
            case .certain(let one), .sentBefore(let one): [one]
            case .doubtful(_, let several): several
            case .nobody: []
            }
        }
    }

    /// A row, or a file, that goes to nobody.
    package struct Refusal: Hashable, Sendable {
        package enum Reason: Hashable, Sendable {
            case notARecord
            case rows(StudentPieces.Reason)
        }

        package let file: String
        /// 0 for the whole file.
        package let row: Int
        package let reason: Reason

        package init(file: String, row: Int, reason: Reason) {
            self.file = file
            self.row = row
            self.reason = reason
        }
    }

    /// How far it is.
    package struct Progress: Hashable, Sendable {
        package let done: Int
        package let all: Int

        package init(done: Int, all: Int) {
            self.done = done
            self.all = all
        }
    }

    /// What became of a line.
    package enum Outcome: String, Hashable, Sendable, CaseIterable {
        /// All that was asked for.
        case sent
        /// What was there; the rest is still asked for.
        case sentInPart
        case sentBefore
        /// Nobody said whom it means.
        case notChosen
        case nobody
        /// It was answered, ended or moved on meanwhile.
        case notNow
        /// Nothing in it could be read.
        case unreadable
        /// A fault of ours: the same files again go on from here.
        case failed
    }

    package struct Result: Hashable, Sendable {
        package let outcome: Outcome
        /// Whom it went to, or would have gone to.
        package let candidate: Candidate?

        package init(_ outcome: Outcome, _ candidate: Candidate? = nil) {
            self.outcome = outcome
            self.candidate = candidate
        }
    }

    package var lines: [Line]
    package var refusals: [Refusal]

    package init(lines: [Line] = [], refusals: [Refusal] = []) {
        self.lines = lines
        self.refusals = refusals
    }
}

/// Why no file was looked at.
package enum ManyAnswersFailure: Error, Hashable, Sendable {
    /// More wait than are compared; some must be chosen.
    case tooManyOpen
}

extension Answerer {
    /// Somebody signed in: for their own organisation, else in the place of a school of their
    /// state; `nil` for whoever does neither.
    package init?(signedIn actor: Actor) {
        if !actor.organizations(as: StaffRole.answerers).isEmpty {
            self = .staff(actor)
        } else if !actor.watchedStates.isEmpty {
            self = .stateContact(actor)
        } else {
            return nil
        }
    }
}
