package import StudentRecords
package import Vocabulary

/// The record of one release that 34 CFR 99.32 requires: who got what, when, why.
package struct DisclosureRecord: Hashable, Sendable, Codable {
    package typealias ID = Identifier<DisclosureRecord>

    /// The rule a release rests on.
    package enum LegalBasis: String, Sendable, CaseIterable, Codable {
        /// 34 CFR 99.31(a)(2): to a school where the student seeks or intends to enroll, or is
        /// enrolled; no consent is needed.
        case enrollment = "34 CFR 99.31(a)(2)"
    }

    package let id: ID
    package let request: RecordRequest.ID
    package let bundle: RecordBundle.ID
    package let at: Instant
    /// The party that released.
    package let holder: OrganizationID
    /// The party that received.
    package let recipient: OrganizationID
    /// The person who viewed or downloaded; empty for a push to a system.
    package let person: String
    package let way: Delivery.Way
    package let parts: [RecordPart]
    /// The party's legitimate interest (99.32(a)(3)(ii)).
    package let uses: [RecordUse]
    package let basis: LegalBasis
    /// What was taken, such as the file's name.
    package let extent: String

    package init(
        id: ID,
        request: RecordRequest.ID,
        bundle: RecordBundle.ID,
        at: Instant,
        holder: OrganizationID,
        recipient: OrganizationID,
        person: String,
        way: Delivery.Way,
        parts: [RecordPart],
        uses: [RecordUse],
        basis: LegalBasis = .enrollment,
        extent: String
    ) {
        self.id = id
        self.request = request
        self.bundle = bundle
        self.at = at
        self.holder = holder
        self.recipient = recipient
        self.person = person
        self.way = way
        self.parts = parts
        self.uses = uses
        self.basis = basis
        self.extent = extent
    }
}

extension DisclosureRecord {
    /// What stands for the whole of a bundle in `extent`, where it is no file's identifier.
    package enum Extent {
        /// Everything, opened.
        package static let archive = "archive"
        package static let sealed = "sealed bundle"
        /// What a family carried to another school.
        package static let familyCopy = "family copy"
    }
}
