import Casework
import Hummingbird
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

/// The sealed copy that a family carries: one is made, and one is taken.
extension StaffRoom {
    func familyCopy(_ visit: StaffVisit) async throws -> Response {
        let number = try number(visit)
        let bundle = try await desk.releaseToFamily(
            try visit.visit.identifier("bundle"),
            of: number,
            by: visit.actor
        )
        guard let order = try await desk.order(for: bundle.id) else {
            throw GatewayFailure.notFound
        }
        let copy = try await copies.seal(order)
        return Download(
            reader: copy.reader,
            name: "\(number)-\(bundle.sequence)-familia.cms",
            mediaType: "application/cms",
            digest: copy.digest
        ).response(to: visit.visit.request)
    }

    func copyPage(_ visit: StaffVisit) async throws -> Response {
        try await copyPage(visit, trouble: nil)
    }

    private func copyPage(_ visit: StaffVisit, trouble: FieldTrouble?) async throws -> Response {
        let number = try number(visit)
        let summary = try await desk.request(number, by: visit.actor)
        let page = TakeCopyPage(
            number: number,
            studentName: summary.request.student.name.full,
            form: Form(problems: trouble.map { [FieldProblem(.familyCopy, $0)] } ?? [])
        )
        return frame.page(
            page,
            visit,
            door: .requests,
            status: trouble == nil ? .ok : .unprocessableContent
        )
    }

    func takeCopy(_ visit: StaffVisit) async throws -> Response {
        let number = try number(visit)
        // Nobody else's files are taken, not even for a moment.
        _ = try await desk.records(of: number, by: visit.actor)
        // Each try starts a process, and its answer says something of the copy.
        try limits.familyCopy(by: visit.actor.id)
        let upload = try await visit.visit.upload().receive(into: feeds.drop, limits: feeds.limits)
        defer { for file in upload.files { try? feeds.drop.remove(file.file.id) } }
        guard let file = upload.files.first?.file, upload.refusals.isEmpty else {
            return try await copyPage(visit, trouble: .familyCopyMissing)
        }
        do {
            let copy = try await copies.open(file.id)
            let taken: RecordBundle
            do {
                taken = try await desk.takeFamilyCopy(copy, for: number, by: visit.actor)
            } catch let error where error is FamilyCopyRefusal || error is CaseworkFailure {
                // Refused before anything was on file; of anything else nobody knows.
                await copies.discard(copy.files)
                throw error
            }
            // A copy that was taken before is kept as it came then.
            let kept = Set(taken.files.map(\.id))
            await copies.discard(copy.files.filter { !kept.contains($0.id.description) })
            return seeOther(.tracker, number.description, done: .copyTaken)
        } catch let refusal as FamilyCopyRefusal {
            return try await copyPage(visit, trouble: FieldTrouble(refusal))
        }
    }
}

extension FieldTrouble {
    fileprivate init(_ refusal: FamilyCopyRefusal) {
        self =
            switch refusal {
            case .notOurs: .familyCopyNotOurs
            case .withdrawn: .familyCopyWithdrawn
            case .otherStudent: .familyCopyOtherStudent
            case .notAsked(let school): .familyCopyNotAsked(school: school)
            }
    }
}
