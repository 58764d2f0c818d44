#!/usr/bin/env python3
"""Every English word of the web is used and is said in every language, with the same places."""
import pathlib
import re
import sys

WEB = pathlib.Path(__file__).resolve().parent.parent / "web" / "src"
LITERAL = r"""(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")"""
ENTRY = re.compile(rf"(?:^|[,{{])\s*(?:'([\w.]+)'|(\w+)):\s*({LITERAL})", re.M)
# A key that code builds from data has no literal: any template whose fixed parts fit it counts as its use.
TEMPLATE = re.compile(r"`([^`\n]*\$\{[^`\n]*)`")
LOOKUP = re.compile(r"\blookup\((?:'([\w.]+)')")
PLURAL = re.compile(r"_(zero|one|two|few|many|other)$")


def entries(path):
    """Key to text of every entry of a table; for English up to the end of its table."""
    text = re.sub(r"^\s*//.*$", "", path.read_text(), flags=re.M).split("} as const")[0]
    return {dotted or plain: literal[1:-1] for dotted, plain, literal in ENTRY.findall(text)}


def places(text):
    return sorted(re.findall(r"\{(\w+)\}", text))


def same_places(key, english, said):
    """A singular may name its figure or leave it out: in French it also stands for none."""
    if key.endswith("_one"):
        return [p for p in places(english) if p != "n"] == [p for p in places(said) if p != "n"]
    return places(english) == places(said)


def english_words():
    """Keys with their text, those of the public form after `form.`; and what two tables say differently."""
    words, faults = {}, []
    for path in sorted((WEB / "lib").glob("en*.ts")):
        area = "form." if path.name == "en-form.ts" else ""
        for key, text in entries(path).items():
            if words.setdefault(area + key, text) != text:
                faults.append(f"{path.name}: {key} is said otherwise in another table")
    return words, faults


def uses():
    """All literals of the code, and a pattern for each template."""
    literals, templates = set(), set()
    for path in [*WEB.rglob("*.ts"), *WEB.rglob("*.tsx")]:
        if "words" in path.relative_to(WEB).parts:
            continue
        text = path.read_text()
        if path.parent.name == "lib" and path.name.startswith("en"):
            text = text[text.index("} as const"):]
        literals |= {literal[1:-1] for literal in re.findall(LITERAL, text)}
        templates |= {rf"{prefix}\.[\w.]+" for prefix in LOOKUP.findall(text)}
        for template in TEMPLATE.findall(text):
            fixed = re.sub(r"\$\{(?:[^{}]|\{[^{}]*\})*\}", "\0", template)
            if re.match(r"[\w.]*[a-z]", fixed):
                templates.add("".join("[\\w.]+" if c == "\0" else re.escape(c) for c in fixed))
    return literals, re.compile("|".join(f"(?:{t})" for t in sorted(templates)))


def unused(words):
    literals, built = uses()
    for key in words:
        name = key.removeprefix("form.")
        base = PLURAL.sub("", name)
        if literals.isdisjoint((name, base)) and not built.fullmatch(name) and not built.fullmatch(base):
            yield f"English: nothing says {key}"


def differences(words, language):
    said = {}
    for path in (WEB / "lib" / "words" / language).glob("*.ts"):
        said.update(entries(path))
    for key in words.keys() - said.keys():
        yield f"{language}: {key} is missing"
    for key in said.keys() - words.keys():
        if not (PLURAL.search(key) and PLURAL.sub("_other", key) in words):
            yield f"{language}: English has no {key}"
    for key in words.keys() & said.keys():
        if not said[key]:
            yield f"{language}: {key} is empty"
        if not same_places(key, words[key], said[key]):
            yield f"{language}: {key} has other places: {said[key]}"


def main():
    words, faults = english_words()
    faults += unused(words)
    for language in sorted(path.stem for path in (WEB / "lib" / "words").glob("*.ts")):
        faults += differences(words, language)
    for fault in sorted(faults):
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
