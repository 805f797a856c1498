/// What went wrong with a confined program itself.
package enum ProgramProblem: Error, Hashable, Sendable, CaseIterable {
    /// It is not where it should be: beside the program that needs it.
    case missing
    /// It ended in the middle: killed at a limit, or brought down by what it read.
    case crashed
    /// It said nothing for too long, or took too long in all.
    case outOfTime
    /// It said what nobody says.
    case garbage
    /// It runs, and not as confined as it must be before it is handed a key.
    case unconfined
}
