extension ConfigurationKey {
    /// This key's row.
    package var entry: Entry {
        switch self {
        case .baseAddress:
            .required(
                .httpsAddress,
                example: "https://records.example",
                "Where people reach this gateway. Every link in every mail is built from it."
            )
        case .dataDirectory:
            .standard(
                .path,
                "data",
                "Database, received files and sealed bundles. On a disk of its own if you can."
            )
        case .shareDirectory:
            .optional(
                .path,
                example: "/usr/share/mochila",
                "The folder that holds Templates/, where it is not found beside the program."
            )
        case .listenHost, .listenPort, .listenCertificatePort, .tlsEnabled, .tlsCertificateFile,
            .tlsKeyFile:
            connectionEntry
        case .mailHost, .mailPort, .mailSecurity, .mailUser, .mailPasswordFile, .mailCAFile,
            .mailFromName, .mailFromAddress, .mailFaxSenders:
            mailEntry
        case .uploadsLargestFile, .uploadsLargestAnswer, .uploadsFiles, .retentionRecords,
            .retentionUploads:
            filesEntry
        case .sessionsIdle, .sessionsStaff, .sessionsSecondFactor, .sessionsLink:
            sessionsEntry
        case .deadlinesHandshake, .deadlinesHeader, .deadlinesIdle, .deadlinesBody,
            .deadlinesRate, .deadlinesResponse, .deadlinesPerAddress, .deadlinesConnections:
            deadlinesEntry
        case .locatorPersonHour, .locatorPersonDay, .locatorSchoolHour, .locatorSchoolDay:
            locatorEntry
        case .backupReminder:
            .standard(
                .number(0...365),
                "7",
                "Days without mochila backup after which administrators are told by mail; 0 where",
                "something else makes the copies."
            )
        case .scanningSocket:
            .optional(
                .path,
                example: "/run/clamav/clamd.ctl",
                "A ClamAV daemon's socket. Then every file is scanned before it is sealed, and what",
                "it does not call clean, or cannot be asked about, is kept and not released."
            )
        case .recordsTranscriptSchema:
            .optional(
                .path,
                example: "schemas/HighSchoolTranscript_v1.5.0.xsd",
                "The PESC High School Transcript schema, from its publisher, with the files that it",
                "names beside it. Then every PESC transcript is held against it before anybody gets",
                "it, and one that differs is refused with what differs."
            )
        case .recordsGraduationPlans:
            .optional(
                .path,
                example: "graduation-plans.csv",
                "What states and schools ask for to graduate, one row a subject, with the columns",
                "state, school, plan, subject, subject_es, areas and credits. A record that brings no",
                "plan is then counted against that of the school that asks, or of its state. What an",
                "office entered on its own page goes before what this file says of it."
            )
        case .helpPhone:
            .optional(
                .text(longest: 60),
                example: "1-800-555-0100",
                "Whom people call; stands under every page and where a page cannot help."
            )
        case .logLevel:
            .standard(
                .choice(["debug", "info", "notice", "warning", "error"]),
                "info",
                "Nothing that is logged at any level names a student or holds a link."
            )
        }
    }

    private var connectionEntry: Entry {
        switch self {
        case .listenHost:
            .standard(.host, "0.0.0.0", "The address of this machine to listen on.")
        case .listenPort:
            .standard(.number(1...65_535), "8443")
        case .listenCertificatePort:
            .optional(
                .number(1...65_535),
                example: "8444",
                "A second port, for schools' systems that show a certificate in place of an access",
                "key (`mochila access issue --certificate`). Only with tls.enabled: the certificate",
                "is asked for here, not by a proxy."
            )
        case .tlsEnabled:
            .standard(
                .flag,
                "true",
                "false only behind a proxy on this machine that does TLS itself; then",
                "listen.host must be 127.0.0.1 or ::1."
            )
        case .tlsCertificateFile:
            .standard(
                .path,
                "keys/tls/certificate.pem",
                "The certificate with its chain, in PEM. A renewed one is picked up by itself."
            )
        default:
            .standard(.path, "keys/tls/key.pem", "Its private key, mode 0600.")
        }
    }

    private var mailEntry: Entry {
        switch self {
        case .mailHost:
            .required(.host, example: "mail.example", "The server that takes our mail.")
        case .mailPort:
            .standard(.number(1...65_535), "587")
        case .mailSecurity:
            .standard(
                .choice(Configuration.Mail.Security.allCases.map(\.rawValue)),
                "starttls",
                "starttls (port 587 as a rule), tls (465), or none: only for a server on this",
                "machine."
            )
        case .mailUser:
            .optional(
                .text(longest: 255),
                example: "records@records.example",
                "Only where the server asks for a sign-in; then both of these."
            )
        case .mailPasswordFile:
            .optional(
                .secretFile,
                example: "keys/mail-password",
                "A file of mode 0600 whose first line is the password."
            )
        case .mailCAFile:
            .optional(
                .path,
                example: "keys/mail-ca.pem",
                "Authorities that vouch for the mail server, in PEM; else the system's."
            )
        case .mailFromName:
            .standard(.text(longest: 100), "Mochila Record Gateway")
        case .mailFaxSenders:
            .optional(
                .text(longest: 1_000),
                example: "fax@fax.example",
                "Addresses, with blanks between, from which faxes arrive as mail. Where one names a",
                "request in its subject, or in an address such as",
                "records+RQ7Q4K92PMXC@records.example, its pages wait for that school's own word."
            )
        default:
            .required(
                .address,
                example: "records@records.example",
                "Mails come from here; bounces and replies go here."
            )
        }
    }

    private var filesEntry: Entry {
        switch self {
        case .uploadsLargestFile:
            // One sealed answer holds at most 1 GiB less 16 MiB.
            .standard(.number(1...1_008), "1008", "One file, and all files of one answer.")
        case .uploadsLargestAnswer:
            .standard(.number(1...1_008), "1008")
        case .uploadsFiles:
            .standard(.number(1...200), "40")
        case .retentionRecords:
            .standard(
                .number(1...3_650),
                "30",
                "Received files are deleted this long after the requester had all of them."
            )
        default:
            .standard(
                .number(1...720),
                "24",
                "Files that were uploaded and never sent off are deleted after this."
            )
        }
    }

    private var locatorEntry: Entry {
        switch self {
        case .locatorPersonHour:
            .standard(
                .number(1...100_000),
                "40",
                "How many students one person may look up in a clock hour and in 24 of them, and",
                "all people of one school together. When a budget is spent, administrators and the",
                "state's contacts get a mail."
            )
        case .locatorPersonDay: .standard(.number(1...1_000_000), "150")
        case .locatorSchoolHour: .standard(.number(1...100_000), "120")
        default: .standard(.number(1...1_000_000), "500")
        }
    }

    private var sessionsEntry: Entry {
        switch self {
        case .sessionsIdle:
            .standard(.number(5...240), "30", "Signed out after this long without a click.")
        case .sessionsStaff:
            .standard(.number(1...24), "12", "Signed out this long after signing in.")
        case .sessionsSecondFactor:
            .standard(.number(2...60), "10", "To type the app's code after the password.")
        default:
            .standard(
                .number(15...1_440),
                "120",
                "To answer after the code of a mailed link was typed."
            )
        }
    }

    private var deadlinesEntry: Entry {
        switch self {
        case .deadlinesHandshake:
            .standard(.number(1...120), "10", "How long a connection may take for TLS,")
        case .deadlinesHeader:
            .standard(.number(1...120), "15", "for the header of a request,")
        case .deadlinesIdle:
            .standard(.number(5...600), "75", "between two requests,")
        case .deadlinesBody:
            .standard(.number(5...600), "30", "and without a byte of an upload.")
        case .deadlinesRate:
            .standard(.number(1...1_000_000), "1024", "What an upload must keep up, on average.")
        case .deadlinesResponse:
            .standard(.number(5...600), "30", "How long a response may wait for its reader.")
        case .deadlinesPerAddress:
            .standard(
                .number(1...100_000),
                "256",
                "Open connections from one address; many people may share one."
            )
        default:
            .standard(.number(1...100_000), "4096", "Open connections in all.")
        }
    }
}

extension ConfigurationKey.Entry {
    fileprivate static func required(
        _ kind: ConfigurationKey.Kind,
        example: String,
        _ comment: String...
    ) -> Self {
        Self(kind: kind, standard: nil, isRequired: true, example: example, comment: comment)
    }

    fileprivate static func standard(
        _ kind: ConfigurationKey.Kind,
        _ value: String,
        _ comment: String...
    ) -> Self {
        Self(kind: kind, standard: value, isRequired: false, example: nil, comment: comment)
    }

    fileprivate static func optional(
        _ kind: ConfigurationKey.Kind,
        example: String,
        _ comment: String...
    ) -> Self {
        Self(kind: kind, standard: nil, isRequired: false, example: example, comment: comment)
    }
}
