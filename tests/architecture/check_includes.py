"""Fails on an #include that points back along core <- data-loaders <- indicators <- charts <- reports <- output <- delivery <- app.

    check_includes.py ROOT        checks the sources below ROOT
    check_includes.py --self-test checks this checker against planted sources
"""
import pathlib
import re
import sys
import tempfile

STAGES = ["core", "data-loaders", "indicators", "charts", "reports", "output", "delivery", "app"]
INCLUDE = re.compile(r'^\s*#\s*include\s*["<]([^">]+)[">]', re.MULTILINE)
# Libraries whose headers are costly to compile stay out of our headers.
HEAVY = ["nlohmann/", "CLI/", "unicode/", "cairo"]


def mistakes_in(root):
    """One line for each include that breaks the rule, with its place."""
    found = []
    for stage_number, stage in enumerate(STAGES):
        for path in sorted((root / stage).glob("**/*")):
            if path.suffix not in (".h", ".cpp"):
                continue
            text = path.read_text(encoding="utf-8")
            for match in INCLUDE.finditer(text):
                name = match.group(1)
                line = text.count("\n", 0, match.start(1)) + 1
                place = f"{path.relative_to(root)}:{line}"
                folder = name.split("/")[0]
                if name.startswith("."):
                    found.append(f"{place}: '{name}' is relative, write it from the root")
                elif folder in STAGES and STAGES.index(folder) > stage_number:
                    found.append(f"{place}: {stage}/ includes '{name}', which is a later stage")
                elif "/" not in name and (path.parent / name).exists():
                    found.append(f"{place}: write '{stage}/{name}', from the root")
                elif path.suffix == ".h" and any(name.startswith(heavy) for heavy in HEAVY):
                    found.append(f"{place}: '{name}' is costly to compile, include it in the .cpp")
    return found


def self_test():
    sources = {
        "core/a.h": "#pragma once\n#include <string>\n",
        "core/b.cpp": '#include "core/a.h"\n#include <unicode/coll.h>\n',
        "charts/good.cpp": '#include "indicators/x.h"\n// #include "output/in_a_comment_of_its_own.h"\n',
        "core/bad.cpp": '#include "core/a.h"\n  #  include "charts/scene.h"\n',
        "output/bad.h": '#include "app/main.h"\n#include <nlohmann/json.hpp>\n',
        "reports/bad.cpp": '#include "../core/a.h"\n#include "own.h"\n',
        "reports/own.h": "",
    }
    expected = [
        "core/bad.cpp:2: core/ includes 'charts/scene.h', which is a later stage",
        "reports/bad.cpp:1: '../core/a.h' is relative, write it from the root",
        "reports/bad.cpp:2: write 'reports/own.h', from the root",
        "output/bad.h:1: output/ includes 'app/main.h', which is a later stage",
        "output/bad.h:2: 'nlohmann/json.hpp' is costly to compile, include it in the .cpp",
    ]
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text in sources.items():
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        found = mistakes_in(root)
    if found != expected:
        print("expected:", *expected, "found:", *found, sep="\n  ")
    return found == expected


def main():
    if sys.argv[1:] == ["--self-test"]:
        return 0 if self_test() else 1
    root = pathlib.Path(sys.argv[1])
    if not any((root / stage).is_dir() for stage in STAGES):
        print(f"{root} has none of the stages")
        return 1
    found = mistakes_in(root)
    print(*found, sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
