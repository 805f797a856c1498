import ArgumentParser
import Casework
import DropLayout
import Intake
import RecordExchange
import Vocabulary

/// `mochila partner limit`: how much a partner may send, and how much of that it uses.
struct PartnerLimitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "limit",
        abstract: "Show or change how much a partner may send by SFTP.",
        discussion: """
            mochila partner limit NAME                       shows limits and what is used of them
            mochila partner limit NAME files-per-day=100     sets one; bytes may end in K, M, G or T
            mochila partner limit NAME files-per-day=        back to what everybody has
            """
    )

    @OptionGroup var installation: InstallationOption
    @Argument var account: String
    @Argument(help: "A limit, = and a number; may be repeated.") var limits: [String] = []

    func run() async throws {
        let changes = try Self.changes(limits)
        let house = try await installation.open(try installation.configuration())
        var partner = try await PartnerCommand.partner(account, in: house)
        for (word, value) in changes { partner.limits[word] = value }
        if !changes.isEmpty {
            try await house.desk.savePartner(partner, action: "partner.limit")
            try await house.dropOffice.update()
        }
        guard let account = PartnerAccount(partner.account) else { return }
        let use = try house.dropOffice.drop.use(by: account, at: house.desk.time.now())
        for (word, place) in DropLimits.words {
            let own = partner.limits[word]
            let value = own ?? DropLimits.standard[keyPath: place]
            let used = use.used(of: word).map { ", \($0) used" } ?? ""
            print("\(word) \(value)\(used)\(own == nil ? "" : " (its own)")")
        }
        if !changes.isEmpty { print("Connections that are open keep the limits they began with.") }
    }

    /// The limits of `--limit`, which sets and never unsets.
    static func limits(_ words: [String]) throws -> [String: Int64] {
        var limits: [String: Int64] = [:]
        for (word, value) in try changes(words) { limits[word] = value }
        return limits
    }

    private static func changes(_ words: [String]) throws -> [(word: String, value: Int64?)] {
        let known = DropLimits.words.map(\.word)
        return try words.map { word in
            let parts = word.split(separator: "=", omittingEmptySubsequences: false)
            guard parts.count == 2, known.contains(String(parts[0])) else {
                throw failure(word, known)
            }
            if parts[1].isEmpty { return (String(parts[0]), nil) }
            guard let value = number(parts[1]) else { throw failure(word, known) }
            return (String(parts[0]), value)
        }
    }

    /// `100`, `64K`, `8G`.
    private static func number(_ text: Substring) -> Int64? {
        let shifts: [Character: Int64] = ["K": 10, "M": 20, "G": 30, "T": 40]
        let shift = text.last.flatMap { shifts[$0] }
        guard let value = Int64(shift == nil ? text : text.dropLast()), value >= 0,
            value <= Int64.max >> (shift ?? 0)
        else { return nil }
        return value << (shift ?? 0)
    }

    private static func failure(_ word: String, _ known: [String]) -> UsageFailure {
        UsageFailure(
            "\(word): a limit is one of \(known.joined(separator: ", ")), = and a number"
        )
    }
}
