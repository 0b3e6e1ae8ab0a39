"""Small real PDF and Word documents, made from lines of text."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = f"""<?xml version="1.0"?><Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_RELATIONS = f"""<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>"""
_PARTS = f"""<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="r1" Type="{_OFFICE}/styles" Target="styles.xml"/>
<Relationship Id="r2" Type="{_OFFICE}/numbering" Target="numbering.xml"/></Relationships>"""
_STYLES = f"""<?xml version="1.0"?><w:styles xmlns:w="{_MAIN}">
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>"""
_NUMBERING = f"""<?xml version="1.0"?><w:numbering xmlns:w="{_MAIN}"><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="*"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""


def docx(lines: Iterable[str]) -> bytes:
    """A Word document: `# ` begins a title, `## ` a heading, `- ` a list item, `|` a table row, `**` a bold line."""
    body = "".join(map(_row, lines))
    return docx_with(f'<?xml version="1.0"?><w:document xmlns:w="{_MAIN}"><w:body>{body}</w:body></w:document>')


def docx_with(document: str) -> bytes:
    """A Word document whose main part is `document`, whatever that is."""
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "word/_rels/document.xml.rels": _PARTS,
        "word/styles.xml": _STYLES,
        "word/numbering.xml": _NUMBERING,
        "word/document.xml": document,
    }
    return zipped(parts)


def zipped(parts: dict[str, str]) -> bytes:
    """A zip archive of these files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def _row(line: str) -> str:
    if line.startswith("|"):
        cells = (cell.strip() for cell in line.strip("|").split("|"))
        return f"<w:tbl><w:tr>{''.join(f'<w:tc>{_paragraph(cell)}</w:tc>' for cell in cells)}</w:tr></w:tbl>"
    return _paragraph(line)


def _paragraph(line: str) -> str:
    marks = {
        "## ": '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>',
        "# ": '<w:pPr><w:pStyle w:val="Title"/></w:pPr>',
        "- ": '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>',
    }
    mark = next((mark for mark in marks if line.startswith(mark)), "")
    bold = "<w:rPr><w:b/></w:rPr>" if line.startswith("**") else ""
    text = escape(line.removeprefix(mark).strip("*"))
    return f'<w:p>{marks.get(mark, "")}<w:r>{bold}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def pdf(pages: Sequence[Sequence[str]], *, encrypt: str = "") -> bytes:
    """A PDF in Helvetica, one line of text under the other (Windows-1252); `encrypt`: an /Encrypt dictionary."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for lines in pages:
        shown = b"".join(b"(%s) Tj T*\n" % _pdf_string(line) for line in lines)
        stream = zlib.compress(b"BT /F1 11 Tf 14 TL 50 790 Td\n" + shown + b"ET")
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream))
        kids.append(b"%d 0 R" % (len(objects) + 1))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return _assembled(objects, encrypt.encode())


def _pdf_string(line: str) -> bytes:
    encoded = line.encode("cp1252")
    for sign in (b"\\", b"(", b")"):
        encoded = encoded.replace(sign, b"\\" + sign)
    return encoded


def _assembled(objects: Sequence[bytes], encrypt: bytes) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    locked = b"/Encrypt %s /ID [<00> <00>]" % encrypt if encrypt else b""
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, locked, table)
    return bytes(out)
