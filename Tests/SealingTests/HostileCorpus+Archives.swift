import Foundation

extension CorpusMaker {
    /// What can be wrong with the archive inside a good seal.
    mutating func archives() throws {
        let program = #"""
            import sys, zipfile, os, io, struct
            kind = sys.argv[1]
            base = [(n, open('whole/' + n, 'rb').read()) for n in ('manifest.json', 'manifest.p7s',
                'SHA256SUMS', 'record.html', 'OPEN-ME.txt', 'files/Transcript.pdf', 'files/b.pdf')]
            buffer = io.BytesIO()
            z = zipfile.ZipFile(buffer, 'w')
            def put(name, data, mode=0o644 << 16, method=zipfile.ZIP_STORED):
                info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
                info.external_attr = mode << 0 if mode < 1 << 16 else mode
                info.create_system = 3
                info.compress_type = method
                z.writestr(info, data)
            if kind == 'order': base.reverse()
            for name, data in base: put(name, data)
            names = {'parent': '../up', 'absolute': '/etc/passwd', 'backslash': 'files\\x',
                     'drive': 'C:\\x', 'dot': 'files/.', 'empty': 'files//x', 'nul': 'files/a\0b',
                     'folder': 'files/', 'nested': 'files/a/b', 'twice': 'files/b.pdf',
                     'case': 'files/B.pdf', 'more': 'files/new.pdf', 'bidi': 'files/a\u202efdp.exe'}
            if kind in names:
                import warnings; warnings.simplefilter('ignore')
                put(names[kind], b'x')
            if kind == 'link': put('files/link', b'/etc/passwd', (0o120777) << 16)
            if kind == 'device': put('files/null', b'', (0o020666) << 16)
            if kind == 'bomb': put('files/bomb', b'\0' * (64 << 20), method=zipfile.ZIP_DEFLATED)
            if kind == 'bzip': put('files/x', b'x' * 1000, method=zipfile.ZIP_BZIP2)
            if kind == 'many':
                for i in range(1200): put('files/%d' % i, b'')
            if kind == 'comment': z.comment = b'hello'
            z.close()
            data = bytearray(buffer.getvalue())
            if kind == 'prefix': data = bytearray(b'MZ' + b'\0' * 62) + data
            if kind == 'suffix': data += b'\0' * 16
            if kind == 'flag': data[data.index(b'PK\x01\x02') + 8] |= 1
            if kind == 'size':
                at = data.rindex(b'PK\x01\x02') + 24
                data[at:at + 4] = struct.pack('<I', 0x7fffffff)
            if kind == 'local': data[26] ^= 1
            if kind == 'crc':
                at = data.rindex(b'PK\x01\x02') + 16
                data[at] ^= 1
            if kind == 'disk': data[-18] = 1
            if kind == 'count': data[-12] += 1
            if kind == 'offset': data[-6] += 1
            if kind == 'missing':
                z2 = io.BytesIO(); z = zipfile.ZipFile(z2, 'w')
                for name, d in base[:-1]: put(name, d)
                z.close(); data = z2.getvalue()
            open('trick.zip', 'wb').write(data)
            """#
        _ = try scene.folder.write(Array(program.utf8), to: "trick.py")
        let kinds = [
            "order", "parent", "absolute", "backslash", "drive", "dot", "empty", "nul", "folder",
            "nested", "twice", "case", "more", "bidi", "link", "device", "bomb", "bzip", "many",
            "comment", "prefix", "suffix", "flag", "size", "local", "crc", "disk", "count",
            "offset", "missing",
        ]
        for kind in kinds {
            try shell("python3 trick.py \(kind)")
            add(
                .archiveTricks,
                kind,
                try encrypted("-aes-256-gcm \(Self.ecdh)", archive: "trick.zip")
            )
        }
        try shell("python3 trick.py none")
        good.append(try encrypted("-aes-256-gcm \(Self.ecdh)", archive: "trick.zip"))
        for (name, bytes) in [
            ("nothing", []), ("words", Array("words".utf8)),
            ("an end alone", [0x50, 0x4B, 5, 6] + [UInt8](repeating: 0, count: 18)),
        ] as [(String, [UInt8])] {
            _ = try scene.folder.write(bytes, to: "trick.zip")
            add(
                .archiveTricks,
                name,
                try encrypted("-aes-256-gcm \(Self.ecdh)", archive: "trick.zip")
            )
        }
    }
}
