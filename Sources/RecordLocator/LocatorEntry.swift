package import Vocabulary

/// A pointer: this identity has records at this school over these dates.
///
/// Never the record itself.
package struct LocatorEntry: Hashable, Sendable, Codable {
    package typealias ID = Identifier<LocatorEntry>

    /// How far the pointer can be relied on.
    package enum Standing: String, Hashable, Sendable, CaseIterable, Codable {
        /// The school, its district or its state reported it, or records came from there.
        case onFile
        /// Another school said that the student moved there.
        case hearsay
        /// The school itself said that the student was never enrolled there.
        case denied
    }

    /// Why an entry must not be shown, where its own source does not say so.
    package enum ProtectionGround: String, Hashable, Sendable, CaseIterable, Codable {
        /// Another entry of the same student is protected.
        case anotherEntry
        /// A school's answer or somebody at the gateway says so; only a person lifts it.
        case person
    }

    /// Who told us, and when.
    package struct Provenance: Hashable, Sendable, Codable {
        /// The feed or office as people call it, such as `Texas state system`.
        package let source: String
        package let receivedOn: CivilDate

        package init(source: String, receivedOn: CivilDate) {
            self.source = source
            self.receivedOn = receivedOn
        }
    }

    package let id: ID
    /// As the school registered it.
    package let name: PersonName
    /// `nil` where the school does not know it.
    package let birthDate: CivilDate?
    package let school: SchoolID
    /// First day of enrollment; `nil` where the source does not say.
    package let from: CivilDate?
    /// Last day of enrollment; `nil` while the student is there or where the source does not say.
    package let to: CivilDate?
    package let grade: Grade?
    /// The number the school's state gave the student.
    package let stateStudentID: String?
    package let particulars: IdentityParticulars
    package let provenance: Provenance
    /// The entry must not be shown to anybody who asks (court order, missing child).
    ///
    /// It is kept and never found: no search names it, counts it or takes longer for it.
    package var isProtected: Bool
    /// `nil` where the entry's own source says that it is protected, and where it is not.
    package var protectionGround: ProtectionGround?
    /// Whose entry it is, once that is certain; entries of one person are answered together.
    package var person: PersonID?
    package var standing: Standing

    package init(
        id: ID,
        name: PersonName,
        birthDate: CivilDate?,
        school: SchoolID,
        from: CivilDate? = nil,
        to: CivilDate? = nil,
        grade: Grade? = nil,
        stateStudentID: String? = nil,
        particulars: IdentityParticulars = .none,
        provenance: Provenance,
        isProtected: Bool = false,
        person: PersonID? = nil,
        standing: Standing = .onFile,
        protectionGround: ProtectionGround? = nil
    ) {
        self.id = id
        self.name = name
        self.birthDate = birthDate
        self.school = school
        self.from = from
        self.to = to
        self.grade = grade
        self.stateStudentID = stateStudentID
        self.particulars = particulars
        self.provenance = provenance
        self.isProtected = isProtected
        self.person = person
        self.standing = standing
        self.protectionGround = protectionGround
    }

    /// From now on nobody who asks may see it.
    package mutating func protect(_ ground: ProtectionGround?) {
        (isProtected, protectionGround) = (true, ground)
    }

    /// Whoever asks may see it again.
    package mutating func liftProtection() { (isProtected, protectionGround) = (false, nil) }

    // Written before there were particulars, people and standings, an entry has none.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(ID.self, forKey: .id)
        name = try container.decode(PersonName.self, forKey: .name)
        birthDate = try container.decodeIfPresent(CivilDate.self, forKey: .birthDate)
        school = try container.decode(SchoolID.self, forKey: .school)
        from = try container.decodeIfPresent(CivilDate.self, forKey: .from)
        to = try container.decodeIfPresent(CivilDate.self, forKey: .to)
        grade = try container.decodeIfPresent(Grade.self, forKey: .grade)
        stateStudentID = try container.decodeIfPresent(String.self, forKey: .stateStudentID)
        particulars =
            try container.decodeIfPresent(IdentityParticulars.self, forKey: .particulars) ?? .none
        provenance = try container.decode(Provenance.self, forKey: .provenance)
        isProtected = try container.decode(Bool.self, forKey: .isProtected)
        person = try container.decodeIfPresent(PersonID.self, forKey: .person)
        standing = try container.decodeIfPresent(Standing.self, forKey: .standing) ?? .onFile
        protectionGround = try container.decodeIfPresent(
            ProtectionGround.self,
            forKey: .protectionGround
        )
    }

    /// The later the student was there, the greater: an enrollment that goes on is the latest.
    var recency: (Int, Int) {
        let last = to?.dayNumber ?? (from == nil ? .min : .max)
        return (last, from?.dayNumber ?? .min)
    }
}

/// A person of the locator: the one to whom entries of several schools belong.
package typealias PersonID = Identifier<LocatedPerson>

/// What a registrar knows of the student she looks for.
package struct LocatorQuery: Hashable, Sendable {
    package let name: PersonName
    /// `nil` where she does not know it.
    package let birthDate: CivilDate?
    package let stateStudentID: String?
    package let particulars: IdentityParticulars

    package init(
        name: PersonName,
        birthDate: CivilDate?,
        stateStudentID: String? = nil,
        particulars: IdentityParticulars = .none
    ) {
        self.name = name
        self.birthDate = birthDate
        self.stateStudentID = stateStudentID
        self.particulars = particulars
    }
}

extension IdentityText {
    package init(_ entry: LocatorEntry) {
        self.init(
            name: entry.name,
            birthDate: entry.birthDate,
            stateStudentID: entry.stateStudentID,
            entry.particulars
        )
    }

    package init(_ query: LocatorQuery) {
        self.init(
            name: query.name,
            birthDate: query.birthDate,
            stateStudentID: query.stateStudentID,
            query.particulars
        )
    }

    private init(
        name: PersonName,
        birthDate: CivilDate?,
        stateStudentID: String?,
        _ particulars: IdentityParticulars
    ) {
        self.init()
        let parents = particulars.parents
        let fields = [
            name.paternalSurname, name.maternalSurname, name.given, name.middle,
            particulars.generation, particulars.gender, particulars.birthCity,
            particulars.birthState, particulars.birthCountry,
            parents.first?.surname ?? "", parents.first?.given ?? "",
            parents.dropFirst().first?.surname ?? "", parents.dropFirst().first?.given ?? "",
            stateStudentID ?? "", particulars.numberState,
        ]
        for field in fields { append(field.utf8) }
        birthDay = BirthDay(birthDate)
    }
}
