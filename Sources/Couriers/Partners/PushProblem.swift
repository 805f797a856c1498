import CCurl
import Casework

/// What a failed step means for a push.
enum PushProblem: Hashable, Sendable {
    case unknownHost
    case noConnection
    /// Only the operator lets a partner's name lead there.
    case privateAddress
    case silence
    case brokenLine
    /// No cipher or the like that both know.
    case noAgreement
    case otherHostKey
    case keyRefused
    case keyUnreadable
    case denied
    case noFolder
    case diskFull
    case ownFile
    /// Its host key is RSA, and `ssh` is not installed.
    case programNeeded
    /// In a few words, for whoever looks after the installation.
    case unusable(String)

    /// What libcurl made of it.
    init(_ report: TransferReport) {
        self =
            switch report.result {
            case .cannotResolve: .unknownHost
            case .cannotConnect: .noConnection
            case .privateAddress: .privateAddress
            case .timedOut: .silence
            case .peerRefused: .otherHostKey
            case .loginRefused: .keyRefused
            case .accessDenied: .denied
            case .notFound: .noFolder
            case .diskFull: .diskFull
            case .localFile: .ownFile
            case .badSetting: .keyUnreadable
            case .sendFailed, .receiveFailed: .brokenLine
            case .done, .noTLS, .tlsFailed, .commandRefused, .unexpectedReply, .tooLongThere,
                .cancelled, .other:
                .unusable("libcurl \(report.code)")
            }
    }

    var outcome: PushOutcome {
        switch self {
        // A person must change something first.
        case .otherHostKey, .keyRefused, .keyUnreadable, .denied, .noFolder, .ownFile,
            .programNeeded, .privateAddress:
            .refused(reason: reason)
        case .unknownHost, .noConnection, .silence, .brokenLine, .noAgreement, .diskFull,
            .unusable:
            .deferred(reason: reason)
        }
    }

    var reason: String {
        switch self {
        case .unknownHost: "the server's name is not known"
        case .noConnection: "no connection to the server"
        case .privateAddress:
            "its address is not of the public internet, which takes --allow-private"
        case .silence: "the server did not answer in time"
        case .brokenLine: "the connection to the server broke"
        case .noAgreement: "no encryption can be agreed with the server"
        case .otherHostKey: "the server's host key is not the one on file"
        case .keyRefused: "the server refused our key"
        case .keyUnreadable: "our private key cannot be read"
        case .denied: "the server does not let us write in the folder"
        case .noFolder: "the folder is not there and cannot be made"
        case .diskFull: "the server's disk is full"
        case .ownFile: "the sealed file changed or cannot be read"
        case .programNeeded:
            "a server with an RSA host key needs the program ssh, which is not installed here"
        case .unusable(let words): "the server could not be used (\(words))"
        }
    }
}
