import Couriers
import Testing

/// Apart from the couriers' suites, which start a server for every case.
@Suite("Addresses of the public internet") struct PublicAddressTests {
    /// The first and last of each block, and their neighbours.
    @Test(arguments: [
        ("0.255.255.255", false), ("1.0.0.0", true), ("9.255.255.255", true), ("10.0.0.0", false),
        ("10.255.255.255", false), ("11.0.0.0", true), ("100.63.255.255", true),
        ("100.64.0.0", false), ("100.127.255.255", false), ("100.128.0.0", true),
        ("126.255.255.255", true), ("127.0.0.0", false), ("128.0.0.0", true),
        ("169.253.255.255", true), ("169.254.169.254", false), ("169.255.0.0", true),
        ("172.15.255.255", true), ("172.16.0.0", false), ("172.31.255.255", false),
        ("172.32.0.0", true), ("191.255.255.255", true), ("192.0.0.1", false),
        ("192.0.1.0", true), ("192.0.2.1", false), ("192.0.3.0", true), ("192.88.99.1", false),
        ("192.167.255.255", true), ("192.168.0.0", false), ("192.169.0.0", true),
        ("198.17.255.255", true), ("198.18.0.0", false), ("198.19.255.255", false),
        ("198.20.0.0", true), ("198.51.100.7", false), ("203.0.113.9", false),
        ("223.255.255.255", true), ("224.0.0.0", false), ("255.255.255.255", false),
    ])
    func `an address is of the public internet or not`(text: String, isPublic: Bool) {
        let bytes = text.split(separator: ".").compactMap { UInt8($0) }
        #expect(PublicAddress.isPublic(bytes) == isPublic)
        // However it is wrapped, it is reached under its own notation only.
        #expect(!PublicAddress.isPublic([UInt8](repeating: 0, count: 10) + [255, 255] + bytes))
        #expect(
            !PublicAddress.isPublic(
                [0, 0x64, 0xFF, 0x9B] + [UInt8](repeating: 0, count: 8) + bytes
            )
        )
        #expect(!PublicAddress.isPublic([0x20, 2] + bytes + [UInt8](repeating: 0, count: 10)))
    }

    @Test(
        arguments: [
            ([0x26, 0x06, 0x47], true), ([0x20, 0x01, 0x48, 0x60], true),
            ([0x20, 0x01, 0, 0], false),
            ([0x20, 0x01, 0x01, 0xFF], false), ([0x20, 0x01, 0x02], true),
            ([0x20, 0x01, 0x0D, 0xB8], false), ([0x20, 0x01, 0x0D, 0xB9], true),
            ([0x20, 0x02], false),
            ([0x3F, 0xFF, 0x0F], false), ([0x3F, 0xFF, 0x10], true), ([0xFC], false),
            ([0xFD], false),
            ([0xFE, 0x80], false), ([0xFE, 0xC0], false), ([0xFF, 0x02], false), ([0x40], false),
            ([], false),
        ] as [([UInt8], Bool)]
    )
    func `an IPv6 address is of the public internet or not`(start: [UInt8], isPublic: Bool) {
        let bytes = start + [UInt8](repeating: 0, count: 15 - start.count) + [1]
        #expect(PublicAddress.isPublic(bytes) == isPublic)
    }

    @Test(
        arguments: [
            ("127.0.0.1", .allPrivate), ("localhost", .allPrivate), ("10.1.2.3", .allPrivate),
            ("0", .allPrivate), ("0x7f.1", .allPrivate), ("017700000001", .allPrivate),
            ("::1", .allPrivate), ("::ffff:1.1.1.1", .allPrivate), ("fe80::1", .allPrivate),
            ("1.1.1.1", .addresses(["1.1.1.1"])), ("1.1", .addresses(["1.0.0.1"])),
            ("16843009", .addresses(["1.1.1.1"])),
            ("2606:4700:4700::1111", .addresses(["2606:4700:4700::1111"])),
        ] as [(String, PublicAddress.Places)]
    )
    func `a name is looked up once, and what is public of it is what is connected to`(
        host: String,
        places: PublicAddress.Places
    ) async {
        #expect(await PublicAddress.places(of: host) == places)
    }

    @Test func `what is no address is not public`() {
        for count in [0, 3, 5, 8, 15, 17] {
            #expect(!PublicAddress.isPublic([UInt8](repeating: 0x26, count: count)))
        }
    }

    @Test(arguments: [(0, 30), (1, 30), (2, 15), (4, 7)])
    func `each of several addresses has an equal share of the time to connect`(
        addresses: Int,
        seconds: Int
    ) {
        let share = Deadlines.bundle.share(among: addresses)
        #expect(share.connect.components.seconds == Int64(seconds))
        // What stands is given as much time as ever.
        #expect(share.stall == Deadlines.bundle.stall && share.total == Deadlines.bundle.total)
    }
}
