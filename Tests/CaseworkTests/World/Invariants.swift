import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

/// What must be true after every step of every story.
enum Invariants {
    /// Records an issue for each rule that is broken.
    ///
    /// - Returns: what is on file, which no rule changes.
    @discardableResult
    static func check(
        _ world: World,
        _ step: String = "",
        chain: Bool = true,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> OnFile {
        let file = try await world.everything()
        var broken: [String] = []
        broken += nobodyWaitsForNobody(file)
        broken += nothingIsLostByMerging(file)
        broken += try await everyOpenRequestHasANextDate(file, world)
        broken += whatEndedIsQuiet(file)
        broken += noByteWithoutDisclosure(file)
        broken += nothingTellsTooMuch(world.checked.new(in: file, world.mail.arrived), world)
        if chain, let sequence = try await world.desk.firstBrokenAuditEntry() {
            broken.append("the audit chain breaks at \(sequence)")
        }
        for fault in broken {
            Issue.record("\(step): \(fault)", sourceLocation: sourceLocation)
        }
        return file
    }

    /// What was merged is led to a request that was not, with no answer left behind and no link
    /// that leads nowhere.
    private static func nothingIsLostByMerging(_ file: OnFile) -> [String] {
        var broken: [String] = []
        for request in file.requests {
            let isDuplicate = request.conclusion?.kind == .closedDuplicate
            if isDuplicate != (request.mergedInto != nil) { broken.append("merged into nothing") }
            guard let next = request.mergedInto else { continue }
            if !file.requests.contains(where: { $0.id == next }) {
                broken.append("merged into what is not there")
            }
            if file.bundles.contains(where: { $0.request == request.id }) {
                broken.append("an answer is left in a merged request")
            }
            for inquiry in file.inquiries where inquiry.request == request.id {
                guard inquiry.status != .withdrawn else { continue }
                guard let later = file.inquiries.first(where: { $0.id == inquiry.continuedBy })
                else {
                    broken.append("a merged \(inquiry.status) inquiry leads nowhere")
                    continue
                }
                if later.request != next { broken.append("it leads to another request") }
            }
        }
        return broken
    }

    /// Every open request has a timer, or an owner in whose list it stands.
    private static func nobodyWaitsForNobody(_ file: OnFile) -> [String] {
        file.requests.filter(\.isOpen).compactMap { request in
            let inquiries = file.inquiries.filter { $0.request == request.id }
            let live = inquiries.filter(\.isLive)
            for inquiry in live where file.timers[inquiry.id] == nil {
                guard file.queues[inquiry.holderState]?.contains(inquiry.id) == true else {
                    return "\(inquiry.status) inquiry \(inquiry.sequence) has no timer and no owner"
                }
            }
            if !live.isEmpty || inquiries.contains(where: { $0.status == .sent }) { return nil }
            let owned = file.homeless[request.requesterState]?.contains(request.id) == true
            return owned ? nil : "a request without a school has no owner"
        }
    }

    private static func everyOpenRequestHasANextDate(
        _ file: OnFile,
        _ world: World
    ) async throws -> [String] {
        var broken: [String] = []
        for request in file.requests {
            guard
                let account = file.accounts.first(where: { account in
                    account.actor.requestingSchools.contains(request.requester)
                })
            else { continue }
            let story = try await world.desk.story(of: request.number, by: account.actor)
            if story.state.isTerminal != (story.next == nil) {
                broken.append("\(story.state) has next step \(String(describing: story.next))")
            }
            // Nothing is asked of a school that is closed.
            if case .holder = story.next?.owner, story.closedUntil != nil,
                story.next?.step != .promiseDue, story.next?.step != .extensionDue
            {
                broken.append("a closed school is to act: \(String(describing: story.next?.step))")
            }
        }
        return broken
    }

    private static func whatEndedIsQuiet(_ file: OnFile) -> [String] {
        var broken: [String] = []
        for inquiry in file.inquiries {
            let isOpen = file.requests.first { $0.id == inquiry.request }?.isOpen == true
            if !isOpen && inquiry.isLive { broken.append("a live inquiry of an ended request") }
            // After an answer the requester is told again, and silence completes.
            let isWatched = isOpen && inquiry.status == .sent
            if !inquiry.isLive && !isWatched && file.timers[inquiry.id] != nil {
                broken.append("a timer of an inquiry that is \(inquiry.status)")
            }
            if inquiry.isLive == inquiry.clock.isStopped {
                broken.append("the clock of a \(inquiry.status) inquiry is wrong")
            }
        }
        for request in file.requests {
            let accepted = file.inquiries
                .count { $0.request == request.id && $0.status == .accepted }
            if accepted > 1 && request.asksInParallel != true {
                broken.append("two promises for one request")
            }
        }
        return broken
    }

    /// No mail, timeline or audit line holds the student's name or birth date, and none but the
    /// mail itself a link.
    private static func nothingTellsTooMuch(
        _ texts: [(place: String, text: String)],
        _ world: World
    ) -> [String] {
        let secrets = ["paloma", "prueba", "ejemplo", "2011-03-09", "03/09/2011", "3/9/2011"]
        let tokens = world.checked.keys(in: world.mail.arrived).map(\.token)
        return texts.compactMap { place, text in
            let lower = text.lowercased()
            if let secret = secrets.first(where: { lower.holds($0) }) {
                return "\(place) holds \(secret)"
            }
            guard !place.hasPrefix("mail") else { return nil }
            return tokens.contains { lower.holds($0) } ? "\(place) holds a link" : nil
        }
    }

    private static func noByteWithoutDisclosure(_ file: OnFile) -> [String] {
        file.bundles.compactMap { bundle in
            let disclosed = Set(
                file.disclosures.filter { $0.bundle == bundle.id }.map(\.way)
            )
            let pushes = file.deliveries.filter { delivery in
                delivery.bundle == bundle.id && Delivery.pushes.contains(delivery.way)
                    && delivery.status != .waiting && delivery.attempts > 0
            }
            if !disclosed.isSuperset(of: pushes.map(\.way)) { return "a push without a disclosure" }
            if bundle.receivedAt != nil && disclosed.isEmpty {
                return "a received bundle without a disclosure"
            }
            return nil
        }
    }
}

extension World {
    /// One step of a story, after which everything must still hold.
    @discardableResult
    func step<Result>(
        _ name: String,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ body: () async throws -> Result
    ) async throws -> Result {
        let result = try await body()
        try await Invariants.check(self, name, sourceLocation: sourceLocation)
        return result
    }
}
