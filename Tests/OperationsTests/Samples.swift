import Operations
import Vocabulary

/// A configuration with nothing but what is required.
enum Samples {
    static let least = """
        base_address: https://records.ayuda.example
        mail:
          host: mail.ayuda.example
          from_address: records@ayuda.example
        """

    static func read(
        _ yaml: String,
        folder: String = "/srv/mochila",
        secret: Result<String, SecretFile.Refusal> = .success("s3cret")
    ) throws(Configuration.Malformed) -> Configuration {
        try Configuration.read(yaml: yaml, folder: folder) { _ throws(SecretFile.Refusal) in
            Redacted(try secret.get())
        }
    }

    /// What is wrong with a configuration, in words.
    static func problems(
        _ yaml: String,
        secret: Result<String, SecretFile.Refusal> = .success("s3cret")
    ) -> [String] {
        do {
            _ = try read(yaml, secret: secret)
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }
}
