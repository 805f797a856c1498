import Casework
import Foundation
import RecordExchange
import Rendering
import StudentRecords
import Testing
import Vocabulary

@Suite("Words")
struct CatalogueTests {
    static let catalogue = try? Samples.shared.get().catalogue
    static let keys = (catalogue?.texts[.english] ?? [:]).keys.sorted()

    @Test func `both languages load, with every key and the same placeholders`() throws {
        let catalogue = try #require(Self.catalogue)

        #expect(catalogue.texts[.english]?.count == catalogue.texts[.spanish]?.count)
        #expect(Self.keys.count > 700)
    }

    @Test func `no key stands twice in a file`() throws {
        for language in Language.allCases {
            let text = try String(
                contentsOfFile: "\(Samples.templates)/strings/\(language.rawValue).json",
                encoding: .utf8
            )
            let keys = text.matches(of: /(?m)^  "([^"]*)":/).map { String($0.1) }
            #expect(keys.count == Self.keys.count)
            #expect(Set(keys).count == keys.count)
        }
    }

    @Test func `every key a template names exists, and every key is used`() throws {
        let library = try Samples.shared.get().library
        let texts = library.pageTexts.values.joined() + library.printTexts.values.joined()
        let named = Set(
            texts.matches(of: /\{\{(?:t|inEnglish|inSpanish)\.([a-zA-Z0-9.]+)\}\}/).map {
                String($0.1)
            }
        )
        let fields = FieldName.allCases.flatMap {
            ["field.\($0.rawValue).label", "field.\($0.rawValue).hint"]
        }
        let worded = Set(try WordedSource.all().flatMap { $0.cases.map(\.key) })
        let domain = Set(Self.domainWords.map(\.textKey))

        let used = named.union(fields).union(worded).union(domain)

        #expect(named.subtracting(Self.keys).sorted() == [])
        #expect(worded.subtracting(Self.keys).sorted() == [])
        #expect(domain.subtracting(Self.keys).sorted() == [])
        #expect(Set(Self.keys).subtracting(used).sorted() == [])
    }

    @Test(arguments: FieldName.allCases)
    func `every field has a label`(field: FieldName) {
        #expect(Self.keys.contains("field.\(field.rawValue).label"))
    }

    @Test func `the words of a case use only what the case carries`() throws {
        let english = try #require(Self.catalogue?.texts[.english])
        for source in try WordedSource.all() {
            for entry in source.cases {
                let text = try #require(english[entry.key])
                #expect(
                    text.placeholders.isSubset(of: entry.labels),
                    "\(entry.key): \(text.placeholders)"
                )
            }
        }
    }

    @Test func `Spanish addresses people as usted and never says récord`() throws {
        let spanish = try #require(Self.catalogue?.texts[.spanish])
        for (key, text) in spanish {
            let words = "\(text)".lowercased()
            for wrong in ["récord", "inmunizaci", " tú ", " tus ", "¡"] {
                #expect(!words.contains(wrong), "\(key)")
            }
        }
    }

    @Test func `a missing key, other placeholders and a one-sided plural are found at once`() {
        let error = #expect(throws: TextCatalogue.Unusable.self) {
            try TextCatalogue(texts: [
                .english: [
                    "a": .plain("A {x}"), "b": .plain("B"), "c": .plain("C"),
                    "d": .plural(by: "n", one: "{n}", other: "{n}"), "e": .plain("E"),
                    "e.f": .plain("F"),
                ],
                .spanish: [
                    "a": .plain("A {y}"), "c": .plain("C"), "d": .plain("{n}"),
                    "e": .plain("E"), "e.f": .plain("F"),
                ],
            ])
        }
        #expect(
            error?.problems == [
                .placeholdersDiffer(key: "a"), .missing(key: "b", .spanish),
                .pluralInOneOnly(key: "d"), .prefixOfAnother(key: "e"),
            ]
        )
    }

    @Test func `a missing folder is a problem of each language`() {
        let error = #expect(throws: TextCatalogue.Unusable.self) {
            try TextCatalogue(folder: "/nowhere")
        }
        #expect(error?.problems.count == 2)
    }

    @Test func `emphasis is markup on a page and our own words are escaped`() throws {
        let html = try Samples.html(of: "tracker", in: .english)

        #expect(html.contains("<strong>(555) 555-0101</strong>"))
        #expect(!html.contains("**"))
    }

    static let domainWords: [any Worded] =
        StatusWord.allCases as [any Worded] + RecordPart.allCases as [any Worded]
        + RecordUse.allCases as [any Worded] + UrgentGround.allCases as [any Worded]
        + ReasonCode.allCases as [any Worded] + Grade.allCases as [any Worded]
        + HoldCondition.Code.allCases as [any Worded] + Contact.Role.allCases as [any Worded]
        + SchoolCalendar.Recess.Kind.allCases as [any Worded]
        + ClockLevel.allCases as [any Worded]
        + RecordBundle.Certification.Kind.allCases as [any Worded]
        + Delivery.Way.allCases as [any Worded]
        + PartOpening.Word.allCases as [any Worded]
        + FileOpening.How.allCases as [any Worded]
        + CheckedProof.Kind.allCases as [any Worded]
        + ProofStanding.allCases as [any Worded]
        + DisclosureRecord.LegalBasis.allCases as [any Worded]
        + LookupPurpose.allCases as [any Worded] + FeedMode.allCases as [any Worded]
        + FeedUpload.Status.allCases as [any Worded]
        + FeedDrop.Status.allCases as [any Worded]
        + RefusedRow.Reason.allCases as [any Worded]
        + SubjectArea.allCases as [any Worded] + ElementGroup.allCases as [any Worded]
        + Element.allCases as [any Worded]
        + PeoplePurpose.allCases as [any Worded]
        + CreditLine.Reason.allCases as [any Worded]
        + EarlierPurpose.allCases as [any Worded]
        + QueueSide.allCases as [any Worded] + QueueStep.allCases as [any Worded]
        + GradeBand.allCases as [any Worded]
        + EarlierRequest.Link.allCases as [any Worded]
        + FamilyStage.allCases as [any Worded] + Language.allCases as [any Worded]
        + PersonProposal.Status.allCases as [any Worded]
        + StatutoryLimit.Unit.allCases as [any Worded]
        + Wholeness.allCases as [any Worded]
        + StatutoryLimit.Start.allCases as [any Worded]
        + StatutoryLimit.Scope.allCases as [any Worded]
        + ReportStop.allCases as [any Worded]
        + RequestReport.Session.allCases as [any Worded]
        + RequestReport.Side.Kind.allCases as [any Worded]
        + CalendarFile.Problem.Kind.allCases as [any Worded]
        + MailedFiles.Refusal.allCases as [any Worded]
        + Casework.Letter.AccountNews.allCases as [any Worded]
        + Casework.Letter.RecallErrand.allCases as [any Worded]
        + Recall.Side.allCases as [any Worded]
        + Keeper.allCases as [any Worded] + AskedAbout.allCases as [any Worded]
}
