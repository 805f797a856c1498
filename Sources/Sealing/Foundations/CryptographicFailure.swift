import COpenSSL

/// OpenSSL refused something that should always work; there is nothing a person could do better.
package struct CryptographicFailure: Error, CustomStringConvertible {
    package let operation: String
    /// OpenSSL's own words; they hold no data.
    package let reasons: String

    package var description: String { "\(operation) failed: \(reasons)" }

    /// Takes the reasons from this thread's error queue, so it must be made where the call failed.
    init(_ operation: String) {
        self.operation = operation
        var buffer = [CChar](repeating: 0, count: 1_024)
        mochila_take_errors(&buffer, buffer.count)
        reasons = String(
            decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)),
            as: UTF8.self
        )
    }
}
