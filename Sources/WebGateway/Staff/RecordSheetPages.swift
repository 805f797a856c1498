import Casework
import Hummingbird
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

/// The one-page record by use.
extension StaffRoom {
    /// What all answers to one request say, merged; never more than the uses it was asked for.
    func recordSheet(_ visit: StaffVisit) async throws -> Response {
        let number = try number(visit)
        let arrived = try await desk.records(of: number, by: visit.actor)
        guard let requester = try await desk.school(arrived.request.requester) else {
            throw GatewayFailure.notFound
        }
        let most = arrived.request.uses.max() ?? .enrollment
        let wanted = visit.visit.query["use"].flatMap(RecordUse.init(rawValue:)) ?? most
        let use = min(wanted, most)
        let bundles = arrived.bundles.filter { $0.withdrawnAt == nil }
        var readings: [RecordReading] = []
        for bundle in bundles {
            guard let reading = try await reading(of: bundle, number, visit) else { continue }
            readings.append(reading)
        }
        let merged = MergedRecord(readings.map(\.record))
        let statements = Completeness.statements(of: bundles)
        let standings = PartStandings(
            Completeness(of: merged, for: most, statements: statements),
            for: most
        )
        let page = RecordSheetPage(
            number: number,
            studentName: arrived.request.student.name.full,
            uses: RecordUse.allCases.filter { $0 <= most }.map { Choice($0, isChosen: $0 == use) },
            sheet: frame.renderer.sheet(
                of: merged,
                for: use,
                statements: statements,
                problems: readings.flatMap(\.problems),
                unlisted: readings.map(\.unlisted).reduce(0, +),
                plan: plan(for: requester),
                codes: answers.scribe?.codes ?? .none,
                canAsk: arrived.request.isOpen,
                in: visit.visit.language
            ),
            standings: standings,
            signature: bundles.isEmpty ? .notYet : .checked,
            isComplete: arrived.state != .partlySent,
            holders: Set(bundles.map { arrived.holderNames[$0.holder] ?? "" }).sorted()
                .joined(separator: ", "),
            printedOn: desk.time.today(in: requester.state),
            printedBy: visit.actor.name,
            checkHost: frame.installation.host
        )
        return frame.page(page, visit, door: .requests)
    }

    /// The structured record of a bundle, released and read; `nil` for bundles that have none.
    private func reading(
        of bundle: RecordBundle,
        _ number: RequestNumber,
        _ visit: StaffVisit
    ) async throws -> RecordReading? {
        guard let file = bundle.recordFile, let scribe = answers.scribe else { return nil }
        // To look at it is to have it: the disclosure record comes first.
        let released = try await desk.release(
            .file(file.id),
            of: bundle.id,
            in: number,
            to: visit.actor
        )
        guard let bytes = try files.file(file).whole(upTo: 16 << 20) else { return nil }
        let source = RecordSource(name: "", date: CivilDate(dayNumber: 0))
        let reading = scribe.read(bytes, from: source)
        try await desk.noteTaken(.file(file.id), of: released.id, by: visit.actor)
        return reading
    }

    /// The plan of the school's state, for a record that brings none.
    private func plan(for school: School) -> GraduationPlan? {
        answers.scribe?.plans.first { $0.state == school.state }
    }
}
