import BundleFormat
import Casework
import DropLayout
import RecordExchange
import Sealing

extension BundleFailure {
    /// Nothing is wrong with the bundle: it is tried again.
    var isOurs: Bool {
        switch self {
        case .diskFull, .destination, .unreadable, .opener(.missing): true
        default: false
        }
    }
}

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
