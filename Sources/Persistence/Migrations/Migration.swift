/// One step of the schema.
///
/// Once released it is never edited: a change is a new step. Lists of allowed values stand here as literals for the same reason; a test compares them with
/// the enums, so that a new case asks for a new step.
package struct Migration: Sendable {
    /// Counts from 1 without gaps.
    package let number: Int
    package let name: String
    package let script: @Sendable (Dialect) -> String

    package init(number: Int, name: String, script: @escaping @Sendable (Dialect) -> String) {
        self.number = number
        self.name = name
        self.script = script
    }

    /// All steps in order.
    package static let all: [Self] = [
        .m001Cases, .m002Directory, .m003People, .m004Logs, .m005Locator, .m006Lookups,
        .m007Partners, .m008Pickups, .m009LivingLocator, .m010LocatorPeople, .m011Keys,
        .m012Systems, .m013Worklists, .m014Receipts, .m015NearMatchStates, .m016Webhooks,
        .m017StateRules, .m018FeedDrops, .m019Colleagues, .m020CreditOutcomes,
        .m021PersonDoubts, .m022FamilySlips, .m023Law, .m024MailDays,
        .m025Uploads, .m026Reports, .m027TranscriptLegends,
        .m028MailedFiles, .m029HTTPSPush, .m030FamilyContacts, .m031AssignmentsAndClaims,
        .m032Quarantine, .m033QueueFilters, .m034SealedDigests,
        .m035GraduationPlans,
    ]
}
