import HTTPTypes

extension HTTPField.Name {
    static let contentTypeOptions = named("X-Content-Type-Options")
    static let crossOriginOpenerPolicy = named("Cross-Origin-Opener-Policy")
    static let crossOriginResource = named("Cross-Origin-Resource-Policy")
    static let frameOptions = named("X-Frame-Options")
    static let host = named("Host")
    static let permissionsPolicy = named("Permissions-Policy")
    static let referrerPolicy = named("Referrer-Policy")
    static let requestID = named("X-Request-ID")
    static let secFetchSite = named("Sec-Fetch-Site")
    static let reprDigest = named("Repr-Digest")
    static let uploadComplete = named("Upload-Complete")
    static let uploadLength = named("Upload-Length")
    static let uploadDraftInteropVersion = named("Upload-Draft-Interop-Version")
    static let uploadLimit = named("Upload-Limit")
    static let uploadOffset = named("Upload-Offset")

    private static func named(_ text: String) -> Self {
        guard let name = Self(text) else { preconditionFailure("\(text) is no field name") }
        return name
    }
}
