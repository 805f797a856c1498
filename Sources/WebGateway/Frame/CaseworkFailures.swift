import Casework

extension GatewayFailure {
    /// What a use case's refusal means for somebody whose page did not expect it.
    init(_ failure: CaseworkFailure) {
        switch failure {
        case .notFound, .schoolUnknown: self = .notFound
        case .recalled: self = .recalled
        case .notAllowed: self = .forbidden
        case .notPossibleNow, .alreadyThere: self = .conflict
        case .link(.unknown): self = .notFound
        case .link: self = .answerSessionOver
        case .invitationInvalid: self = .gone
        case .wrongCode, .dateImpossible, .dateNotInFuture, .reasonMissing,
            .feesHoldNothing, .nothingToSend, .nameMissing, .tooLong, .addressMalformed,
            .passwordTooShort:
            self = .malformed
        }
    }
}
