import CCurl
import Foundation

/// Which addresses are of the public internet, as connections to strangers' names judge them.
package enum PublicAddress {
    /// Where a name leads.
    package enum Places: Hashable, Sendable {
        /// Those of the public internet, in the order in which they are to be tried.
        case addresses([String])
        /// It leads somewhere, and nowhere in the public internet.
        case allPrivate
        case unknown
    }

    /// Of one name more are not tried.
    private static let most = 4

    /// `bytes`: four or sixteen, in network order.
    package static func isPublic(_ bytes: [UInt8]) -> Bool {
        mochila_curl_is_public(bytes, bytes.count)
    }

    /// Looks a name up, once.
    ///
    /// Whoever connects takes one of these addresses and not the name: it could lead elsewhere by
    /// then.
    package static func places(of host: String) async -> Places {
        await withCheckedContinuation { continuation in
            // A name server may let it wait.
            Thread.detachNewThread { continuation.resume(returning: lookUp(host)) }
        }
    }

    private static func lookUp(_ host: String) -> Places {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &list) == 0, let list else { return .unknown }
        defer { freeaddrinfo(list) }
        let found = sequence(first: list) { $0.pointee.ai_next }
            .compactMap { publicText(of: $0.pointee) }
        return found.isEmpty ? .allPrivate : .addresses(Array(found.prefix(most)))
    }

    /// Its numbers; `nil` for an address that is not public.
    private static func publicText(of entry: addrinfo) -> String? {
        // Where the address stands in what the family calls an address.
        let place: Range<Int>? =
            switch entry.ai_family {
            case AF_INET: 4..<8
            case AF_INET6: 8..<24
            default: nil
            }
        guard let place, let address = entry.ai_addr, Int(entry.ai_addrlen) >= place.upperBound
        else { return nil }
        let whole = UnsafeRawBufferPointer(start: address, count: place.upperBound)
        let bytes = Array(whole[place])
        guard isPublic(bytes) else { return nil }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(entry.ai_family, bytes, &text, socklen_t(text.count)) != nil else {
            return nil
        }
        return String(
            decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) },
            as: UTF8.self
        )
    }
}
