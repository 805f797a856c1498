/// Why there is no paper copy of a record; the record itself is whole without it.
package enum PrintingFailure: Error, Hashable, Sendable {
    /// The record is longer than anybody prints.
    case tooLong
    /// The program took the order for none.
    case refused
    /// The library refused the document, or there was not enough memory for it.
    case notDrawn
    /// What came is no PDF as Cairo writes it, so nothing is signed.
    case unknownForm
    case program(ProgramProblem)

    /// What happened, for whoever looks after the installation; names nobody.
    package var explanation: String {
        switch self {
        case .tooLong: "the page is too long to be printed"
        case .refused: "\(PrintingProgram.name) does not understand what it is asked"
        case .notDrawn: "Pango and Cairo could not draw the page"
        case .unknownForm: "what \(PrintingProgram.name) made is no PDF that we sign"
        case .program(.missing): "\(PrintingProgram.name) is missing"
        case .program(.crashed): "\(PrintingProgram.name) ended before the page was done"
        case .program(.outOfTime): "\(PrintingProgram.name) took too long and was ended"
        case .program(.garbage): "\(PrintingProgram.name) answered what nobody answers"
        case .program(.unconfined): "\(PrintingProgram.name) is not confined as it must be"
        }
    }
}
