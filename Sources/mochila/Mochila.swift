import ArgumentParser

/// The whole product in one program.
@main
struct Mochila: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mochila",
        abstract: "The gateway through which a student's school records follow the student.",
        subcommands: [
            DemoCommand.self,
            InitCommand.self,
            ServeCommand.self,
            DoctorCommand.self,
            DirectoryCommand.self,
            LocatorCommand.self,
            LocateCommand.self,
            UserCommand.self,
            AccessCommand.self,
            WebhookCommand.self,
            PartnerCommand.self,
            SFTPCommand.self,
            CalendarCommand.self,
            StateCommand.self,
            ContactCommand.self,
            AnswersCommand.self,
            ReportCommand.self,
            SimulateCommand.self,
            MailInCommand.self,
            QuarantineCommand.self,
            KeysCommand.self,
            SealCommand.self,
            OpenCommand.self,
            VerifyCommand.self,
            RecordCommand.self,
            BackupCommand.self,
            RestoreCommand.self,
        ]
    )
}
