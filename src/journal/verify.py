#!/usr/bin/env python3
"""Vérifie un dossier de preuve (.zip) ou un reçu (.json) du registre, sans le service et sans rien installer.

    python3 verify.py FICHIER "nom+identifiant+clé" [TETE.note ou RECU.json] [--temoin "nom+identifiant+clé"]...

Le dossier doit continuer la tête gardée d'ailleurs, et contenir à leur place les événements du reçu. Un rapport
(.pdf, .xlsx, .json, .csv) doit être, octet pour octet, l'un de ceux que nomme sa preuve, donnée comme reçu.
Avec --temoin, la tête doit aussi porter la signature de ce témoin (C2SP tlog-cosignature).

Écrit à part du service, avec la seule bibliothèque de Python : SHA-256, arbre de la RFC 6962, notes signées C2SP,
Ed25519 de la RFC 8032, ML-DSA-44 de FIPS 204. Sort avec 0 quand tout est valide, 1 quand quelque chose ne l'est pas.
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
BASE = point(BASE_Y.to_bytes(32, "little"))


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


# --- ML-DSA-44 (FIPS 204), vérification seulement : ce qu'un ordinateur quantique ne contrefait pas ----------------------

Q, GAMMA = 8380417, 95232
ZETAS = [pow(1753, int(f"{m:08b}"[::-1], 2), Q) for m in range(256)]


def ntt(w):
    w, m, length = list(w), 0, 128
    while length:
        for start in range(0, 256, 2 * length):
            m += 1
            for j in range(start, start + length):
                t = ZETAS[m] * w[j + length] % Q
                w[j], w[j + length] = (w[j] + t) % Q, (w[j] - t) % Q
        length //= 2
    return w


def back(w):
    w, m, length = list(w), 256, 1
    while length < 256:
        for start in range(0, 256, 2 * length):
            m -= 1
            for j in range(start, start + length):
                low, high = w[j], w[j + length]
                w[j], w[j + length] = (low + high) % Q, -ZETAS[m] * (low - high) % Q
        length *= 2
    return [8347681 * one % Q for one in w]


def unpack(data, bits):
    """Les nombres de tant de bits, le plus petit bit d'abord, par polynômes de 256."""
    whole, mask = int.from_bytes(data, "little"), (1 << bits) - 1
    numbers = [whole >> at & mask for at in range(0, 8 * len(data), bits)]
    return [numbers[at:at + 256] for at in range(0, len(numbers), 256)]


def uniform(seed):
    """Un polynôme de la matrice publique (algorithme 30)."""
    stream, kept, at = hashlib.shake_128(seed).digest(2048), [], 0
    while len(kept) < 256:
        one = int.from_bytes(stream[at:at + 3], "little") & 0x7FFFFF
        kept, at = kept + [one] if one < Q else kept, at + 3
    return kept


def in_ball(seed):
    """Le défi : 39 coefficients qui valent 1 ou -1 (algorithme 29)."""
    stream, c, at = hashlib.shake_256(seed).digest(1024), [0] * 256, 8
    signs = int.from_bytes(stream[:8], "little")
    for i in range(217, 256):
        while stream[at] > i:
            at += 1
        j, at = stream[at], at + 1
        c[i], c[j] = c[j], 1 - 2 * (signs >> i - 217 & 1)
    return c


def hints(data):
    """Quels coefficients arrondir de l'autre côté (algorithme 21); rien si ce n'est pas la seule écriture."""
    h, index = [[0] * 256 for _ in range(4)], 0
    for i, end in enumerate(data[80:]):
        if not index <= end <= 80 or any(data[at] >= data[at + 1] for at in range(index, end - 1)):
            return None
        for place in data[index:end]:
            h[i][place] = 1
        index = end
    return None if any(data[index:80]) else h


def rounded(r, hint):
    """La partie haute, corrigée (algorithme 40)."""
    low = r % (2 * GAMMA)
    low -= 2 * GAMMA if low > GAMMA else 0
    high, low = (0, low - 1) if r - low == Q - 1 else ((r - low) // (2 * GAMMA), low)
    return (high + (hint and (1 if low > 0 else -1))) % 44


def signed_after(public, message, signature):
    if len(public) != 1312 or len(signature) != 2420:
        return False
    z = [[131072 - one for one in poly] for poly in unpack(signature[32:2336], 18)]
    h = hints(signature[2336:])
    if h is None or max(abs(one) for poly in z for one in poly) >= 131072 - 78:
        return False
    digest = hashlib.shake_256(hashlib.shake_256(public).digest(64) + b"\0\0" + message).digest(64)
    c, z, packed = ntt(in_ball(signature[:32])), [ntt(poly) for poly in z], 0
    for i, t in enumerate(unpack(public[32:], 10)):
        row = [-a * b for a, b in zip(c, ntt([one << 13 for one in t]))]
        for j in range(4):
            row = [one + a * b for one, a, b in zip(row, uniform(public[:32] + bytes([j, i])), z[j])]
        for place, (one, hint) in enumerate(zip(back([one % Q for one in row]), h[i])):
            packed |= rounded(one, hint) << 6 * (256 * i + place)
    return hashlib.shake_256(digest + packed.to_bytes(768, "little")).digest(32) == signature[:32]


# --- Notes signées (C2SP signed-note, tlog-checkpoint) ----------------------------------------------------------------

class Key:
    lengths = {1: 32}

    def __init__(self, text):
        try:
            self.name, ident, key = text.strip().split("+", 2)
            self.ident, raw = bytes.fromhex(ident), base64.b64decode(key, validate=True)
        except ValueError as error:
            raise Refused(f"la clé ne se lit pas ({error})") from None
        self.public = raw[1:]
        mine = hashlib.sha256(self.name.encode() + b"\n" + raw).digest()[:4]
        self.algorithm = raw[0] if raw else 0
        if self.lengths.get(self.algorithm) != len(self.public) or mine != self.ident:
            raise Refused("la clé n'est pas une clé de note signée de cette sorte")

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
    lengths = {4: 32, 6: 1312}

    def says(self, text, seconds, signature):
        if self.algorithm == 4:
            return signed(self.public, f"cosignature/v1\ntime {seconds}\n{text}".encode(), signature)
        origin, size, root = text.split("\n")[:3]
        names = [name.encode() for name in (self.name, origin)]
        said = b"subtree/v1\n\0" + bytes([len(names[0])]) + names[0] + seconds.to_bytes(8, "big")
        said += bytes([len(names[1])]) + names[1] + bytes(8) + int(size).to_bytes(8, "big")
        return signed_after(self.public, said + base64.b64decode(root, validate=True), signature)

    def saw(self, note):
        """Le moment où ce témoin a signé la tête d'une note."""
        for text, signature in self.own(note):
            seconds = int.from_bytes(signature[:8], "big")
            if self.says(text, seconds, signature[8:]):
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
    if size == 1 or not path:
        return leaf if size == 1 and not path else None
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
        note, about, entries, form = (receipt[name] for name in ("checkpoint", "about", "entries", "format"))
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(f"ce n'est pas un reçu ({error})") from None
    if form != "probite-receipt/1" or not entries:
        raise Refused("ce n'est pas un reçu, ou il est vide")
    (size, root), leaves = key.checkpoint(note), {}
    for entry in entries:
        index, path = entry["index"], [base64.b64decode(step, validate=True) for step in entry["proof"]]
        leaf = leaves[index] = leaf_hash(entry["leaf"].encode())
        if not 0 <= index < size or any(len(step) != 32 for step in path):
            raise Refused("le chemin d'un événement ne se lit pas")
        if root_by_path(leaf, index, size, path) != root:
            raise Refused(f"l'événement {index + 1} n'est pas dans l'arbre signé")
    said, files = f"{about}, journal de {size} événements signé par {key.name}", set()
    told = [json.loads(entry["leaf"]) for entry in entries]
    for data in (leaf["data"] for leaf in told if leaf.get("event") == "reported"):
        files.add(data.get("file", {}).get("sha256"))
        said += f"\n  rapport du {data['from']} au {data['to']}, {data['rows']} lignes, empreinte {data['sha256']}"
    return said + "".join(witness.saw(note) for witness in witnesses), (size, root, leaves, files)


def check_archive(path, key, other, witnesses):
    with zipfile.ZipFile(path) as archive:
        lines = key.open(archive.read("manifest.note").decode()).splitlines()
        if lines[0] != "probite-evidence/1":
            raise Refused("la liste des fichiers ne se lit pas")
        listed = {name: digest for digest, name in (line.split("  ", 1) for line in lines[2:])}
        if sorted(archive.namelist()) != sorted([*listed, "manifest.note"]):
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
        notes = (json.loads(line)["note"].split("\n") for line in archive.open("checkpoints.jsonl"))
        heads = {int(count): base64.b64decode(its) for _, count, its, *_ in notes}
        tree, withheld = Tree(), 0
        with archive.open("leaves.txt") as member:
            for line in member:
                line = line.rstrip(b"\n")
                if re.fullmatch(rb"#[0-9a-f]{64}", line):
                    withheld, leaf = withheld + 1, bytes.fromhex(line[1:].decode())
                elif line.startswith(b"{"):
                    leaf = leaf_hash(line)
                else:
                    raise Refused(f"ligne {tree.size + 1} : ni un événement ni une empreinte")
                if other and other[2].get(tree.size, leaf) != leaf:
                    raise Refused(f"l'événement {tree.size + 1} n'est pas celui du reçu")
                tree.push(leaf)
                if tree.size in heads and tree.root() != heads[tree.size]:
                    raise Refused(f"la tête de {tree.size} événements qui est dans la liste n'est pas celle des événements")
                if other and tree.size == other[0] and tree.root() != other[1]:
                    raise Refused(f"les {tree.size} premiers événements ne sont pas ceux de l'autre tête signée")
        if tree.size != size or (other and other[0] > size):
            raise Refused(f"{tree.size} événements, et une tête signée en couvre {max(size, other[0] if other else 0)}")
        if tree.root() != root:
            raise Refused("les événements ne donnent pas l'arbre qui est signé")
    return f"{size} événements ({withheld} tus), {len(listed)} fichiers, journal signé par {key.name}" + "".join(
        witness.saw(head) for witness in witnesses)


def main(arguments):
    names = []
    while "--temoin" in arguments[:-1]:
        place = arguments.index("--temoin")
        names, arguments = [*names, arguments[place + 1]], arguments[:place] + arguments[place + 2:]
    if len(arguments) not in (2, 3):
        print(__doc__)
        return 2
    try:
        witnesses = [Witness(name) for name in names]
        key = Key(arguments[1])
        other = None
        if len(arguments) == 3:
            with open(arguments[2], encoding="utf-8") as kept:
                text = kept.read()
            other = check_receipt(text, key, [])[1] if text[:1] == "{" else (*key.checkpoint(text), {}, set())
        if arguments[0].lower().endswith(".zip"):
            said = check_archive(arguments[0], key, other, witnesses)
        elif other:
            with open(arguments[0], "rb") as report:
                if hashlib.sha256(report.read()).hexdigest() not in other[3]:
                    raise Refused("ce n'est ni un dossier (.zip), ni, octet pour octet, un rapport de cette preuve")
            said, _ = check_receipt(text, key, witnesses)
        else:
            with open(arguments[0], encoding="utf-8") as receipt:
                said, _ = check_receipt(receipt.read(), key, witnesses)
    except (Refused, OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        print(f"REFUSÉ : {error}.")
        return 1
    print(f"VALIDE : {said}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
