/// Why an inquiry was not filled, a request was cancelled or a record was not accepted.
///
/// The letters are the standards': E1-E7 are ASC X12 element 901's refusals; M, X, C and W are
/// ours. A reason is always chosen, never defaulted, and is worded as a sentence on screen.
package enum ReasonCode: String, Sendable, CaseIterable, Codable {
    case cannotIdentify = "E1"
    case needsPermission = "E2"
    case willNotSend = "E3"
    case neverEnrolled = "E4"
    case noDegreeAwarded = "E5"
    case noGradesPosted = "E6"
    case paperOnly = "E7"

    case movedOn = "M1"
    case schoolClosed = "M2"
    case destroyedUnderSchedule = "M3"
    case stillEnrolledHere = "M4"
    case feesOwed = "M5"
    case protectiveOrder = "M6"
    case missingChild = "M7"
    case duplicateInquiry = "M8"
    case deceased = "M9"
    case requesterNotVerified = "M10"

    case noAnswerAtCap = "X1"
    case contactUndeliverable = "X2"
    case closedByCalendar = "X3"
    /// The last school is in another country, and what it has cannot be asked for here.
    case outsideUnitedStates = "X4"

    case notEnrollingHere = "C1"
    case arrivedAnotherWay = "C2"
    case wrongSchool = "C3"
    case duplicateRequest = "C4"
    case enteredInError = "C5"

    case wrongStudent = "W1"
    case unreadable = "W2"
    case signatureDoesNotVerify = "W3"
    case incomplete = "W4"
    case superseded = "W5"

    /// What kind of decision a reason explains.
    package enum Family: Sendable, CaseIterable {
        case refusal, system, cancellation, notAcceptable
    }

    package var family: Family {
        switch rawValue.first {
        case "X": .system
        case "C": .cancellation
        case "W": .notAcceptable
        default: .refusal
        }
    }

    /// Known to the state contact alone: to the requester it looks like "never enrolled".
    package var isConcealed: Bool { self == .protectiveOrder || self == .missingChild }

    /// Why a holder may hold a part back while it sends others.
    ///
    /// Codes and no free text, which could say of a family what nobody may know; the last leaves it
    /// to the note. None that is concealed: what the office sees the receiver sees.
    package static let forWithholding: [Self] = [
        .needsPermission, .feesOwed, .requesterNotVerified, .willNotSend,
    ]

    /// Why a holder sends nothing, as a clerk reads it first: what is said most.
    package static let forRefusing: [Self] = [
        .neverEnrolled, .cannotIdentify, .destroyedUnderSchedule, .stillEnrolledHere,
        .needsPermission, .willNotSend,
    ]

    /// What is said seldom, behind the others.
    package static let forRefusingSeldom: [Self] = [
        .schoolClosed, .feesOwed, .duplicateInquiry, .deceased, .requesterNotVerified,
    ]

    /// What the school that asks never learns.
    package static let forRefusingConcealed: [Self] = [.protectiveOrder, .missingChild]

    /// Refusals of the standards that are answers of their own here: a day or a condition, papers
    /// in the post, another school.
    package static let saidOtherwise: [Self] = [
        .noDegreeAwarded, .noGradesPosted, .paperOnly, .movedOn,
    ]

    /// Why the rest of what was sent in part will not come.
    ///
    /// None that is concealed: records were sent already, so that the student was never enrolled
    /// would not be believed.
    package static let forRest: [Self] = [
        .destroyedUnderSchedule, .noGradesPosted, .noDegreeAwarded, .needsPermission, .feesOwed,
        .requesterNotVerified, .willNotSend,
    ]

    /// The reasons of one family, in their standard order.
    package static func all(in family: Family) -> [Self] {
        allCases.filter { $0.family == family }
    }
}
