import Casework
import Hummingbird
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

/// What came for a student in all requests of the reader's school, merged by element.
extension StaffRoom {
    /// Asks what it is for, and shows nothing of the student's records before.
    func earlier(_ visit: StaffVisit) async throws -> Response {
        let number = try number(visit)
        let stated = visit.visit.query[FieldName.earlierPurpose.rawValue]
        guard let purpose = stated.flatMap(EarlierPurpose.init(rawValue:)) else {
            let request = try await desk.records(of: number, by: visit.actor).request
            let problems =
                stated == nil ? [] : [FieldProblem(.earlierPurpose, .earlierPurposeMissing)]
            let page = EarlierPage(
                number: number,
                studentName: request.student.name.full,
                purposes: Choice.list(EarlierPurpose.allCases, chosen: []),
                form: Form(problems: problems)
            )
            return frame.page(
                page,
                visit,
                door: .requests,
                status: problems.isEmpty ? .ok : .unprocessableContent
            )
        }
        let earlier = try await desk.earlierRecords(of: number, for: purpose, by: visit.actor)
        guard let requester = try await desk.school(earlier.request.requester) else {
            throw GatewayFailure.notFound
        }
        let most = earlier.request.uses.max() ?? .enrollment
        let wanted = visit.visit.query["use"].flatMap(RecordUse.init(rawValue:)) ?? most
        let (readings, filesOnly) = try await released(earlier, for: purpose, visit)
        let plans = try await plans(
            for: MergedRecord(readings.map(\.record)),
            of: requester
        )
        let page = EarlierPage(
            number: number,
            studentName: earlier.request.student.name.full,
            purposes: [],
            purpose: purpose.rawValue,
            record: record(
                earlier,
                readings,
                filesOnly,
                for: min(wanted, most),
                upTo: most,
                plans: plans,
                of: requester,
                visit
            )
        )
        return frame.page(page, visit, door: .requests)
    }

    /// Every answer that is data, released one by one under the stated purpose; and how many of
    /// each request's are not.
    private func released(
        _ earlier: EarlierRecords,
        for purpose: EarlierPurpose,
        _ visit: StaffVisit
    ) async throws -> (readings: [RecordReading], filesOnly: [RecordRequest.ID: Int]) {
        var readings: [RecordReading] = []
        var filesOnly: [RecordRequest.ID: Int] = [:]
        for found in earlier.requests {
            for bundle in found.bundles {
                guard let file = bundle.recordFile else {
                    filesOnly[found.request.id, default: 0] += 1
                    continue
                }
                // To look at it is to have it: the disclosure record comes first, and says what
                // for.
                _ = try await desk.release(
                    .copy("consolidated view of \(earlier.request.number), \(purpose.rawValue)"),
                    of: bundle.id,
                    in: found.request.number,
                    to: visit.actor
                )
                if let reading = try reading(of: file) { readings.append(reading) }
            }
        }
        return (readings, filesOnly)
    }

    private func record(
        _ earlier: EarlierRecords,
        _ readings: [RecordReading],
        _ filesOnly: [RecordRequest.ID: Int],
        for use: RecordUse,
        upTo most: RecordUse,
        plans: [GraduationPlan],
        of requester: School,
        _ visit: StaffVisit
    ) -> EarlierRecord {
        let merged = MergedRecord(readings.map(\.record))
        // Of two answers the later one counts; what the request itself brought is the latest.
        let statements = Completeness.statements(
            of: earlier.requests.reversed().flatMap(\.bundles)
        )
        let completeness = Completeness(
            of: merged,
            for: most,
            statements: statements,
            unread: earlier.requests.flatMap(\.bundles).unreadParts,
            phase: earlier.phase.rawValue
        )
        return EarlierRecord(
            uses: RecordUse.allCases.filter { $0 <= most }
                .map { Choice($0, isChosen: $0 == use) },
            sheet: frame.renderer.sheet(
                of: merged,
                for: use,
                statements: statements,
                phase: earlier.phase,
                problems: readings.flatMap(\.problems),
                unlisted: readings.map(\.unlisted).reduce(0, +),
                plans: plans,
                plan: plans.plan(
                    of: requester.id,
                    in: requester.state,
                    for: earlier.request.graduating
                ),
                graduating: earlier.request.graduating,
                codes: answers.scribe?.codes ?? .none,
                in: visit.visit.language
            ),
            standings: PartStandings(completeness, for: most, phase: earlier.phase),
            requests: earlier.requests.map { found in
                EarlierRow(
                    number: found.request.number,
                    filedOn: found.request.filedOn,
                    link: found.link,
                    holders: Set(found.bundles.map { earlier.holderNames[$0.holder] ?? "" })
                        .sorted().joined(separator: ", "),
                    answers: found.bundles.count,
                    filesOnly: filesOnly[found.request.id] ?? 0
                )
            }
        )
    }
}
