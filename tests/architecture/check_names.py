"""Fails where two sources define different types under one name in one namespace: the linker would silently mix them.

    check_names.py ROOT        checks the sources below ROOT
    check_names.py --self-test checks this checker against planted sources
"""
import collections
import pathlib
import re
import sys
import tempfile

STAGES = ["core", "data-loaders", "indicators", "charts", "reports", "output", "delivery", "app"]
NOISE = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\'', re.DOTALL)
OPENS = re.compile(r"[{};]")
NAMESPACE = re.compile(r"\bnamespace\s*([\w:]*)\s*$")
TYPE = re.compile(r"\b(?:struct|class|enum\s+class|enum|union)\s+(?:alignas\([^)]*\)\s*)?(\w+)\s*(?:final\s*)?(?::[^:].*)?$", re.DOTALL)


def types_in(text):
    """The full names of the types that the text defines outside of functions, classes and nameless namespaces."""
    text = NOISE.sub(" ", text)
    found, stack, start = [], [], 0
    for match in OPENS.finditer(text):
        head, start = text[start:match.start()].strip(), match.end()
        if match.group() == "}":
            if stack:
                stack.pop()
        elif match.group() == "{":
            named = NAMESPACE.search(head)
            if named:
                stack.append(named.group(1) or None)
                continue
            kind = TYPE.search(head)
            if kind and "(" not in head.split(kind.group(1))[0].replace("alignas(", "") and None not in stack and "" not in stack:
                found.append("::".join(stack + [kind.group(1)]))
            stack.append("")
    return found


def mistakes_in(root):
    places = collections.defaultdict(list)
    for stage in STAGES:
        for path in sorted((root / stage).glob("**/*")):
            if path.suffix in (".h", ".cpp"):
                for name in types_in(path.read_text(encoding="utf-8")):
                    places[name].append(str(path.relative_to(root)))
    return [f"{name} is defined in {', '.join(files)}" for name, files in sorted(places.items()) if len(files) > 1]


def self_test():
    sources = {
        "core/a.h": "namespace yekun {\nstruct Same {\n  int x = 0;\n};\nclass Own final : public Base {\n};\n}",
        "charts/b.h": "namespace yekun {\n/// struct Own { }\ntemplate <class T>\nstruct Same { T y{}; };\nstruct Declared;\n}",
        "charts/c.cpp": "namespace yekun {\nnamespace {\nstruct Own { int hidden; };\n}\nvoid f() { struct Own { }; }\nstruct Own::Inner { };\n}",
        "output/d.h": "namespace yekun::page {\nstruct Same { };\nenum class Own { a };\n}",
        "output/e.h": 'namespace yekun {\nchar const* const kText = "struct Own {";\nstruct Outer { struct Own { }; };\n}',
    }
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text in sources.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        found = mistakes_in(root)
    wanted = ["yekun::Same is defined in core/a.h, charts/b.h"]
    if found != wanted:
        print("expected", wanted, "found", found)
        return 1
    return 0


if __name__ == "__main__":
    if sys.argv[1:] == ["--self-test"]:
        sys.exit(self_test())
    problems = mistakes_in(pathlib.Path(sys.argv[1]))
    print("\n".join(problems))
    sys.exit(1 if problems else 0)
