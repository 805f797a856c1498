import Casework
import Hummingbird
import Rendering
import Vocabulary

/// A family looks how far a request is.
extension OpenRoom {
    func familyPage(
        _ visit: Visit,
        at route: PublicRoute,
        form: Form = .empty,
        found: FoundForFamily? = nil
    ) -> Response {
        var visit = visit
        // Each half of the slip names the address of its own language; what the reader chose, on
        // the page or before, goes first, and what the telephone was sold with does not count.
        let own: Language = route.definition.pattern == Self.spanishPath ? .spanish : .english
        visit.language = LanguageChoice(visit.request).explicit ?? own
        var response = frame.page(
            FamilyPage(path: route.definition.pattern, form: form, found: found),
            visit,
            status: form.problems.isEmpty ? .ok : .unprocessableContent
        )
        response.headers[.contentLanguage] = visit.language.rawValue
        return response
    }

    private static let spanishPath = PublicRoute.family.definition.pattern

    func showFamily(_ visit: Visit, at route: PublicRoute) async throws -> Response {
        let typed = visit.form
        var form = Form(typed.typed(.number, .familyYear, .slipCode))
        var number: RequestNumber?
        do {
            number = try RequestNumber(parsing: typed[.number])
        } catch .checkCharacterDiffers {
            form.problems.append(FieldProblem(.number, .slipNumberMistyped))
        } catch {
            form.problems.append(FieldProblem(.number, .numberMalformed))
        }
        let year = Self.year(typed[.familyYear])
        if year == nil { form.problems.append(FieldProblem(.familyYear, .familyYearMalformed)) }
        if typed[.slipCode].utf8.allSatisfy({ $0 <= 0x20 }) {
            form.problems.append(FieldProblem(.slipCode, .slipCodeMissing))
        }
        guard form.problems.isEmpty, let number, let year else {
            return familyPage(visit, at: route, form: form)
        }
        try limits.slip(number.description, from: visit.address)
        let started = ContinuousClock.now
        let view = try await desk.familyView(
            of: number,
            birthYear: year,
            code: typed[.slipCode]
        )
        try await Task.sleep(until: started + familyPace, clock: .continuous)
        guard let view else {
            form.problems = [FieldProblem(.slipCode, .slipWrong)]
            return familyPage(visit, at: route, form: form)
        }
        limits.slipWasRight(number.description, from: visit.address)
        return familyPage(visit, at: route, found: found(number, view))
    }

    private func found(_ number: RequestNumber, _ view: FamilyView) -> FoundForFamily {
        let next: FamilyNext = view.next.map { .by(day: $0) } ?? .nothing
        let words = { (language: Language) in
            FamilyWords(
                stage: frame.renderer.sentence(view.stage, in: language),
                next: frame.renderer.sentence(next, in: language)
            )
        }
        return FoundForFamily(number: number, spanish: words(.spanish), english: words(.english))
    }

    /// A year as people type it; `nil` where it is none of a child's.
    private static func year(_ typed: String) -> Int? {
        let digits = typed.utf8.filter { $0 != 0x20 }
        guard digits.count == 4, digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(String(decoding: digits, as: UTF8.self)).flatMap { $0 >= 1900 ? $0 : nil }
    }
}
