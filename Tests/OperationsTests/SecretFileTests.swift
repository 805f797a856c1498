import Operations
import Testing
import Vocabulary

@Suite("Secrets in files")
struct SecretFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test(arguments: ["tiger", "tiger\n", "tiger\r\nsecond line", "tiger\n\n"])
    func `the first line is the secret`(content: String) throws {
        try folder.write(content, to: "s")
        #expect(try SecretFile.read("\(folder.path)/s").revealed == "tiger")
    }

    @Test(arguments: [0o600, 0o400, 0o640, 0o440])
    func `closed files are read`(mode: Int) throws {
        try folder.write("tiger", to: "s", mode: mode)
        #expect(try SecretFile.read("\(folder.path)/s").revealed == "tiger")
    }

    @Test(arguments: [0o644, 0o604, 0o666, 0o660, 0o602, 0o601])
    func `a file that is open to others is refused`(mode: Int) throws {
        try folder.write("tiger", to: "s", mode: mode)
        let path = "\(folder.path)/s"
        #expect(throws: SecretFile.Refusal.open(path: path, mode: UInt32(mode))) {
            try SecretFile.read(path)
        }
    }

    @Test func `what is no secret is refused with its path and not its content`() throws {
        try folder.write("", to: "empty")
        try folder.write("\n", to: "line")
        try folder.write(String(repeating: "x", count: 5_000), to: "long")
        let path = folder.path
        #expect(throws: SecretFile.Refusal.missing(path: "\(path)/none")) {
            try SecretFile.read("\(path)/none")
        }
        #expect(throws: SecretFile.Refusal.notReadable(path: path)) { try SecretFile.read(path) }
        #expect(throws: SecretFile.Refusal.empty(path: "\(path)/empty")) {
            try SecretFile.read("\(path)/empty")
        }
        #expect(throws: SecretFile.Refusal.empty(path: "\(path)/line")) {
            try SecretFile.read("\(path)/line")
        }
        #expect(throws: SecretFile.Refusal.tooLong(path: "\(path)/long")) {
            try SecretFile.read("\(path)/long")
        }
    }
}
