import DropLayout
import Foundation
import Glibc
import PartnerSpool
import SFTPProtocol
import Testing

/// A drop with one partner in a folder of its own, removed at the end.
final class Bench {
    let places: DropPlaces
    let account: PartnerAccount
    var seconds: UInt64 = 1_700_000_000

    init() throws {
        let root = NSTemporaryDirectory() + "mochila-spool-" + UUID().uuidString
        places = DropPlaces(root: root)
        account = try #require(PartnerAccount("lincoln"))
        for folder in places.partner(account).folders + [places.bell] {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true
            )
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: places.root) }

    var partner: PartnerPlaces { places.partner(account) }

    func files(
        feeds: Set<String> = [],
        _ change: (inout DropLimits) -> Void = { _ in },
        disk: @escaping (String) -> DiskRoom? = { DiskRoom.of($0) }
    ) -> SpoolFiles {
        var limits = DropLimits.standard
        change(&limits)
        return SpoolFiles(
            places: places,
            account: account,
            limits: limits,
            feeds: feeds,
            now: { [self] in seconds * 1_000_000_000 + UInt64.random(in: 0..<1_000_000_000) },
            disk: disk
        )
    }

    func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }

    /// What waits for the gateway, in the order it was submitted within one second or more.
    func queue() throws -> [(name: String, bytes: [UInt8])] {
        try names(partner.queue).compactMap { entry in
            guard case .queued(let name, _)? = StoredEntry(entry: entry) else { return nil }
            let data = try #require(
                FileManager.default.contents(atPath: "\(partner.queue)/\(entry)")
            )
            return (name.text, Array(data))
        }
    }

    var hasRung: Bool { access(places.bell(of: account), F_OK) == 0 }

    func put(out name: String, _ bytes: [UInt8]) throws {
        let entry = StoredEntry.plain(try .of(name)).entry
        try Data(bytes).write(to: URL(fileURLWithPath: "\(partner.outgoing)/\(entry)"))
    }

    func fetchLog() throws -> FetchLog {
        var log = FetchLog()
        for file in try names(partner.fetched) where FetchLog.day(ofFile: file) != nil {
            let data = try Data(contentsOf: URL(fileURLWithPath: "\(partner.fetched)/\(file)"))
            log.merge(FetchLog(text: String(decoding: data, as: UTF8.self)))
        }
        return log
    }

    func progress(_ name: String) throws -> String? {
        let entry = StoredEntry.plain(try .of(name)).entry
        return FileManager.default.contents(atPath: "\(partner.fetched)/\(entry)")
            .map { String(decoding: $0, as: UTF8.self) }
    }
}

/// The beginning of a seal, and `count` bytes behind it.
func seal(_ count: Int, _ byte: UInt8 = 7) -> [UInt8] {
    [0x30, 0x80, 0x06, 0x0B, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x01, 0x17]
        + [UInt8](repeating: byte, count: count)
}

extension DropName {
    static func of(_ text: String) throws -> DropName { try DropName(text.utf8) }
}

extension IncomingUpload {
    func write(_ bytes: [UInt8], at offset: Int) throws {
        let failure: Refusal? = bytes.withUnsafeBytes { bytes in
            do throws(Refusal) { try write(bytes, at: UInt64(offset)) } catch { return error }
            return nil
        }
        if let failure { throw failure }
    }
}

extension FetchedFile {
    func read(_ range: Range<Int>) throws -> [UInt8] {
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: range.count, alignment: 1)
        defer { bytes.deallocate() }
        let count = try read(into: bytes, at: UInt64(range.lowerBound))
        return Array(bytes.prefix(count))
    }
}
