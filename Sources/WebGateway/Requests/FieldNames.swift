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

    private static func named(_ text: String) -> Self {
        guard let name = Self(text) else { preconditionFailure("\(text) is no field name") }
        return name
    }
}
