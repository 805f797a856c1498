package import RecordExchange
import Vocabulary

extension DemoCast {
    /// Whose system the extract is of.
    package static let extractOwner = OrganizationID.state(state("FL"))

    /// What a made-up state system writes of 36 students: some rows cannot be used, each for
    /// another reason.
    package static let extract: String = {
        let columns = [
            "entry_id", "last_name1", "last_name2", "first_name", "middle_name", "generation",
            "gender", "birth_date", "birth_city", "birth_state", "birth_country", "parent1_last",
            "parent1_first", "parent2_last", "parent2_first", "state_student_id", "enroll_date",
            "withdraw_date", "school_id",
        ]
        let school = secondHolderSchool.description
        let given = ["Ximena", "Yadira", "Zoraida", "Efraín", "Fidel", "Gael"]
        let surnames = ["Quiñones", "Urrutia", "Villaseñor", "Yáñez", "Zepeda", "Olmos"]
        var rows: [[String]] = []
        for number in 0..<36 {
            let surname = surnames[number % 6]
            let second = surnames[(number / 6 + 3) % 6]
            let born = "20\(10 + number % 5)-0\(1 + number % 9)-1\(number % 10)"
            let name = ["FL\(1_000 + number)", surname, second, given[number / 6], "", ""]
            let birth = [number < 18 ? "F" : "M", born, "Immokalee", "FL", "US"]
            let parents = [second, "Rosa", surname, "Juan"]
            rows.append(name + birth + parents + ["\(77_000 + number)", "2025-08-11", "", school])
        }
        rows[4][7] = ""
        rows[9][7] = "2011-13-40"
        rows[14][7] = "2031-02-01"
        rows[19][18] = holderSchool.description
        rows[24][3] = String(repeating: "Ana ", count: 125)
        rows[29][1] = ""
        rows[33][0] = rows[32][0]
        return ([columns] + rows).map { $0.joined(separator: ",") + "\n" }.joined()
    }()
}
