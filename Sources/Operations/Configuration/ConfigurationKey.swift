/// A key of `mochila.yaml`, by its path.
///
/// The one table of everything that can be configured: reading, the commented file that
/// `mochila init` writes and the tests all go through it.
package enum ConfigurationKey: String, Sendable, CaseIterable, Hashable {
    case baseAddress = "base_address"
    case dataDirectory = "data_directory"
    case shareDirectory = "share_directory"

    case listenHost = "listen.host"
    case listenPort = "listen.port"
    case listenCertificatePort = "listen.certificate_port"

    case tlsEnabled = "tls.enabled"
    case tlsCertificateFile = "tls.certificate_file"
    case tlsKeyFile = "tls.key_file"

    case mailHost = "mail.host"
    case mailPort = "mail.port"
    case mailSecurity = "mail.security"
    case mailUser = "mail.user"
    case mailPasswordFile = "mail.password_file"
    case mailCAFile = "mail.ca_file"
    case mailFromName = "mail.from_name"
    case mailFromAddress = "mail.from_address"
    case mailFaxSenders = "mail.fax_senders"

    case uploadsLargestFile = "uploads.largest_file_mib"
    case uploadsLargestAnswer = "uploads.largest_answer_mib"
    case uploadsFiles = "uploads.files_per_answer"

    case sessionsIdle = "sessions.staff_idle_minutes"
    case sessionsStaff = "sessions.staff_hours"
    case sessionsSecondFactor = "sessions.second_factor_minutes"
    case sessionsLink = "sessions.answer_link_minutes"

    case deadlinesHandshake = "deadlines.handshake_seconds"
    case deadlinesHeader = "deadlines.header_seconds"
    case deadlinesIdle = "deadlines.idle_seconds"
    case deadlinesBody = "deadlines.body_stall_seconds"
    case deadlinesRate = "deadlines.body_bytes_per_second"
    case deadlinesResponse = "deadlines.response_stall_seconds"
    case deadlinesPerAddress = "deadlines.connections_per_address"
    case deadlinesConnections = "deadlines.connections"

    case retentionRecords = "retention.record_files_days"
    case retentionUploads = "retention.unanswered_upload_hours"

    case backupReminder = "backup.remind_after_days"

    case scanningSocket = "scanning.clamd_socket"

    case recordsTranscriptSchema = "records.pesc_schema_file"
    case recordsGraduationPlans = "records.graduation_plans_file"

    case locatorPersonHour = "locator.person_per_hour"
    case locatorPersonDay = "locator.person_per_day"
    case locatorSchoolHour = "locator.school_per_hour"
    case locatorSchoolDay = "locator.school_per_day"

    case helpPhone = "help.phone"

    case logLevel = "log.level"

    /// What a key's value looks like.
    package enum Kind: Hashable, Sendable {
        /// `https://host` or `https://host:port`, without a path.
        case httpsAddress
        case host
        case address
        case text(longest: Int)
        /// A file or folder; taken from the installation's folder where it is not absolute.
        case path
        /// A file only its owner can read, whose first line is the secret.
        case secretFile
        case flag
        case choice([String])
        case number(ClosedRange<Int>)
    }

    /// One row of the table.
    package struct Entry: Hashable, Sendable {
        package let kind: Kind
        /// As YAML; `nil` where there is none: then the key is required, or nothing is set.
        package let standard: String?
        package let isRequired: Bool
        /// Shown in the written file where there is no default.
        package let example: String?
        /// Lines of the written file above the key.
        package let comment: [String]
    }

    /// `mail` of `mail.host`; empty for a key that stands by itself.
    var section: String {
        guard let dot = rawValue.firstIndex(of: ".") else { return "" }
        return String(rawValue[..<dot])
    }

    /// `host` of `mail.host`.
    var name: String {
        guard let dot = rawValue.firstIndex(of: ".") else { return rawValue }
        return String(rawValue[rawValue.index(after: dot)...])
    }
}
