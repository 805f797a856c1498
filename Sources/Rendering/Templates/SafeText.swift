import Mustache

/// Escapes text for HTML byte by byte.
///
/// The library's own escaping walks Characters, and a quote followed by a combining mark is one
/// Character that is not a quote: such a value would end an attribute. Bytes have no such company.
package struct SafeHTML: MustacheContentType {
    static let name = "SAFEHTML"

    package init() {}

    package func escapeText(_ text: String) -> String {
        guard text.utf8.contains(where: Self.isSpecial) else { return text }
        var escaped: [UInt8] = []
        escaped.reserveCapacity(text.utf8.count + 32)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): escaped += "&amp;".utf8
            case UInt8(ascii: "<"): escaped += "&lt;".utf8
            case UInt8(ascii: ">"): escaped += "&gt;".utf8
            case UInt8(ascii: "\""): escaped += "&quot;".utf8
            case UInt8(ascii: "'"): escaped += "&#39;".utf8
            default: escaped.append(byte)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
            UInt8(ascii: "'"):
            true
        default: false
        }
    }
}

/// Makes a value harmless inside a plain-text mail: one line, and no address a reader could click.
///
/// A mail holds exactly one link, ours. A name that came from outside must not bring another, nor
/// start a paragraph of its own.
package struct SafeMailText: MustacheContentType {
    static let name = "SAFEMAIL"

    package init() {}

    package func escapeText(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: scalars.append(" ")
            default: scalars.append(scalar)
            }
        }
        return String(scalars).replacing("://", with: ": //").replacing("www.", with: "www .")
    }
}

/// Passes our own trusted words through; never named by a template that shows data.
struct PlainText: MustacheContentType {
    static let name = "PLAINWORDS"

    func escapeText(_ text: String) -> String { text }
}

enum ContentTypes {
    /// Names the content types for the pragma in front of every template; done once.
    static let registered: Void = {
        MustacheContentTypes.register(SafeHTML(), named: SafeHTML.name)
        MustacheContentTypes.register(SafeMailText(), named: SafeMailText.name)
        MustacheContentTypes.register(PlainText(), named: PlainText.name)
    }()

    static func pragma(_ name: String) -> String { "{{% CONTENT_TYPE:\(name)}}" }
}
