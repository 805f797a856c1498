/// Words of a name that do not tell people apart.
enum NameWords {
    enum Kind: Equatable {
        case name
        /// "de la"
        case particle
        /// 1 Jr, 2 Sr, 3 II, 4 III, 5 IV
        case generation(UInt8)
        /// "N/A", "unknown": what is typed where a name is demanded.
        case placeholder
    }

    static func kind(_ letters: [UInt8], _ range: Range<Int>) -> Kind {
        guard range.count <= longest else { return .name }
        return kinds[key(letters, range)] ?? .name
    }

    /// How many letters of a joined "Delacruz" are its particle.
    static func joinedParticle(_ letters: [UInt8], _ range: Range<Int>) -> Int {
        guard range.count >= 7, letters[range.lowerBound] == UInt8(ascii: "d"),
            letters[range.lowerBound + 1] == UInt8(ascii: "e"),
            letters[range.lowerBound + 2] == UInt8(ascii: "l")
        else { return 0 }
        let rest = letters[range.lowerBound + 3..<range.upperBound]
        if rest.count >= 5, rest.starts(with: [UInt8(ascii: "o"), UInt8(ascii: "s")]) { return 5 }
        if rest.count >= 5, rest.starts(with: [UInt8(ascii: "a"), UInt8(ascii: "s")]) { return 5 }
        return rest.first == UInt8(ascii: "a") ? 4 : 0
    }

    /// The code of a country or state that is written out, and anything else as it is.
    static func place(_ folded: [UInt8]) -> [UInt8] {
        guard folded.count <= 20 else { return folded }
        return places[String(decoding: folded, as: UTF8.self)] ?? folded
    }

    /// 1 female, 2 male, 0 unknown.
    static func gender(_ letters: [UInt8], _ range: Range<Int>) -> UInt32 {
        switch String(decoding: letters[range], as: UTF8.self) {
        case "f", "female", "femenino", "femenina", "mujer", "girl", "nina": 1
        case "m", "male", "masculino", "hombre", "h", "boy", "nino": 2
        default: 0
        }
    }

    private static let places: [String: [UInt8]] = {
        let lines = [
            "us usa unitedstates unitedstatesofamerica estadosunidos eeuu",
            "mx mexico mex", "gt guatemala gtm", "hn honduras hnd", "sv elsalvador slv",
            "ht haiti hti", "pr puertorico pri",
            "tx texas", "ca california", "fl florida", "wa washington", "or oregon",
            "nc northcarolina", "ga georgia", "mi michigan", "az arizona", "id idaho",
            "ny newyork", "co colorado", "ks kansas", "ne nebraska", "mn minnesota",
            "wi wisconsin", "il illinois", "in indiana", "oh ohio", "pa pennsylvania",
            "nj newjersey", "va virginia", "sc southcarolina", "tn tennessee", "ky kentucky",
            "al alabama", "la louisiana", "ar arkansas", "ok oklahoma", "nm newmexico", "ut utah",
            "mt montana", "nv nevada", "ia iowa", "mo missouri", "ms mississippi", "me maine",
            "ma massachusetts", "ct connecticut", "de delaware", "md maryland", "hi hawaii",
            "ak alaska", "sd southdakota", "nd northdakota", "vt vermont", "wy wyoming",
            "nh newhampshire", "ri rhodeisland", "wv westvirginia",
            // Mexico's states by the codes and abbreviations in use.
            "mic michoacan mich mn16 michoacandeocampo", "gua guanajuato gto", "oax oaxaca oa",
            "gro guerrero", "jal jalisco ja", "zac zacatecas za", "slp sanluispotosi sl",
            "ver veracruz ve", "tam tamaulipas tamps tm", "pue puebla pu", "chp chiapas chis cs",
            "bcn bajacalifornia bc", "cdmx df distritofederal ciudaddemexico cmx dif",
            "mex2 estadodemexico edomex", "nle nuevoleon nl", "coa coahuila coah",
            "chh chihuahua chih ch", "son sonora", "sin sinaloa", "dur durango dgo dg",
            "nay nayarit", "col colima", "que queretaro qro", "hid hidalgo hgo hg",
            "mor morelos", "tla tlaxcala tlax", "tab tabasco", "cam campeche camp",
            "yuc yucatan", "roo quintanaroo qroo", "agu aguascalientes ags",
        ]
        var places: [String: [UInt8]] = [:]
        for line in lines {
            let names = line.split(separator: " ").map(String.init)
            for name in names { places[name] = Array(names[0].utf8) }
        }
        return places
    }()

    private static let longest = 8

    // Up to eight letters in one integer.
    private static func key(_ letters: [UInt8], _ range: Range<Int>) -> UInt64 {
        var key: UInt64 = 0
        for byte in letters[range] { key = key << 8 | UInt64(byte) }
        return key
    }

    private static let kinds: [UInt64: Kind] = {
        var kinds: [UInt64: Kind] = [:]
        func add(_ words: String, _ kind: Kind) {
            for word in words.split(separator: " ") {
                let letters = Array(word.utf8)
                kinds[key(letters, 0..<letters.count)] = kind
            }
        }
        add("de del la las los y e da do dos von van san santa", .particle)
        add("jr junior", .generation(1))
        add("sr senior", .generation(2))
        add("ii 2nd", .generation(3))
        add("iii 3rd", .generation(4))
        add("iv 4th", .generation(5))
        add("na nmn nmi none unknown unk desc tbd null nombre fnu lnu sin", .placeholder)
        return kinds
    }()
}

/// The number a state gave a student, in 64 bits.
enum StateNumber {
    /// Letters and digits, without case; zero where there are none.
    ///
    /// Twelve at most are kept as they are, so that a slip can be seen; a longer number is a
    /// hash.
    static func packed(_ text: [UInt8], _ range: Range<Int>) -> UInt64 {
        // With this many digits, letters are a district or a mark, and zeros in front are some
        // system's; ".0" is a spreadsheet's.
        let digits = text[range].count { (0x30...0x39).contains($0) }
        var range = range
        if digits >= 6, text[range].suffix(2).elementsEqual([0x2E, 0x30]) {
            range = range.lowerBound..<range.upperBound - 2
        }
        var value: UInt64 = 0
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var count = 0
        var isOneSign = true
        var isCounting = true
        var last: UInt64 = 0
        for byte in text[range] {
            let sign: UInt64
            switch byte {
            case 0x30 where digits >= 6 && count == 0: continue
            case 0x30...0x39: sign = UInt64(byte) - 0x30 + 1
            case 0x41...0x5A where digits < 6: sign = UInt64(byte) - 0x41 + 11
            case 0x61...0x7A where digits < 6: sign = UInt64(byte) - 0x61 + 11
            default: continue
            }
            count += 1
            if count > 1 {
                if sign != last { isOneSign = false }
                if sign != last % 10 + 1 { isCounting = false }
            }
            last = sign
            if count <= 12 { value = value * 37 + sign }
            hash = (hash ^ sign) &* 0x100_0000_01B3
        }
        // "N/A", "PENDING", 0000000000 and 1234567890 are nobody's number.
        guard digits > 0, count > 1, !(count >= 6 && isOneSign || count >= 10 && isCounting) else {
            return 0
        }
        return count <= 12 ? value : hash | 1 << 63
    }

    /// One sign wrong, too many or too few, or two neighbours exchanged.
    static func isSlip(_ left: UInt64, _ right: UInt64) -> Bool {
        guard left >> 63 == 0, right >> 63 == 0 else { return false }
        let first = signs(left)
        let second = signs(right)
        guard first.count >= 6, abs(first.count - second.count) <= 1 else { return false }
        return Resemblance.distance(
            first,
            0..<first.count,
            second,
            0..<second.count,
            atMost: 1
        ) <= 1
    }

    /// How long a number is and its first two signs: by these a state's numbers are known.
    static func shape(_ number: UInt64) -> UInt32 {
        guard number >> 63 == 0 else { return 0 }
        var rest = number
        var first: UInt64 = 0
        var second: UInt64 = 0
        var count: UInt32 = 0
        while rest > 0 {
            second = first
            first = rest % 37
            rest /= 37
            count += 1
        }
        return count << 16 | UInt32(first) << 8 | UInt32(second)
    }

    private static func signs(_ number: UInt64) -> [UInt8] {
        var signs: [UInt8] = []
        var rest = number
        while rest > 0 {
            signs.append(UInt8(rest % 37))
            rest /= 37
        }
        return signs
    }
}
