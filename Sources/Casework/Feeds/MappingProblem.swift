import Tabular
import Vocabulary

/// What is wrong with a mapping, whatever file it is used on.
package enum MappingProblem: Error, Hashable, Sendable, Codable {
    case keyMissing
    case fieldMissing(FeedMapping.Field)
    /// A column needs exactly one of `column` and `constant`.
    case columnAmbiguous(FeedMapping.Field?)
    case datePatternUnknown(String)
    case codeListUnknown(String)
    /// A code list of grades names a grade that does not exist.
    case gradeUnknown(String)
    case percentOutOfRange, refusePercentOutOfRange
    /// Of `trailer.countColumn` and `school.digits`.
    case countColumnOutOfRange, digitsOutOfRange
    case titleTooLong
    case schoolNumbersMissing
    case separatorInHeaderless
}

extension MappingProblem: CustomStringConvertible {
    /// For whoever writes the mapping.
    package var description: String {
        switch self {
        case .keyMissing: "key: names no column; say which columns name a row"
        case .fieldMissing(let field): "columns: \(field.rawValue) is missing"
        case .columnAmbiguous(let field):
            "\(field?.rawValue ?? "school"): give either column or constant"
        case .datePatternUnknown(let pattern):
            "dates: \(pattern) is no pattern of one year, one month and one day"
        case .codeListUnknown(let name): "codes: there is no list \(name)"
        case .gradeUnknown(let grade):
            "codes: \(grade) is no grade; use PK, KG, 01 to 13, UG or AE"
        case .percentOutOfRange: "withdrawAtMostPercent: from 0 to 100"
        case .refusePercentOutOfRange: "refuseAtMostPercent: from 0 to 100"
        case .countColumnOutOfRange:
            "trailer.countColumn: from 1 to \(FeedMapping.mostColumns)"
        case .digitsOutOfRange: "school.digits: from 1 to \(FeedMapping.mostDigits)"
        case .titleTooLong: "title: at most \(FeedMapping.longestTitle) bytes"
        case .schoolNumbersMissing:
            "school: by stateNumber needs the list of school numbers"
        case .separatorInHeaderless: "header: false needs columns named by their number"
        }
    }
}

extension FeedMapping {
    /// Everything that is wrong with it by itself.
    package var problems: [MappingProblem] {
        var found: [MappingProblem] = []
        if key.isEmpty { found.append(.keyMissing) }
        let hasSurname = columns[.paternalSurname] != nil || columns[.surnames] != nil
        if columns[.given] == nil { found.append(.fieldMissing(.given)) }
        if !hasSurname { found.append(.fieldMissing(.paternalSurname)) }
        if columns[.birthDate] == nil { found.append(.fieldMissing(.birthDate)) }
        for field in Field.allCases {
            guard let column = columns[field] else { continue }
            if !column.isSound { found.append(.columnAmbiguous(field)) }
            if let list = column.codes, codes[list] == nil { found.append(.codeListUnknown(list)) }
        }
        if !school.column.isSound || school.city?.isSound == false {
            found.append(.columnAmbiguous(nil))
        }
        for pattern in dates where DatePattern(pattern) == nil {
            found.append(.datePatternUnknown(pattern))
        }
        if let list = columns[.grade]?.codes, let grades = codes[list] {
            for grade in Set(grades.values).sorted() where Grade(rawValue: grade) == nil {
                found.append(.gradeUnknown(grade))
            }
        }
        if !(0...100).contains(withdrawAtMostPercent) { found.append(.percentOutOfRange) }
        if !(0...100).contains(refuseAtMostPercent) { found.append(.refusePercentOutOfRange) }
        if let column = trailer?.countColumn, !(1...Self.mostColumns).contains(column) {
            found.append(.countColumnOutOfRange)
        }
        if let digits = school.digits, !(1...Self.mostDigits).contains(digits) {
            found.append(.digitsOutOfRange)
        }
        if title.utf8.count > Self.longestTitle { found.append(.titleTooLong) }
        if !header, columnNames.contains(where: { Int($0) == nil }) {
            found.append(.separatorInHeaderless)
        }
        return found
    }

    // Numbers in a mapping are counted with: none is so large that a sum of it has no room.
    static let mostColumns = DelimitedReader.Limits().columns
    static let mostDigits = 40
    static let longestTitle = 200

    /// Every column that the mapping reads, by its name in the file.
    var columnNames: Set<String> {
        let read = Array(columns.values) + [school.column] + (school.city.map { [$0] } ?? [])
        return Set(read.compactMap(\.column) + key)
    }
}

extension FeedMapping.Column {
    var isSound: Bool { (column == nil) != (constant == nil) }
}
