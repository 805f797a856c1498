import Foundation
import RecordExchange
import StudentRecords
import Testing
import Vocabulary

/// Rows outlive the program that wrote them: what is stored keeps its names.
@Suite("Stored form") struct StoredFormTests {
    private func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    private func survives<Value: Codable & Equatable>(_ value: Value) throws -> Bool {
        let data = try JSONEncoder().encode(value)
        return try JSONDecoder().decode(Value.self, from: data) == value
    }

    @Test func `a clock is stored by these names`() throws {
        var clock = Fixture.clock(askedOn: try day("2026-05-18"))
        clock.take(.remind, on: clock.askedOn, calendar: SchoolCalendar(recesses: []))
        clock.promise(try day("2026-06-01"))
        #expect(
            try text(clock)
                == #"{"askedOn":"2026-05-18","column":"inSession","columnSince":"2026-05-18","#
                + #""done":["remind"],"firstColumn":"inSession","isPaused":false,"#
                + #""isStopped":false,"level":1,"promisedFor":"2026-06-01"}"#
        )
        #expect(try survives(clock))
    }

    @Test func `a clock that an older program wrote began in the column it is in`() throws {
        let old =
            #"{"askedOn":"2026-05-18","column":"closed","columnSince":"2026-05-18","#
            + #""done":[],"isPaused":false,"isStopped":false,"level":0}"#
        let clock = try JSONDecoder().decode(InquiryClock.self, from: Data(old.utf8))
        #expect(clock.beganClosed)
        #expect(!Fixture.clock(askedOn: try day("2026-05-18")).beganClosed)
    }

    @Test func `a policy is stored by these names`() throws {
        var policy = Ladder.Policy()
        policy.citation = "TEC 25.002"
        policy.isVerified = true
        #expect(
            try text(policy)
                == #"{"backupAfter":1,"cancelAfter":3,"capAfter":20,"citation":"TEC 25.002","#
                + #""collectAfter":3,"completeAfter":10,"districtAfter":4,"holdReviewAfter":10,"#
                + #""isVerified":true,"lawReminderAtPercent":50,"lawReminderBefore":1,"#
                + #""remindAfter":2,"remindStateAfterWhenClosed":2,"#
                + #""stateAfter":10,"stateAfterWhenClosed":1,"urgentCapAfter":20,"#
                + #""urgentDistrictAfter":2,"urgentRemindAfter":1,"urgentStateAfter":5}"#
        )
        #expect(try survives(policy))
    }

    @Test func `a policy that an older program wrote keeps the defaults of what it lacks`() throws {
        let old =
            #"{"backupAfter":3,"capAfter":20,"citation":"x","districtAfter":4,"#
            + #""isVerified":true,"remindAfter":2,"remindStateAfterWhenClosed":2,"#
            + #""stateAfter":12,"stateAfterWhenClosed":1}"#
        let policy = try JSONDecoder().decode(Ladder.Policy.self, from: Data(old.utf8))
        var expected = Ladder.Policy()
        expected.backupAfter = 3
        expected.stateAfter = 12
        expected.citation = "x"
        expected.isVerified = true
        #expect(policy == expected)
    }

    @Test func `a calendar is stored by these names`() throws {
        let calendar = SchoolCalendar(recesses: [
            SchoolCalendar.Recess(
                kind: .longBreak,
                name: "Winter",
                first: try day("2026-12-21"),
                last: try day("2027-01-01")
            )
        ])
        #expect(
            try text(calendar)
                == #"{"recesses":[{"first":"2026-12-21","kind":"longBreak","last":"2027-01-01","#
                + #""name":"Winter"}]}"#
        )
        #expect(try survives(calendar))
    }

    @Test func `an inquiry is stored by these names`() throws {
        let names = try JSONSerialization.jsonObject(
            with: JSONEncoder().encode(Fixture.inquiry(in: .accepted))
        )
        let keys = try #require(names as? [String: Any]).keys.sorted()
        #expect(
            keys == [
                "askedAt", "clock", "holder", "holderState", "id", "note", "promisedFor", "request",
                "school", "sequence", "status",
            ]
        )
    }

    @Test func `statuses, events, reasons and channels are stored under names that never change`() {
        #expect(
            Inquiry.Status.allCases.map(\.rawValue) == [
                "queued", "notified", "opened", "accepted", "onHold", "question", "partlySent",
                "sent", "notFilled", "superseded", "timedOut", "withdrawn",
            ]
        )
        #expect(
            Delivery.Status.allCases.map(\.rawValue) == [
                "waiting", "sent", "retrying", "failed", "collected", "receiptGood", "receiptBad",
            ]
        )
        #expect(
            Delivery.Way.allCases.map(\.rawValue) == ["web", "sftpPush", "sftpPickup", "httpsPush"]
        )
        #expect(
            RecordRequest.Conclusion.Kind.allCases.map(\.rawValue) == [
                "completed", "cancelled", "closedUnfilled", "closedDuplicate", "enteredInError",
            ]
        )
        #expect(
            Ladder.Step.allCases.map(\.rawValue) == [
                "askRecordsOffice", "askBackup", "remind", "remindLawHalfway", "remindLaw",
                "tellDistrict", "tellState", "askSummerContacts", "remindState", "cap",
                "changeColumn", "promiseDue", "extensionDue", "confirmCancel",
            ]
        )
        #expect(
            Contact.Role.allCases.map(\.rawValue) == [
                "recordsOffice", "backup", "summer", "district", "project", "stateContact",
                "colleague",
            ]
        )
        #expect(
            RecordBundle.Certification.Kind.allCases.map(\.rawValue) == [
                "mailboxHolder", "signedInStaff", "certifyingOfficial", "inPlaceOfSchool",
            ]
        )
        #expect(
            UrgentGround.allCases.map(\.rawValue) == [
                "interstateSecondary", "immunizationHold", "specialEducation", "homeless", "foster",
                "migratory", "militaryFamily",
            ]
        )
        #expect(
            SchoolCalendar.Recess.Kind.allCases.map(\.rawValue) == [
                "summer", "longBreak", "holiday",
            ]
        )
    }

    @Test func `a request survives being stored, concluded or not`() throws {
        #expect(try survives(Fixture.recordRequest()))
        for kind in RecordRequest.Conclusion.Kind.allCases {
            #expect(
                try survives(Fixture.recordRequest(cancelRequested: .wrongSchool, conclusion: kind))
            )
        }
        #expect(try Fixture.recordRequest().isOpen)
        #expect(try !Fixture.recordRequest(conclusion: .completed).isOpen)
    }

    @Test func `a bundle survives with all that a holder says of its parts`() throws {
        let statuses: [RecordBundle.PartStatus] = [
            .sent, .unsaid, .noneOnFile, .toFollow(by: nil), .toFollow(by: try day("2026-06-01")),
            .withheld(reason: .feesOwed),
        ]
        for status in statuses {
            #expect(try survives(RecordBundle.Part(part: .transcript, status: status)))
        }
        #expect(Set(statuses).count == statuses.count)
        #expect(
            try statuses.prefix(3).map(text) == [
                #"{"sent":{}}"#, #"{"unsaid":{}}"#, #"{"noneOnFile":{}}"#,
            ]
        )

        var bundle = try Fixture.bundle(received: true, withdrawn: true)
        bundle.seal = RecordBundle.Seal(byteCount: 7, sha256: "ab", recipients: ["cd"])
        #expect(try survives(bundle))
    }

    @Test func `the directory's entries survive`() throws {
        let state = try #require(StateCode("TX"))
        let district = try #require(DistrictID("4800001"))
        #expect(
            try survives(
                School(
                    id: Fixture.school(),
                    name: "Oak School",
                    district: district,
                    districtName: "Oak Valley",
                    city: "Pecan",
                    state: state,
                    lowGrade: .prekindergarten,
                    highGrade: .fifth,
                    custodian: .custodian("vault")
                )
            )
        )
        #expect(
            try survives(
                District(id: district, name: "Oak", state: state, city: "Pecan", phone: nil)
            )
        )
        #expect(
            try survives(
                MigrantEducationProject(
                    code: "tx-valley",
                    name: "Valley",
                    state: state,
                    serves: [district],
                    phone: nil
                )
            )
        )
        #expect(try survives(StateEntry(code: state, name: "Texas", timeZone: "America/Chicago")))
        let server = SFTPDestination(
            host: "sftp.oak.example",
            port: 22,
            user: "mochila",
            folder: "/in",
            hostKey: "ssh-ed25519 AAAA",
            keyName: "oak",
            reachesPrivate: false
        )
        #expect(
            try survives(Channel(organization: .state(state), certificatePEM: "", sftp: server))
        )
        let web = HTTPSDestination(
            url: "https://drop.oak.example/mochila",
            reachesPrivate: true,
            authorityPEM: "PEM"
        )
        #expect(
            try survives(
                Channel(organization: .state(state), certificatePEM: "", push: .https(web))
            )
        )
    }

    @Test func `a channel from before there was HTTPS is pushed to as it was`() throws {
        let before = #"""
            {"organization":"state:TX","certificatePEM":"PEM","sftp":{"host":"a.example","port":22,
            "user":"u","folder":"/in","hostKey":"ssh-ed25519 AAAA","keyName":"k"}}
            """#
        let channel = try JSONDecoder().decode(Channel.self, from: Data(before.utf8))
        #expect(channel.push?.way == .sftpPush)
        #expect(channel.https == nil)
        // Nor was asked where its address may be.
        #expect(channel.sftp?.reachesPrivate == true)
    }

    @Test(arguments: [
        #"{"recesses":[{"first":"2026-02-30","kind":"summer","last":"2026-03-01","name":""}]}"#,
        #"{"recesses":[{"first":"2026-02-20","kind":"spring","last":"2026-03-01","name":""}]}"#,
        #"{"recesses":[{"kind":"summer","last":"2026-03-01","name":""}]}"#, "{}", "[]", "",
    ])
    func `a damaged calendar is refused`(json: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(SchoolCalendar.self, from: Data(json.utf8))
        }
    }
}
