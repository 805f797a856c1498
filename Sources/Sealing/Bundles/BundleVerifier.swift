import BundleFormat
package import Casework
package import Vocabulary

/// Checks a bundle that was opened already, by this program or by stock tools.
///
/// Needs nothing but the authority's certificate.
package struct BundleVerifier: Sendable {
    private let trust: [Certificate]
    private let program: OpeningProgram?

    /// `program` is the confined one that parses; without it, that happens in this process.
    package init(trust: [Certificate], program: OpeningProgram? = nil) {
        self.trust = trust
        self.program = program
    }

    /// Checks the archive that came out of a seal.
    ///
    /// Throws `BundleFailure`. With a program the archive must lie in a plain file.
    package func verify(
        archive: any ProtectedFileReader,
        expecting expectation: BundleExpectation = BundleExpectation(),
        at instant: Instant
    ) throws -> SignedManifest {
        var judge = BundleJudge(
            verifier: verifier(at: instant),
            keys: nil,
            destination: nil,
            accept: { try expectation.check($0) }
        )
        do {
            if let program {
                try program.unpack(archive, .archive, scratch: "", into: &judge)
            } else {
                try Unpacking.archive(archive, into: &judge)
            }
            return try judge.finish()
        } catch {
            throw BundleFailure(any: error)
        }
    }

    /// Checks a seal that one of these keys opens, and keeps nothing of what is in it.
    ///
    /// Throws `BundleFailure`; `wrongKey` where it is sealed to others, whose names it does not
    /// say. With a program the seal must lie in a plain file.
    package func verify(
        sealed: any ProtectedFileReader,
        with keys: [KeyPair],
        expecting expectation: BundleExpectation = BundleExpectation(),
        at instant: Instant
    ) throws -> SignedManifest {
        var judge = BundleJudge(
            verifier: verifier(at: instant),
            keys: keys,
            destination: nil,
            accept: { try expectation.check($0) }
        )
        do {
            let offered = try keys.map { try OpeningKey($0) }
            if let program {
                try program.unpack(sealed, .seal(offered), scratch: "", into: &judge)
            } else {
                try Unpacking.seal(sealed, keys: offered, into: &judge)
            }
            return try judge.finish()
        } catch {
            judge.abandon()
            throw BundleFailure(any: error)
        }
    }

    private func verifier(at instant: Instant) -> ManifestVerifier {
        // What was good when it was made is looked at for years.
        ManifestVerifier(
            trust: trust,
            instant: instant,
            program: program,
            expired: .heldWhenSigned
        )
    }

    /// Checks a folder: every file that was signed is there unchanged, and nothing else is.
    ///
    /// Throws `BundleFailure`.
    package func verify(
        folder: String,
        expecting expectation: BundleExpectation = BundleExpectation(),
        at instant: Instant
    ) throws -> SignedManifest {
        do {
            let content = try read(.manifest, in: folder, limit: BundleLimits.manifestBytes)
            let signature = try read(.signature, in: folder, limit: BundleLimits.signatureBytes)
            let signed = try verifier(at: instant).verify(content, signature: signature)
            try expectation.check(signed)
            var expected = try FileList(signed.manifest)
            for name in try names(in: folder) where name != .manifest && name != .signature {
                // A link or a folder where a file was signed is nothing that was signed.
                guard Folder.isFile("\(folder)/\(name)") else {
                    throw BundleFailure.files(.added)
                }
                let reader = try PlainFileReader(path: "\(folder)/\(name)")
                let file = try expected.take(name, byteCount: reader.byteCount)
                guard try reader.digest() == file.digest else {
                    throw BundleFailure.files(.changed)
                }
            }
            try expected.requireComplete()
            return signed
        } catch {
            throw BundleFailure(any: error)
        }
    }

    private func read(_ name: ArchiveName, in folder: String, limit: Int) throws -> [UInt8] {
        do {
            let reader = try PlainFileReader(path: "\(folder)/\(name)")
            guard reader.byteCount <= Int64(limit) else { throw BundleFailure.tooLarge }
            return try reader.read(from: 0, upTo: limit)
        } catch FileFailure.missing {
            throw BundleFailure.notABundle
        }
    }

    private func names(in folder: String) throws -> [ArchiveName] {
        var names: [ArchiveName] = []
        for name in try Folder.names(in: folder) {
            if name == "files", Folder.isFolder("\(folder)/files") {
                for inner in try Folder.names(in: "\(folder)/files") {
                    names.append(try parse("files/\(inner)"))
                }
            } else {
                names.append(try parse(name))
            }
        }
        return names
    }

    private func parse(_ text: String) throws -> ArchiveName {
        do {
            return try ArchiveName(parsing: text)
        } catch {
            // Nothing of ours has such a name, so somebody added it.
            throw BundleFailure.files(.added)
        }
    }
}
