"""Where each subject begins: files of tests/data and config, and small ones made here. Prints a verifying key that signed nothing."""

import base64
import hashlib
import io
import pathlib
import sys
import zipfile
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
SEEDS = pathlib.Path(sys.argv[1])


def keep(subject: str, name: str, content: bytes) -> None:
    folder = SEEDS / subject
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


def files(subject: str, *patterns: str) -> None:
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            content = path.read_bytes()
            if len(content) <= 65_536:
                keep(subject, path.name, content)


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return len(data).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")

    header = (1).to_bytes(4, "big") * 2 + bytes([8, 0, 0, 0, 0])
    dots = zlib.compress(b"\0\0")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"tEXt", b"Author\0X") + chunk(b"IDAT", dots) + chunk(b"IEND", b"")


def docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        types += '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        types += f'<Override PartName="/word/document.xml" ContentType="{word}"/></Types>'
        file.writestr("[Content_Types].xml", types)
        rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        rels += 'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
        file.writestr("_rels/.rels", rels + "</Relationships>")
        text = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p/></w:body></w:document>'
        file.writestr("word/document.xml", text)
    return out.getvalue()


def pdf() -> bytes:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<<>>>>",
        b"<</Length 3>>stream\nq Q\nendstream",
        b"<</Author(X)>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj" % number + content + b"endobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer<</Size %d/Root 1 0 R/Info 5 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)


def registry() -> bytes:
    enterprises = '"NEQ","IND_FAIL","COD_STAT_IMMAT","COD_FORME_JURI"\n"1171234567","N","IM","CIE"\n"1160000001","N","RX","CIE"\n'
    names = "NEQ,NOM_ASSUJ,NOM_ASSUJ_LANG_ETRNG,STAT_NOM,TYP_NOM_ASSUJ\n1171234567,Nordik Infonuagique inc.,,V,N\n"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("Entreprise.csv", enterprises)
        file.writestr("Nom.csv", names)
        file.writestr("FusionScissions.csv", "NEQ,NEQ_ASSUJ_REL,DENOMN_SOC,COD_RELA_ASSUJ,DAT_EFCTVT\n"
                      "1160000001,1171234567,Nordik,FUS,2020-01-31\n1171234567,,Ailleurs,SCI,\n")
        file.writestr("ContinuationsTransformations.csv", "NEQ,COD_TYP_CHANG,COD_REGIM_JURI,AUTR_REGIM_JURI,NOM_LOCLT,DAT_EFCTVT\n"
                      "1171234567,CON,AUT,Loi fictive,Ottawa,2018-03-20\n")
        file.writestr("Etablissements.csv", "NEQ,NOM_ETAB\n1171234567,Nordik Centre-ville\n")
        file.writestr("DomaineValeur.csv", "TYP_DOM_VAL,COD_DOM_VAL,VAL_DOM_FRAN\nRELA_ASSUJ,FUS,Fusion\nRELA_ASSUJ,SCI,Scission\n")
    return out.getvalue()


files("contracts", "tests/data/ocds/*")
files("policy", "config/policy/*.toml")
files("kind", "config/kinds/*.toml", "tests/data/kinds/*.toml")
files("directory", "tests/data/directory/*")
keep("registry", "one.zip", registry())
keep("attachment", "one.png", png())
keep("attachment", "one.pdf", pdf())
keep("attachment", "one.docx", docx())
keep("attachment", "one.jpg", bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffdb004300" + "01" * 64 + "ffd9"))
keep("below", "one.csv", b"numero;neq;nom;montant;signe_le;debut;fin;objet;unite\nC-1;1171234567;Nordik;1 234,56;2026-01-01;2026-01-01;2026-12-31;;\n")
keep("lists", "one.csv", b"neq;nom;debut;fin\n1171234567;Nordik;2026-01-01;2031-01-01\n")
expressions = ["value_cents > limits.gift_attention_cents", 'answers.a == null || purpose in ["x"]', "answers.b.exists(x, x.size() > 1)"]
for number, text in enumerate([*expressions, "1 / value_cents == 1", '"a".matches("(a+)+$")']):
    keep("expression", str(number), text.encode())
for number, text in enumerate(["24 novembre 2026", "2026-11-24", "hier", "1 234,56 $", "1234.56", "1171234567", "November 24, 2026"]):
    keep("formats", str(number), text.encode())
files("config", "config/default.toml")
keep("config", "site", b'[server]\npublic_url = "https://registre.example"\n[letters]\nhost = "relais.example"\n')
head = b'--b\r\nContent-Disposition: form-data; name="key"\r\n\r\nune cl\xc3\xa9\r\n--b\r\nContent-Disposition: form-data; name="file"; '
keep("form", "one", b"Z" + head + b'filename="a/b.csv"\r\nContent-Type: text/csv\r\n\r\na;b\r\n--b--\r\n')
keep("letter", "one", "Décision\r\nBcc: x@y.example\x01Bonjour,\n.\n\x01<p>Bonjour</p>\x01declarant\x01CAD-2026-000123".encode())
keep("page", "one", "<script>alert(1)</script>\x01\" onload=\"x\x01{{{raw}}}\x01&lt;b&gt;\x01</textarea><p class='x'>\x01Décision".encode())
note = "registre.example/x\n1\n" + "A" * 43 + "=\n\n— registre.example/x " + "A" * 92 + "\n"
keep("receipt", "one.json", ('{"format":"probite-receipt/1","about":"CAD-2026-000123","checkpoint":%r,"entries":[]}' % note).replace("'", '"').encode())
keep("pack", "one.txt", note.encode())

# A verifying key as C2SP signed notes write it: name, first bytes of SHA-256 of name, line feed, algorithm and key.
name, public = "nul.example", bytes(range(32))
known = b"\x01" + public
mark = hashlib.sha256(name.encode() + b"\n" + known).hexdigest()[:8]
print(f"{name}+{mark}+{base64.b64encode(known).decode()}")
