"""Documents of every kind that is read, whole and broken."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from mockint.errors import JobError
from mockint.exchange.documents import MAX_BYTES, read_document
from tests.support.documents import docx, docx_with, pdf, zipped

LOCKED = f"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <{'41' * 32}> /U <{'42' * 32}> >>"
BOMB = f"<?xml version='1.0'?><w:document>{' ' * 60_000_000}</w:document>"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 30}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True))
    + ']><l>&i;</l>'
)  # fmt: skip
PAGE = """\
<!DOCTYPE html><html><head><title>Jobs</title><style>p { color: red }</style></head><body>
<nav><ul><li>Java jobs</li></ul></nav>
<h1>Rust Developer</h1>
<div>We move parcels. <a href="https://example.org">Read more</a><img src="x.png" alt="a picture"></div>
<p><strong>Requirements:</strong></p>
<ul><li>Rust &amp; <b>Kafka</b></li><li><p>C# or *nix</p></li></ul>
<table><tr><td>Essential</td><td>Linux</td></tr></table>
<p>One<br>Two</p>
<script>var skills = "Perl";</script><footer>Cookies</footer></body></html>
"""


def read(tmp_path: Path, name: str, data: bytes | str) -> str:
    file = tmp_path / name
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_document(file)


@pytest.mark.parametrize("name", ["page.html", "page.HTM", "saved", "page.txt"])
def test_a_page_keeps_headings_and_items_and_loses_the_rest(tmp_path: Path, name: str) -> None:
    assert read(tmp_path, name, PAGE).split("\n\n") == [
        "# Rust Developer",
        "We move parcels. Read more",
        "**Requirements:**",
        "- Rust \\& Kafka",
        "- C# or \\*nix",
        "Essential",
        "Linux",
        "One\nTwo",
    ]


def test_a_page_with_a_main_part_is_that_part(tmp_path: Path) -> None:
    long = "We build services for people who wait for parcels. " * 5
    page = f"<html><body><p>All jobs</p><main><h1>Engineer</h1><p>{long}</p></main><p>More jobs</p></body></html>"
    assert read(tmp_path, "a.html", page) == f"# Engineer\n\n{long.strip()}"


def test_a_posting_given_as_data_for_search_engines_is_read_from_that(tmp_path: Path) -> None:
    data = {
        "@graph": [
            {"@type": "WebSite"},
            {
                "@type": "JobPosting", "title": "Go *Engineer*", "hiringOrganization": {"name": "Kestrel"},
                "description": f"<h2>You</h2><ul><li>Go</li></ul><p>{'Parcels, always parcels. ' * 20}</p>",
            },
        ]
    }  # fmt: skip
    page = f'<html><script type="application/ld+json">{json.dumps(data)}</script><p>Share this job</p></html>'
    text = read(tmp_path, "a.html", page)
    assert text.startswith("# Go \\*Engineer\\*\n\nCompany: Kestrel\n\n## You\n\n- Go\n\nParcels,")
    assert "Share" not in text


@pytest.mark.parametrize("data", ["[" * 5000, "null", '{"@type": "JobPosting"}', '{"@graph": [1, {"@type": []}]}'])
def test_data_that_is_no_posting_leaves_the_page(tmp_path: Path, data: str) -> None:
    page = f'<html><script type="application/ld+json">{data}</script><p>Python</p></html>'
    assert read(tmp_path, "a.html", page) == "Python"


def test_signs_of_markup_in_attributes_and_scripts_are_none(tmp_path: Path) -> None:
    page = (
        """<html><div title='a<b' data-x="<!-- <p"><script>if (a < "<!--") {}</script><p>Go, 1 < 2</p></div></html>"""
    )
    assert read(tmp_path, "a.html", page) == "Go, 1 \\< 2"


@pytest.mark.parametrize(
    "sign", ["<a ", "<a b='", "<a b=", "<!--", "<!x ", "<script>", "<!-->", "<a b='>"], ids=lambda sign: sign[:7]
)
def test_an_unfinished_page_does_not_take_long(tmp_path: Path, sign: str) -> None:
    assert read(tmp_path, "a.html", f"<p>Python</p>{sign * 50_000}"[:120_000]).startswith("Python")


def test_what_only_begins_like_a_page_does_not_take_long(tmp_path: Path) -> None:
    assert read(tmp_path, "a.txt", "<!-- -->" * 2000) == "<!-- -->" * 2000


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252", "iso-8859-15"])
def test_a_page_is_read_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    named = f'<meta charset="{encoding}">' if encoding == "iso-8859-15" else ""
    page = f"<html>{named}<p>Café</p></html>"
    assert read(tmp_path, "a.html", page.encode(encoding)) == "Café"


def test_a_word_document_keeps_headings_items_and_cells(tmp_path: Path) -> None:
    lines = [
        "# Go Developer",
        "At Kestrel we <move> parcels.",
        "## Requirements",
        "- Go",
        "- Kafka",
        "|Nice|Rust|",
        "**You**",
    ]
    assert read(tmp_path, "a.docx", docx(lines)).split("\n\n") == [
        "# Go Developer", "At Kestrel we \\<move\\> parcels.", "# Requirements", "- Go", "- Kafka", "Nice", "Rust",
        "**You**",
    ]  # fmt: skip


def test_a_pdf_keeps_lines_and_bullets_of_all_pages(tmp_path: Path) -> None:
    pages = [["Go Developer", "Requirements (all)", "• Go", "o Kafka or C++", "• ", "Rust"], ["Nice to have", "– Perl"]]
    assert read(tmp_path, "a.pdf", pdf(pages)).split("\n") == [
        "Go Developer", "Requirements (all)", "• Go", "• Kafka or C++", "• Rust", "Nice to have", "– Perl",
    ]  # fmt: skip


def test_text_is_read_as_utf_8_or_as_its_mark_says(tmp_path: Path) -> None:
    assert read(tmp_path, "a.txt", b"\xef\xbb\xbfCaf\xc3\xa9") == "Café"
    assert read(tmp_path, "a.md", "Café".encode("utf-16")) == "Café"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.md", b"", "empty"),
        ("a.txt", b" \n\t\n", "empty"),
        ("a.html", b"<html><script>x</script></html>", "empty"),
        ("a.txt", b"caf\xe9", "not UTF-8"),
        ("a.txt", b"Python\x00", "not text"),
        ("a.png", b"\x89PNG\r\n\x1a\n\x00", "not UTF-8"),
        ("a.txt", b"Python " * (MAX_BYTES // 7 + 1), "larger than 10 MB"),
        ("a.txt", b"Python " * 40_000, "larger than 200 kB"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "old Word document"),
        ("a.rtf", b"{\\rtf1 Python}", "RTF"),
        ("a.pdf", b"%PDF-1.7\nnothing", "damaged"),
        ("a.pdf", pdf([["Go"]])[:-200], "damaged"),
        ("a.pdf", pdf([[]]), "scan"),
        ("a.pdf", pdf([["Go"]], encrypt=LOCKED), "password"),
        ("a.pdf", pdf([["Go"]], encrypt=LOCKED.replace("/V 2", "/V 9")), "locked or packed"),
        ("a.pdf", pdf([["Go"]], encrypt=LOCKED.replace("/Standard", "/Other")), "locked or packed"),
        ("a.docx", b"PK\x03\x04nothing", "damaged"),
        ("a.docx", docx(["Go"])[:-30], "damaged"),
        ("a.docx", docx_with("<nonsense"), "damaged"),
        ("a.docx", docx_with(LAUGHS), "damaged"),
        ("a.docx", docx_with(BOMB), "unpacked it is larger than 50 MB"),
        ("a.docx", docx([]), "no text"),
        ("a.odt", zipped({"content.xml": "<x/>"}), "no Word document"),
    ],
    ids=[
        "empty", "blank", "empty page", "latin-1", "nul", "picture", "10 MB", "long", "old word", "rtf", "no pdf",
        "cut pdf", "scan", "locked", "unknown cipher", "unknown lock", "no zip", "cut zip", "no xml", "laughs",
        "bomb", "no words", "other archive",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    with pytest.raises(JobError, match=reason) as failure:
        read(tmp_path, name, data)
    assert name in failure.value.message
    assert failure.value.hint


def test_missing_files_and_directories(tmp_path: Path) -> None:
    (tmp_path / "dir.md").mkdir()
    for name, said in (("none.md", "no such file"), ("dir.md", "this is a directory")):
        with pytest.raises(JobError, match=said):
            read_document(tmp_path / name)


def test_a_reader_tells_nothing_on_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf([["Go"]]).replace(b"startxref\n", b"startxref\n9"))
    code = "import sys, pathlib, mockint.exchange.documents as d; print(d.read_document(pathlib.Path(sys.argv[1])))"
    run = subprocess.run([sys.executable, "-c", code, file], capture_output=True, text=True, check=True)
    assert (run.stdout, run.stderr) == ("Go\n", "")


def test_text_loads_no_parser() -> None:
    code = "import sys, mockint.posting; print({'pypdf', 'mammoth', 'html.parser'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
