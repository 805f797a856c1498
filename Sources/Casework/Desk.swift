import RecordExchange
package import Vocabulary

/// What the use cases stand on.
///
/// Each use case is an extension of it, one file each, and one transaction.
package struct Desk: Sendable {
    /// What an installation says of itself in mails and links.
    package struct Settings: Sendable {
        /// Scheme, host and port without a trailing slash; every link is built from it, never
        /// from a request's Host.
        package let baseAddress: String
        package let mailFromName: String
        package let mailFrom: EmailAddress
        /// How often a person and a school may ask the locator.
        package let lookups: LookupBudget
        /// Mails of one day that go to a person one by one; what else there is comes as one.
        package let singleMails: Int
        /// Records offices are told on Mondays what waits for them.
        package let mondayMails: Bool
        /// Machines whose faxes arrive as mail: what they send names a request and waits for its
        /// school's own word.
        package let faxSenders: [EmailAddress]

        package init(
            baseAddress: String,
            mailFromName: String,
            mailFrom: EmailAddress,
            lookups: LookupBudget = .standard,
            singleMails: Int = 3,
            mondayMails: Bool = true,
            faxSenders: [EmailAddress] = []
        ) {
            self.baseAddress = baseAddress
            self.mailFromName = mailFromName
            self.mailFrom = mailFrom
            self.lookups = lookups
            self.singleMails = singleMails
            self.mondayMails = mondayMails
            self.faxSenders = faxSenders
        }
    }

    package let store: any CaseStore
    package let time: any Timekeeper
    package let secrets: any SecretSource
    package let passwords: any PasswordHashing
    package let oneTimeCodes: any OneTimeCodes
    package let letters: any LetterWriter
    package let finder: any RecordFinder
    package let settings: Settings

    package init(
        store: any CaseStore,
        time: any Timekeeper,
        secrets: any SecretSource,
        passwords: any PasswordHashing,
        oneTimeCodes: any OneTimeCodes,
        letters: any LetterWriter,
        finder: any RecordFinder,
        settings: Settings
    ) {
        self.store = store
        self.time = time
        self.secrets = secrets
        self.passwords = passwords
        self.oneTimeCodes = oneTimeCodes
        self.letters = letters
        self.finder = finder
        self.settings = settings
    }

    /// One transaction with one `now`.
    func write<Result: Sendable>(
        _ body: @escaping @Sendable (CaseTransaction) throws -> Result
    ) async throws -> Result {
        let now = time.now()
        return try await store.write { session in
            try body(CaseTransaction(session: session, desk: self, now: now))
        }
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (CaseTransaction) throws -> Result
    ) async throws -> Result {
        let now = time.now()
        return try await store.read { session in
            try body(CaseTransaction(session: session, desk: self, now: now))
        }
    }
}

/// Why a use case refused; nothing was changed.
package enum CaseworkFailure: Error, Hashable, Sendable {
    /// There is no such thing, or not for this person: the two look the same from outside.
    case notFound
    /// It holds another student's record: nobody gets it any more.
    case recalled
    /// The person's role does not allow it.
    case notAllowed
    /// Somebody else was faster; the page should be read again.
    case notPossibleNow
    case link(AnswerLink.Obstacle)
    case wrongCode(triesLeft: Int)
    case schoolUnknown
    case dateImpossible
    case dateNotInFuture
    case reasonMissing
    /// Fees hold back nothing of this student's record.
    case feesHoldNothing
    case nothingToSend
    case nameMissing
    case tooLong
    case addressMalformed
    case passwordTooShort
    case invitationInvalid
    case alreadyThere
}
