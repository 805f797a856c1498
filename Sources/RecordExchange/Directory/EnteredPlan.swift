package import StudentRecords
package import Vocabulary

/// One version of a graduation plan as a school, a district or a state entered it.
///
/// A change is a new version and a withdrawal is an end: neither alters what an earlier version
/// asked for, so what was shown under it stays explainable.
package struct EnteredPlan: Hashable, Sendable, Codable {
    package typealias ID = Identifier<EnteredPlan>

    /// Who did something on which day; kept with the name of that day.
    package struct Deed: Hashable, Sendable, Codable {
        /// `nil` for what was done at the machine itself.
        package let staff: StaffID?
        package let name: String
        package let at: Instant
        /// The day where the office is.
        package let on: CivilDate

        package init(staff: StaffID?, name: String, at: Instant, on: CivilDate) {
            self.staff = staff
            self.name = name
            self.at = at
            self.on = on
        }
    }

    package let id: ID
    package let organization: OrganizationID
    /// Counts from 1.
    package let version: Int
    /// The version it took the place of.
    package let replaces: ID?
    package let content: PlanContent
    package let entered: Deed
    /// `nil` while it is in force.
    package var ended: Deed?

    package init(
        id: ID,
        organization: OrganizationID,
        version: Int = 1,
        replaces: ID? = nil,
        content: PlanContent,
        entered: Deed,
        ended: Deed? = nil
    ) {
        self.id = id
        self.organization = organization
        self.version = version
        self.replaces = replaces
        self.content = content
        self.entered = entered
        self.ended = ended
    }

    /// The most plans of one office in force at once.
    package static let most = 12

    /// As credits are held against it; `nil` for an organisation without graduates.
    package func plan(of office: String) -> GraduationPlan? {
        var school: SchoolID?
        var district: DistrictID?
        var state: StateCode?
        switch organization {
        case .school(let id): school = id
        case .district(let id): district = id
        case .state(let code): state = code
        case .project, .custodian, .gateway: return nil
        }
        return GraduationPlan(
            name: content.name,
            state: state,
            school: school,
            district: district,
            classes: content.classes,
            entry: GraduationPlan.Entry(office: office, since: entered.on, version: version),
            requirements: content.requirements
        )
    }
}

/// What a plan says: for whom, what is needed, and where that stands.
package struct PlanContent: Hashable, Sendable, Codable {
    package let name: String
    package let classes: ClassYears
    package let requirements: [GraduationPlan.Requirement]
    /// Where the plan stands; may be empty.
    package let citation: String
    /// Somebody compared it with that text.
    package let isVerified: Bool

    package init(
        name: String,
        classes: ClassYears,
        requirements: [GraduationPlan.Requirement],
        citation: String = "",
        isVerified: Bool = false
    ) {
        self.name = name
        self.classes = classes
        self.requirements = requirements
        self.citation = citation
        self.isVerified = isVerified
    }

    /// Longest text, in bytes.
    package static let longestText = 200
    /// No subject asks for more Carnegie units.
    package static let mostCredits = Hundredths(2_000)

    /// Everything that is wrong with it; `others` are the office's plans beside which it would
    /// stand.
    package func faults(beside others: [EnteredPlan]) -> [PlanFault] {
        var faults: [PlanFault] = []
        if !name.utf8.contains(where: { $0 > 32 }) { faults.append(.nameMissing) }
        if name.utf8.count > Self.longestText { faults.append(.nameTooLong) }
        if name.hasControl { faults.append(.nameUnprintable) }
        if citation.utf8.count > Self.longestText { faults.append(.citationTooLong) }
        if citation.hasControl { faults.append(.citationUnprintable) }
        if isVerified, !citation.utf8.contains(where: { $0 > 32 }) {
            faults.append(.citationMissing)
        }
        if requirements.isEmpty { faults.append(.nothingNeeded) }
        for (index, requirement) in requirements.enumerated() {
            let earlier = requirements.prefix(index)
            let texts = [requirement.subject, requirement.spanish ?? ""]
            if requirement.subject.isEmpty
                || texts.contains(where: { $0.utf8.count > Self.longestText || $0.hasControl })
            {
                faults.append(.subjectUnusable(index))
            }
            if requirement.credits <= .zero || requirement.credits > Self.mostCredits {
                faults.append(.creditsImpossible(index))
            }
            let isNamedTwice = earlier.contains {
                $0.subject.folded == requirement.subject.folded
            }
            let counted = earlier.flatMap(\.areas)
            if isNamedTwice || Set(requirement.areas).count < requirement.areas.count
                || requirement.areas.contains(where: { counted.contains($0) })
                || requirement.areas.isEmpty && earlier.contains(where: \.areas.isEmpty)
            {
                faults.append(.subjectTwice(index))
            }
        }
        if let other = others.first(where: { $0.content.classes.overlaps(classes) }) {
            faults.append(.classesOverlap(plan: other.content.name))
        }
        if others.count >= EnteredPlan.most { faults.append(.tooMany) }
        return faults
    }
}

/// What is wrong with a plan; a number is that of the requirement.
package enum PlanFault: Error, Hashable, Sendable {
    case nameMissing, nameTooLong, nameUnprintable
    case citationTooLong, citationUnprintable, citationMissing
    case nothingNeeded
    case subjectUnusable(Int)
    case creditsImpossible(Int)
    /// Its name or one of its areas stands in an earlier one.
    case subjectTwice(Int)
    /// Which of two plans would count nobody could tell.
    case classesOverlap(plan: String)
    case tooMany
}

/// Why a plan was not kept: everything at once, and nothing was changed.
package struct PlanRefused: Error, Hashable, Sendable {
    package let faults: [PlanFault]

    package init(faults: [PlanFault]) {
        self.faults = faults
    }
}
