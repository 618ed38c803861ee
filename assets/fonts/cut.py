#!/usr/bin/env python3
"""Cuts the four fonts of this folder out of Debian's Noto CJK collections. Run by hand, never by a build.

    cut.py SOURCE_DIR STANDARD_8105

SOURCE_DIR holds NotoSansCJK-*.ttc and NotoSerifCJK-*.ttc (Debian: fonts-noto-cjk, fonts-noto-cjk-extra).
STANDARD_8105 is a text file with the characters of 通用规范汉字表.
Needs fonttools 4.68 and cffsubr 0.4. The same input gives the same bytes (SHA256SUMS).
"""
import pathlib, sys

import cffsubr
from fontTools import subset
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTCollection

HERE = pathlib.Path(__file__).parent
SOURCE = pathlib.Path(sys.argv[1])
STANDARD = {ord(c) for c in pathlib.Path(sys.argv[2]).read_text("utf-8") if not c.isspace()}


def span(*pairs):
    return {code for first, last in pairs for code in range(first, last + 1)}


def gb2312():
    found = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes([row, cell]).decode("gb2312")))
            except UnicodeDecodeError:
                pass
    return found


HAN = span((0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3021, 0x3029), (0x3038, 0x303B), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
# Latin, Greek, Cyrillic, punctuation, symbols, kana, bopomofo, enclosed and full-width forms; no Hangul.
TEXT = span(
    (0x20, 0x7E), (0xA0, 0x52F), (0x1E00, 0x1EFF), (0x2000, 0x27BF), (0x2900, 0x2BFF), (0x2E00, 0x2E7F), (0x2FF0, 0x303F), (0x3041, 0x312F),
    (0x31A0, 0x31EF), (0x321F, 0x325F), (0x3280, 0x33FF), (0xFE10, 0xFE1F), (0xFE30, 0xFE6F), (0xFF01, 0xFF60), (0xFFE0, 0xFFE6), (0xFFFD, 0xFFFD), (0x1F100, 0x1F2FF),
)
RARE_NAMES = {ord(c) for c in "㛃䶮𬭚𬍡𫘝𠅤𬤊翀玥堃喆昇"}
USUAL = gb2312() | STANDARD | RARE_NAMES | TEXT
UNUSED_TABLES = ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG"]


def simplified_face(kind, weight):
    wanted = f"Noto {kind} CJK SC"
    for face in TTCollection(SOURCE / f"Noto{kind}CJK-{weight}.ttc", lazy=False).fonts:
        if face["name"].getDebugName(1) == wanted:
            return face
    raise SystemExit(f"no face named {wanted}")


def even_digits(font):
    """Gives the digits of the serif faces one width, so that numbers stand in columns."""
    glyphs, charstrings = font.getGlyphSet(), font["CFF "].cff.topDictIndex[0].CharStrings
    digits = [font.getBestCmap()[ord(digit)] for digit in "0123456789"]
    width = max(font["hmtx"][glyph][0] for glyph in digits)
    for glyph in digits:
        advance, bearing = font["hmtx"][glyph]
        shift = (width - advance) // 2
        pen = T2CharStringPen(width, None)
        glyphs[glyph].draw(TransformPen(pen, (1, 0, 0, 1, shift, 0)))
        old = charstrings[glyph]
        new = pen.getCharString(old.private, old.globalSubrs)
        old.bytecode, old.program = None, new.program
        if width == old.private.defaultWidthX:
            old.program = old.program[1:]
        else:
            old.program[0] = width - old.private.nominalWidthX
        font["hmtx"][glyph] = (width, bearing + shift)


def cut(kind, weight, characters, hinting):
    font = simplified_face(kind, weight)
    font.recalcTimestamp = False
    font["cmap"].tables = [table for table in font["cmap"].tables if table.format != 14]

    options = subset.Options(hinting=hinting, layout_features=[], name_languages=[0x409], notdef_outline=True, glyph_names=False)
    options.name_IDs = ["*"]
    options.drop_tables += UNUSED_TABLES
    options.desubroutinize = True  # subroutines are made anew below
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=sorted(characters & set(font.getBestCmap())))
    cutter.subset(font)
    if kind == "Serif":
        even_digits(font)
    cffsubr.subroutinize(font)

    family, postscript = f"Noto {kind} SC", f"Noto{kind}SC-{weight}"
    full = family if weight == "Regular" else f"{family} {weight}"
    version = font["name"].getDebugName(5).split(";")[0].removeprefix("Version ")
    font["name"].names = [n for n in font["name"].names if (n.platformID, n.langID) == (3, 0x409)]
    for key, text in {1: family, 2: weight, 3: f"{version};{postscript}", 4: full, 6: postscript}.items():
        font["name"].setName(text, key, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames = [postscript]
    cff.topDictIndex[0].FamilyName, cff.topDictIndex[0].FullName = family, full

    font.save(HERE / f"{postscript}.otf")
    print(postscript, len(font.getBestCmap()), "characters", (HERE / f"{postscript}.otf").stat().st_size, "bytes", flush=True)


cut("Sans", "Regular", HAN | TEXT, hinting=True)  # the screen hints
cut("Sans", "Bold", USUAL, hinting=True)
cut("Serif", "Regular", HAN | TEXT, hinting=False)  # paper does not
cut("Serif", "Bold", USUAL, hinting=False)
