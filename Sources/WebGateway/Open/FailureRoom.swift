import Rendering
package import Vocabulary

/// The pages of things that went wrong: what happened, what is kept, what to do.
package struct FailureRoom: FailurePages {
    private let frame: PageFrame

    package init(frame: PageFrame) {
        self.frame = frame
    }

    package func page(for failure: GatewayFailure, language: Language) -> String {
        frame.bare(
            ErrorPage(Self.trouble(failure), again: Self.again(failure)),
            language: language
        )
    }

    private static func trouble(_ failure: GatewayFailure) -> Trouble {
        switch failure {
        case .notFound: .notFound
        case .gone: .gone
        case .recalled: .recalled
        case .conflict: .conflict
        case .forbidden: .notAllowed
        case .signedOut, .answerSessionOver, .formNotOurs: .formExpired
        case .malformed, .cutShort: .malformed
        case .tooLarge(let limit): .tooLarge(limit: ByteCount(limit))
        case .tooManyTries(let seconds): .tooMany(minutes: (seconds + 59) / 60)
        case .diskFull: .diskFull
        case .internalFault(let requestID): .ours(reference: requestID)
        }
    }

    private static func again(_ failure: GatewayFailure) -> String {
        failure == .signedOut ? PublicRoute.signIn.path().description : ""
    }
}
