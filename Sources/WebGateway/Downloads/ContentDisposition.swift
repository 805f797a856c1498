/// `Content-Disposition: attachment`, with the name in both forms that browsers read (RFC 6266).
enum ContentDisposition {
    static func attachment(_ name: String) -> String {
        // The plain form is for old clients: printable ASCII without what ends or escapes it.
        let plain = name.unicodeScalars.map { scalar in
            scalar.isASCII && scalar.value >= 0x20 && scalar.value < 0x7F && scalar != "\""
                && scalar != "\\" && scalar != "%" ? Character(scalar) : "_"
        }
        return "attachment; filename=\"\(String(plain))\"; filename*=UTF-8''"
            + LocalPath.encoded(name)
    }
}
