import Foundation
import Operations
import Synchronization
import Testing

@Suite("Installation")
struct InstallationTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private let noKeys = Installation.KeyMaker(gatewayKeys: { _ in })

    private func mode(_ path: String) -> UInt32? { FileFacts(path: path)?.mode }

    @Test func `init makes folders and a configuration nobody else can read`() throws {
        let made = try Installation.create(at: "\(folder.path)/deep/gate", keys: noKeys)
        for path in made.folders {
            #expect(FileFacts(path: path)?.isFolder == true)
            #expect(mode(path) == 0o700, "\(path)")
        }
        #expect(mode(made.configurationFile) == 0o600)
        let yaml = try String(contentsOfFile: made.configurationFile, encoding: .utf8)
        #expect(yaml == ConfigurationSample.yaml())
    }

    @Test func `what it wrote is a configuration whose paths are its own`() throws {
        let made = try Installation.create(
            at: "\(folder.path)/gate",
            setting: [.baseAddress: "https://records.ayuda.example:8443"],
            keys: noKeys
        )
        let yaml = try String(contentsOfFile: made.configurationFile, encoding: .utf8)
        let configuration = try Configuration.read(yaml: yaml, folder: made.folder)
        #expect(configuration.baseAddress == "https://records.ayuda.example:8443")
        #expect(configuration.tls?.key == "\(made.tlsFolder)/key.pem")
        #expect(configuration.dataFolder == made.dataFolder)
    }

    @Test func `keys are made in the keys folder, for the host of the address`() throws {
        let seen = Mutex<[String]>([])
        let made = try Installation.create(
            at: "\(folder.path)/gate",
            setting: [.baseAddress: "https://records.ayuda.example"],
            keys: .init(
                gatewayKeys: { path in seen.withLock { $0.append(path) } },
                tlsCertificate: { certificate, key, host in
                    seen.withLock { $0 += [certificate, key, host] }
                }
            )
        )
        #expect(
            seen.withLock { $0 } == [
                made.keysFolder, "\(made.tlsFolder)/certificate.pem", "\(made.tlsFolder)/key.pem",
                "records.ayuda.example",
            ]
        )
    }

    @Test func `a second init touches nothing`() throws {
        let path = "\(folder.path)/gate"
        let made = try Installation.create(at: path, keys: noKeys)
        try Data("mine".utf8).write(to: URL(fileURLWithPath: made.configurationFile))
        #expect(throws: InstallationRefusal.alreadyThere(made.configurationFile)) {
            try Installation.create(at: path, keys: noKeys)
        }
        #expect(try String(contentsOfFile: made.configurationFile, encoding: .utf8) == "mine")
    }

    @Test func `a folder that holds something else is refused`() throws {
        try folder.write("a thesis", to: "thesis.txt")
        #expect(throws: InstallationRefusal.alreadyThere(folder.path)) {
            try Installation.create(at: folder.path, keys: noKeys)
        }
        #expect(FileFacts(path: "\(folder.path)/keys") == nil)
    }

    @Test func `an empty folder is taken`() throws {
        let made = try Installation.create(at: folder.path, keys: noKeys)
        #expect(made.folder == folder.path)
    }

    @Test func `where the keys fail there is no configuration that looks finished`() {
        struct NoLuck: Error {}
        let path = "\(folder.path)/gate"
        #expect(throws: InstallationRefusal.self) {
            try Installation.create(at: path, keys: .init(gatewayKeys: { _ in throw NoLuck() }))
        }
        #expect(FileFacts(path: "\(path)/mochila.yaml") == nil)
    }

    @Test func `a path that cannot be made says why`() throws {
        try folder.write("", to: "file")
        let path = "\(folder.path)/file/gate"
        do {
            _ = try Installation.create(at: path, keys: noKeys)
            Issue.record("it was made inside a file")
        } catch {
            #expect(error.description.contains("cannot be written: Not a directory"))
        }
    }

    @Test func `the data may lie elsewhere, the keys do not`() {
        let installation = Installation(folder: "/srv/gate", dataFolder: "/big/data")
        #expect(installation.databaseFile == "/big/data/store.sqlite")
        #expect(installation.filesFolder == "/big/data/files")
        #expect(installation.bundlesFolder == "/big/data/bundles")
        #expect(installation.sftpKeysFolder == "/srv/gate/keys/sftp")
    }

    @Test(
        arguments: [
            ("gate", "/home/a", "/home/a/gate"), ("/srv/gate/", "/x", "/srv/gate"),
            ("../b/./gate", "/home/a", "/home/b/gate"), (".", "/home/a", "/home/a"),
            ("../../../..", "/a", "/"), ("//srv//gate", "/", "/srv/gate"),
        ]
    )
    func `paths become absolute`(path: String, current: String, absolute: String) {
        #expect(Installation.absolute(path, from: current) == absolute)
    }
}

@Suite("Finding the templates")
struct ResourceRootTests {
    @Test(
        arguments: [
            ("/src/.build/debug/mochila", "/src"), ("/opt/mochila/bin/mochila", "/opt/mochila"),
            ("/opt/mochila/mochila", "/opt/mochila"),
            ("/usr/bin/mochila", "/usr/share/mochila"),
        ]
    )
    func `beside the program or above it, else where packages put them`(
        executable: String,
        root: String
    ) throws {
        let found = try ResourceRoot.find(executable: executable) {
            $0 == "\(root)/Templates/strings/en.json"
        }
        #expect(found.folder == root)
    }

    @Test func `the nearest one counts`() throws {
        let found = try ResourceRoot.find(executable: "/a/b/c/mochila") { _ in true }
        #expect(found.folder == "/a/b/c")
    }

    @Test func `what is configured counts alone`() {
        #expect(throws: ResourceRoot.NotFound(looked: ["/opt/wrong"])) {
            try ResourceRoot.find(configured: "/opt/wrong", executable: "/a/mochila") {
                $0.hasPrefix("/a/")
            }
        }
    }

    @Test func `where there are none the places are named`() {
        do {
            _ = try ResourceRoot.find(executable: "/a/b/mochila") { _ in false }
            Issue.record("found something")
        } catch {
            #expect(error.looked == ["/a/b", "/a", "/usr/share/mochila"])
            #expect(error.description.contains("share_directory"))
        }
    }

    @Test func `the running program is a file`() throws {
        let path = try #require(ResourceRoot.runningExecutable())
        #expect(FileFacts(path: path)?.isFolder == false)
    }
}
