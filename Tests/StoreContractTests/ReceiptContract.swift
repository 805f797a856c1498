import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Receipts on file") struct ReceiptContract {
    private static let deliveries = (1...3).map { number in
        Delivery(
            id: .numbered(number),
            bundle: .numbered(1),
            request: .numbered(1),
            recipient: School.oak.organization,
            way: .web,
            at: .noon("2026-05-18")
        )
    }

    private func store(_ backend: Backend) async throws -> ContractStore {
        let store = try await backend.makeStore()
        try await store.write { session in
            let request = RecordRequest.filed(1)
            let inquiry = Inquiry.asked(1, of: request)
            try session.save(request)
            try session.save(inquiry)
            try session.save(RecordBundle.answered(1, to: inquiry))
            for delivery in Self.deliveries { try session.save(delivery) }
        }
        return store
    }

    @Test(arguments: Backend.allCases)
    func `a receipt comes back whole, is due until it is signed, and can be forgotten`(
        backend: Backend
    ) async throws {
        let store = try await store(backend)
        var first = Receipt(
            .opened,
            for: Self.deliveries[0],
            files: [
                FileOpening(file: "a", how: .shown, at: .noon("2026-05-19")),
                FileOpening(file: "b", how: .untaken, at: nil),
            ],
            at: .noon("2026-05-20")
        )
        let earlier = Receipt(
            .refused(.digestsDiffer),
            for: Self.deliveries[1],
            at: .noon("2026-05-19")
        )
        let missing = Receipt(.missing, for: Self.deliveries[2], at: .noon("2026-05-19"))
        let (due, all) = try await store.write { [first] session in
            for receipt in [first, earlier, missing] { try session.save(receipt) }
            return (
                try session.dueReceipts(limit: 10), try session.receipts(of: first.request)
            )
        }
        #expect(due == [earlier, first])
        #expect(all.count == 3 && all.last == first)
        first.signed = .init(text: "{ñ}", signature: "AA==")
        try await store.write { [first] in try $0.save(first) }
        let (stored, id) = (first, first.delivery)
        #expect(try await store.read { try $0.receipt(of: id) } == stored)
        #expect(try await store.read { try $0.dueReceipts(limit: 10) } == [earlier])
        #expect(try await store.read { try $0.dueReceipts(limit: 0) }.isEmpty)
        try await store.write { try $0.forgetReceipt(of: earlier.delivery) }
        #expect(try await store.read { try $0.receipt(of: earlier.delivery) } == nil)
        #expect(try await store.read { try $0.dueReceipts(limit: 10) }.isEmpty)
    }

    @Test(arguments: Backend.allCases)
    func `a receipt needs its delivery, and its trouble shows in the state's list`(
        backend: Backend
    ) async throws {
        let store = try await store(backend)
        let state = StateCode.texas
        let stranger = Delivery(
            id: .numbered(99),
            bundle: .numbered(1),
            request: .numbered(1),
            recipient: School.oak.organization,
            way: .web,
            at: .noon("2026-05-18")
        )
        await #expect(throws: StorageFailure.self) {
            try await store.write {
                try $0.save(Receipt(.opened, for: stranger, at: .noon("2026-05-20")))
            }
        }
        let owner = try await store.read { session in
            try session.request(RecordRequest.ID.numbered(1))?.requesterState ?? state
        }
        for (outcome, isListed) in [
            (Receipt.Outcome.opened, false), (.missing, true), (.handedOver, false),
            (.refused(.cannotOpen), true), (.partly, false), (.stalled, true),
        ] {
            try await store.write {
                try $0.save(Receipt(outcome, for: Self.deliveries[0], at: .noon("2026-05-20")))
            }
            let listed = try await store.read {
                try $0.requestsWithoutReceipt(ownedBy: owner, limit: 10).map(\.id)
            }
            #expect((listed == [.numbered(1)]) == isListed)
            #expect(isListed || listed.isEmpty)
        }
    }
}
