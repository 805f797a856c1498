package import Casework
import RecordExchange
import ServiceLifecycle
import Synchronization
import Vocabulary

/// Looks at the files of people who answer many requests at once, and sends what they agreed to,
/// one person after the other; a page asks how far each is.
///
/// Each person has one list here. It is lost in a restart, which the person is told; what was sent is
/// not, and the same files again send nothing twice.
package final class AnswerWorker: Service, CustomStringConvertible {
    package var description: String { "answers of many students" }

    /// Somebody's files.
    struct Job: Sendable {
        let id: String
        let actor: Actor
        let files: [DroppedFile]
        let numbers: [RequestNumber]
        var stage: Stage
    }

    /// How far they are.
    enum Stage: Sendable {
        case waiting
        case looking(ManyAnswers.Progress)
        case looked(ManyAnswers)
        case sending(ManyAnswers.Progress)
        case sent(ManyAnswers, [ManyAnswers.Result])
        case tooManyOpen
        /// A fault of ours, or the end of the program.
        case interrupted
    }

    /// What a person decided.
    struct Decision: Sendable {
        let choices: [Int: Inquiry.ID]
        let isAll: Bool
        let isOfficial: Bool
    }

    private enum Work: Sendable {
        case look(StaffID)
        case send(Actor, ManyAnswers, Decision)
    }

    private let desk: Desk
    private let answers: AnswersFromFiles
    let drop: any FileDrop
    private let jobs = Mutex<[StaffID: Job]>([:])
    private let work: AsyncStream<Work>
    private let orders: AsyncStream<Work>.Continuation

    package init(_ answers: AnswersFromFiles, desk: Desk, drop: any FileDrop) {
        self.desk = desk
        self.answers = answers
        self.drop = drop
        (work, orders) = AsyncStream.makeStream()
    }

    package func run() async throws {
        for await order in work.cancelOnGracefulShutdown() { await carryOut(order) }
    }

    // MARK: What pages ask

    func job(of person: StaffID) -> Job? { jobs.withLock { $0[person] } }

    /// Takes files in for a look, in place of those before; `false` while those move.
    func take(
        _ files: [DroppedFile],
        among numbers: [RequestNumber],
        by actor: Actor
    ) async throws -> Bool {
        guard let first = files.first else { return false }
        try await desk.noteFilesInHand(true, of: actor.id)
        let job = Job(
            id: first.id.description,
            actor: actor,
            files: files,
            numbers: numbers,
            stage: .waiting
        )
        let earlier: Job?? = jobs.withLock { jobs in
            let earlier = jobs[actor.id]
            guard earlier?.isMoving != true else { return nil }
            jobs[actor.id] = job
            return .some(earlier)
        }
        guard let earlier else { return false }
        if let earlier { remove(earlier) }
        orders.yield(.look(actor.id))
        return true
    }

    /// Sends what was looked at; `false` where that is not what the person saw.
    ///
    /// `actor`: as the person stands now, since roles may have ended after the look.
    func send(_ id: String, _ decision: Decision, by actor: Actor) -> Bool {
        let plan = jobs.withLock { jobs -> ManyAnswers? in
            guard let job = jobs[actor.id], job.id == id, case .looked(let plan) = job.stage
            else { return nil }
            jobs[actor.id]?.stage = .waiting
            return plan
        }
        guard let plan else { return false }
        orders.yield(.send(actor, plan, decision))
        return true
    }

    /// Somebody handed files in before the program began anew, and they are gone.
    func hasLost(_ person: StaffID) async throws -> Bool {
        guard job(of: person) == nil else { return false }
        return try await desk.hasFilesInHand(person)
    }

    /// Puts a list away that does not move, or one that is gone.
    func discard(_ id: String, by person: StaffID) async throws {
        let job = jobs.withLock { jobs -> Job? in
            guard let job = jobs[person], job.id == id, !job.isMoving else { return nil }
            jobs[person] = nil
            return job
        }
        if let job { remove(job) }
        if self.job(of: person) == nil { try await desk.noteFilesInHand(false, of: person) }
    }

    // MARK: The work

    private func carryOut(_ order: Work) async {
        let person =
            switch order {
            case .look(let person): person
            case .send(let actor, _, _): actor.id
            }
        guard let job = job(of: person) else { return }
        let stage = await stage(after: order, job)
        note(stage, job)
        guard case .sent = stage else { return }
        remove(job)
        // Where it cannot be noted, the person hands the files in once more, and nothing is sent.
        try? await desk.noteFilesInHand(false, of: person)
    }

    private func stage(after order: Work, _ job: Job) async -> Stage {
        do {
            switch order {
            case .look:
                return .looked(
                    try await answers.look(at: job.files, among: job.numbers, by: job.actor) {
                        self.note(.looking($0), job)
                    }
                )
            case .send(let actor, let plan, let decision):
                return .sent(
                    plan,
                    try await answers.answer(
                        plan,
                        from: job.files,
                        choosing: decision.choices,
                        isAll: decision.isAll,
                        certifying: decision.isOfficial,
                        by: actor
                    ) { self.note(.sending($0), job) }
                )
            }
        } catch ManyAnswersFailure.tooManyOpen {
            return .tooManyOpen
        } catch {
            return .interrupted
        }
    }

    private func note(_ stage: Stage, _ job: Job) {
        jobs.withLock { jobs in
            if jobs[job.actor.id]?.id == job.id { jobs[job.actor.id]?.stage = stage }
        }
    }

    private func remove(_ job: Job) {
        for file in job.files { try? drop.remove(file.id) }
    }
}

extension AnswerWorker.Job {
    var isMoving: Bool {
        switch stage {
        case .waiting, .looking, .sending: true
        case .looked, .sent, .tooManyOpen, .interrupted: false
        }
    }
}
