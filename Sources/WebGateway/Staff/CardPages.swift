import Casework
import HTTPTypes
import Hummingbird
import RecordExchange
import RecordLocator
import Rendering
import StudentRecords
import Vocabulary

/// The card for the family's wallet.
extension StaffRoom {
    func cardPage(_ visit: StaffVisit) async throws -> Response {
        try await cardPage(visit, form: .empty)
    }

    /// A look into the locator, so it is posted: counted, and with its purpose in the audit log.
    func makeCard(_ visit: StaffVisit) async throws -> Response {
        let number = try number(visit)
        guard let purpose = LookupPurpose(rawValue: visit.visit.form[.purpose]) else {
            let form = Form(problems: [FieldProblem(.purpose, .purposeMissing)])
            return try await cardPage(visit, form: form)
        }
        do {
            let card = try await desk.cardNumber(
                ofStudentIn: number,
                for: purpose,
                by: visit.actor
            )
            return try await cardPage(
                visit,
                form: .empty,
                chosen: purpose,
                card: card.map(CardToPrint.init),
                isUnknown: card == nil
            )
        } catch let spent as LookupsSpent {
            throw GatewayFailure.tooManyTries(
                seconds: Int(max(1, desk.time.now().seconds(to: spent.again)))
            )
        }
    }

    private func cardPage(
        _ visit: StaffVisit,
        form: Form,
        chosen: LookupPurpose? = nil,
        card: CardToPrint? = nil,
        isUnknown: Bool = false
    ) async throws -> Response {
        let number = try number(visit)
        let summary = try await desk.request(number, by: visit.actor)
        let page = CardPage(
            path: StaffRoute.card.path(number.description).description,
            backPath: StaffRoute.tracker.path(number.description).description,
            studentName: summary.request.student.name.full,
            purposes: Choice.list(LookupPurpose.allCases, chosen: chosen.map { [$0] } ?? []),
            card: card,
            isUnknown: isUnknown,
            form: form
        )
        return frame.page(
            page,
            visit,
            door: .requests,
            status: form.problems.isEmpty ? .ok : .unprocessableContent
        )
    }

    /// From a person's page, whose purpose goes along.
    func locatedCard(_ visit: StaffVisit) async throws -> Response {
        let id: PersonID = try visit.visit.identifier("person")
        guard let purpose = asked(visit) else { return purposePage(visit, .locatedCard, id) }
        let number = try await desk.cardNumber(of: id, for: purpose, by: visit.actor)
        let page = CardPage(
            path: StaffRoute.locatedCard.path(id.description).description,
            backPath: address(.located, id.description, purpose),
            card: CardToPrint(number: number)
        )
        return frame.page(page, visit, door: .locator)
    }
}
