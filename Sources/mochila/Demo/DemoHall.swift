import Casework
import Couriers
import Demonstration
import Glibc
import Operations
import RecordExchange
import Rendering
import Sealing
import Vocabulary
import WebGateway

/// What only the demonstration has, put together for the web gateway.
struct DemoHall {
    let house: House
    let clock: DemonstrationClock
    let maildir: Maildir
    let codes = TimeBasedCodes()

    /// The day the bar's third button goes to: in summer, after the holiday.
    static let july = CivilDate(year: 2026, month: 7, day: 6)
    /// The clock's day is that of the demonstration's requester.
    static var home: StateCode {
        guard let code = StateCode("WA") else { preconditionFailure("WA is a known code") }
        return code
    }

    var stage: DemoStage {
        DemoStage(
            signIns: { try await signIns() },
            oneTimeCode: { try await oneTimeCode(of: $0) },
            mail: { mail() },
            message: { message($0) },
            move: { await move($0) }
        )
    }

    private func signIns() async throws -> [DemoSignIn] {
        var rows: [DemoSignIn] = []
        for person in DemoCast.people {
            let account = try await house.desk.store.read { try $0.account(email: person.email) }
            guard let account else { continue }
            rows.append(
                DemoSignIn(
                    name: person.name,
                    role: RoleWord(person.role),
                    organization: try await house.desk.name(of: person.organization),
                    email: person.email.description,
                    password: DemoSeed.password,
                    oneTimeCode: code(of: account)
                )
            )
        }
        return rows
    }

    private func oneTimeCode(of id: StaffID) async throws -> String {
        let account = try await house.desk.store.read { try $0.account(id) }
        return account.map(code) ?? ""
    }

    /// What the app shows now, or will show next where this one was used: a code works once.
    private func code(of account: StaffAccount) -> String {
        guard let secret = account.oneTimeSecret else { return "" }
        let step = SystemClock.instant().millisecondsSince1970 / 30_000
        return codes.code(for: max(step, account.lastOneTimeStep + 1), secret: secret)
    }

    private func mail() -> [DemoMailRow] {
        maildir.list().map { entry in
            DemoMailRow(
                id: entry.id,
                to: entry.mail.to,
                subject: entry.mail.subject,
                at: clock.local(entry.mail.date, in: Self.home)
            )
        }
    }

    private func message(_ id: String) -> DemoMessagePage? {
        guard let mail = maildir.read(id) else { return nil }
        let base = house.furnishing.settings.baseAddress
        let address = mail.plainText.split(whereSeparator: \.isWhitespace)
            .first { $0.hasPrefix(base + "/") }
        return DemoMessagePage(
            to: mail.to,
            from: mail.from,
            subject: mail.subject,
            at: clock.local(mail.date, in: Self.home),
            text: mail.plainText,
            link: address.map { String($0.dropFirst(base.count)) } ?? ""
        )
    }

    /// Goes on to eight in the morning of another day; everything due on the way happens then.
    private func move(_ step: DemoStage.Step) async {
        let today = clock.today(in: Self.home)
        let day: CivilDate =
            switch step {
            case .day: WorkingDays.day(1, after: today)
            case .week: today.advanced(by: 7)
            case .july: Self.july ?? today
            }
        guard day > today else { return }
        let goal = clock.instant(of: day, hour: 8, in: Self.home)
        await house.loop.walk(clock, to: goal)
        DemoMemory.save(clock.now(), in: house.furnishing.place.dataFolder)
    }
}

/// Remembers the demonstration's clock, so that a restart does not go back in time.
enum DemoMemory {
    static func save(_ instant: Instant, in folder: String) {
        // Only a convenience: where it cannot be written the demonstration starts on its first day.
        let text = "\(instant.millisecondsSince1970)\n"
        guard let file = fopen("\(folder)/clock", "w") else { return }
        fputs(text, file)
        fclose(file)
    }

    static func load(from folder: String) -> Instant? {
        guard let file = fopen("\(folder)/clock", "r") else { return nil }
        defer { fclose(file) }
        var number: Int64 = 0
        guard
            withUnsafeMutablePointer(
                to: &number,
                { pointer in
                    withVaList([pointer]) { vfscanf(file, "%lld", $0) }
                }
            ) == 1
        else { return nil }
        return Instant(millisecondsSince1970: number)
    }
}
