"""Files that a school would send, made here; no real person is in them."""
import pathlib, struct, zlib


def pdf(path, pages=1, text="Transcript, grade 10") -> pathlib.Path:
    """A small PDF with an honest cross-reference table."""
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(pages))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>",
               f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>"]
    for n in range(pages):
        content = f"BT /F1 18 Tf 72 700 Td ({text} {n + 1}) Tj ET"
        objects.append("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font "
                       "<< /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> "
                       f"/Contents {4 + 2 * n} 0 R >>")
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    body, places = b"%PDF-1.4\n", []
    for index, item in enumerate(objects, 1):
        places.append(len(body))
        body += f"{index} 0 obj\n{item}\nendobj\n".encode()
    start = len(body)
    body += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    body += (f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\n"
             f"startxref\n{start}\n%%EOF\n").encode()
    path = pathlib.Path(path)
    path.write_bytes(body)
    return path


def photo(path, width=320, height=240) -> pathlib.Path:
    """A PNG picture with something in it."""
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data
                + struct.pack(">I", zlib.crc32(kind + data)))
    rows = b"".join(b"\0" + bytes(v for x in range(width) for v in (x % 256, y % 256, (x * y) % 256))
                    for y in range(height))
    path = pathlib.Path(path)
    path.write_bytes(b"\x89PNG\r\n\x1a\n"
                     + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
                     + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
    return path
