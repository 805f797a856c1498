package import RecordExchange
import Rendering
package import Vocabulary

/// The directory as pages search it.
package struct SchoolFinder: Sendable {
    /// The question and the most results wanted; best first.
    private let search: @Sendable (SchoolQuestion, Int) -> [School]
    /// Who has the records of those among the schools that closed for good, by name.
    private let custodians: @Sendable ([SchoolID]) async throws -> [SchoolID: String]
    package let states: [StateEntry]

    package init(
        states: [StateEntry],
        custodians: @escaping @Sendable ([SchoolID]) async throws -> [SchoolID: String] = { _ in [:]
        },
        search: @escaping @Sendable (SchoolQuestion, Int) -> [School]
    ) {
        self.states = states
        self.custodians = custodians
        self.search = search
    }

    /// Most schools shown at once.
    static let most = 20

    /// The search box with what was found for the visit's query.
    func search(_ visit: Visit, chosen: SchoolID? = nil) async throws -> SchoolSearch {
        func typed(_ field: FieldName) -> String { visit.query[field.rawValue] ?? "" }
        let stateText = typed(.searchState)
        var question = SchoolQuestion(
            name: typed(.searchName),
            town: typed(.searchTown),
            zip: typed(.searchZIP),
            district: typed(.searchDistrict),
            state: StateCode(stateText)
        )
        var found = question.isEmpty ? [] : search(question, Self.most + 1)
        var leftOutZIP = false
        if found.isEmpty, !question.zip.isEmpty {
            // The lists have ZIP codes for some states only.
            question.zip = ""
            if !question.isEmpty { found = search(question, Self.most + 1) }
            leftOutZIP = !found.isEmpty
        }
        let wasSent = visit.query.has(FieldName.searchName.rawValue)
        let shown = Array(found.prefix(Self.most))
        let closed = try await custodians(shown.map(\.id))
        return SchoolSearch(
            form: Form(
                [
                    .searchName: typed(.searchName), .searchTown: typed(.searchTown),
                    .searchDistrict: typed(.searchDistrict), .searchState: stateText,
                    .searchZIP: typed(.searchZIP),
                ],
                problems: wasSent && question.isEmpty && !leftOutZIP && typed(.searchZIP).isEmpty
                    ? [FieldProblem(.searchName, .searchTooShort)] : []
            ),
            states: states.map { state in
                NamedChoice(
                    value: state.code.description,
                    label: state.name,
                    isChosen: state.code.description == stateText
                )
            },
            wasAsked: !question.isEmpty || !typed(.searchZIP).isEmpty,
            total: shown.count,
            hasMore: found.count > Self.most,
            leftOutZIP: leftOutZIP,
            schools: shown.map { hit($0, custodian: closed[$0.id] ?? "", chosen: chosen) }
        )
    }

    /// The schools that fit a name, best first.
    func find(_ name: String, in state: StateCode?) -> [School] {
        let question = SchoolQuestion(name: name, town: "", zip: "", district: "", state: state)
        return question.isEmpty ? [] : search(question, Self.most)
    }

    func stateName(_ code: StateCode) -> String {
        states.first { $0.code == code }?.name ?? code.description
    }

    /// `Weslaco, Texas`.
    func place(_ school: School) -> String { "\(school.city), \(stateName(school.state))" }

    func hit(_ school: School, custodian: String = "", chosen: SchoolID?) -> SchoolHit {
        SchoolHit(
            id: school.id.description,
            name: school.name,
            place: place(school),
            district: school.districtName,
            grades: [school.lowGrade, school.highGrade].compactMap { $0?.rawValue }
                .joined(separator: "–"),
            phone: school.phone ?? "",
            custodian: custodian,
            isChosen: school.id == chosen
        )
    }
}
