import NIOHTTP1

/// What is told about a request while its body is still on its way (RFC 9110, 15.2).
///
/// Sent down the channel as an event: the framework has no word for it.
struct InterimHead: Sendable {
    let status: HTTPResponseStatus
    let fields: HTTPHeaders

    /// 104: what has come of an upload is kept at `location`, should the connection break.
    static func uploadResumable(at location: String, limits: String, version: String) -> Self {
        Self(
            status: .custom(code: 104, reasonPhrase: "Upload Resumption Supported"),
            fields: [
                "Location": location, "Upload-Limit": limits,
                "Upload-Draft-Interop-Version": version,
            ]
        )
    }
}
