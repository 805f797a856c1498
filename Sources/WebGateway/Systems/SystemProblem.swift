import Casework
import HTTPTypes
import Hummingbird
import RecordExchange

/// Why a call of the programming interface failed, as RFC 9457 writes it.
struct SystemProblem: Error, Hashable, Sendable {
    /// One thing that is wrong with what was sent.
    struct Issue: Hashable, Sendable, Encodable {
        /// Where, as RFC 6901 points into JSON; a parameter's or form field's name elsewhere.
        let pointer: String
        /// For a person who reads a log: what is wrong and what is allowed.
        let detail: String
    }

    /// What kind of problem it is: stable, and the last part of its `type`.
    enum Kind: String, Sendable, CaseIterable {
        case keyMissing = "key-missing"
        case scopeMissing = "scope-missing"
        case notFound = "not-found"
        case recalled
        case methodUnknown = "method-not-allowed"
        case malformed
        case invalid
        case mediaTypeUnknown = "media-type"
        case tooLarge = "too-large"
        case duplicate
        case otherContentUnderKey = "idempotency-key-reused"
        case notPossibleNow = "not-possible-now"
        case uploadOffsetWrong = "upload-offset"
        case uploadFinished = "upload-complete"
        case uploadLengthContradicted = "upload-length"
        case digestDiffers = "digest-differs"
        case bundleRefused = "bundle-refused"
        case quotaUsedUp = "quota-used-up"
        case tooManyCalls = "too-many-calls"
        case storageFull = "storage-full"
        case internalFault = "internal-fault"

        var status: HTTPResponse.Status {
            switch self {
            case .keyMissing: .unauthorized
            case .scopeMissing: .forbidden
            case .notFound: .notFound
            case .recalled: .gone
            case .methodUnknown: .methodNotAllowed
            case .malformed: .badRequest
            case .invalid: .unprocessableContent
            case .mediaTypeUnknown: .unsupportedMediaType
            case .tooLarge: .contentTooLarge
            case .duplicate, .notPossibleNow, .uploadOffsetWrong: .conflict
            case .uploadFinished, .uploadLengthContradicted: .badRequest
            case .otherContentUnderKey, .digestDiffers, .bundleRefused: .unprocessableContent
            case .quotaUsedUp, .tooManyCalls: .tooManyRequests
            case .storageFull: .init(code: 507, reasonPhrase: "Insufficient Storage")
            case .internalFault: .internalServerError
            }
        }

        var title: String {
            switch self {
            case .keyMissing: "No live access key was shown"
            case .scopeMissing: "The access key may not do this"
            case .notFound: "There is no such thing, or not for this key"
            case .recalled: "The bundle holds another student's record"
            case .methodUnknown: "This address takes other methods"
            case .malformed: "The call cannot be read"
            case .invalid: "Something that was sent cannot be taken"
            case .mediaTypeUnknown: "The body is of another type than this address takes"
            case .tooLarge: "The body is too large"
            case .duplicate: "The same school already asks for this student"
            case .otherContentUnderKey: "The idempotency key was used for another content"
            case .notPossibleNow: "This is not possible in the present state"
            case .uploadOffsetWrong: "The next byte of the upload belongs elsewhere"
            case .uploadFinished: "The upload was finished before"
            case .uploadLengthContradicted: "The upload's length is not what was said before"
            case .digestDiffers: "What arrived does not have the digest that was announced"
            case .bundleRefused: "The sealed bundle was refused"
            case .quotaUsedUp: "The organisation has sent, or has on its way, as much as it may"
            case .tooManyCalls: "Too many calls"
            case .storageFull: "There is no room for files at the moment"
            case .internalFault: "A fault of the gateway"
            }
        }
    }

    let kind: Kind
    var detail = ""
    var issues: [Issue] = []
    /// Seconds to wait, with 429.
    var retryAfter: Int?
    /// The request that stands in the way of a duplicate.
    var request: String?
    /// Methods that the address takes, with 405.
    var methods: [String] = []
    /// Where the next byte of an upload belongs.
    var expectedOffset: Int64?
    /// Of a sealed bundle that was refused.
    var receipt: SystemView.ReceiptItem.Signed?

    /// Trying the same again changes nothing.
    var isFinal: Bool {
        switch kind {
        case .storageFull, .internalFault, .tooManyCalls, .quotaUsedUp, .uploadOffsetWrong,
            .uploadFinished, .uploadLengthContradicted:
            false
        default: true
        }
    }

    init(_ kind: Kind, _ detail: String = "", issues: [Issue] = []) {
        self.kind = kind
        self.detail = detail
        self.issues = issues
    }

    init(_ kind: Kind, expected offset: Int64) {
        self.init(kind, "The next byte is number \(offset).")
        expectedOffset = offset
    }

    /// What any error of a call means to its caller; `nil` for a fault of ours.
    init?(_ error: any Error) {
        switch error {
        case let problem as Self: self = problem
        case let failure as GatewayFailure: self.init(failure: failure)
        case let refusal as CaseworkFailure: self.init(refusal: refusal)
        case let refusal as UploadRefusal: self.init(upload: refusal)
        case let refusal as FileRefusal:
            guard refusal == .diskFull else { return nil }
            self.init(.storageFull, "What came before is kept. Try again later.")
        case is OtherContentUnderKey:
            self.init(.otherContentUnderKey, "Nothing was filed. Use a new key for a new filing.")
        case let failure as StorageFailure:
            guard case .diskFull = failure else { return nil }
            self.init(.storageFull, "Nothing of this call was kept. Try again later.")
        default: return nil
        }
    }

    private init?(failure: GatewayFailure) {
        switch failure {
        case .notFound, .gone: self.init(.notFound)
        case .recalled: self.init(.recalled, Self.whatToDestroy)
        case .conflict: self.init(.notPossibleNow)
        case .forbidden, .signedOut, .answerSessionOver: self.init(.scopeMissing)
        case .formNotOurs, .malformed: self.init(.malformed)
        case .cutShort: self.init(.malformed, "The body ended early; nothing of it was kept.")
        case .tooLarge(let limit): self.init(.tooLarge, "At most \(limit) bytes are taken.")
        case .tooManyTries(let seconds):
            self.init(.tooManyCalls, "Wait \(seconds) seconds.")
            retryAfter = seconds
        case .diskFull:
            self.init(.storageFull, "Nothing of this call was kept. Try again later.")
        case .internalFault: return nil
        }
    }

    private init(upload refusal: UploadRefusal) {
        switch refusal {
        case .notAPartner:
            self.init(
                .notPossibleNow,
                "No certificate that your bundles are signed with is on file; ask the operator."
            )
        case .tooLarge(let limit): self.init(.tooLarge, "At most \(limit) bytes are taken.")
        case .quotaUsedUp:
            self.init(.quotaUsedUp, "Finish or cancel what is under way, or wait a day.")
            retryAfter = 3_600
        case .wrongOffset(let offset): self.init(.uploadOffsetWrong, expected: offset)
        case .lengthContradicted: self.init(.uploadLengthContradicted)
        case .finished: self.init(.uploadFinished, "Its result can be read at its address.")
        case .tooManyPieces:
            self.init(.tooLarge, "At most \(PartialUpload.mostPieces) pieces are taken.")
        }
    }

    private init(refusal: CaseworkFailure) {
        switch refusal {
        case .notFound, .schoolUnknown: self.init(.notFound)
        case .recalled: self.init(.recalled, Self.whatToDestroy)
        // Which organisations there are is nobody's business who does not belong to them.
        case .notAllowed: self.init(.notFound)
        case .notPossibleNow, .alreadyThere, .link, .invitationInvalid, .wrongCode:
            self.init(.notPossibleNow, "Read it again: somebody else may have been faster.")
        case .dateImpossible: self.init(.invalid, "A date is impossible.")
        case .dateNotInFuture: self.init(.invalid, "The date must lie after today.")
        case .reasonMissing: self.init(.invalid, "A reason, or the note it needs, is missing.")
        case .feesHoldNothing:
            self.init(.invalid, "Fees hold back nothing of this student's record.")
        case .nothingToSend: self.init(.invalid, "There is no file in it.")
        case .nameMissing: self.init(.invalid, "A name is missing.")
        case .tooLong: self.init(.invalid, "A text is too long.")
        case .addressMalformed: self.init(.invalid, "A mail address cannot be used.")
        case .passwordTooShort: self.init(.invalid)
        }
    }

    private static let whatToDestroy =
        "Nobody gets it any more. Destroy every copy, and say so at the bundle's /destroyed."

    func answer(requestID: String) -> JSONAnswer {
        JSONAnswer(
            Body(
                type: type,
                title: kind.title,
                status: kind.status.code,
                detail: detail.isEmpty ? nil : detail,
                instance: "urn:mochila:call:\(requestID)",
                errors: issues.isEmpty ? nil : issues,
                request: request,
                receipt: receipt,
                expectedOffset: expectedOffset
            ),
            status: kind.status,
            mediaType: "application/problem+json"
        )
    }

    /// The draft on resumable uploads has names of its own for three of them.
    private var type: String {
        let registry = "https://iana.org/assignments/http-problem-types#"
        return switch kind {
        case .uploadOffsetWrong: registry + "mismatching-upload-offset"
        case .uploadFinished: registry + "completed-upload"
        case .uploadLengthContradicted: registry + "inconsistent-upload-length"
        default: "urn:mochila:problem:\(kind.rawValue)"
        }
    }

    func response(requestID: String) -> Response {
        var response = answer(requestID: requestID).response
        if kind == .keyMissing {
            response.headers[.wwwAuthenticate] = "Bearer realm=\"mochila\""
        }
        if let retryAfter { response.headers[.retryAfter] = String(retryAfter) }
        if let expectedOffset {
            response.headers[.uploadOffset] = String(expectedOffset)
            response.headers[.uploadComplete] = "?0"
        }
        if !methods.isEmpty { response.headers[.allow] = methods.joined(separator: ", ") }
        return response
    }

    private struct Body: Encodable {
        let type: String
        let title: String
        let status: Int
        let detail: String?
        let instance: String
        let errors: [Issue]?
        let request: String?
        let receipt: SystemView.ReceiptItem.Signed?
        let expectedOffset: Int64?

        enum CodingKeys: String, CodingKey {
            case type, title, status, detail, instance, errors, request, receipt
            // As the draft writes it.
            case expectedOffset = "expected-offset"
        }
    }
}
