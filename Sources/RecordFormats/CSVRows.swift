/// Splits comma-separated values (RFC 4180), lenient with line ends, semicolons and stray quotes.
func csvRows(_ text: String) -> [[String]] {
    var bytes = Array(text.utf8)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    let firstLine = bytes.prefix { $0 != 10 && $0 != 13 }
    let semicolons = firstLine.count { $0 == UInt8(ascii: ";") }
    let tabs = firstLine.count { $0 == 9 }
    let commas = firstLine.count { $0 == UInt8(ascii: ",") }
    let separator =
        tabs > max(commas, semicolons)
        ? 9 : semicolons > commas ? UInt8(ascii: ";") : UInt8(ascii: ",")
    var rows: [[String]] = []
    var row: [String] = []
    var cell: [UInt8] = []
    var isQuoted = false
    var position = 0
    func endCell() {
        row.append(String(decoding: cell, as: UTF8.self))
        cell.removeAll(keepingCapacity: true)
    }
    while position < bytes.count {
        let byte = bytes[position]
        position += 1
        if isQuoted {
            if byte != UInt8(ascii: "\"") {
                cell.append(byte)
            } else if position < bytes.count, bytes[position] == byte {
                cell.append(byte)
                position += 1
            } else {
                isQuoted = false
            }
        } else if byte == UInt8(ascii: "\""), cell.isEmpty {
            isQuoted = true
        } else if byte == separator {
            endCell()
        } else if byte == 10 || byte == 13 {
            if byte == 13, position < bytes.count, bytes[position] == 10 { position += 1 }
            endCell()
            rows.append(row)
            row.removeAll(keepingCapacity: true)
        } else {
            cell.append(byte)
        }
    }
    if !cell.isEmpty || !row.isEmpty {
        endCell()
        rows.append(row)
    }
    return rows
}
