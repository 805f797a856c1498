import Casework
import Rendering

/// The address of a list with its filters; empty ones are left out.
struct ListAddress: CustomStringConvertible {
    let description: String

    init(_ path: String, _ parameters: [(name: String, value: String)]) {
        let pairs = parameters.filter { !$0.value.isEmpty }
            .map { "\($0.name)=\(Self.encoded($0.value))" }
        description = pairs.isEmpty ? path : path + "?" + pairs.joined(separator: "&")
    }

    /// Everything but letters and digits as the bytes of its UTF-8.
    private static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += byte < 16 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return result
    }
}

extension PageStart {
    /// From `after` or `before` of an address; the top where neither is a position.
    init(_ query: FormFields) {
        if let position = query["after"].flatMap(ListPosition.init) {
            self = .after(position)
        } else if let position = query["before"].flatMap(ListPosition.init) {
            self = .before(position)
        } else {
            self = .top
        }
    }

    /// As an address says it.
    var parameters: [(name: String, value: String)] {
        switch self {
        case .top: []
        case .after(let position): [("after", position.description)]
        case .before(let position): [("before", position.description)]
        }
    }
}

extension Pager {
    /// The pages beside `page` of the list at `path`.
    init<Item>(
        _ page: ListPage<Item>,
        total: Int,
        at path: String,
        _ filters: [(name: String, value: String)] = [],
        isByDate: Bool = false
    ) {
        func address(_ name: String, _ position: ListPosition?) -> String {
            position.map { ListAddress(path, filters + [(name, $0.description)]).description } ?? ""
        }
        self.init(
            total: total,
            previous: address("before", page.before),
            next: address("after", page.after),
            isByDate: isByDate
        )
    }
}
