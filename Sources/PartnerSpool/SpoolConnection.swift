package import DropJournal
package import DropLayout
import Glibc
import SFTPProtocol

/// Serves one connection over two descriptors until it ends.
package struct SpoolConnection {
    private let places: DropPlaces
    private let account: PartnerAccount
    private let boot: BootIdentity?

    /// `boot`: asked before this process gave up what it would need to ask.
    package init(places: DropPlaces, account: PartnerAccount, boot: BootIdentity?) {
        self.places = places
        self.account = account
        self.boot = boot
    }

    /// Why nobody is served.
    package enum Obstacle: Error, Hashable, Sendable {
        /// The gateway has made no folder for this account.
        case noAccount
        case tooManyConnections
    }

    /// Returns when the client is gone.
    package func serve(from input: Int32, to output: Int32) throws(Obstacle) {
        let partner = places.partner(account)
        guard access(partner.queue, W_OK) == 0 else { throw .noAccount }
        let text = SpoolFile.read(partner.limits) ?? []
        let limits = DropLimits(text: String(decoding: text, as: UTF8.self))
        let list = SpoolFile.read(partner.feeds) ?? []
        let feeds = FeedList(text: String(decoding: list, as: UTF8.self)).systems
        let mode = SpoolMode.file(in: places)
        umask(mode == 0o660 ? 0o007 : 0o077)
        // Held until the process ends, however it ends.
        guard let slot = takeSlot(in: partner, of: limits.sessions, mode) else {
            throw .tooManyConnections
        }
        let journal = SpoolJournal(slot: slot, of: partner, in: places, boot: boot)
        let session = SFTPSession(
            files: SpoolFiles(
                places: places,
                account: account,
                limits: limits,
                feeds: feeds,
                journal: journal,
                now: Self.now,
                tell: teller()
            ),
            readme: Array(DropReadme.text(feeds: feeds, limits: limits).utf8),
            now: UInt32(clamping: Self.now() / 1_000_000_000)
        )
        Self.run(session, journal, from: input, to: output)
        session.end()
        journal.settle()
    }

    private func takeSlot(in partner: PartnerPlaces, of count: Int64, _ mode: mode_t) -> Int64? {
        for number in 0..<max(0, min(count, 1_000)) {
            let slot = open(partner.slot(number), O_RDWR | O_CREAT | O_CLOEXEC, mode)
            guard slot >= 0 else { continue }
            if flock(slot, LOCK_EX | LOCK_NB) == 0 { return number }
            close(slot)
        }
        return nil
    }

    /// Puts sentences where `ssh` shows them: each once, and not many, since nobody may be reading.
    private func teller() -> (String) -> Void {
        var told: Set<String> = []
        return { sentence in
            guard told.count < 20, told.insert(sentence).inserted else { return }
            _ = SpoolFile.write(Array("\(sentence)\r\n".utf8), to: 2)
        }
    }

    private static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// Milliseconds without a word from the client, after which the journal is settled.
    private static let lull: Int32 = 1_000

    private static func run(
        _ session: SFTPSession,
        _ journal: SpoolJournal,
        from input: Int32,
        to output: Int32
    ) {
        let size = PacketLimits.packetBytes * 2
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 8)
        defer { buffer.deallocate() }
        var filled = 0
        while true {
            if journal.isWaiting {
                var watched = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
                if poll(&watched, 1, lull) == 0 { journal.settle() }
            }
            let count = read(input, buffer.baseAddress.map { $0 + filled }, size - filled)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            filled += count
            var taken = 0
            while true {
                let rest = UnsafeRawBufferPointer(rebasing: buffer[taken..<filled])
                let isOver: Bool
                var step = 0
                do {
                    step = try session.receive(rest)
                    isOver = false
                } catch {
                    isOver = true
                }
                let isSent = session.replies.withBytes {
                    SpoolFile.write($0, to: output, at: nil)
                }
                session.replies.clear()
                guard isSent, !isOver else { return }
                if step == 0 { break }
                taken += step
            }
            if taken > 0, taken < filled {
                buffer.copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: buffer[taken..<filled])
                )
            }
            filled -= taken
        }
    }
}
