import BundleFormat
import Casework
import Sealing
import StudentRecords
import Testing
import Vocabulary

@Suite("Bundles, there and back") struct BundleRoundTripTests {
    @Test(arguments: KeyKind.allCases)
    func `what is sealed opens again`(kind: KeyKind) throws {
        let scene = try Scene(kind: kind)
        let sealed = try scene.seal()

        let opened = try scene.open()

        #expect(opened.manifest == sealed.manifest)
        #expect(
            opened.manifest.attachments.map(\.name.description) == [
                "files/Calificación año 1.pdf", "files/Transcript.pdf", "files/transcript (2).pdf",
            ]
        )
        for (file, name) in zip(Scene.files, opened.manifest.attachments.map(\.name)) {
            #expect(try scene.folder.read("opened/\(name)") == file.bytes)
        }
        #expect(!scene.folder.exists("scratch"))
        #expect(
            sealed.digest == (try PlainFileReader(path: scene.folder.file("bundle.cms")).digest())
        )
    }

    @Test(arguments: [KeyKind.p256, .p384, .rsa], ["C", "C.UTF-8"])
    func `stock tools open it by the commands in OPEN-ME`(kind: KeyKind, locale: String) throws {
        let scene = try Scene(kind: kind)
        try scene.seal()
        #expect(OpenMe.commands.count == 6)
        let setUp = "cp school.key key.pem && cp school.pem cert.pem && export LC_ALL=\(locale)"

        let script = ([setUp] + OpenMe.commands).joined(separator: " && ")
        let (status, output) = try scene.folder.run(script)

        #expect(status == 0, "\(output)")
        #expect(output.contains("CMS Verification successful"))
        #expect(output.contains("\"sha256\": \""))
        for (file, name) in zip(Scene.files, try scene.open().manifest.attachments.map(\.name)) {
            #expect(try scene.folder.read("bundle/\(name)") == file.bytes)
        }
    }
}
