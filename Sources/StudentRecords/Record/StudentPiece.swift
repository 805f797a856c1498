package import Vocabulary

/// What a file says of one student: whom it means, and its bytes about nobody else.
package struct StudentPiece: Hashable, Sendable {
    /// Whom a piece means, as far as the file says it.
    package struct Key: Hashable, Sendable {
        package let request: RequestNumber?
        /// Without blanks around it.
        package let stateStudentID: String?
        package let birthDate: CivilDate?

        package init(
            request: RequestNumber? = nil,
            stateStudentID: String? = nil,
            birthDate: CivilDate? = nil
        ) {
            self.request = request
            self.stateStudentID = stateStudentID
            self.birthDate = birthDate
        }

        package var isEmpty: Bool {
            request == nil && stateStudentID == nil && birthDate == nil
        }

        /// Names somebody else than a student with this number and birth date: what either does
        /// not say contradicts nothing.
        package func contradicts(_ student: StudentIdentity) -> Bool {
            if let birthDate, birthDate != student.birthDate { return true }
            guard let stateStudentID, let other = student.stateStudentID else { return false }
            return stateStudentID != other
        }
    }

    package let key: Key
    /// A file of the same format as the whole.
    package let bytes: [UInt8]
    /// The rows of the whole that it was made of, under its row of names; empty where the whole
    /// file is about one student.
    package let rows: [Int]

    package init(key: Key, bytes: [UInt8], rows: [Int] = []) {
        self.key = key
        self.bytes = bytes
        self.rows = rows
    }

    /// A problem of the piece, at the row where it stands in the whole.
    package func located(_ problem: RecordProblem) -> RecordProblem {
        let words = problem.place.split(separator: " ")
        guard words.count == 2, words[0] == "row", let row = Int(words[1]),
            row >= 2, rows.indices.contains(row - 2)
        else { return problem }
        return RecordProblem(
            problem.element,
            at: "row \(rows[row - 2])",
            found: problem.found,
            allowed: problem.allowed
        )
    }
}

/// A file about several students, taken apart.
package struct StudentPieces: Hashable, Sendable {
    /// Why rows go to nobody.
    package enum Reason: String, Hashable, Sendable, CaseIterable {
        /// Neither a request nor a student is named.
        case nobodyNamed
        case requestMalformed, birthDateMalformed
        /// The file ends in the middle of a row, or has rows that cannot be told apart: nothing of
        /// it is used.
        case cutOff
        /// More students than one upload may be about.
        case tooManyStudents
    }

    package struct Refusal: Hashable, Sendable {
        /// 0 for the whole file.
        package let row: Int
        package let reason: Reason

        package init(row: Int, reason: Reason) {
            self.row = row
            self.reason = reason
        }
    }

    package var pieces: [StudentPiece]
    package var refusals: [Refusal]

    package init(pieces: [StudentPiece] = [], refusals: [Refusal] = []) {
        self.pieces = pieces
        self.refusals = refusals
    }
}
