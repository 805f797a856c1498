import BundleFormat
import Casework
import DropLayout
import Intake
import RecordExchange
import Sealing

extension BundleFailure {
    /// Nothing is wrong with the bundle: it is tried again.
    var isOurs: Bool {
        switch self {
        case .diskFull, .destination, .unreadable, .opener(.missing): true
        case .opener(.unconfined): true
        default: false
        }
    }

    /// What opens bundles did not get to the end, which may be the machine's fault as well as the
    /// bundle's.
    var mayBeOurs: Bool { self == .opener(.crashed) || self == .opener(.outOfTime) }
}

/// A bundle did not open, and is tried again later.
struct OpeningPostponed: Error {}

extension DropReceipt.Reason {
    init(_ failure: BundleFailure) {
        let words = failure.explanation
        self.init(
            word: failure.key,
            whatHappened: words.whatHappened,
            whatIsKept: "Nothing of it was filed or kept.",
            whatToDo: words.whatToDo
        )
    }

    init(_ refusal: BundleRefusal) {
        self.init(
            word: refusal.rawValue,
            whatHappened: refusal.whatHappened,
            whatIsKept: "Nothing of it was filed or kept.",
            whatToDo: refusal.whatToDo
        )
    }

    init(_ refusal: FileRefusal) {
        self.init(
            word: "file-not-allowed",
            whatHappened: "A file in the bundle is of a kind that is not taken, or is empty.",
            whatIsKept: "Nothing of it was filed or kept.",
            whatToDo: "Send PDF, images, office documents, text, CSV, JSON or XML."
        )
    }

    /// For a bundle that did not open however often it was tried.
    static let unopened = Self(
        word: "not-opened-here",
        whatHappened:
            "This gateway tried \(OpeningTrials.most) times to open the bundle and did not get to "
            + "the end. The fault is this gateway's; nothing was found wrong with the bundle.",
        whatIsKept: "Nothing of it was filed or kept.",
        whatToDo: "Send it again tomorrow, and tell the people who run this gateway."
    )

    /// For a bundle that ends too early.
    static let cut = Self(
        word: "incomplete",
        whatHappened: "The file ends too early: it did not arrive whole.",
        whatIsKept: "What came is kept for a day under its name, and was not filed.",
        whatToDo: "Resume the transfer, or send the file again."
    )
}

extension RecordBundle.Certification {
    init(_ certification: BundleManifest.Certification) {
        let kind: Kind =
            switch certification.by {
            case .mailboxHolder: .mailboxHolder
            case .signedInStaff: .signedInStaff
            case .certifyingOfficial: .certifyingOfficial
            // A partner answers for itself; who acts in a school's place signs in here.
            case .inPlaceOfSchool: .signedInStaff
            }
        self.init(
            kind: kind,
            name: certification.name,
            title: certification.title,
            legend: certification.legend.isEmpty ? nil : certification.legend
        )
    }
}

extension RecordBundle.PartStatus {
    init(_ status: BundleManifest.PartStatus) {
        switch status {
        case .sent: self = .sent
        case .noneOnFile: self = .noneOnFile
        case .toFollow(let day): self = .toFollow(by: day)
        // Whatever another gateway calls its reason, the part was not sent.
        case .withheld(let reason):
            self = .withheld(reason: ReasonCode(rawValue: reason) ?? .willNotSend)
        }
    }
}
