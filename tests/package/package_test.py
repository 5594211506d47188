"""The Debian package: what is in it, what it depends on, and that its program makes the example's report with nothing beside it."""
import gzip
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

BUILD, SOURCE = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()


def run(*command, **options):
    return subprocess.run([str(one) for one in command], capture_output=True, text=True, timeout=600, **options)


class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="yekun-package-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        made = run("cmake", "--build", BUILD, "--target", "yekun", "yekun_share")
        assert made.returncode == 0, made.stdout + made.stderr
        packed = run("cpack", "-G", "DEB", "--config", BUILD / "CPackConfig.cmake", "-B", cls.folder / "cpack")
        assert packed.returncode == 0, packed.stdout + packed.stderr
        cls.deb = next((cls.folder / "cpack").glob("*.deb"))
        cls.root = cls.folder / "root"
        assert run("dpkg-deb", "-x", cls.deb, cls.root).returncode == 0

    def yekun(self, *arguments, **variables):
        return run(self.root / "usr/bin/yekun", *arguments, cwd=self.folder,
                   env={"PATH": "/usr/bin:/bin", "SOURCE_DATE_EPOCH": "1760000000", "HOME": str(self.folder), **variables})

    def test_the_unpacked_program_tells_its_build_and_finds_all_well(self):
        self.assertRegex(self.yekun("--version").stdout, r"^yekun \d+\.\d+\.\d+( \(build .+\))?\n$")
        doctor = self.yekun("doctor")
        self.assertEqual(doctor.returncode, 0, doctor.stdout)

    def test_the_demo_is_made_from_the_installed_example(self):
        report = self.root / "usr/share/doc/yekun/examples/az-social-services/reports/quarterly.json"
        check = self.yekun("check", report)
        self.assertEqual(check.returncode, 0, check.stderr)
        built = self.yekun("build", report, "--period", "2025-Q3", "--out", "out")
        self.assertEqual(built.returncode, 0, built.stderr)
        names = {pathlib.Path(line).suffix for line in built.stdout.splitlines()}
        self.assertLessEqual({".xlsx", ".pdf"}, names)
        for line in built.stdout.splitlines():
            self.assertGreater((self.folder / line).stat().st_size, 500)

    def test_a_first_programme_is_made_with_the_carried_templates(self):
        (self.folder / "visits.csv").write_text("date,client_id,sex\n" + "".join(f"2025-03-{1 + i:02d},C{i},{'fm'[i % 2]}\n" for i in range(28)))
        self.assertEqual(self.yekun("init", "mine", "--from", "visits.csv").returncode, 0)
        self.assertEqual(self.yekun("init", "mine", "--template", "donor-progress").returncode, 0)

    def test_man_pages_completion_templates_and_documentation_are_where_debian_has_them(self):
        share = self.root / "usr/share"
        commands = re.findall(r"(?m)^  ([a-z]+) ", self.yekun("--help").stdout.split("Subcommands:")[1].split("\n\n")[0])
        self.assertEqual({path.name for path in (share / "man/man1").iterdir()},
                         {"yekun.1.gz", *(f"yekun-{command}.1.gz" for command in commands)})
        self.assertIn("yekun build", gzip.open(share / "man/man1/yekun-build.1.gz", "rt").read().replace("\\-", "-"))
        for path in ("bash-completion/completions/yekun", "zsh/vendor-completions/_yekun", "fish/vendor_completions.d/yekun.fish",
                     "yekun/templates/schemas/report.schema.json", "doc/yekun/README.md", "doc/yekun/copyright", "doc/yekun/docs/spec.md",
                     "doc/yekun/templates/schemas/programme.schema.json"):
            self.assertTrue((share / path).exists(), path)
        self.assertEqual({path.name for path in (share / "doc/yekun/examples").iterdir() if path.is_dir()},
                         {path.parent.name for path in (SOURCE / "examples").glob("*/programme.json")})

    def test_nothing_in_it_names_a_folder_of_the_machine_that_built_it(self):
        # A checkout may be at a short path, "/repo" say, which stands in many an innocent word: an entry must follow it.
        entries = [re.escape(entry.name) for folder in (SOURCE, BUILD) for entry in folder.iterdir()]
        named = re.compile(f"({re.escape(str(SOURCE))}|{re.escape(str(BUILD))})/({'|'.join(entries)})/".encode())
        self.assertRegex(f"in {SOURCE}/app/main.cpp".encode(), named)
        for path in self.root.rglob("*"):
            if path.is_file() and not path.is_symlink():
                found = named.search(path.read_bytes())
                self.assertIsNone(found, f"{path.relative_to(self.root)}: {found and found.group()}")

    def test_its_dependencies_are_those_of_the_program_and_can_be_installed(self):
        control = run("dpkg-deb", "-f", self.deb).stdout
        depends = re.search(r"(?m)^Depends: (.*)$", control).group(1)
        for library in ("libc6", "libicu72", "libsqlite3-0", "libcurl4", "libpq5", "libcairo2"):
            self.assertIn(library, depends)
        self.assertIn("Package: yekun\n", control)
        # All of them are Debian's own, and new enough where this program was built.
        for name, version in re.findall(r"([a-z0-9.+-]+)(?: \(>= ([^)]+)\))?(?:,|$)", depends):
            has = run("dpkg-query", "-W", "-f", "${Version}", name)
            self.assertEqual(has.returncode, 0, f"{name}: {has.stderr}")
            self.assertEqual(run("dpkg", "--compare-versions", has.stdout, "ge", version or "0").returncode, 0, f"{name} {version}")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
