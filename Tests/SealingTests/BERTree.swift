/// A BER element taken apart, to be put together wrongly.
struct BERTree {
    var tag: UInt8
    var content: [UInt8] = []
    /// Of a constructed element.
    var children: [BERTree] = []
    var isIndefinite = false

    var isConstructed: Bool { tag & 0x20 != 0 }

    init(_ tag: UInt8, _ content: [UInt8]) {
        self.tag = tag
        self.content = content
    }

    init(_ tag: UInt8, _ children: [BERTree]) {
        self.tag = tag
        self.children = children
    }

    init?(_ bytes: [UInt8]) {
        var rest = bytes[...]
        self.init(&rest)
    }

    private init?(_ rest: inout ArraySlice<UInt8>) {
        guard let tag = rest.popFirst(), var length = rest.popFirst().map(Int.init) else {
            return nil
        }
        self.tag = tag
        isIndefinite = length == 0x80
        if length > 0x80 {
            let digits = rest.prefix(length & 0x7F)
            rest = rest.dropFirst(digits.count)
            length = digits.reduce(0) { $0 << 8 | Int($1) }
        }
        if isIndefinite {
            while !rest.starts(with: [0, 0]) {
                guard let child = BERTree(&rest) else { return nil }
                children.append(child)
            }
            rest = rest.dropFirst(2)
            return
        }
        var inner = rest.prefix(length)
        rest = rest.dropFirst(length)
        guard isConstructed else {
            content = Array(inner)
            return
        }
        while !inner.isEmpty {
            guard let child = BERTree(&inner) else { return nil }
            children.append(child)
        }
    }

    var bytes: [UInt8] {
        let inner = isConstructed ? children.flatMap(\.bytes) : content
        if isIndefinite { return [tag, 0x80] + inner + [0, 0] }
        return [tag] + Self.length(inner.count) + inner
    }

    static func length(_ count: Int) -> [UInt8] {
        switch count {
        case ..<0x80: [UInt8(count)]
        case ..<0x100: [0x81, UInt8(count)]
        case ..<0x1_0000: [0x82, UInt8(count >> 8), UInt8(count & 0xFF)]
        default: [0x83] + [16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) }
        }
    }

    // MARK: The places in a sealed bundle

    /// The fields of AuthEnvelopedData: version, recipients, content, tag.
    var fields: [BERTree] {
        get { children[1].children[0].children }
        set { children[1].children[0].children = newValue }
    }

    var recipients: [BERTree] {
        get { fields[1].children }
        set { fields[1].children = newValue }
    }

    /// The parameters of the content's cipher: nonce, length of the tag.
    var parameters: [BERTree] {
        get { fields[2].children[1].children[1].children }
        set { fields[2].children[1].children[1].children = newValue }
    }

    var ciphertext: BERTree {
        get { fields[2].children[2] }
        set { fields[2].children[2] = newValue }
    }

    /// The ciphertext in one piece.
    var joined: [UInt8] {
        ciphertext.isConstructed ? ciphertext.children.flatMap(\.content) : ciphertext.content
    }
}
