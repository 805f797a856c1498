/// Pages between the password and the second factor: the half-signed-in see nothing else.
package enum SecondFactorRoute: String, RouteTable {
    case code, submitCode
    case setUp, submitSetUp

    package var definition: RouteDefinition {
        switch self {
        case .code: .get("/sign-in/code")
        case .submitCode: .post("/sign-in/code", limit: 8 << 10)
        case .setUp: .get("/sign-in/set-up")
        case .submitSetUp: .post("/sign-in/set-up", limit: 8 << 10)
        }
    }
}
