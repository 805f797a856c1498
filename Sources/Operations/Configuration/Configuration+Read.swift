package import Vocabulary

extension Configuration {
    /// How a secret's file is read; its failure is a sentence without the secret.
    package typealias SecretReader = (_ path: String) throws(SecretFile.Refusal) -> Redacted<String>

    /// Reads a configuration and reports everything that is wrong with it at once.
    ///
    /// `folder`: the installation's, absolute.
    /// `readSecret`: reads a `*_file` key's file.
    package static func read(
        yaml: String,
        folder: String,
        readSecret: SecretReader = SecretFile.read
    ) throws(Malformed) -> Self {
        var reader = ConfigurationReader(ConfigurationText(parsing: yaml), folder: folder)
        return try read(&reader, readSecret)
    }

    static func read(
        _ reader: inout ConfigurationReader,
        _ readSecret: SecretReader
    ) throws(Malformed) -> Self {
        let base = reader.httpsAddress(.baseAddress)
        let data = reader.path(.dataDirectory)
        let share = reader.path(.shareDirectory)
        let listen = readListen(&reader)
        let tls = readTLS(&reader, listening: listen)
        let mail = readMail(&reader, readSecret)
        let uploads = readUploads(&reader)
        let sessions = Sessions(
            staffIdle: Int64(reader.number(.sessionsIdle)) * 60,
            staff: Int64(reader.number(.sessionsStaff)) * 3_600,
            secondFactor: Int64(reader.number(.sessionsSecondFactor)) * 60,
            answerLink: Int64(reader.number(.sessionsLink)) * 60
        )
        let deadlines = Deadlines(
            handshake: .seconds(reader.number(.deadlinesHandshake)),
            header: .seconds(reader.number(.deadlinesHeader)),
            idle: .seconds(reader.number(.deadlinesIdle)),
            bodyStall: .seconds(reader.number(.deadlinesBody)),
            bodyBytesPerSecond: reader.number(.deadlinesRate),
            responseStall: .seconds(reader.number(.deadlinesResponse)),
            connectionsPerAddress: reader.number(.deadlinesPerAddress),
            connections: reader.number(.deadlinesConnections)
        )
        let retention = Retention(
            recordFilesDays: reader.number(.retentionRecords),
            unansweredUploadHours: reader.number(.retentionUploads)
        )
        let locator = Locator(
            personPerHour: reader.number(.locatorPersonHour),
            personPerDay: reader.number(.locatorPersonDay),
            schoolPerHour: reader.number(.locatorSchoolHour),
            schoolPerDay: reader.number(.locatorSchoolDay)
        )
        let backup = reader.number(.backupReminder)
        let scanner = reader.path(.scanningSocket)
        let schema = reader.path(.recordsTranscriptSchema)
        let plans = reader.path(.recordsGraduationPlans)
        let phone = reader.text(.helpPhone)
        let level = reader.choice(.logLevel, LogLevel.self)
        guard reader.problems.isEmpty, let base, let data, let listen, let mail, let level else {
            throw Malformed(problems: inOrder(reader.problems))
        }
        return Self(
            baseAddress: base.address,
            publicHost: base.host,
            listen: listen,
            tls: tls,
            dataFolder: data,
            shareFolder: share,
            mail: mail,
            uploads: uploads,
            sessions: sessions,
            deadlines: deadlines,
            retention: retention,
            locator: locator,
            backupReminderDays: backup,
            scannerSocket: scanner,
            transcriptSchema: schema,
            graduationPlans: plans,
            helpPhone: phone,
            logLevel: level
        )
    }

    private static func readListen(_ reader: inout ConfigurationReader) -> Listen? {
        let host = reader.host(.listenHost)
        let port = reader.number(.listenPort)
        let certificatePort = reader.optionalNumber(.listenCertificatePort)
        if let certificatePort, certificatePort == port {
            reader.note(.listenCertificatePort, "must be another port than listen.port")
        }
        return host.map { Listen(host: $0, port: port, certificatePort: certificatePort) }
    }

    private static func readTLS(
        _ reader: inout ConfigurationReader,
        listening listen: Listen?
    ) -> TLSFiles? {
        let isEnabled = reader.flag(.tlsEnabled)
        let certificate = reader.path(.tlsCertificateFile)
        let key = reader.path(.tlsKeyFile)
        guard isEnabled else {
            if listen?.certificatePort != nil {
                reader.note(.listenCertificatePort, "needs tls.enabled")
            }
            if let listen, !HostText.isLoopback(listen.host) {
                reader.note(.tlsEnabled, "may be false only where listen.host is 127.0.0.1 or ::1")
            }
            return nil
        }
        guard let certificate, let key else { return nil }
        return TLSFiles(certificate: certificate, key: key)
    }

    private static func readMail(
        _ reader: inout ConfigurationReader,
        _ readSecret: SecretReader
    ) -> Mail? {
        let host = reader.host(.mailHost)
        let port = reader.number(.mailPort)
        let security = reader.choice(.mailSecurity, Mail.Security.self)
        if security == Mail.Security.none, let host, !HostText.isLoopback(host) {
            reader.note(.mailSecurity, "may be none only for a server on this machine")
        }
        let signIn = readSignIn(&reader, readSecret)
        let authorities = reader.path(.mailCAFile)
        let fromName = reader.text(.mailFromName)
        let from = reader.address(.mailFromAddress)
        let faxSenders = reader.addresses(.mailFaxSenders)
        guard let host, let security, let fromName, let from else { return nil }
        return Mail(
            host: host,
            port: port,
            security: security,
            signIn: signIn,
            authoritiesFile: authorities,
            fromName: fromName,
            from: from,
            faxSenders: faxSenders
        )
    }

    private static func readSignIn(
        _ reader: inout ConfigurationReader,
        _ readSecret: SecretReader
    ) -> SignIn? {
        let user = reader.text(.mailUser)
        let file = reader.path(.mailPasswordFile)
        switch (user, file) {
        case (nil, nil): return nil
        case (_?, nil):
            reader.note(.mailUser, "needs mail.password_file as well")
            return nil
        case (nil, _?):
            reader.note(.mailPasswordFile, "needs mail.user as well")
            return nil
        case (let user?, let file?):
            do {
                return SignIn(user: user, password: try readSecret(file))
            } catch {
                reader.note(.mailPasswordFile, error.description)
                return nil
            }
        }
    }

    private static func readUploads(_ reader: inout ConfigurationReader) -> Uploads {
        let file = reader.number(.uploadsLargestFile)
        let answer = reader.number(.uploadsLargestAnswer)
        let count = reader.number(.uploadsFiles)
        if file > answer {
            reader.note(.uploadsLargestFile, "must not be more than uploads.largest_answer_mib")
        }
        return Uploads(
            largestFile: Int64(file) << 20,
            largestAnswer: Int64(answer) << 20,
            filesPerAnswer: count
        )
    }

    private static func inOrder(_ problems: [Problem]) -> [Problem] {
        problems.enumerated()
            .sorted { first, second in
                (first.element.line ?? Int.max, first.offset)
                    < (second.element.line ?? Int.max, second.offset)
            }
            .map(\.element)
    }
}
