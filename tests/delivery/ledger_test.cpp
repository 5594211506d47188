#include "delivery/ledger.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "delivery/ledger_schema.h"
#include "delivery/outbox.h"
#include "delivery/restatement.h"

namespace yekun {
namespace {

/// A folder of its own for one test.
struct Folder {
  std::string path;
  Folder() {
    std::string name = std::filesystem::temp_directory_path() / "yekun-ledger-XXXXXX";
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path = name;
  }
  Folder(Folder const&) = delete;
  Folder& operator=(Folder const&) = delete;
  ~Folder() { std::filesystem::remove_all(path); }
  std::string file(std::string const& name) const { return path + "/" + name; }
};

LedgerBuild small_build() {
  LedgerBuild out;
  out.at = 1000;
  out.report = "quarterly";
  out.period = "2025-Q3";
  out.as_of = "2025-10-05";
  out.spec_sha256 = "spec";
  out.version = "0.1.0";
  out.command = "yekun build reports/quarterly.json --period 2025-Q3";
  out.inputs = {{"data/services.csv", "aa", 10, 3}};
  out.outputs = {{"quarterly-2025-Q3-az.pdf", "bb", 20, 0}};
  out.figures = {{"people@2025-Q3", "value", "9556", "9800", "r1", 3}, {"rate@2025-Q3", "value", "0.93", "", "r2", 5}};
  return out;
}

Ledger open(std::string const& path) {
  auto ledger = Ledger::open(path);
  REQUIRE(ledger);
  return std::move(*ledger);
}

std::string code_of(std::string const& path) {
  auto const ledger = Ledger::open(path);
  return ledger ? "opened" : ledger.error().front().code;
}

TEST_CASE("A build is read back as it was recorded, and the same build again is not another") {
  Folder const folder;
  Ledger ledger = open(folder.file("ledger"));
  auto const first = ledger.record(small_build());
  REQUIRE(first);
  auto const back = ledger.build(*first);
  REQUIRE(back);
  REQUIRE(back->has_value());
  CHECK((*back)->inputs == small_build().inputs);
  CHECK((*back)->outputs == small_build().outputs);
  CHECK((*back)->figures == small_build().figures);
  CHECK((*back)->command == small_build().command);
  auto later = small_build();
  later.at = 2000;
  CHECK(ledger.record(later).value() == *first);
  later.figures[0].number = "9557";
  CHECK(ledger.record(later).value() == *first + 1);
  CHECK((*ledger.build_of_file("bb"))->id == *first + 1);
  CHECK_FALSE(ledger.build_of_file("zz")->has_value());
}

TEST_CASE("Nobody else may read a new ledger") {
  Folder const folder;
  Ledger const ledger = open(folder.file("ledger"));
  struct stat facts {};
  REQUIRE(stat(folder.file("ledger").c_str(), &facts) == 0);
  CHECK((facts.st_mode & 0777U) == 0600U);
}

TEST_CASE("A ledger that is damaged, newer, or in no folder is refused with the reason") {
  Folder const folder;
  std::ofstream(folder.file("text")) << std::string(5000, 'x');
  CHECK(code_of(folder.file("text")) == "ledger-damaged");
  {
    Ledger const ledger = open(folder.file("newer"));
    REQUIRE(ledger.database().run("pragma user_version = 99"));
  }
  CHECK(code_of(folder.file("newer")) == "ledger-newer");
  CHECK(code_of(folder.file("absent/ledger")) == "ledger-closed");
}

TEST_CASE("A ledger damaged in the middle is noticed when it is opened") {
  Folder const folder;
  {
    Ledger ledger = open(folder.file("ledger"));
    for (int i = 0; i < 50; ++i) {
      auto one = small_build();
      one.period = std::to_string(i);
      REQUIRE(ledger.record(one));
    }
  }
  auto const size = std::filesystem::file_size(folder.file("ledger"));
  std::fstream file(folder.file("ledger"), std::ios::in | std::ios::out | std::ios::binary);
  for (std::size_t page = 4096; page < size; page += 4096) {
    file.seekp(static_cast<std::streamoff>(page));
    file << std::string(64, '\xff');
  }
  file.close();
  CHECK(code_of(folder.file("ledger")) == "ledger-damaged");
}

TEST_CASE("A ledger that another program holds is told after a while, and nothing of it is changed") {
  Folder const folder;
  Ledger const other = open(folder.file("ledger"));
  auto ledger = Ledger::open(folder.file("ledger"), 30);
  REQUIRE(ledger);
  {
    SqliteTransaction const held(other.database());
    REQUIRE(held.began());
    auto const refused = ledger->record(small_build());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().front().code == "ledger-locked");
    CHECK(refused.error().front().message == "another program holds the ledger and does not let go");
  }
  CHECK_FALSE(ledger->build(1)->has_value());
  CHECK(ledger->record(small_build()).value() == 1);
}

/// What each version has that the one before it has not, taken away again.
char const* const kBack[] = {
    "drop index build_by_receipt; alter table build drop column receipt; alter table build drop column submissions",
    "drop trigger message_no_longer_needed; drop table kept_message", "alter table occurrence drop column detail"};

TEST_CASE("A ledger of each older version is brought up to date after a copy of it, and keeps what it knows") {
  for (std::int64_t from = 1; from < kLedgerVersion; ++from) {
    Folder const folder;
    {
      Ledger ledger = open(folder.file("ledger"));
      REQUIRE(ledger.record(small_build()));
      REQUIRE(ledger.note_occurrence({"job", "one", "delivered", {}, 5}, 1).empty());
      REQUIRE(Outbox(ledger).add({"job", "one", "", "a@example.org"}, "id", 5));
      for (auto step = kLedgerVersion - 1; step >= from; --step)
        REQUIRE(ledger.database().run(kBack[static_cast<std::size_t>(step - 1)]));
      REQUIRE(ledger.database().run("pragma user_version = " + std::to_string(from)));
    }
    std::ofstream(folder.file("ledger.backup")) << "the copy before";
    std::ofstream(folder.file("ledger.backup.new")) << "half a copy, of a run that was stopped";
    Ledger ledger = open(folder.file("ledger"));
    CHECK((*ledger.build(1))->command == small_build().command);
    CHECK((*ledger.build(1))->receipt.empty());
    CHECK((*ledger.occurrence("job", "one"))->state == "delivered");
    CHECK(Outbox(ledger).list("job", "one")->size() == 1);
    CHECK(Outbox(ledger).kept(0)->empty());
    CHECK(ledger.note_occurrence({"job", "two", "waiting", "why", 5}, 1).empty());
    CHECK(ledger.occurrences()->back().detail == "why");
    auto const copy = SqliteFile::open(folder.file("ledger.backup"), 0);
    REQUIRE(copy);
    auto version = copy->query("pragma user_version");
    REQUIRE(version.step());
    CHECK(version.number(0) == from);
    CHECK_FALSE(std::filesystem::exists(folder.file("ledger.backup.new")));
  }
}

TEST_CASE("A ledger of a newer program is left alone") {
  Folder const folder;
  REQUIRE(open(folder.file("ledger")).database().run("pragma user_version = 99"));
  auto const refused = Ledger::open(folder.file("ledger"));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().front().code == "ledger-newer");
  CHECK(refused.error().front().message ==
        "the ledger is of version 99, this program knows " + std::to_string(kLedgerVersion));
}

TEST_CASE("A copy holds everything, nobody else may read it, and it replaces nothing") {
  Folder const folder;
  auto const mask = umask(0);
  Ledger ledger = open(folder.file("ledger"));
  REQUIRE(ledger.record(small_build()));
  REQUIRE(ledger.copy_to(folder.file("copy")).empty());
  umask(mask);
  struct stat found {};
  for (auto const* name : {"ledger", "ledger-wal", "copy"}) {
    REQUIRE(stat(folder.file(name).c_str(), &found) == 0);
    CHECK((found.st_mode & 0777) == 0600);
  }
  CHECK((*open(folder.file("copy")).build(1))->figures == small_build().figures);
  CHECK(ledger.copy_to(folder.file("copy")).front().code == "copy-exists");
  CHECK(ledger.copy_to(folder.file("absent/copy")).front().message ==
        "the copy cannot be written: No such file or directory");
}

TEST_CASE("A job's last delivered build is that of the last occurrence that came to a reader, finished or not") {
  Folder const folder;
  Ledger ledger = open(folder.file("ledger"));
  Outbox const outbox(ledger);
  auto build = small_build();
  auto const occurrence = [&](std::string const& name, std::string const& state, std::optional<SendOutcome> outcome) {
    build.figures[0].number += "1";
    auto const id = ledger.record(build);
    REQUIRE(id);
    if (outcome) {
      auto const one = outbox.add({"job", name, "", "a@example.org"}, "id", 5);
      REQUIRE(outbox.finish(one->id, {*outcome, ""}, 5, 5).empty());
    }
    REQUIRE(ledger.note_occurrence({"job", name, state, {}, 10 + *id}, *id).empty());
    auto const last = ledger.delivered_build("job");
    REQUIRE(last);
    return *last ? (*last)->id : 0;
  };
  CHECK(occurrence("one", "not-needed", {}) == 0);
  CHECK(occurrence("two", "delivered", SendOutcome::refused) == 0);
  CHECK(occurrence("three", "under-way", SendOutcome::accepted) == 3);
  CHECK(occurrence("four", "not-needed", {}) == 3);
  CHECK(occurrence("five", "under-way", SendOutcome::uncertain) == 5);
  REQUIRE(ledger.note_occurrence({"job", "five", "too-late", {}, 99}, 0).empty());
  CHECK((*ledger.delivered_build("job"))->id == 5);
  CHECK_FALSE(ledger.delivered_build("other")->has_value());
}

TEST_CASE("The last submission of a report and period is the one that counts") {
  Folder const folder;
  Ledger ledger = open(folder.file("ledger"));
  auto const first = ledger.record(small_build());
  auto changed = small_build();
  changed.figures[0].number = "9600";
  auto const second = ledger.record(changed);
  REQUIRE(ledger.submit(*first, "EU Delegation", 10));
  REQUIRE(ledger.submit(*second, "EU Delegation", 20));
  auto const all = ledger.submissions("quarterly");
  REQUIRE(all);
  REQUIRE(all->size() == 1);
  CHECK((*all)[0].build == *second);
  CHECK((*all)[0].to == "EU Delegation");
  CHECK(ledger.submissions("other")->empty());
}

TEST_CASE("Each changed figure is told with old, new and cause") {
  auto const was = small_build();
  auto now = was;
  CHECK(restatements(was, now).empty());
  auto const cause = [&](LedgerFigure const& figure) {
    now.figures[0] = figure;
    auto const found = restatements(was, now);
    return found.size() == 1 ? std::string(to_text(found[0].cause)) : std::to_string(found.size());
  };
  CHECK(cause({"people@2025-Q3", "value", "9600", "9800", "r1", 4}) == "late-rows");
  CHECK(cause({"people@2025-Q3", "value", "9500", "9800", "r1", 2}) == "removed-rows");
  CHECK(cause({"people@2025-Q3", "value", "9600", "9800", "r1", 3}) == "corrected-rows");
  CHECK(cause({"people@2025-Q3", "value", "9600", "9800", "r9", 4}) == "rule-changed");
  CHECK(cause({"people@2025-Q3", "value", "9556", "9900", "r1", 3}) == "target-changed");
  CHECK(cause({"people@2025-Q3", "suppressed", "", "9800", "r1", 3}) == "corrected-rows");
  CHECK(cause({"people@2025-Q3", "value", "9556", "9800", "r1", 7}) == "0");  // the same figure from more rows
  now.figures.erase(now.figures.begin());
  auto const gone = restatements(was, now);
  REQUIRE(gone.size() == 1);
  CHECK(gone[0].cause == Cause::not_shown);
}

TEST_CASE("A delivery is one however often it is asked for, and what a crash left is judged by how far it came") {
  Folder const folder;
  Ledger const ledger = open(folder.file("ledger"));
  Outbox const outbox(ledger);
  DeliveryKey const key{"monthly", "2026-11-06", "", "a@example.org"};
  auto const one = outbox.add(key, "id-1", 5);
  REQUIRE(one);
  CHECK(outbox.add(key, "id-2", 6)->id == one->id);
  CHECK(outbox.add(key, "id-2", 6)->message_id == "id-1");
  auto const two = outbox.add({"monthly", "2026-11-06", "", "b@example.org"}, "id-3", 5);
  REQUIRE(outbox.begin(one->id, 7).empty());
  REQUIRE(outbox.begin(two->id, 7).empty());
  REQUIRE(outbox.commit(two->id, 8).empty());
  auto const uncertain = outbox.recover(9);
  REQUIRE(uncertain);
  REQUIRE(uncertain->size() == 1);
  CHECK((*uncertain)[0].key.recipient == "b@example.org");
  auto const all = outbox.list("monthly");
  REQUIRE(all->size() == 2);
  CHECK((*all)[0].state == DeliveryState::later);
  CHECK((*all)[0].attempts == 1);
  CHECK((*all)[1].state == DeliveryState::uncertain);
  CHECK(outbox.recover(10)->empty());
  REQUIRE(outbox.resolve(two->id, true, 11).empty());
  CHECK((*outbox.list())[1].state == DeliveryState::sent);
}

TEST_CASE("A kept message waits with its delivery until it is over, also through an uncertain answer") {
  Folder const folder;
  Ledger const ledger = open(folder.file("ledger"));
  Outbox const outbox(ledger);
  DeliveryKey const key{"notice of monthly", "2026-11-06 1", "", "operator@example.org"};
  REQUIRE(outbox.keep(key, "id", {"reports@example.org", "the first words"}, 5).empty());
  REQUIRE(outbox.keep(key, "id", {"reports@example.org", "other words"}, 6).empty());
  auto const due = outbox.kept(5);
  REQUIRE(due);
  REQUIRE(due->size() == 1);
  CHECK((*due)[0].second.from == "reports@example.org");
  CHECK((*due)[0].second.bytes == "the first words");
  auto const id = (*due)[0].first.id;
  REQUIRE(outbox.finish(id, {SendOutcome::later, "451"}, 6, 300).empty());
  CHECK(outbox.kept(299)->empty());
  CHECK(outbox.kept(300)->size() == 1);
  REQUIRE(outbox.finish(id, {SendOutcome::uncertain, "gone"}, 301, 301).empty());
  CHECK(outbox.kept(1000)->empty());
  REQUIRE(outbox.resolve(id, false, 302).empty());
  CHECK(outbox.kept(1000)->size() == 1);
  REQUIRE(outbox.finish(id, {SendOutcome::accepted, "250"}, 303, 303).empty());
  CHECK(outbox.kept(1000)->empty());
  REQUIRE(outbox.resolve(id, false, 304).empty());
  CHECK(outbox.kept(1000)->empty());  // its words are gone with the delivery
}

TEST_CASE("Waiting doubles up to six hours, and differs by up to a fifth") {
  for (std::int64_t n = 1; n < 40; ++n) {
    auto const base = n < 8 ? std::min<std::int64_t>(300 << (n - 1), 21600) : 21600;
    auto const seconds = retry_seconds(n, "id");
    CHECK(seconds >= base - base / 5);
    CHECK(seconds <= base + base / 5);
  }
  CHECK(retry_seconds(3, "a") == retry_seconds(3, "a"));
  CHECK(retry_seconds(3, "a") != retry_seconds(3, "b"));
}

TEST_CASE("Two runs never work on one ledger") {
  Folder const folder;
  auto first = RunLock::take(folder.file("ledger"));
  REQUIRE(first);
  REQUIRE(first->has_value());
  CHECK_FALSE(RunLock::take(folder.file("ledger"))->has_value());
  first->reset();
  CHECK(RunLock::take(folder.file("ledger"))->has_value());
  CHECK(RunLock::take(folder.file("absent/ledger")).error().front().code == "ledger-closed");
}

}  // namespace
}  // namespace yekun
