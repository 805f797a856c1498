package import DropJournal
package import DropLayout
import Glibc
import SFTPProtocol

/// The journal of one connection, opened when it is worth its while.
package final class SpoolJournal {
    private let slot: Int64
    private let partner: PartnerPlaces
    private let boot: BootIdentity?
    private let mode: mode_t
    private var journal: SubmissionJournal?
    private var isUsable: Bool
    private var smallFiles = 0

    /// Puts back first what a power cut left in the journals; the caller holds the slot's lock.
    package init(slot: Int64, of partner: PartnerPlaces, in places: DropPlaces, boot: BootIdentity?)
    {
        self.slot = slot
        self.partner = partner
        self.boot = boot
        mode = SpoolMode.file(in: places)
        let recovery = JournalRecovery(partner: partner, boot: boot, mode: mode)
        do throws(JournalFailure) {
            try recovery.recover(slot)
            _ = try recovery.recoverAll()
            isUsable = boot != nil
        } catch {
            // What it has stays there; files are flushed one by one.
            isUsable = false
        }
    }

    /// Something waits to be settled.
    var isWaiting: Bool { journal.map { !$0.isEmpty && !$0.isBroken } ?? false }

    /// Makes a submitted file durable where that is cheaper here; `false` where it is not.
    ///
    /// `descriptor` is open on it for reading.
    func take(
        _ entry: StoredEntry,
        _ descriptor: Int32,
        size: Int64
    ) throws(Refusal) -> Bool {
        guard isUsable, size <= JournalRecord.mostBytes else { return false }
        smallFiles += 1
        // One file alone is settled as soon as it is there.
        guard smallFiles > 1, let journal = opened() else { return false }
        guard let content = SpoolFile.read(descriptor, Int(size)) else {
            throw SpoolFailure.refusal("read")
        }
        if !journal.hasRoom(for: content.count) { settle() }
        guard !journal.isBroken else { return false }
        do throws(JournalFailure) {
            try journal.append(JournalRecord(entry: entry, content: content))
            return true
        } catch {
            isUsable = false
            throw SpoolFailure.refusal(error.operation, error.code)
        }
    }

    private func opened() -> SubmissionJournal? {
        if journal == nil, let boot {
            journal = SubmissionJournal(slot: slot, of: partner, boot: boot, mode: mode)
            isUsable = journal != nil
        }
        return journal
    }

    /// Gives up the need for the journal: what it holds becomes durable in its folders.
    func settle() {
        journal?.settle()
        if journal?.isBroken == true { isUsable = false }
    }
}
