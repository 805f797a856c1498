package import RecordExchange

/// Families' slips and addresses, one a request at most of each.
package protocol FamilyShelf {
    /// Found by the digest of everything on it; whoever implements this keeps a keyed digest of
    /// that one, so that a reader of the store cannot try codes.
    func slip(key: String) throws -> FamilySlip?
    func slip(of request: RecordRequest.ID) throws -> FamilySlip?
    /// Takes the place of the request's slip before.
    ///
    /// Throws `StoreConflict` where another request's slip has the key.
    func save(_ slip: FamilySlip, key: String) throws

    /// Where a family wants to be told; encrypted by whoever implements this.
    func familyContact(of request: RecordRequest.ID) throws -> FamilyContact?
    /// Takes the place of the request's one before.
    func save(_ contact: FamilyContact) throws
    /// Nothing happens where there is none.
    func forgetFamilyContact(of request: RecordRequest.ID) throws
}
