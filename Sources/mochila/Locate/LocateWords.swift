import Casework
import Operations
import RecordExchange
import RecordLocator
import Vocabulary

/// The locator's answer to one question, in the words of the page and as JSON.
struct LocateWords {
    let found: LocatedStudents
    let purpose: LookupPurpose

    /// For people.
    var text: String {
        var lines = ["Asked for: \(purpose.rawValue). This look is in the audit log."]
        guard !found.people.isEmpty else {
            lines.append(
                "Nobody on file fits. Look again with the names in the last school's papers."
            )
            return lines.joined(separator: "\n")
        }
        if found.people.count > 1, found.grade != .certain {
            lines.append("More than one student fits: somebody who knows the family must choose.")
        }
        for (place, person) in found.people.enumerated() {
            lines.append("")
            let born = person.birthDate?.description ?? person.birthYear.map(String.init)
            lines.append(
                "\(place + 1). \(person.grade.rawValue): \(person.name)"
                    + (born.map { ", born \($0)" } ?? "")
            )
            lines.append("   " + person.reasons.map(\.words).joined(separator: "; "))
            lines += person.places.map { "   " + Self.line(of: $0) }
        }
        if found.keepsBack {
            lines.append("")
            lines.append(
                "Some schools are kept back. Name the last school or its town, as the family says "
                    + "it: --last-school \"…\""
            )
        }
        return lines.joined(separator: "\n")
    }

    private static func line(of place: LocatedPlace) -> String {
        var parts: [String] = []
        if let located = place.school {
            let school = located.school
            parts.append("\(school.name), \(school.city), \(school.state) (\(school.id))")
            if let custodian = located.custodian { parts.append("records at \(custodian)") }
            if let day = located.closedUntil { parts.append("closed until \(day)") }
        } else {
            parts.append("a school in \(place.state), kept back")
        }
        if let grade = place.grade { parts.append("grade \(grade.rawValue)") }
        switch (place.from, place.until) {
        case (nil, nil): break
        case (let from?, nil): parts.append("since \(from)")
        case (nil, let until?): parts.append("until \(until)")
        case (let from?, let until?): parts.append("\(from) to \(until)")
        }
        return parts.joined(separator: "; ")
    }

    // MARK: - JSON

    /// One object; members in the order of their names.
    var json: String {
        JSONLine.object([
            ("grade", .text(found.grade?.rawValue ?? "none")),
            ("keepsBack", .plain(found.keepsBack ? "true" : "false")),
            ("people", .list(found.people.map(Self.json))),
            ("purpose", .text(purpose.rawValue)),
        ]).text
    }

    private static func json(_ person: LocatedStudent) -> JSONLine {
        .object([
            ("birthDate", .text(person.birthDate?.description)),
            ("birthYear", .plain(person.birthYear.map(String.init))),
            ("grade", .text(person.grade.rawValue)),
            ("name", .text(person.name)),
            ("places", .list(person.places.map(json))),
            ("reasons", .list(person.reasons.map { .text($0.rawValue) })),
            ("words", .text(person.reasons.map(\.words).joined(separator: "; "))),
        ])
    }

    private static func json(_ place: LocatedPlace) -> JSONLine {
        let school = place.school?.school
        return .object([
            ("city", .text(school?.city)),
            ("closedUntil", .text(place.school?.closedUntil?.description)),
            ("custodian", .text(place.school?.custodian)),
            ("from", .text(place.from?.description)),
            ("grade", .text(place.grade?.rawValue)),
            ("school", .text(school?.id.description)),
            ("schoolName", .text(school?.name)),
            ("state", .text(place.state.description)),
            ("until", .text(place.until?.description)),
        ])
    }

    // MARK: - Refusals

    static func refusal(_ malformed: RequestDraft.Malformed) -> String {
        (["Nothing was looked up:"] + malformed.problems.map { "- " + words(of: $0) })
            .joined(separator: "\n")
    }

    static func refusal(_ spent: LookupsSpent) -> String {
        "Nothing was looked up: the \(spent.window.rawValue)'s look-ups of the gateway are used "
            + "up. The next one is answered at \(UTCText.text(of: spent.again))."
    }

    private static func words(of problem: RequestDraft.Problem) -> String {
        switch problem {
        case .name(.givenMissing): "--name: a given name is missing, such as \"Marisol Reyes\""
        case .name(.surnameMissing):
            "--name: a surname is missing; one name alone fits too many students"
        case .name(.tooLong(let field)):
            "--name: \(field.words) is longer than \(PersonName.longestField) bytes"
        case .name(.hasControlCharacter(let field)):
            "--name: \(field.words) has a character that cannot be printed"
        case .mixedAlphabets(let field):
            "--name: \(field.words) mixes letters of two alphabets"
        case .birthDateMissing: "--born is missing: the birth date, such as 2009-04-12"
        case .birthDateImpossible: "--born: there is no such day; year-month-day, 2009-04-12"
        case .birthDateInFuture: "--born is in the future"
        case .birthDateTooLongAgo: "--born is too long ago for a student"
        case .studentNumberTooLong: "--state-number is longer than 40 bytes"
        // Nobody types a card's number at the machine.
        case .recordNumberMistyped, .recordNumberMalformed:
            "The student record number has a wrong character."
        case .purposeMissing:
            "--purpose is one of "
                + LookupPurpose.allCases.map(\.rawValue).joined(separator: ", ")
        case .statedPlaceTooLong(let limit): "--last-school is longer than \(limit) bytes"
        case .gradeUnknown, .startDateImpossible, .placeMissing, .usesMissing, .messageTooLong:
            "the question cannot be read"
        }
    }
}

extension PersonName.Field {
    fileprivate var words: String {
        switch self {
        case .given: "the first given name"
        case .middle: "the other given names"
        case .paternalSurname: "the first surname"
        case .maternalSurname: "the second surname"
        }
    }
}

extension RecordLocator.MatchReason {
    /// In the words of the page.
    var words: String {
        switch self {
        case .sameRecordNumber: "same student record number"
        case .sameStateStudentID: "same state student number"
        case .sameBirthDate: "same birth date"
        case .birthDateDayMonthExchanged: "day and month of birth change places"
        case .birthDateOneDigitOff: "a birth date one digit away"
        case .birthDateDiffers: "another birth date"
        case .sameGivenName: "same given name"
        case .nickname: "a short form of the name"
        case .similarGivenName: "similar given name"
        case .givenNameInitial: "the given name as an initial"
        case .middleNameUsed: "goes by another of the given names"
        case .givenNameDiffers: "another given name"
        case .secondGivenNameDiffers: "another second given name"
        case .givenNameAndSurnameExchanged: "given name and surname change places"
        case .sameSurnames: "same surnames"
        case .surnamesExchanged: "both surnames, in the other order"
        case .oneSurname: "one of the two surnames"
        case .oneSurnameDiffers: "one surname is another"
        case .similarSurname: "similar surname"
        case .surnamesDiffer: "other surnames"
        case .otherStateStudentID: "another number in the same state"
        case .sameParents: "same parent"
        case .parentsDiffer: "other parents"
        case .sameBirthPlace: "same birthplace"
        case .birthPlaceDiffers: "another birthplace"
        case .genderDiffers: "another gender"
        }
    }
}
