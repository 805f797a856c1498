import Couriers
import Foundation
import RecordExchange
import Testing

@Suite("SFTP destination") struct DestinationTests {
    static let hostKey = "ssh-ed25519 " + key("ssh-ed25519")

    private static func key(_ type: String) -> String {
        var blob = Data([0, 0, 0, UInt8(type.utf8.count)]) + Data(type.utf8)
        blob += Data([0, 0, 0, 32]) + Data(repeating: 9, count: 32)
        return blob.base64EncodedString()
    }

    /// An exponent and a modulus, whose first byte is a zero where its highest bit is set.
    private static func rsa(bits: Int) -> String {
        let modulus: [UInt8] =
            bits % 8 == 0
            ? [0, 0x80] + [UInt8](repeating: 9, count: bits / 8 - 1)
            : [UInt8(1 << (bits % 8 - 1))] + [UInt8](repeating: 9, count: bits / 8)
        var blob = Data([0, 0, 0, 7]) + Data("ssh-rsa".utf8) + Data([0, 0, 0, 3, 1, 0, 1])
        blob += Data([0, 0, UInt8(modulus.count >> 8), UInt8(modulus.count & 255)])
        return (blob + Data(modulus)).base64EncodedString()
    }

    private func problem(
        host: String = "sftp.weslaco.example",
        port: Int = 22,
        user: String = "mochila",
        folder: String = "/srv/in",
        hostKey: String = Self.hostKey,
        keyName: String = "weslaco"
    ) -> DestinationProblem? {
        DestinationProblem.first(
            in: SFTPDestination(
                host: host,
                port: port,
                user: user,
                folder: folder,
                hostKey: hostKey,
                keyName: keyName
            )
        )
    }

    @Test(arguments: ["/", "/srv/in", "/srv/in/", "//srv//in", "/año 2026/ü", "/a.b/..c/d.."])
    func `a folder is an absolute path`(folder: String) {
        #expect(problem(folder: folder) == nil)
    }

    @Test(arguments: [
        "", "srv/in", "~/in", "/~/in", "/~root", "/a/../b", "/./a", "/a/..", "/a\"b", "/a\\b",
        "/a\nb", "/a\u{0}b", "/a\u{7F}", "/" + String(repeating: "a", count: 1_000),
    ])
    func `no other text is`(folder: String) {
        #expect(problem(folder: folder) == .folder)
    }

    @Test(arguments: ["", "a b", "a\nb", "-oProxyCommand=x", "a:b", "a/b", "a;b", "ñ"])
    func `a user is a plain name`(user: String) {
        #expect(problem(user: user) == .user)
        #expect(problem(user: "mochila@weslaco.example") == nil)
    }

    @Test(arguments: ["", "..", ".ssh", "a/b", "../../etc/passwd", "/etc/passwd", "a\u{0}", "-k"])
    func `a key is named, never a path`(name: String) {
        #expect(problem(keyName: name) == .keyName)
    }

    @Test(arguments: ["a/b", "h:22", "u@h", "h\r\nx", "file:///etc", ""])
    func `a host is a host`(host: String) {
        #expect(problem(host: host) == .host)
    }

    @Test(arguments: [0, -22, 65_536])
    func `a port is a port`(port: Int) {
        #expect(problem(port: port) == .port)
    }

    @Test func `a host key is one line of a type we can check`() {
        for type in ["ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521"] {
            #expect(problem(hostKey: "\(type) \(Self.key(type))") == nil)
        }
        #expect(problem(hostKey: "ssh-rsa \(Self.rsa(bits: 2_048))") == nil)
        #expect(problem(hostKey: "ssh-rsa \(Self.rsa(bits: 2_047))") == .hostKeyType)
        #expect(problem(hostKey: "ssh-rsa \(Self.rsa(bits: 1_024))") == .hostKeyType)
        #expect(problem(hostKey: "ssh-dss \(Self.key("ssh-dss"))") == .hostKeyType)
        for text in [
            "", "ssh-ed25519", "ssh-ed25519 ", "ssh-ed25519 !!!!", Self.hostKey + " comment",
            Self.hostKey + "\nother ssh-ed25519 AAAA", "host \(Self.hostKey)",
            "ssh-ed25519 \(Self.key("ecdsa-sha2-nistp256"))", "ssh-ed25519 AAAA",
            "sk-ssh-ed25519@openssh.com AAAA", "ssh-rsa AAAA", "ssh-rsa \(Self.key("ssh-rsa"))",
            "ssh-rsa \(Self.key("ssh-ed25519"))",
        ] {
            #expect(problem(hostKey: text) == .hostKey, "\(text)")
        }
    }

    @Test func `every problem has its sentence`() {
        #expect(Set(DestinationProblem.allCases.map(\.explanation)).count == 8)
    }
}
