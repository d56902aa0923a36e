#!/usr/bin/env python3
"""Vérifie un dossier de preuve (.zip) ou un reçu (.json) du registre, sans le service et sans rien installer.

    python3 verify.py FICHIER "nom+identifiant+clé" [TETE.note] [--temoin "nom+identifiant+clé"]...

Avec --temoin, la tête doit aussi porter la signature de ce témoin (C2SP tlog-cosignature).

Écrit à part du service, avec la seule bibliothèque de Python : SHA-256, arbre de la RFC 6962, notes signées C2SP,
Ed25519 de la RFC 8032. Sort avec 0 quand tout est valide, 1 quand quelque chose ne l'est pas.
"""

import base64
import hashlib
import json
import re
import sys
import time
import zipfile


class Refused(Exception):
    """Ce qui ne va pas, en une phrase."""


# --- Ed25519 (RFC 8032, section 5.1), vérification seulement --------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def recover_x(y, sign):
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * ROOT % P
    if (x * x - x2) % P or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    x = recover_x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


def add(a, b):
    (x1, y1, z1, t1), (x2, y2, z2, t2) = a, b
    e = (y1 - x1) * (y2 - x2) % P
    f = (y1 + x1) * (y2 + x2) % P
    g, h = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(scalar, base):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, base)
        base, scalar = add(base, base), scalar >> 1
    return result


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = recover_x(BASE_Y, 0)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def signed(public, message, signature):
    if len(public) != 32 or len(signature) != 64:
        return False
    key, r = point(public), point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if key is None or r is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    left, right = times(s, BASE), add(r, times(k, key))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# --- Notes signées (C2SP signed-note, tlog-checkpoint) ----------------------------------------------------------------

class Key:
    algorithm = b"\x01"

    def __init__(self, text):
        try:
            self.name, ident, key = text.strip().split("+", 2)
            self.ident, raw = bytes.fromhex(ident), base64.b64decode(key, validate=True)
        except ValueError as error:
            raise Refused(f"la clé ne se lit pas ({error})") from None
        self.public = raw[1:]
        mine = hashlib.sha256(self.name.encode() + b"\n" + raw).digest()[:4]
        if raw[:1] != self.algorithm or len(self.public) != 32 or mine != self.ident:
            raise Refused("la clé n'est pas une clé Ed25519 de note signée")

    def own(self, note):
        """Le texte d'une note, avec chaque signature qui dit être de cette clé."""
        above, mark, below = note.rpartition("\n\n")
        for line in below.splitlines() if mark and below.endswith("\n") else []:
            parts = line.split(" ")
            if len(parts) != 3 or parts[0] != "—" or parts[1] != self.name:
                continue
            try:
                signature = base64.b64decode(parts[2], validate=True)
            except ValueError:
                continue
            if signature[:4] == self.ident:
                yield above + "\n", signature[4:]

    def open(self, note):
        """Le texte que cette clé a signé."""
        for text, signature in self.own(note):
            if signed(self.public, text.encode(), signature):
                return text
        raise Refused(f"une note n'est pas signée par {self.name}")

    def checkpoint(self, note):
        lines = self.open(note).splitlines()
        if len(lines) < 3 or lines[0] != self.name or not re.fullmatch(r"0|[1-9][0-9]*", lines[1]):
            raise Refused("la tête de l'arbre ne se lit pas")
        root = base64.b64decode(lines[2], validate=True)
        if len(root) != 32:
            raise Refused("la racine n'a pas 32 octets")
        return int(lines[1]), root


class Witness(Key):
    algorithm = b"\x04"

    def saw(self, note):
        """Le moment où ce témoin a signé la tête d'une note."""
        for text, signature in self.own(note):
            seconds = int.from_bytes(signature[:8], "big")
            if signed(self.public, f"cosignature/v1\ntime {seconds}\n{text}".encode(), signature[8:]):
                return f"\n  vue par {self.name} le {time.strftime('%Y-%m-%d à %H:%M:%S UTC', time.gmtime(seconds))}"
        raise Refused(f"la tête n'est pas signée par le témoin {self.name}")


# --- Arbre (RFC 6962) --------------------------------------------------------------------------------------------------

def leaf_hash(leaf):
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """Une racine par sous-arbre complet, la plus grande en premier : la mémoire ne grandit pas."""

    def __init__(self):
        self.size, self.roots = 0, []

    def push(self, leaf):
        self.size, height = self.size + 1, 0
        while self.roots and self.roots[-1][0] == height:
            leaf, height = node_hash(self.roots.pop()[1], leaf), height + 1
        self.roots.append((height, leaf))

    def root(self):
        if not self.roots:
            return hashlib.sha256(b"").digest()
        whole = self.roots[-1][1]
        for _, left in reversed(self.roots[:-1]):
            whole = node_hash(left, whole)
        return whole


def root_by_path(leaf, index, size, path):
    """La racine que donne un chemin, en descendant : écrit autrement que le vérificateur du service."""
    if size == 1:
        return leaf if not path else None
    if not path:
        return None
    half = 1 << (size - 1).bit_length() - 1
    if index < half:
        left = root_by_path(leaf, index, half, path[:-1])
        return left and node_hash(left, path[-1])
    right = root_by_path(leaf, index - half, size - half, path[:-1])
    return right and node_hash(path[-1], right)


# --- Ce que l'on vérifie ------------------------------------------------------------------------------------------------

def check_receipt(text, key, witnesses):
    try:
        receipt = json.loads(text)
        entries = receipt["entries"]
        note, about = receipt["checkpoint"], receipt["about"]
        known = receipt["format"] == "probite-receipt/1"
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(f"ce n'est pas un reçu ({error})") from None
    if not known or not entries:
        raise Refused("ce n'est pas un reçu, ou il est vide")
    size, root = key.checkpoint(note)
    for entry in entries:
        index, path = entry["index"], [base64.b64decode(step, validate=True) for step in entry["proof"]]
        leaf = leaf_hash(entry["leaf"].encode())
        if not 0 <= index < size or any(len(step) != 32 for step in path):
            raise Refused("le chemin d'un événement ne se lit pas")
        if root_by_path(leaf, index, size, path) != root:
            raise Refused(f"l'événement {index + 1} n'est pas dans l'arbre signé")
    said = f"{about}, journal de {size} événements signé par {key.name}"
    for leaf in (json.loads(entry["leaf"]) for entry in entries):
        if leaf.get("event") == "reported":
            data = leaf["data"]
            said += f"\n  rapport du {data['from']} au {data['to']}, {data['rows']} lignes, empreinte {data['sha256']}"
    return said + "".join(witness.saw(note) for witness in witnesses)


def check_archive(path, key, other, witnesses):
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        if "manifest.note" not in names:
            raise Refused("manifest.note manque")
        lines = key.open(archive.read("manifest.note").decode()).splitlines()
        if lines[0] != "probite-evidence/1":
            raise Refused("la liste des fichiers ne se lit pas")
        listed = {name: digest for digest, name in (line.split("  ", 1) for line in lines[2:])}
        if sorted(names) != sorted([*listed, "manifest.note"]):
            raise Refused("les fichiers ne sont pas ceux de la liste signée")
        for name, digest in listed.items():
            found = hashlib.sha256()
            with archive.open(name) as member:
                while piece := member.read(1 << 20):
                    found.update(piece)
            if found.hexdigest() != digest:
                raise Refused(f"{name} n'est pas celui de la liste signée")
        head = archive.read("checkpoint.note").decode()
        size, root = key.checkpoint(head)
        seen = "".join(witness.saw(head) for witness in witnesses)
        tree, withheld = Tree(), 0
        with archive.open("leaves.txt") as member:
            for line in member:
                line = line.rstrip(b"\n")
                if re.fullmatch(rb"#[0-9a-f]{64}", line):
                    withheld += 1
                    tree.push(bytes.fromhex(line[1:].decode()))
                elif line.startswith(b"{"):
                    tree.push(leaf_hash(line))
                else:
                    raise Refused(f"ligne {tree.size + 1} : ni un événement ni une empreinte")
                if other and tree.size == other[0] and tree.root() != other[1]:
                    raise Refused(f"les {tree.size} premiers événements ne sont pas ceux de l'autre tête signée")
        if tree.size != size or (other and other[0] > size):
            raise Refused(f"{tree.size} événements, et une tête signée en couvre {max(size, other[0] if other else 0)}")
        if tree.root() != root:
            raise Refused("les événements ne donnent pas l'arbre qui est signé")
    return f"{size} événements ({withheld} tus), {len(listed)} fichiers, journal signé par {key.name}{seen}"


def main(arguments):
    names = []
    while "--temoin" in arguments[:-1]:
        place = arguments.index("--temoin")
        names.append(arguments[place + 1])
        arguments = arguments[:place] + arguments[place + 2:]
    if len(arguments) not in (2, 3):
        print(__doc__)
        return 2
    try:
        witnesses = [Witness(name) for name in names]
        key = Key(arguments[1])
        other = None
        if len(arguments) == 3:
            with open(arguments[2], encoding="utf-8") as note:
                other = key.checkpoint(note.read())
        if arguments[0].lower().endswith(".zip"):
            said = check_archive(arguments[0], key, other, witnesses)
        else:
            with open(arguments[0], encoding="utf-8") as receipt:
                said = check_receipt(receipt.read(), key, witnesses)
    except (Refused, OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        print(f"REFUSÉ : {error}.")
        return 1
    print(f"VALIDE : {said}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
