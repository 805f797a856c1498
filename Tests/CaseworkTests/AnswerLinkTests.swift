import Casework
import RecordExchange
import SeededNumbers
import TestSupport
import Testing
import Vocabulary

@Suite("Answer link") struct AnswerLinkTests {
    static let issuedAt = Instant.noon("2026-05-18")
    static let lifetime = Int64(AnswerLink.lifetimeInDays) * 86_400

    private static func link(_ change: (inout AnswerLink) -> Void = { _ in }) -> AnswerLink {
        var link = AnswerLink(
            id: .numbered(1),
            inquiry: .numbered(2),
            contact: .numbered(3),
            tokenDigest: String(repeating: "a", count: 64),
            codeDigest: String(repeating: "b", count: 64),
            issuedAt: issuedAt
        )
        change(&link)
        return link
    }

    @Test(arguments: [
        (0 as Int64, nil), (1, nil), (lifetime - 1, nil), (lifetime, AnswerLink.Obstacle.expired),
        (lifetime + 1, .expired), (lifetime * 100, .expired), (-60, nil),
    ])
    func `lives for thirty days`(seconds: Int64, obstacle: AnswerLink.Obstacle?) {
        let instant = Self.issuedAt.advanced(bySeconds: seconds)
        #expect(Self.link().obstacle(at: instant) == obstacle)
    }

    @Test(arguments: 0...12)
    func `is dead after five wrong codes`(wrongCodes: Int) {
        let link = Self.link { $0.wrongCodes = wrongCodes }
        #expect(link.obstacle(at: Self.issuedAt) == (wrongCodes < 5 ? nil : .tooManyWrongCodes))
    }

    @Test func `a later mail lets it live longer`() {
        let link = Self.link { link in
            link.expiresAt = link.expiresAt.advanced(bySeconds: 86_400)
        }
        let lastMoment = Self.issuedAt.advanced(bySeconds: Self.lifetime + 86_399)
        #expect(link.obstacle(at: lastMoment) == nil)
        #expect(link.obstacle(at: lastMoment.advanced(bySeconds: 1)) == .expired)
    }

    @Test func `that a machine fetched the page changes nothing`() {
        let link = Self.link { $0.fetchedAt = Self.issuedAt }
        #expect(link.obstacle(at: Self.issuedAt) == nil)
    }

    @Test(arguments: 0..<64)
    func `the gravest obstacle is named, and none is overlooked`(bits: Int) {
        let isRevoked = bits & 1 != 0
        let wrongCodes = bits & 2 != 0 ? AnswerLink.codeTries + bits / 16 : bits / 16
        let isExpired = bits & 4 != 0
        let link = Self.link { link in
            link.revokedAt = isRevoked ? Self.issuedAt : nil
            link.wrongCodes = wrongCodes
        }
        let now = Self.issuedAt.advanced(bySeconds: isExpired ? Self.lifetime : 60)
        let expected: AnswerLink.Obstacle? =
            if isRevoked {
                .revoked
            } else if wrongCodes >= 5 {
                .tooManyWrongCodes
            } else if isExpired {
                .expired
            } else {
                nil
            }
        #expect(link.obstacle(at: now) == expected)
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `what once stood in the way stays, unless a person lets it live longer`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var link = Self.link()
        var now = Self.issuedAt
        var wasDead = false
        for _ in 0..<30 {
            now = now.advanced(bySeconds: Int64.random(in: 0...200_000, using: &generator))
            switch Int.random(in: 0..<12, using: &generator) {
            case 0: link.revokedAt = link.revokedAt ?? now
            case 1, 2: link.wrongCodes += 1
            case 3: link.fetchedAt = now
            default: break
            }
            let isDead = link.obstacle(at: now) != nil
            #expect(isDead || !wasDead)
            wasDead = isDead
        }
    }

    @Test func `keeps digests and nothing that opens it`() {
        let mirror = Mirror(reflecting: Self.link())
        let names = mirror.children.compactMap(\.label)
        #expect(names.filter { $0.mentions("token") } == ["tokenDigest"])
        #expect(names.filter { $0.mentions("code") } == ["codeDigest", "wrongCodes"])
    }
}

extension String {
    fileprivate func mentions(_ word: String) -> Bool {
        lowercased().contains(word)
    }
}
