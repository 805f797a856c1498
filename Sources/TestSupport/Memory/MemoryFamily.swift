import Casework
import RecordExchange
import Vocabulary

extension MemoryCaseSession {
    func slip(key: String) throws -> FamilySlip? {
        state.slips.values.first { $0.key == key }?.slip
    }

    func slip(of request: RecordRequest.ID) throws -> FamilySlip? { state.slips[request]?.slip }

    func save(_ slip: FamilySlip, key: String) throws {
        try require(state.requests[slip.request] != nil, "family_slips.request")
        try require(state.accounts[slip.issuedBy] != nil, "family_slips.issued_by")
        try refuse(
            state.slips.contains { $0.value.key == key && $0.key != slip.request },
            "family slip"
        )
        try change { $0.slips[slip.request] = (slip, key) }
    }

    func familyContact(of request: RecordRequest.ID) throws -> FamilyContact? {
        state.familyContacts[request]
    }

    func save(_ contact: FamilyContact) throws {
        try require(state.requests[contact.request] != nil, "family_contacts.request")
        try change { $0.familyContacts[contact.request] = contact }
    }

    func forgetFamilyContact(of request: RecordRequest.ID) throws {
        try change { _ = $0.familyContacts.removeValue(forKey: request) }
    }
}
