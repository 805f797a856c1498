package import RecordExchange
import Rendering
package import Vocabulary

/// The directory as pages search it.
package struct SchoolFinder: Sendable {
    /// Text, state, most results wanted; best first.
    private let search: @Sendable (String, StateCode?, Int) -> [School]
    package let states: [StateEntry]

    package init(
        states: [StateEntry],
        search: @escaping @Sendable (String, StateCode?, Int) -> [School]
    ) {
        self.states = states
        self.search = search
    }

    /// Most schools shown at once.
    static let most = 20

    /// The search box with what was found for the visit's query.
    func search(_ visit: Visit, chosen: SchoolID? = nil) -> SchoolSearch {
        let typed = [FieldName.searchName, .searchTown, .searchZIP]
            .compactMap { visit.query[$0.rawValue] }
        let stateText = visit.query[FieldName.searchState.rawValue] ?? ""
        let values: [FieldName: String] = [
            .searchName: visit.query[FieldName.searchName.rawValue] ?? "",
            .searchTown: visit.query[FieldName.searchTown.rawValue] ?? "",
            .searchState: stateText,
            .searchZIP: visit.query[FieldName.searchZIP.rawValue] ?? "",
        ]
        let text = typed.joined(separator: " ")
        let wasAsked = text.utf8.contains { $0 > 32 }
        let found =
            wasAsked ? search(text, StateCode(stateText), Self.most + 1) : []
        let problems: [FieldProblem] =
            visit.query.has(FieldName.searchName.rawValue) && !wasAsked
            ? [FieldProblem(.searchName, .searchTooShort)] : []
        return SchoolSearch(
            form: Form(values, problems: problems),
            states: states.map { state in
                NamedChoice(
                    value: state.code.description,
                    label: state.name,
                    isChosen: state.code.description == stateText
                )
            },
            wasAsked: wasAsked,
            total: found.count,
            schools: found.prefix(Self.most).map { hit($0, chosen: chosen) }
        )
    }

    /// The schools that fit a text, best first.
    func find(_ text: String, in state: StateCode?, most: Int) -> [School] {
        search(text, state, most)
    }

    func stateName(_ code: StateCode) -> String {
        states.first { $0.code == code }?.name ?? code.description
    }

    /// `Weslaco, Texas`.
    func place(_ school: School) -> String { "\(school.city), \(stateName(school.state))" }

    private func hit(_ school: School, chosen: SchoolID?) -> SchoolHit {
        SchoolHit(
            id: school.id.description,
            name: school.name,
            place: place(school),
            district: school.districtName,
            grades: [school.lowGrade, school.highGrade].compactMap { $0?.rawValue }
                .joined(separator: "–"),
            phone: school.phone ?? "",
            custodian: "",
            isChosen: school.id == chosen
        )
    }
}
