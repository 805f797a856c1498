import BundleFormat
import Testing

@Suite("OPEN-ME") struct OpenMeTests {
    @Test func `says in both languages what the law asks`() {
        #expect(OpenMe.text.ranges(of: "(FERPA, 34 CFR 99.33)").count == 2)
        #expect(OpenMe.text.contains("prior written consent"))
        #expect(OpenMe.text.contains("consentimiento"))
    }

    @Test func `its commands name the files it tells people to put there`() {
        let commands = OpenMe.commands.joined(separator: "\n")
        for name in ["bundle.cms", "key.pem", "cert.pem", "ca.pem"] {
            #expect(commands.contains(name))
            #expect(OpenMe.text.contains("  \(name)"))
        }
        for name in [ArchiveName.manifest, .signature, .checksums] {
            #expect(commands.contains(name.description))
        }
        #expect(OpenMe.commands.first?.hasPrefix("openssl cms -decrypt") == true)
        #expect(OpenMe.commands.last == "sha256sum -c SHA256SUMS")
    }

    @Test func `its words fit a narrow window`() {
        for line in OpenMe.text.split(separator: "\n") where !line.hasPrefix("    $") {
            #expect(line.count <= 92, "\(line)")
        }
    }
}
