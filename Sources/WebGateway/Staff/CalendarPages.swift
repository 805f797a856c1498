import Casework
import Hummingbird
import RecordExchange
import Rendering
import Vocabulary

/// An organisation's calendar as an iCalendar file: looked at, then taken over, and taken along.
extension StaffRoom {
    func calendarFile(_ visit: StaffVisit) async throws -> Response {
        try await calendarPage(visit)
    }

    private func calendarPage(
        _ visit: StaffVisit,
        result: CalendarChanges? = nil,
        text: String = "",
        form: Form = .empty
    ) async throws -> Response {
        let id = try await keptOrganization(visit)
        let isRefused = result.map { !$0.canTake && !$0.changesNothing } ?? false
        let page = CalendarFilePage(
            path: StaffRoute.calendarFile.path(id.description).description,
            backPath: StaffRoute.organization.path(id.description).description,
            name: try await desk.name(of: id),
            canDownload: try await desk.keptCalendar(of: id).owner != nil,
            result: result,
            text: text,
            form: form
        )
        return frame.page(
            page,
            visit,
            door: .contacts,
            status: form.problems.isEmpty && !isRefused ? .ok : .unprocessableContent
        )
    }

    /// The organisation of the path, where it has a calendar and the person keeps it.
    private func keptOrganization(_ visit: StaffVisit) async throws -> OrganizationID {
        let id = try organizationID(visit)
        switch id {
        case .school, .district, .state: break
        case .project, .custodian, .gateway: throw GatewayFailure.notFound
        }
        guard try await desk.mayKeep(id, by: visit.actor) else { throw GatewayFailure.notFound }
        return id
    }

    /// What a file would change; nothing is changed.
    func lookAtCalendar(_ visit: StaffVisit) async throws -> Response {
        let id = try await keptOrganization(visit)
        let limits = UploadForm.Limits(
            total: Int64(CalendarFile.mostBytes) + 64 << 10,
            file: Int64(CalendarFile.mostBytes),
            files: 1
        )
        let upload = try await visit.visit.upload().receive(into: feeds.drop, limits: limits)
        defer { for file in upload.files { try? feeds.drop.remove(file.file.id) } }
        var form = Form(problems: upload.refusals.map(\.problem))
        if upload.files.isEmpty, form.problems.isEmpty {
            form.problems.append(FieldProblem(.files, .feedFileMissing))
        }
        guard form.problems.isEmpty, let file = upload.files.first?.file,
            let bytes = try feeds.drop.open(file.id).whole(upTo: Int64(CalendarFile.mostBytes))
        else { return try await calendarPage(visit, form: form) }
        let calendar: SchoolCalendar
        do {
            calendar = try CalendarFile.read(bytes)
        } catch {
            let malformed: CalendarFile.Malformed = error
            let faults = malformed.problems.prefix(100).map { problem in
                CalendarFault(line: problem.line, kind: problem.kind)
            }
            return try await calendarPage(visit, result: CalendarChanges(lines: faults))
        }
        let before = try await desk.keptCalendar(of: id).calendar
        let changes = CalendarChanges(CalendarReview(of: calendar, replacing: before))
        return try await calendarPage(
            visit,
            result: changes,
            text: changes.canTake ? String(decoding: bytes, as: UTF8.self) : ""
        )
    }

    func takeCalendar(_ visit: StaffVisit) async throws -> Response {
        let id = try await keptOrganization(visit)
        let text = visit.visit.form["calendarText"] ?? ""
        guard let calendar = try? CalendarFile.read(Array(text.utf8)) else {
            throw GatewayFailure.malformed
        }
        do {
            try await desk.replaceCalendar(of: id, with: calendar, by: visit.actor)
        } catch CaseworkFailure.dateImpossible {
            throw GatewayFailure.malformed
        }
        return seeOther(.organization, id.description, done: .calendarChanged)
    }

    func downloadCalendar(_ visit: StaffVisit) async throws -> Response {
        let id = try await keptOrganization(visit)
        let kept = try await desk.keptCalendar(of: id)
        guard kept.owner != nil else { throw GatewayFailure.notFound }
        let bytes = CalendarFile.write(
            kept.calendar,
            of: id,
            stamp: desk.time.now().dayInGreenwich
        )
        var response = Response.text(
            String(decoding: bytes, as: UTF8.self),
            mediaType: "text/calendar; charset=utf-8"
        )
        let name = id.description.replacing(":", with: "-")
        response.headers[.contentDisposition] = ContentDisposition.attachment("\(name).ics")
        return response
    }
}

extension CalendarChanges {
    fileprivate init(_ review: CalendarReview) {
        self.init(
            added: review.added.map(CalendarStretch.init)
                + review.addedStaffDays.map(CalendarStretch.init),
            removed: review.removed.map(CalendarStretch.init)
                + review.removedStaffDays.map(CalendarStretch.init),
            troubles: review.troubles.map { trouble in
                switch trouble {
                case .overlap(let first, let second):
                    .overlap(first: first.name, second: second.name)
                case .gap(let first, let second, let days):
                    .gap(first: first.name, second: second.name, days: days)
                }
            }
        )
    }
}
