import Casework
import RecordExchange
import Vocabulary

extension SQLCaseSession {
    private static let receiptColumns = "SELECT delivery, body FROM receipts"

    func receipt(of delivery: Delivery.ID) throws -> Receipt? {
        try sql.query("\(Self.receiptColumns) WHERE delivery = $1", [delivery]).first
            .map(receipt(in:))
    }

    func receipts(of request: RecordRequest.ID) throws -> [Receipt] {
        try sql.query(
            "\(Self.receiptColumns) WHERE request = $1 ORDER BY at, delivery",
            [request]
        ).map(receipt(in:))
    }

    func dueReceipts(limit: Int) throws -> [Receipt] {
        try sql.query(
            "\(Self.receiptColumns) WHERE is_due = TRUE ORDER BY at, delivery LIMIT $1",
            [limit]
        ).map(receipt(in:))
    }

    func save(_ receipt: Receipt) throws {
        try change(
            """
            INSERT INTO receipts(delivery, request, is_due, is_trouble, at, body)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (delivery) DO UPDATE SET request = excluded.request,
                is_due = excluded.is_due, is_trouble = excluded.is_trouble, at = excluded.at,
                body = excluded.body
            """,
            [
                receipt.delivery, receipt.request, receipt.isDue, receipt.isTrouble, receipt.at,
                try codec.plain(receipt),
            ]
        )
    }

    func forgetReceipt(of delivery: Delivery.ID) throws {
        try change("DELETE FROM receipts WHERE delivery = $1", [delivery])
    }

    private func receipt(in row: SQLRow) throws -> Receipt {
        try codec.plainValue(row, table: "receipts", key: "delivery")
    }
}
