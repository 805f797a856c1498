import Casework
import RecordExchange
import TestSupport
import Vocabulary

/// Many rows of a state's queue, views of it, and requests that were made twice.
extension Trial {
    private static let watchers = [Cast.texas, Cast.california, Cast.washington]

    /// The same child, asked for at two schools of the same state.
    private static let filedTwice: @Sendable (World) async throws -> Subject = { world in
        let subject = try await filed(world)
        _ = try await world.file { $0.duplicateReason = "Again" }
        return subject
    }

    static let overQueues: [Self] = [
        Self(
            name: "look",
            permitted: [Cast.clerk, Cast.mapleDistrict, Cast.california],
            prepare: filed
        ) { desk, it, actor in
            let drop = MemoryDrop()
            let file = try await drop.keep(
                Array("\(it.number)|||transcript".utf8),
                named: "export.csv",
                limit: 1 << 20
            )
            let answers = AnswersFromFiles(
                desk: desk,
                uploads: drop,
                drop: drop,
                scribe: LineScribe()
            )
            let plan = try await answers.look(at: [file], among: [], by: actor)
            guard plan.lines.contains(where: { !$0.candidates.isEmpty }) else {
                throw CaseworkFailure.notFound
            }
        },
        Self(name: "checkMany", permitted: watchers, prepare: filed) { desk, it, actor in
            _ = try await desk.checkMany([it.number], .remind, by: actor)
        },
        Self(name: "doMany", permitted: watchers, prepare: filed) { desk, it, actor in
            _ = try await desk.doMany([it.number], .remind, by: actor)
        },
        Self(name: "queue", permitted: [Cast.texas], prepare: filed) { desk, _, actor in
            _ = try await desk.queue(QueueFilter(), in: .texas, by: actor)
        },
        Self(name: "queueLines", permitted: [Cast.texas], prepare: filed) { desk, _, actor in
            _ = try await desk.queueLines(QueueFilter(), in: .texas, by: actor)
        },
        Self(name: "extensionOffer", permitted: [Cast.california], prepare: filed) {
            desk,
            it,
            actor in
            _ = try await desk.extensionOffer(of: it.number, by: actor)
        },
        Self(name: "contactSearch", permitted: [Cast.california], prepare: filed) {
            desk,
            it,
            actor in
            _ = try await desk.contactSearch(for: it.number, by: actor)
        },
        Self(name: "addFoundContact", permitted: [Cast.california], prepare: filed) {
            desk,
            it,
            actor in
            try await desk.addFoundContact(FindContactTests.draft(), for: it.number, by: actor)
        },
        Self(name: "extend", permitted: [Cast.california], prepare: filed) { desk, it, actor in
            let offer = try await desk.extensionOffer(of: it.number, by: actor)
            guard let latest = offer.latest else { throw CaseworkFailure.notPossibleNow }
            try await desk.extend(it.number, until: latest, note: "Ill", by: actor)
        },
        Self(name: "giveBack", permitted: [Cast.california], prepare: filed) { desk, it, actor in
            _ = try await desk.giveBack(
                [Handover(number: it.number, from: .nobody, to: .nobody)],
                in: .california,
                by: actor
            )
        },
        Self(name: "findRequests", permitted: requesters, prepare: filed) { desk, it, actor in
            let found = try await desk.findRequests(it.number.description, by: actor)
            guard !found.requests.isEmpty else { throw CaseworkFailure.notFound }
        },
        Self(name: "queuePeople", permitted: [Cast.texas], prepare: filed) { desk, _, actor in
            _ = try await desk.queuePeople(of: .texas, by: actor)
        },
        Self(name: "queuePerson", permitted: [Cast.texas], prepare: filed) { desk, _, actor in
            _ = try await desk.queuePerson(Cast.texas.id, of: .texas, by: actor)
        },
        Self(name: "queueViews", permitted: [Cast.texas], prepare: filed) { desk, _, actor in
            _ = try await desk.queueViews(of: .texas, by: actor)
        },
        Self(name: "saveQueueView", permitted: watchers, prepare: filed) { desk, _, actor in
            try await desk.saveQueueView(
                SavedView(name: "Mine", QueueFilter()),
                by: actor
            )
        },
        Self(name: "forgetQueueView", permitted: watchers, prepare: filed) { desk, _, actor in
            try await desk.forgetQueueView("Mine", by: actor)
        },
        Self(name: "twins", permitted: requesters + states, prepare: filed) { desk, it, actor in
            _ = try await desk.twins(of: it.number, by: actor)
        },
        Self(name: "mergeRequest", permitted: requesters + states, prepare: filedTwice) {
            desk,
            it,
            actor in
            let twins = try await desk.twins(of: it.number, by: actor)
            guard let twin = twins.first else { throw CaseworkFailure.notFound }
            try await desk.mergeRequest(it.number, into: twin.summary.request.number, by: actor)
        },
    ]
}
