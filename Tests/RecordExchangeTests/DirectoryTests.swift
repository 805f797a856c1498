import Foundation
import RecordExchange
import StudentRecords
import Testing
import Vocabulary

@Suite("Organisations of the directory") struct OrganizationIDTests {
    private static func everyKind() throws -> [(OrganizationID, String)] {
        [
            (.school(try Fixture.school()), "school:480000101145"),
            (.district(try #require(DistrictID("4800001"))), "district:4800001"),
            (.project("tx-valley"), "project:tx-valley"),
            (.custodian("tx-archive-2"), "custodian:tx-archive-2"),
            (.state(try #require(StateCode("TX"))), "state:TX"), (.gateway, "gateway"),
        ]
    }

    @Test func `each kind is written with its name and read again`() throws {
        for (organization, text) in try Self.everyKind() {
            #expect(organization.description == text)
            #expect(OrganizationID(text) == organization)
            let coded = try JSONEncoder().encode([organization])
            #expect(try JSONDecoder().decode([OrganizationID].self, from: coded) == [organization])
        }
    }

    @Test func `a code has at most forty characters`() {
        let longest = String(repeating: "a", count: 40)
        #expect(OrganizationID("project:" + longest) == .project(longest))
        #expect(OrganizationID("project:" + longest + "a") == nil)
        #expect(OrganizationID("custodian:0-9") == .custodian("0-9"))
    }

    @Test func `a school is never taken for a district with the same digits`() throws {
        #expect(OrganizationID("school:4800001") == nil)
        #expect(OrganizationID("district:480000101145") == nil)
        #expect(OrganizationID.project("x") != .custodian("x"))
    }

    @Test(arguments: [
        "", ":", "school", "school:", ":school:480000101145", "school::480000101145",
        "school:480000101145:", "School:480000101145", "school:480000101145 ", "gateway:",
        "gateway ", "Gateway", "state:", "state:XX", "state:\u{FB02}", "project:", "project:TX",
        "project:a b", "project:a/b", "project:../x", "project:é", "project:a:b", "custodian:A",
        "teacher:1", "project:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ])
    func `any other text is refused`(text: String) throws {
        #expect(OrganizationID(text) == nil)
        let data = try JSONEncoder().encode([text])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([OrganizationID].self, from: data)
        }
    }
}

@Suite("Contact") struct ContactTests {
    private static func contact(
        confirmed: String? = nil,
        answered: String? = nil,
        bounced: String? = nil
    ) throws -> Contact {
        Contact(
            id: Contact.ID(rawValue: 1),
            organization: .gateway,
            role: .recordsOffice,
            name: "Records office",
            email: try EmailAddress(parsing: "records@oak.example"),
            confirmedOn: try confirmed.map { try day($0) },
            answeredOn: try answered.map { try day($0) },
            bouncedOn: try bounced.map { try day($0) }
        )
    }

    @Test func `an address nobody has tried is used`() throws {
        #expect(try Self.contact().isUsable)
        #expect(try Self.contact(confirmed: "2024-01-01").isUsable)
    }

    @Test func `an address that bounced is used again once it was heard from`() throws {
        #expect(try !Self.contact(bounced: "2026-05-18").isUsable)
        #expect(try !Self.contact(confirmed: "2026-05-17", bounced: "2026-05-18").isUsable)
        #expect(try !Self.contact(answered: "2026-05-18", bounced: "2026-05-18").isUsable)
        #expect(try Self.contact(answered: "2026-05-19", bounced: "2026-05-18").isUsable)
        #expect(
            try Self.contact(confirmed: "2026-06-01", answered: "2020-01-01", bounced: "2026-05-18")
                .isUsable
        )
    }
}

@Suite("Days of a contact") struct ContactTermTests {
    @Test(arguments: [
        ("2026-06-14", false), ("2026-06-15", true), ("2026-06-30", true), ("2026-07-10", true),
        ("2026-07-11", false),
    ])
    func `it is there from its first day to its last`(text: String, isThere: Bool) throws {
        var contact = Contact(
            id: Contact.ID(rawValue: 1),
            organization: .gateway,
            role: .summer,
            name: "Summer",
            email: try EmailAddress(parsing: "summer@oak.example")
        )
        #expect(contact.isThere(on: try day(text)))
        contact.term = Contact.Term(first: try day("2026-06-15"), last: try day("2026-07-10"))
        #expect(contact.isThere(on: try day(text)) == isThere)
        let coded = try JSONEncoder().encode(contact)
        #expect(try JSONDecoder().decode(Contact.self, from: coded) == contact)
    }

    @Test func `one day is enough, and no day comes before the first`() throws {
        let (first, last) = (try day("2026-06-15"), try day("2026-06-14"))
        #expect(Contact.Term(first: first, last: first)?.contains(first) == true)
        #expect(Contact.Term(first: first, last: last) == nil)
    }
}

@Suite("Disclosure record") struct DisclosureRecordTests {
    @Test func `the basis of a release is the enrollment rule, cited`() throws {
        let record = DisclosureRecord(
            id: DisclosureRecord.ID(rawValue: 1),
            request: Fixture.request,
            bundle: RecordBundle.ID(rawValue: 2),
            at: Fixture.instant,
            holder: .school(try Fixture.school()),
            recipient: .school(try Fixture.school("530000000001")),
            person: "Cedar Registrar",
            way: .web,
            parts: [.transcript],
            uses: [.placement],
            extent: "transcript.pdf"
        )
        #expect(record.basis.rawValue == "34 CFR 99.31(a)(2)")
        let coded = try JSONEncoder().encode(record)
        #expect(try JSONDecoder().decode(DisclosureRecord.self, from: coded) == record)
    }
}

@Suite("Record of an inquiry") struct InquiryCodingTests {
    @Test(arguments: Inquiry.Status.allCases)
    func `an inquiry and its clock survive being stored`(status: Inquiry.Status) throws {
        let inquiry = try Fixture.inquiry(in: status)
        let coded = try JSONEncoder().encode(inquiry)
        #expect(try JSONDecoder().decode(Inquiry.self, from: coded) == inquiry)
    }
}
