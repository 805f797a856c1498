import RecordExchange
import Testing
import Vocabulary

@Suite("SSH keys of partners") struct SSHKeyTests {
    // Made with ssh-keygen for these tests; the private halves were thrown away.
    private static let ed25519 =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINnUc/Qy72dVNKZwuOaVQWlCin+75y5aojMCubwJACOu"
    private static let fingerprint = "SHA256:KSiFNPZQEl8ySUVzvrlOIVGYF10lkjhY8F3W9UTtO4M"
    private static let rsa2048 =
        "ssh-rsa "
        + "AAAAB3NzaC1yc2EAAAADAQABAAABAQC5KM9QGxL/tPbyGnOIEApYq2zTsjnOFAkYhJFX++Uf70uKveWk"
        + "TCLYniVqeAF0tbpxlWDcmoyir3hqTKqn+9CduXGB57Wr6UrM6FM9UeN/w66/rU3wup3sdPLFV67bxP9A"
        + "KV1uCjFqs0Xx1d9cfPgVfkEL7m2qr3X2zKo6v+iOCALaXjAsLnwxgeC+lKvXxP46aCreb8xWS7oYrxfT"
        + "rwcvH8+dhjsX2ZUR7X5F3/T6XViiEeype5A0sM8Lwssd4IeFT3JD5lXmR7pJCLJmKCB5EGN9rwOxvjhd"
        + "D3MxYtCdzL0TlALATYeHyQdbmfrAdRdvCMMfvPzRF1sW3M/Be5r7"
    private static let rsa3072 =
        "ssh-rsa "
        + "AAAAB3NzaC1yc2EAAAADAQABAAABgQCPvdYiPxXePfJVWIyTJlYIw9MRmwScSUfAbS6gwAKcYEopcFuc"
        + "P8IaNsulXj6L61qPhiFl8gukpuGiEHkMXaMpyxtnFNUrfBdgnhDf0AolV7N7WdHVYhslcsrd3KRIGsy6"
        + "lH+U1y2jz5qaWQed/QvXFzvaH8eo8FEp27Q37g/cNi6x+hzQJWahh1aV08LS5M2Zrm5trT37BSeRYoHj"
        + "oZA3/umbn9/LftEKWyctH8e+Eu09muIQC94EoMXH8K2MLVhCmAemfCUvtH6jZnY1o0NROZWGE83D7te4"
        + "gFLDsdJMF+uYb6hzVIViV9ByWIpa9LdX4C4jImxX2DV1g86lyK4yRai/gFtxIYsk4RkKLdw4qlJz7gUd"
        + "1WRKLbyd4TfR3ao3Rq1gwF3N1ofy1b4w9Qx575GtIBXoJIGvK9GSPOGEdns8pXgYdh8zSLlGvp/giiJu"
        + "UAePTbLi2tfanESVZRzMcqbc3p6IqGMXLI8cmv1fpB0h4a/ELbSvzp9+/G2oRtc="
    private static let ecdsa =
        "ecdsa-sha2-nistp256 "
        + "AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBPbmizQqG8S1lr7FG8fnMtXJ8yyY"
        + "o5wk2vVNkbBWZ+n06BhmyK6YgvTGFXgmq1vHbNyGTYMiY1V7Q5+A3xTnF1Q="

    @Test(arguments: [ed25519, rsa3072, ecdsa])
    func `a key is read with and without its comment`(line: String) throws {
        let key = try SSHKey(line: line)
        #expect(key.line == line)
        #expect(try SSHKey(line: "\(line) ana@weslaco\n") == key)
        #expect(key.blob.count > 40)
    }

    @Test(
        arguments: [
            ("", .notAKey), ("ssh-ed25519", .notAKey), ("restrict \(ed25519)", .notAKey),
            ("command=\"sh\" \(ed25519)", .notAKey),
            ("-----BEGIN OPENSSH PRIVATE KEY-----", .notAKey),
            ("ssh-dss AAAA", .kindNotAllowed("ssh-dss")), ("ssh-ed25519 AAAA", .damaged),
            (String(ed25519.dropLast(4)), .damaged),
            ("ssh-ed25519 \(ecdsa.dropFirst(20))", .damaged),
            ("ssh-rsa \(ed25519.dropFirst(12))", .damaged), ("ssh-ed25519 not*base64", .damaged),
            (rsa2048, .rsaTooShort(bits: 2_048)),
        ] as [(String, SSHKey.Problem)]
    )
    func `what is no good key is refused with its reason`(
        line: String,
        problem: SSHKey.Problem
    ) {
        #expect(throws: problem) { try SSHKey(line: line) }
    }

    @Test func `a server may have a shorter RSA key than whoever signs in to us`() throws {
        let key = try SSHKey(line: Self.rsa2048, shortestRSA: SSHKey.shortestRSAOfServers)
        #expect(key.line == Self.rsa2048)
        #expect(throws: SSHKey.Problem.rsaTooShort(bits: 2_048)) {
            try SSHKey(line: Self.rsa2048, shortestRSA: 2_049)
        }
    }

    @Test func `a fingerprint is written as ssh-keygen writes it`() throws {
        let digest = try #require(
            SHA256Digest(
                hexadecimal: "29288534f650125f32494573beb94e215198175d25923858f05dd6f544ed3b83"
            )
        )
        #expect(SSHKey.fingerprint(digest) == Self.fingerprint)
    }
}
