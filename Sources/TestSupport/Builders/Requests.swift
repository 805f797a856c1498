package import Casework
package import RecordExchange
package import RecordLocator
package import StudentRecords
package import Vocabulary

extension StudentIdentity {
    /// Obviously nobody: Paloma Prueba Ejemplo.
    package static let paloma = sample()

    package static func sample(
        given: String = "Paloma",
        paternalSurname: String = "Prueba",
        maternalSurname: String = "Ejemplo",
        birthDate: String = "2011-03-09",
        grade: Grade? = .eighth
    ) -> Self {
        Self(
            name: known(
                try? PersonName(
                    given: given,
                    paternalSurname: paternalSurname,
                    maternalSurname: maternalSurname
                )
            ),
            birthDate: .on(birthDate),
            grade: grade
        )
    }
}

extension RecordRequest {
    /// A request of the Oak School, numbered by `number` in its identifier and request number.
    package static func filed(
        _ number: Int = 1,
        from school: School = .oak,
        student: StudentIdentity = .paloma,
        message: String = "",
        at instant: Instant = .noon("2026-05-18"),
        uses: [RecordUse] = [.enrollment]
    ) -> Self {
        Self(
            id: .numbered(number),
            number: RequestNumber(bits: UInt64(number)),
            requester: school.id,
            requesterState: school.state,
            filedBy: .numbered(900),
            student: student,
            uses: uses,
            parts: uses.last?.parts ?? [],
            message: message,
            filedAt: instant,
            filedOn: .on("2026-05-18")
        )
    }

    /// The same, ended.
    package func concluded(
        _ kind: Conclusion.Kind = .completed,
        at instant: Instant = .noon("2026-05-20")
    ) -> Self {
        var request = self
        request.conclusion = Conclusion(kind: kind, reason: nil, at: instant)
        return request
    }
}

extension Inquiry {
    /// An inquiry at the Maple School, just asked.
    package static func asked(
        _ number: Int = 1,
        of request: RecordRequest = .filed(),
        sequence: Int = 1,
        at school: School = .maple,
        on instant: Instant = .noon("2026-05-18"),
        level step: Ladder.Step? = nil
    ) -> Self {
        var clock = InquiryClock(askedOn: .on("2026-05-18"), calendar: .ordinary)
        if let step { clock.take(step, on: .on("2026-06-01"), calendar: .ordinary) }
        return Self(
            id: .numbered(number),
            request: request.id,
            sequence: sequence,
            holder: school.custodian ?? school.organization,
            school: school.id,
            holderState: school.state,
            askedAt: instant,
            clock: clock
        )
    }

    /// The same after these events, each by whoever may bring it about.
    package func after(
        _ events: InquiryLifecycle.Event...,
        facts: Facts = Facts(
            reason: .neverEnrolled,
            promisedFor: .on("2026-05-29"),
            hold: HoldCondition(.afterGradesPosted)
        )
    ) -> Self {
        var inquiry = self
        for event in events {
            let transition = InquiryLifecycle.transitions.first {
                $0.from == inquiry.status && $0.on == event
            }
            let actor = known(transition?.by.first, "\(event) while \(inquiry.status)")
            let isApplied = (try? inquiry.apply(event, by: actor, facts, at: askedAt)) != nil
            precondition(isApplied, "\(event) while \(inquiry.status) needs other facts")
        }
        return inquiry
    }
}

extension RecordBundle {
    /// An answer to `inquiry` with these files.
    package static func answered(
        _ number: Int = 1,
        to inquiry: Inquiry = .asked(),
        sequence: Int = 1,
        files: [String] = ["transcript.pdf"],
        note: String = ""
    ) -> Self {
        Self(
            id: .numbered(number),
            request: inquiry.request,
            inquiry: inquiry.id,
            sequence: sequence,
            holder: inquiry.holder,
            certification: Certification(
                kind: .mailboxHolder,
                name: "Rosa Registro",
                title: "Records Clerk"
            ),
            parts: [Part(part: .transcript, status: .sent)],
            files: files.enumerated().map { index, name in
                File(
                    id: "file-\(number)-\(index)",
                    name: name,
                    mediaType: "application/pdf",
                    byteCount: 1_024,
                    sha256: String(repeating: "0", count: 64)
                )
            },
            note: note,
            answeredAt: inquiry.askedAt.advanced(bySeconds: 3_600)
        )
    }
}

extension AnswerLink {
    /// A link whose digests are made of `number`.
    package static func issued(
        _ number: Int = 1,
        for inquiry: Inquiry = .asked(),
        at instant: Instant = .noon("2026-05-18"),
        parts: [RecordPart]? = nil,
        passedBy: Contact.ID? = nil
    ) -> Self {
        let bytes = Array(String(number).utf8)
        return Self(
            id: .numbered(number),
            inquiry: inquiry.id,
            contact: .numbered(1),
            parts: parts,
            passedBy: passedBy,
            tokenDigest: ReferenceSHA256.digest(of: bytes).description,
            codeDigest: ReferenceSHA256.digest(of: bytes + bytes).description,
            issuedAt: instant
        )
    }
}

extension StaffAccount {
    /// An active registrar of the Oak School, unless said otherwise.
    package static func sample(
        _ number: Int,
        role: StaffRole = .registrar,
        at organization: OrganizationID = School.oak.organization,
        email: EmailAddress? = nil
    ) -> Self {
        Self(
            id: .numbered(number),
            email: email ?? .of("\(role.rawValue.lowercased())\(number)", at: "oak"),
            name: "Person \(number)",
            memberships: [Membership(role: role, organization: organization)],
            status: .active,
            createdAt: .noon("2026-05-01")
        )
    }
}

extension OutgoingMail {
    /// A mail about nothing.
    package static func sample(_ number: Int = 1, text: String = "Hello") -> Self {
        Self(
            messageID: "\(number)@mochila.example",
            fromName: "Mochila",
            from: .of("records", at: "mochila"),
            envelopeSender: .of("bounces", at: "mochila"),
            to: .of("records", at: "maple"),
            toName: "Records Office",
            subject: "Records request RQ-00000-00000",
            plainText: text,
            html: "<p>\(text)</p>",
            language: .english,
            date: .noon("2026-05-18")
        )
    }
}

extension LocatorEntry {
    /// An enrollment of `student` at `school`.
    package static func sample(
        _ number: Int,
        student: StudentIdentity = .paloma,
        school: School = .maple
    ) -> Self {
        Self(
            id: .numbered(number),
            name: student.name,
            birthDate: student.birthDate,
            school: school.id,
            from: .on("2024-08-19"),
            to: .on("2025-06-06"),
            grade: student.grade,
            stateStudentID: student.stateStudentID,
            provenance: Provenance(source: "Sample feed", receivedOn: .on("2026-01-05"))
        )
    }
}
