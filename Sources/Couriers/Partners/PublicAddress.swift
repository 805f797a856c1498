import CCurl

/// Which addresses are of the public internet, as connections to strangers' names judge them.
package enum PublicAddress {
    /// `bytes`: four or sixteen, in network order.
    package static func isPublic(_ bytes: [UInt8]) -> Bool {
        mochila_curl_is_public(bytes, bytes.count)
    }
}
