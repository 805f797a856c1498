import Casework
import Glibc

/// Why a file cannot be written or read.
///
/// A full disk is `FileRefusal.diskFull` instead, because every caller must tell the person about
/// that one.
package enum FileFailure: Error, Hashable, Sendable, CustomStringConvertible {
    case exists
    case missing
    /// It is not a file that this program wrote.
    case notProtected
    /// It was written under a master key that is not here.
    case unknownKey(number: UInt8)
    /// It was changed, cut or put together differently.
    case damaged
    /// It was used after it was finished or abandoned, or read outside its length.
    case misused
    /// The system refused the operation with this error number.
    case system(operation: String, code: Int32)

    package var description: String {
        switch self {
        case .exists: "the file exists already"
        case .missing: "there is no such file"
        case .notProtected: "the file was not written by this program"
        case .unknownKey(let number): "the file needs master key \(number), which is not here"
        case .damaged: "the file was damaged or changed"
        case .misused: "the file is closed"
        case .system(let operation, let code):
            "\(operation): \(String(cString: strerror(code)))"
        }
    }

    /// The error for what the last system call of this thread refused.
    static func last(_ operation: String) -> any Error {
        let code = errno
        return switch code {
        case ENOSPC, EDQUOT: FileRefusal.diskFull
        case EEXIST: Self.exists
        case ENOENT: Self.missing
        default: Self.system(operation: operation, code: code)
        }
    }
}
