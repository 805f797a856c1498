import RecordLocator
import Vocabulary

/// A locator entry as bytes: a version, then each field with its length in front.
///
/// Every entry is read at start-up, so this is leaner than JSON: tens of thousands a second
/// against thousands in an unoptimised build.
enum LocatorEntryBytes {
    // 2 has the standing and then the particulars behind the rest, and a birth date may be missing.
    private static let version: UInt8 = 2
    // 3 says why an entry is protected, before the rest: what cannot read it must not show it.
    private static let withGround: UInt8 = 3
    private static let oldest: UInt8 = 1

    static func write(_ entry: LocatorEntry) -> [UInt8] {
        let ground = entry.isProtected ? entry.protectionGround : nil
        var bytes = [ground == nil ? version : withGround]
        var fields = [
            entry.name.given, entry.name.middle, entry.name.paternalSurname,
            entry.name.maternalSurname, text(entry.birthDate), entry.school.description,
            text(entry.from), text(entry.to), entry.grade?.rawValue ?? "",
            // An absent number and an empty one are different things.
            entry.stateStudentID.map { "=" + $0 } ?? "",
            entry.provenance.source, text(entry.provenance.receivedOn),
            ground?.rawValue ?? (entry.isProtected ? "1" : "0"), entry.standing.rawValue,
        ]
        let particulars = entry.particulars
        if particulars != .none {
            fields += [
                particulars.generation, particulars.gender, particulars.birthCity,
                particulars.birthState, particulars.birthCountry, particulars.numberState,
            ]
            for parent in particulars.parents { fields += [parent.given, parent.surname] }
        }
        for field in fields {
            let length = UInt32(field.utf8.count)
            bytes += (0..<4).map { UInt8(truncatingIfNeeded: length >> (24 - 8 * $0)) }
            bytes += field.utf8
        }
        return bytes
    }

    /// `nil` where the bytes are no such entry.
    static func read(_ bytes: [UInt8], id: LocatorEntry.ID) -> LocatorEntry? {
        guard let fields = fields(of: bytes), fields.count >= 13,
            let name = try? PersonName(
                given: fields[0],
                middle: fields[1],
                paternalSurname: fields[2],
                maternalSurname: fields[3]
            ),
            fields[4].isEmpty || date(fields[4]) != nil, let school = SchoolID(fields[5]),
            let receivedOn = date(fields[11])
        else { return nil }
        let ground = LocatorEntry.ProtectionGround(rawValue: fields[12])
        // A ground that this program does not know protects as well.
        guard ["0", "1"].contains(fields[12]) || bytes.first == withGround else { return nil }
        return LocatorEntry(
            id: id,
            name: name,
            birthDate: date(fields[4]),
            school: school,
            from: date(fields[6]),
            to: date(fields[7]),
            grade: Grade(rawValue: fields[8]),
            stateStudentID: fields[9].isEmpty ? nil : String(fields[9].dropFirst()),
            particulars: particulars(fields.dropFirst(14)),
            provenance: LocatorEntry.Provenance(source: fields[10], receivedOn: receivedOn),
            isProtected: fields[12] != "0",
            // What a version added stands at the end; an older row has less.
            standing: fields.dropFirst(13).first.flatMap(LocatorEntry.Standing.init) ?? .onFile,
            protectionGround: ground
        )
    }

    private static func particulars(_ fields: ArraySlice<String>) -> IdentityParticulars {
        let fields = Array(fields)
        guard fields.count >= 6 else { return .none }
        return IdentityParticulars(
            generation: fields[0],
            gender: fields[1],
            birthCity: fields[2],
            birthState: fields[3],
            birthCountry: fields[4],
            parents: stride(from: 6, to: fields.count - 1, by: 2).map {
                IdentityParticulars.Parent(given: fields[$0], surname: fields[$0 + 1])
            },
            numberState: fields[5]
        )
    }

    private static func text(_ day: CivilDate?) -> String {
        day.map { String($0.dayNumber) } ?? ""
    }

    private static func date(_ text: String) -> CivilDate? {
        Int(text).map(CivilDate.init(dayNumber:))
    }

    private static func fields(of bytes: [UInt8]) -> [String]? {
        guard let first = bytes.first, (oldest...withGround).contains(first) else { return nil }
        var fields: [String] = []
        var position = 1
        while position < bytes.count {
            guard bytes.count - position >= 4 else { return nil }
            var length = 0
            for byte in bytes[position..<position + 4] { length = length << 8 | Int(byte) }
            position += 4
            guard length <= bytes.count - position else { return nil }
            fields.append(String(decoding: bytes[position..<position + length], as: UTF8.self))
            position += length
        }
        return fields
    }
}
