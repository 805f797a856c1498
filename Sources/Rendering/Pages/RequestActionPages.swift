package import RecordExchange
package import StudentRecords
package import Vocabulary

/// The record is not acceptable.
///
/// Posts `reason` and `note` to `/requests/{number}/reject`.
package struct RejectPage: Page {
    package static let template = "request-reject"

    package let number: RequestNumber
    package let studentName: String
    package let reasons: [Choice<ReasonCode>]
    package let form: Form

    package init(
        number: RequestNumber,
        studentName: String,
        reasons: [Choice<ReasonCode>],
        form: Form = .empty
    ) {
        self.number = number
        self.studentName = studentName
        self.reasons = reasons
        self.form = form
    }
}

/// Cancelling.
///
/// Posts `reason` to `/requests/{number}/cancel`.
package struct CancelPage: Page {
    package static let template = "request-cancel"

    package let number: RequestNumber
    package let studentName: String
    /// The holder is told first.
    package let holderHasBegun: Bool
    package let reasons: [Choice<ReasonCode>]
    package let form: Form

    package init(
        number: RequestNumber,
        studentName: String,
        holderHasBegun: Bool,
        reasons: [Choice<ReasonCode>],
        form: Form = .empty
    ) {
        self.number = number
        self.studentName = studentName
        self.holderHasBegun = holderHasBegun
        self.reasons = reasons
        self.form = form
    }
}

/// Asking another school.
///
/// Posts `school` (12 digits) and `beside` to `path`; the search is a GET of it.
package struct AddLocationPage: Page {
    package static let template = "add-location"

    package let path: String
    package let backPath: String
    package let number: RequestNumber
    package let search: SchoolSearch
    /// A holder named this one; it is offered first.
    package let named: SchoolHit?
    /// The schools that are asked already; empty where nobody is.
    package let askedNow: String
    /// The new one can take the place of those that are asked.
    package let canReplace: Bool
    package let form: Form

    package init(
        path: String,
        backPath: String,
        number: RequestNumber,
        search: SchoolSearch,
        named: SchoolHit? = nil,
        askedNow: String = "",
        canReplace: Bool = false,
        form: Form = .empty
    ) {
        self.path = path
        self.backPath = backPath
        self.number = number
        self.search = search
        self.named = named
        self.askedNow = askedNow
        self.canReplace = canReplace
        self.form = form
    }
}

/// Who has seen this record (P22), 34 CFR 99.32.
///
/// CSV at `/requests/{number}/disclosures.csv`.
package struct DisclosuresPage: Page {
    package static let template = "disclosures"

    package let number: RequestNumber
    package let studentName: String
    package let rows: [DisclosureRow]
    package let receipts: [ReceiptRow]

    package init(
        number: RequestNumber,
        studentName: String,
        rows: [DisclosureRow],
        receipts: [ReceiptRow]
    ) {
        self.number = number
        self.studentName = studentName
        self.rows = rows
        self.receipts = receipts
    }
}

/// One release.
package struct DisclosureRow: Hashable, Sendable {
    package let at: LocalTime
    package let holder: String
    package let recipient: String
    /// Empty for a push to a system.
    package let person: String
    package let way: Delivery.Way
    package let parts: [RecordPart]
    package let uses: [RecordUse]
    package let basis: DisclosureRecord.LegalBasis
    package let extent: String

    package init(
        at: LocalTime,
        holder: String,
        recipient: String,
        person: String,
        way: Delivery.Way,
        parts: [RecordPart],
        uses: [RecordUse],
        basis: DisclosureRecord.LegalBasis,
        extent: String
    ) {
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
