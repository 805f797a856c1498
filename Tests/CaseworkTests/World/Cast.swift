import Casework
import RecordExchange
import TestSupport
import Vocabulary

/// Everybody in the stories.
enum Cast {
    /// At the Oak School in Texas, which asks.
    static let registrar = StaffAccount.sample(900)
    static let counselor = StaffAccount.sample(901, role: .counselor)
    static let secondRegistrar = StaffAccount.sample(902)

    /// At the Maple School in California, which holds.
    static let clerk: StaffAccount = {
        var clerk = StaffAccount.sample(910, role: .recordsClerk, at: maple)
        clerk.title = "Records Clerk"
        return clerk
    }()
    static let mapleDistrict = StaffAccount.sample(
        911,
        role: .district,
        at: .district(School.maple.district)
    )
    static let oakDistrict = StaffAccount.sample(
        912,
        role: .district,
        at: .district(School.oak.district)
    )

    static let texas = StaffAccount.sample(920, role: .stateContact, at: .state(.texas))
    static let california = StaffAccount.sample(921, role: .stateContact, at: .state(.california))
    static let washington = StaffAccount.sample(922, role: .stateContact, at: .state(.washington))

    static let administrator = StaffAccount.sample(930, role: .administrator, at: .gateway)
    static let auditor = StaffAccount.sample(931, role: .auditor, at: .gateway)

    /// At the Willow School in Washington, which has nothing to do with it.
    static let outsider = StaffAccount.sample(940, role: .registrar, at: willow)
    static let outsideClerk = StaffAccount.sample(941, role: .recordsClerk, at: willow)

    static let everybody = [
        registrar, counselor, secondRegistrar, clerk, mapleDistrict, oakDistrict, texas,
        california, washington, administrator, auditor, outsider, outsideClerk,
    ]

    static let maple = School.maple.organization
    static let willow = School.willow.organization
    static let figProject = MigrantEducationProject(
        code: "ca-fig",
        name: "Fig Valley Summer Project",
        state: .california,
        serves: [School.maple.district],
        phone: nil
    )

    static let mapleOffice = Contact.sample(1, of: maple)
    static let mapleBackup = Contact.sample(2, of: maple, role: .backup)
    static let mapleSummer = Contact.sample(3, of: maple, role: .summer)
    static let figDistrict = Contact.sample(
        4,
        of: .district(School.maple.district),
        role: .district
    )
    static let figContact = Contact.sample(5, of: .project("ca-fig"), role: .project)
    static let californiaDesk = Contact.sample(6, of: .state(.california), role: .stateContact)
    static let texasDesk = Contact.sample(7, of: .state(.texas), role: .stateContact)
    static let willowOffice = Contact.sample(8, of: willow)
    static let vaultOffice = Contact.sample(9, of: .vault)
    static let oakDistrictDesk = Contact.sample(
        10,
        of: .district(School.oak.district),
        role: .district
    )
    static let washingtonDesk = Contact.sample(11, of: .state(.washington), role: .stateContact)
    static let michiganDesk = Contact.sample(12, of: .state(.michigan), role: .stateContact)

    static let contacts = [
        mapleOffice, mapleBackup, mapleSummer, figDistrict, figContact, californiaDesk, texasDesk,
        willowOffice, vaultOffice, oakDistrictDesk, washingtonDesk, michiganDesk,
    ]
}

extension StaffAccount {
    var actor: Actor { Actor(self) }
}
