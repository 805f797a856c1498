package import Vocabulary

/// Everything an operator decides, read once at start-up.
///
/// Holding one is the proof that all of it is in order. The keys, their ranges and defaults stand
/// in `ConfigurationKey`.
package struct Configuration: Hashable, Sendable {
    /// Where connections come in.
    package struct Listen: Hashable, Sendable {
        package let host: String
        package let port: Int
        /// For systems that show a certificate; `nil` where there is no such port.
        package let certificatePort: Int?
    }

    /// The certificate that connections are secured with, as absolute paths.
    package struct TLSFiles: Hashable, Sendable {
        package let certificate: String
        package let key: String
    }

    /// The mail server.
    package struct Mail: Hashable, Sendable {
        /// How the conversation with it is protected.
        package enum Security: String, Sendable, CaseIterable {
            case startTLS = "starttls"
            case tls
            case none
        }

        package let host: String
        package let port: Int
        package let security: Security
        package let signIn: SignIn?
        /// Absolute path; `nil` for the system's authorities.
        package let authoritiesFile: String?
        package let fromName: String
        package let from: EmailAddress
        /// Machines whose faxes arrive as mail.
        package let faxSenders: [EmailAddress]
    }

    /// How we sign in to the mail server.
    package struct SignIn: Hashable, Sendable {
        package let user: String
        package let password: Redacted<String>
    }

    /// What may be uploaded; sizes in bytes.
    package struct Uploads: Hashable, Sendable {
        package let largestFile: Int64
        package let largestAnswer: Int64
        package let filesPerAnswer: Int
    }

    /// How long sessions last, in seconds.
    package struct Sessions: Hashable, Sendable {
        package let staffIdle: Int64
        package let staff: Int64
        package let secondFactor: Int64
        package let answerLink: Int64
    }

    /// What a connection may take its time for.
    package struct Deadlines: Hashable, Sendable {
        package let handshake: Duration
        package let header: Duration
        package let idle: Duration
        package let bodyStall: Duration
        package let bodyBytesPerSecond: Int
        package let responseStall: Duration
        package let connectionsPerAddress: Int
        package let connections: Int
    }

    /// When what is no longer needed is deleted.
    package struct Retention: Hashable, Sendable {
        package let recordFilesDays: Int
        package let unansweredUploadHours: Int
    }

    /// How often the student record locator may be asked.
    package struct Locator: Hashable, Sendable {
        package let personPerHour: Int
        package let personPerDay: Int
        package let schoolPerHour: Int
        package let schoolPerDay: Int
    }

    /// Scheme, host and port, without a trailing slash.
    package let baseAddress: String
    /// The host of `baseAddress`, lower case: the only name under which we are reached.
    package let publicHost: String
    package let listen: Listen
    /// `nil` behind a proxy on this machine.
    package let tls: TLSFiles?
    /// Absolute path.
    package let dataFolder: String
    /// Absolute path; `nil` where the templates are found beside the program.
    package let shareFolder: String?
    package let mail: Mail
    package let uploads: Uploads
    package let sessions: Sessions
    package let deadlines: Deadlines
    package let retention: Retention
    package let locator: Locator
    /// Days without a copy of the store after which somebody is told; 0 where nobody is.
    package let backupReminderDays: Int
    /// Absolute path of a ClamAV daemon's socket; `nil` where nothing is scanned.
    package let scannerSocket: String?
    /// Absolute path; `nil` where transcripts are held against no schema.
    package let transcriptSchema: String?
    /// Absolute path; `nil` where only plans count that come with a record.
    package let graduationPlans: String?
    /// Whom people call; `nil` where nobody was named.
    package let helpPhone: String?
    package let logLevel: LogLevel

    /// The least that is worth a line.
    package enum LogLevel: String, Sendable, CaseIterable {
        case debug, info, notice, warning, error
    }

    /// One thing that is wrong with a configuration, for the person who wrote it.
    package struct Problem: Hashable, Sendable, CustomStringConvertible {
        /// From 1; `nil` for what is missing.
        package let line: Int?
        package let text: String

        package var description: String { line.map { "line \($0): \(text)" } ?? text }
    }

    /// Everything that is wrong with a configuration, at once.
    package struct Malformed: Error, Hashable, Sendable, CustomStringConvertible {
        /// In the order of the file; what is missing comes last.
        package let problems: [Problem]

        package var description: String {
            problems.map(\.description).joined(separator: "\n")
        }
    }
}
