/// The mapping of the plain columns, as the feeds' page shows it first.
enum SampleMapping {
    static func read(from templates: String) throws -> String {
        let file = try FeedOnDisk(path: "\(templates)/feeds/plain.yaml")
        return String(
            decoding: try file.read(from: 0, upTo: Int(min(file.byteCount, 64 << 10))),
            as: UTF8.self
        )
    }
}
