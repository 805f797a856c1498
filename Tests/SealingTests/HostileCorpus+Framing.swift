import BundleFormat

extension CorpusMaker {
    /// How the bytes lie.
    mutating func framing() throws {
        for (name, tail) in [
            ("a zero", [0]), ("an end", [0, 0]),
            ("sixteen bytes", [UInt8](repeating: 1, count: 16)),
            ("a megabyte", [UInt8](repeating: 0, count: 1 << 20)), ("itself", sealed),
        ] as [(String, [UInt8])] {
            add(.trailingOutside, name, sealed + tail)
        }
        for (name, place) in [("at the end", 4), ("before the tag", 3), ("first", 0)] {
            add(.strangeFields, "a number \(name)") {
                $0.fields.insert(BERTree(0x02, [1]), at: place)
            }
        }
        add(.strangeFields, "authenticated attributes") {
            $0.fields.insert(BERTree(0xA1, [BERTree]()), at: 3)
        }
        add(.strangeFields, "unauthenticated attributes") {
            $0.fields.append(BERTree(0xA2, [BERTree]()))
        }
        add(.strangeFields, "originator's certificates") {
            $0.fields.insert(BERTree(0xA0, [BERTree]()), at: 1)
        }
        add(.strangeFields, "version 2") { $0.fields[0].content = [2] }
        add(.strangeFields, "version of two bytes") { $0.fields[0].content = [0, 0] }
        add(.strangeFields, "no version") { $0.fields.removeFirst() }
        add(.strangeFields, "beside the message") { $0.children.append(BERTree(0x05, [UInt8]())) }

        try contentTypes()
        nesting()
        indefinite()
        let halves = [Array(tree.joined.prefix(1_000)), Array(tree.joined.dropFirst(1_000))]
        add(.segmentsReordered, "halves exchanged") {
            $0.ciphertext = BERTree(0xA0, halves.reversed().map { BERTree(0x04, $0) })
        }
        add(.segmentsReordered, "one left out") {
            $0.ciphertext = BERTree(0xA0, [BERTree(0x04, halves[0])])
        }
        add(.segmentsReordered, "one twice") {
            $0.ciphertext = BERTree(0xA0, (halves + [halves[1]]).map { BERTree(0x04, $0) })
        }
        for size in [1, 2, 3] {
            let joined = tree.joined
            let pieces = stride(from: 0, to: joined.count, by: size).map { start in
                BERTree(0x04, Array(joined[start..<min(joined.count, start + size)]))
            }
            add(.tinySegments, "of \(size)") { $0.ciphertext = BERTree(0xA0, pieces) }
        }
        add(.tinySegments, "5,000 empty ones") { tree in
            let empty = Array(repeating: BERTree(0x04, [UInt8]()), count: 5_000)
            tree.ciphertext = BERTree(0xA0, empty + [BERTree(0x04, tree.joined)])
        }
    }

    private mutating func contentTypes() throws {
        let signed = "-sign -signer keys/signing.pem -inkey keys/signing.key -nodetach"
        for (name, options) in [
            ("signed", signed), ("data", "-data_create"), ("digest", "-digest_create"),
            (
                "encrypted",
                "-EncryptedData_encrypt -aes-256-cbc -secretkey \(String(repeating: "0", count: 64))"
            ),
            ("compressed", "-compress"),
        ] {
            let made = try scene.folder.run(
                "openssl cms \(options) -binary -outform DER -in bundle.zip -out type.cms"
            )
            guard made.status == 0 else { continue }
            add(.otherContentType, name, try scene.folder.read("type.cms"))
        }
        for last in [1, 2, 3, 9, 16, 24] as [UInt8] {
            add(.otherContentType, "named \(last)") {
                $0.children[0].content[$0.children[0].content.count - 1] = last
            }
        }
        add(.otherContentType, "no name") { $0.children.removeFirst() }
        for last in [2, 3, 6, 7] as [UInt8] {
            add(.otherContentType, "inner named \(last)") {
                $0.fields[2].children[0].content[8] = last
            }
        }
    }

    private mutating func nesting() {
        _ = try? scene.folder.write(sealed, to: "inner.cms")
        if let twice = try? encrypted("-aes-256-gcm \(Self.ecdh)", archive: "inner.cms") {
            add(.nestedMessages, "a seal in a seal", twice)
        }
        add(.nestedMessages, "a seal as the ciphertext") { $0.ciphertext = BERTree(0x80, $0.bytes) }
        add(.nestedMessages, "a seal as the tag") { $0.fields[3] = $0 }
        for depth in [10, 1_000, 100_000] {
            let opened = [UInt8](Array(repeating: [0x30, 0x80], count: depth).joined())
            add(.deepNesting, "\(depth) sequences", opened)
            add(
                .deepNesting,
                "\(depth) sequences, closed",
                opened + [UInt8](repeating: 0, count: 2 * depth)
            )
            let strings = [UInt8](Array(repeating: [0x24, 0x80], count: depth).joined())
            let place = tree.bytes.count - 6 - 18
            add(
                .deepNesting,
                "\(depth) strings in the tag's place",
                Array(sealed[..<place]) + strings
            )
        }
    }

    private mutating func indefinite() {
        add(.indefiniteAbuse, "never ended", Array(sealed.dropLast(6)))
        add(.indefiniteAbuse, "ended once", Array(sealed.dropLast(4)))
        add(.indefiniteAbuse, "ended by one zero", Array(sealed.dropLast(1)))
        add(.indefiniteAbuse, "ended too often", sealed + [0, 0])
        add(.indefiniteAbuse, "an end with a length", Array(sealed.dropLast(2)) + [0, 0x81, 0])
        for place in [1, 3] {
            add(.indefiniteAbuse, "an end within, \(place)") {
                $0.fields.insert(BERTree(0x00, [UInt8]()), at: place)
            }
        }
        add(.indefiniteAbuse, "a number without an end", [0x02, 0x80, 0, 0] + sealed)
        add(.indefiniteAbuse, "recipient infos within") { $0.recipients[0].isIndefinite = true }
        add(.indefiniteAbuse, "the cipher's name") { $0.fields[2].children[1].isIndefinite = true }
        add(.indefiniteAbuse, "segments of segments") {
            $0.ciphertext = BERTree(0xA0, [BERTree(0x24, [BERTree(0x04, $0.joined)])])
            $0.ciphertext.children[0].isIndefinite = true
        }
        for prefix in [
            [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF],
            [0x30, 0x88, 0x7F, 255, 255, 255, 255, 255, 255, 255],
            [0x30, 0xFF], [0x30, 0x89, 0, 0, 0, 0, 0, 0, 0, 1, 0], [0x3F, 0x81, 0x80],
        ] as [[UInt8]] {
            add(.indefiniteAbuse, "\(prefix)", prefix + sealed.dropFirst(2))
        }
    }
}
