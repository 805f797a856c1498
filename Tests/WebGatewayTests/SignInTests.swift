import Casework
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import RecordExchange
import TestSupport
import Testing
import Vocabulary
import WebGateway

@Suite("Signing in")
struct SignInTests {
    private let house: PublicHouse

    init() async throws {
        house = try await PublicHouse()
    }

    @Test
    func `password and code lead where the person wanted to go`() async throws {
        try await visit { browser in
            let start = try await browser.get("/requests?show=open")
            #expect(start.location == "/sign-in?next=%2Frequests%3Fshow%3Dopen")
            let page = try await browser.get(start.location ?? "")
            let half = try await browser.post(
                "/sign-in",
                from: page,
                [
                    "email": "Rosa@oak.example", "password": PublicHouse.password,
                    "next": page.between("name=\"next\" value=\"", "\""),
                ]
            )
            #expect(half.location == "/sign-in/code?next=%2Frequests%3Fshow%3Dopen")
            #expect(try await browser.get("/requests").location == "/sign-in/code")
            let halfCookie = browser.cookies["mochila"]

            let ask = try await browser.get(half.location ?? "")
            let whole = try await browser.post(
                "/sign-in/code",
                from: ask,
                [
                    "oneTimeCode": house.codes.code(at: house.clock.now()),
                    "next": ask.between("name=\"next\" value=\"", "\""),
                ]
            )

            #expect(whole.location == "/requests?show=open")
            #expect(browser.cookies["mochila"] != halfCookie)
            #expect(try await browser.get("/requests").text.hasPrefix("staff requests"))
            #expect(try await browser.get("/").location == "/home")
        }
    }

    @Test(arguments: [
        ("rosa@oak.example", "wrong password here"), ("nobody@oak.example", PublicHouse.password),
        ("not an address", PublicHouse.password), ("rosa@oak.example\u{0}", "x"),
    ])
    func `unknown and wrong look the same`(typed: (String, String)) async throws {
        try await visit { browser in
            let page = try await browser.get("/sign-in")
            let answer = try await browser.post(
                "/sign-in",
                from: page,
                ["email": typed.0, "password": typed.1]
            )

            guard !typed.0.contains("\u{0}") else {
                #expect(answer.status == .badRequest)
                return
            }
            #expect(answer.status == .unprocessableContent)
            #expect(browser.cookies["mochila"] == nil)
            #expect(answer.text.contains("value=\"\(typed.0)\""))
            #expect(!answer.text.contains(typed.1))
        }
    }

    @Test
    func `after five wrong passwords there is a pause, for this address only`() async throws {
        try await visit { browser in
            let page = try await browser.get("/sign-in")
            for _ in 0..<5 {
                let wrong = try await browser.post(
                    "/sign-in",
                    from: page,
                    ["email": "rosa@oak.example", "password": "wrong password here"]
                )
                #expect(wrong.status == .unprocessableContent)
            }
            let paused = try await browser.post(
                "/sign-in",
                from: page,
                ["email": "ROSA@oak.example", "password": PublicHouse.password]
            )
            #expect(paused.status == .tooManyRequests)
            let other = try await browser.post(
                "/sign-in",
                from: page,
                ["email": "nuevo@oak.example", "password": PublicHouse.password]
            )
            #expect(other.status == .seeOther)

            house.stage.clock.advance(15 * 60)
            let later = try await browser.post(
                "/sign-in",
                from: page,
                ["email": "rosa@oak.example", "password": PublicHouse.password]
            )
            #expect(later.status == .seeOther)
        }
    }

    @Test
    func `a code works once, and guessing it is paused`() async throws {
        try await visit { browser in
            var page = try await halfSignIn(browser, "rosa")
            let code = house.codes.code(at: house.clock.now())
            let first = try await browser.post("/sign-in/code", from: page, ["oneTimeCode": code])
            #expect(first.location == "/home")

            page = try await halfSignIn(browser, "rosa")
            let again = try await browser.post("/sign-in/code", from: page, ["oneTimeCode": code])
            #expect(again.status == .unprocessableContent)
            for guess in 0..<4 {
                let wrong = try await browser.post(
                    "/sign-in/code",
                    from: page,
                    ["oneTimeCode": "00000\(guess)"]
                )
                #expect(wrong.status == .unprocessableContent)
            }
            let paused = try await browser.post(
                "/sign-in/code",
                from: page,
                ["oneTimeCode": code]
            )
            #expect(paused.status == .tooManyRequests)
        }
    }

    @Test
    func `who has no app sets one up; who has one is never shown its secret`() async throws {
        try await visit { browser in
            _ = try await halfSignIn(browser, "nuevo")
            #expect(try await browser.get("/sign-in/code").location == "/sign-in/set-up")
            let setUp = try await browser.get("/sign-in/set-up")
            #expect(setUp.text.contains("otpauth://totp/"))
            let done = try await browser.post(
                "/sign-in/set-up",
                from: setUp,
                ["oneTimeCode": house.codes.code(at: house.clock.now())]
            )
            #expect(done.location == "/home")

            _ = try await halfSignIn(browser, "rosa")
            let refused = try await browser.get("/sign-in/set-up")
            #expect(refused.location == "/sign-in/code")
            #expect(!refused.text.contains("otpauth"))
        }
    }

    @Test(arguments: ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x"])
    func `nobody is sent to another site after signing in`(next: String) async throws {
        try await visit { browser in
            let page = try await browser.get("/sign-in?next=\(next.replacing("/", with: "%2F"))")
            #expect(page.between("name=\"next\" value=\"", "\"") == "")
            let half = try await browser.post(
                "/sign-in",
                from: page,
                ["email": "rosa@oak.example", "password": PublicHouse.password, "next": next]
            )
            #expect(half.location == "/sign-in/code")
        }
    }

    @Test
    func `empty fields are named, and what was typed stays`() async throws {
        try await visit { browser in
            let page = try await browser.get("/sign-in")
            let answer = try await browser.post("/sign-in", from: page, ["email": "ana@x.example"])
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("value=\"ana@x.example\""))
            #expect(answer.text.contains("href=\"#password\""))
        }
    }

    @Test
    func `asking for an account says the same for a known address`() async throws {
        try await visit { browser in
            let school = "school:\(School.oak.id)"
            let page = try await browser.get("/account/ask?organization=\(school)")
            #expect(page.text.contains("Oak School"))
            for email in ["rosa@oak.example", "new@oak.example"] {
                let answer = try await browser.post(
                    "/account/ask",
                    from: page,
                    [
                        "name": "Ana", "title": "Clerk", "email": email, "role": "recordsClerk",
                        "organization": school,
                    ]
                )
                #expect(answer.location == "/account/ask/sent")
            }
            let wrong = try await browser.post(
                "/account/ask",
                from: page,
                ["name": " ", "email": "nothing", "role": "administrator", "organization": school]
            )
            #expect(wrong.status == .unprocessableContent)
            #expect(try await browser.get("/account/ask/sent").status == .ok)
        }
    }

    @Test
    func `an invitation that is not there is over`() async throws {
        try await visit { browser in
            let page = try await browser.get("/invitation/abc")
            #expect(page.status == .gone)
        }
    }

    @Test(arguments: [
        "/", "/help", "/privacy", "/accessibility", "/check", "/sign-in", "/account/ask",
    ])
    func `every public page is there, in both languages`(path: String) async throws {
        try await visit { browser in
            let english = try await browser.get(path)
            let spanish = try await browser.get("\(path)?lang=es")
            #expect(english.status == .ok && spanish.status == .ok)
            #expect(english.text.contains("<html lang=\"en\">"))
            #expect(spanish.text.contains("<html lang=\"es\">"))
        }
    }

    @Test(arguments: ["/site.css", "/record.css", "/upload.js", "/icon.svg", "/healthz"])
    func `what pages need is there`(path: String) async throws {
        try await visit { browser in
            let page = try await browser.get(path)
            #expect(page.status == .ok && !page.text.isEmpty)
        }
    }

    @Test
    func `a failure's page is whole and in the reader's language`() async throws {
        try await visit { browser in
            let page = try await browser.get("/nowhere?lang=es")
            #expect(page.status == .notFound)
            #expect(page.text.contains("<html lang=\"es\">"))
            #expect(page.text.contains("1-800-555-0100"))
        }
    }

    private func halfSignIn(_ browser: Browser, _ name: String) async throws -> Browser.Page {
        let page = try await browser.get("/sign-in")
        let half = try await browser.post(
            "/sign-in",
            from: page,
            ["email": "\(name)@oak.example", "password": PublicHouse.password]
        )
        return try await browser.get(half.location ?? "")
    }

    private func visit(_ body: @escaping @Sendable (Browser) async throws -> Void) async throws {
        try await house.app.test(.router) { client in try await body(Browser(client)) }
    }
}
