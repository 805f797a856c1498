import RecordExchange
package import Vocabulary

/// How often anybody may try what can be guessed.
///
/// Keys combine who and from where, so that whoever guesses at somebody else's account from
/// elsewhere does not lock its owner out.
package struct TryLimits: Sendable {
    private let passwordHere: RateLimiter
    private let passwordAnywhere: RateLimiter
    private let signInsHere: RateLimiter
    private let secondFactor: RateLimiter
    private let linkCode: RateLimiter
    private let newLink: RateLimiter
    private let numberHere: RateLimiter
    private let numberItself: RateLimiter
    private let account: RateLimiter
    private let claimsHere: RateLimiter
    private let claimsOfMailbox: RateLimiter
    private let receipt: RateLimiter
    private let proof: RateLimiter
    private let slipsHere: RateLimiter
    private let slipHere: RateLimiter
    private let slipAnywhere: RateLimiter
    private let familyCopy: RateLimiter
    private let now: @Sendable () -> Instant

    /// - Parameter now: the machine's clock.
    package init(now: @escaping @Sendable () -> Instant) {
        self.now = now
        passwordHere = RateLimiter(tries: 5, perSeconds: 15 * 60, now: now)
        passwordAnywhere = RateLimiter(tries: 100, perSeconds: 3_600, now: now)
        signInsHere = RateLimiter(tries: 60, perSeconds: 15 * 60, now: now)
        secondFactor = RateLimiter(tries: 6, perSeconds: 10 * 60, now: now)
        linkCode = RateLimiter(tries: 20, perSeconds: 10 * 60, now: now)
        newLink = RateLimiter(tries: 5, perSeconds: 10 * 60, now: now)
        numberHere = RateLimiter(tries: 5, perSeconds: 60, now: now)
        numberItself = RateLimiter(tries: 20, perSeconds: 10 * 60, now: now)
        claimsHere = RateLimiter(tries: 5, perSeconds: 3_600, now: now)
        claimsOfMailbox = RateLimiter(tries: 3, perSeconds: 86_400, now: now)
        account = RateLimiter(tries: 5, perSeconds: 3_600, now: now)
        receipt = RateLimiter(tries: 10, perSeconds: 60, now: now)
        proof = RateLimiter(tries: 10, perSeconds: 60, now: now)
        slipsHere = RateLimiter(tries: 20, perSeconds: 10 * 60, now: now)
        slipHere = RateLimiter(tries: 5, perSeconds: 15 * 60, now: now)
        slipAnywhere = RateLimiter(tries: 30, perSeconds: 3_600, now: now)
        familyCopy = RateLimiter(tries: 20, perSeconds: 3_600, now: now)
    }

    func password(of email: String, from address: ClientAddress) throws(GatewayFailure) {
        try allow(signInsHere, "\(address)")
        try allow(passwordHere, "\(email) \(address)")
        try allow(passwordAnywhere, email)
    }

    func passwordWasRight(of email: String, from address: ClientAddress) {
        passwordHere.forget("\(email) \(address)")
    }

    func secondFactor(of account: String) throws(GatewayFailure) {
        try allow(secondFactor, account)
    }

    func linkCode(from address: ClientAddress) throws(GatewayFailure) {
        try allow(linkCode, "\(address)")
    }

    func newLink(from address: ClientAddress) throws(GatewayFailure) {
        try allow(newLink, "\(address)")
    }

    func check(_ number: String, from address: ClientAddress) throws(GatewayFailure) {
        try allow(numberHere, "\(address)")
        try allow(numberItself, number)
    }

    func account(from address: ClientAddress) throws(GatewayFailure) {
        try allow(account, "\(address)")
    }

    /// Each claim is a mail to an address that somebody typed.
    func claim(_ email: EmailAddress, from address: ClientAddress) throws(GatewayFailure) {
        try allow(claimsHere, "\(address)")
        try allow(claimsOfMailbox, "\(email)")
    }

    func receipt(from address: ClientAddress) throws(GatewayFailure) {
        try allow(receipt, "\(address)")
    }

    /// Before a bundle or a printed record that a stranger shows is received.
    func proof(from address: ClientAddress) throws(GatewayFailure) {
        try allow(proof, "\(address)")
    }

    /// What such a file must keep up, from now on.
    func proofPace() -> UploadPace { UploadPace(now: now) }

    /// Counted by what was typed, whether there is such a request or not.
    func slip(_ number: String, from address: ClientAddress) throws(GatewayFailure) {
        try allow(slipsHere, "\(address)")
        try allow(slipHere, "\(number) \(address)")
        try allow(slipAnywhere, number)
    }

    func slipWasRight(_ number: String, from address: ClientAddress) {
        slipHere.forget("\(number) \(address)")
    }

    /// Before a copy that somebody brought is opened.
    func familyCopy(by account: StaffID) throws(GatewayFailure) {
        try allow(familyCopy, "\(account)")
    }

    private func allow(_ limiter: RateLimiter, _ key: String) throws(GatewayFailure) {
        if case .wait(let seconds) = limiter.tryOnce(key) { throw .tooManyTries(seconds: seconds) }
    }
}
