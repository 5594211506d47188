// What is read again and what is not, file by file; and that whatever the cache holds, answers stay the same.
#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "indicators/file_hashes.h"
#include "tests/indicators/answer_support.h"

using namespace yekun;
using namespace yekun::test;

namespace {

std::string row(int year, int month, int day, std::string const& person, std::string const& place, int hours) {
  return to_iso(date_of(year, month, day)) + "," + person + "," + place + "," + std::to_string(hours) + "\n";
}

/// Visits in a file a month, the places' regions beside them.
class Months {
 public:
  explicit Months(int months) {
    Dataset& dataset = test.dataset("visits", "",
                                    {{.name = "date", .type = Type::date},
                                     {.name = "person", .personal = true},
                                     {.name = "place"},
                                     {.name = "hours", .type = Type::integer}},
                                    {"date"});
    dataset.source.files.clear();
    dataset.lookups = {{"at", {"place"}, "places", {"place"}}};
    test.dataset("places", "place,region\nA,north\nB,south\n", {}, {});
    test.indicator("people", "visits", "count(distinct person)");
    test.indicator("hours", "visits", "sum(hours)");
    test.indicator("middle", "visits", "median(hours)");
    test.indicator("fresh", "visits", "new_people(person)");
    test.indicator("places", "visits", "people_with(person, 2, place)");
    Dimension region;
    region.id = "region";
    region.of = "at.region";
    test.programme.dimensions.push_back(region);
    for (int i = 0; i < months; ++i) add(i);
  }
  static std::string name(int month) { return "visits-" + std::to_string(100 + month) + ".csv"; }
  void add(int month) {
    std::string text = "date,person,place,hours\n";
    for (int i = 0; i < 20; ++i)
      text += row(2023 + month / 12, 1 + month % 12, 1 + i, "person-number-" + std::to_string((i * 7 + month) % 30),
                  i % 5 == 4 ? "C" : (i % 2 == 0 ? "A" : "B"), i + month);
    text += month % 3 == 0 ? "yesterday,x,A,1\n" : "";
    write(name(month), text);
    test.programme.datasets.front().source.files.push_back(name(month));
  }
  void write(std::string const& file, std::string const& text) const {
    std::ofstream(test.folder() + "/" + file, std::ios::binary) << text;
  }
  Question question(std::string const& period_text, PeriodKind per = PeriodKind::month) const {
    Question out;
    out.indicators = {"people", "hours", "middle", "fresh", "places"};
    out.by = {"region"};
    if (!period_text.empty()) out.period = period(period_text);
    out.per = per;
    out.totals = true;
    return out;
  }
  /// How many files were read; the answer is that without a cache.
  std::uint64_t read(Question const& question, PartialCache const& cache, Diagnostics* notes = nullptr) const {
    Environment environment = test.environment(threads);
    environment.hash_files = true;
    std::string const plain = whole_text(answer(test.programme, std::span(&question, 1), environment));
    environment.cache = cache;
    auto const before = cache.store->counts().files_read;
    CHECK(whole_text(answer(test.programme, std::span(&question, 1), environment)) == plain);
    auto told = cache.store->take_notes();
    if (notes == nullptr) CHECK(messages(told).empty());
    if (notes != nullptr) *notes = std::move(told);
    return cache.store->counts().files_read - before;
  }

  TestProgramme test{};
  unsigned threads = 2;
};

std::string bytes_of(std::filesystem::path const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The entries of a folder, to begin from them again.
class Kept : public std::map<std::string, std::string> {
 public:
  explicit Kept(CacheFolder const& folder) : folder_(folder.path()) {
    for (auto const& one : std::filesystem::directory_iterator(folder_))
      emplace(one.path().filename().string(), bytes_of(one.path()));
  }
  void restore() const {
    for (auto const& one : std::filesystem::directory_iterator(folder_)) std::filesystem::remove(one);
    for (auto const& [name, bytes] : *this) std::ofstream(folder_ + "/" + name, std::ios::binary) << bytes;
  }
  std::uint64_t bytes() const {
    std::uint64_t all = 0;
    for (auto const& [name, content] : *this) all += content.size();
    return all;
  }
  std::uint64_t largest() const {
    std::uint64_t most = 0;
    for (auto const& [name, content] : *this) most = std::max<std::uint64_t>(most, content.size());
    return most;
  }
  std::size_t segments() const {
    return static_cast<std::size_t>(
        std::count_if(begin(), end(), [](auto const& one) { return key_of(one.second).starts_with("segment "); }));
  }
  /// How many of `all` files are read again without the entry.
  std::uint64_t files_of(std::string const& name, std::uint64_t all) const {
    std::string const key = key_of(at(name));
    return key.starts_with("segment ") || key.starts_with("key ") ? all : 1;
  }

 private:
  static std::string key_of(std::string const& bytes) { return bytes.substr(bytes.find('\n', 14) + 1); }
  std::string folder_;
};

}  // namespace

TEST_CASE("a month added to 36 is the one file that is read", "[answer][cache]") {
  Months months(36);
  CacheFolder const folder;
  Question const question = months.question("2023..2026-01");
  CHECK(months.read(question, folder.open()) == 36);
  CHECK(months.read(question, folder.open()) == 0);
  months.add(36);
  CHECK(months.read(question, folder.open()) == 1);
  CHECK(months.read(question, folder.open()) == 0);
}

TEST_CASE("there may be more threads than files", "[answer][cache]") {
  Months months(2);
  months.threads = 8;
  CacheFolder const folder;
  Question const question = months.question("2023");
  CHECK(months.read(question, folder.open()) == 2);
  months.add(2);
  CHECK(months.read(question, folder.open()) == 1);
  CHECK(months.read(question, folder.open()) == 0);
}

TEST_CASE("months that come one by one are kept together in a few segments", "[answer][cache]") {
  Months months(3);
  CacheFolder const folder;
  Question const question = months.question("2023..2025", PeriodKind::quarter);
  CHECK(months.read(question, folder.open()) == 3);
  for (int month = 3; month < 20; ++month) {
    months.add(month);
    CHECK(months.read(question, folder.open()) == 1);
    CHECK(Kept(folder).segments() <= 4);
  }
  CHECK(months.read(question, folder.open()) == 0);
}

TEST_CASE("what is too large for one segment is kept in several, and what is too large for the cache not at all",
          "[answer][cache]") {
  Months months(12);
  Question question = months.question("2023");
  question.indicators = {"fresh", "places"};
  CacheFolder const roomy;
  CHECK(months.read(question, roomy.open()) == 12);
  Kept const whole(roomy);
  REQUIRE(whole.segments() == 1);
  std::uint64_t const all = whole.bytes();
  for (std::uint64_t const most : {all / 50, all / 4, all / 2, whole.largest() * 2 - 800, all, all * 2}) {
    INFO("at most " << most << " bytes of " << all);
    CacheFolder const folder;
    CHECK(months.read(question, folder.open("program", "spec", most)) == 12);
    CHECK(months.read(question, folder.open("program", "spec", most)) <= 12);
    CHECK(Kept(folder).bytes() <= most);
    for (auto const& [name, bytes] : Kept(folder)) CHECK(bytes.size() <= most / 2 + 500);  // and its key
  }
}

TEST_CASE("a period that moves on reads only files whose days are cut otherwise", "[answer][cache]") {
  Months months(15);
  CacheFolder const folder;
  CHECK(months.read(months.question("2023"), folder.open()) == 15);
  months.add(15);
  CHECK(months.read(months.question("2023-02..2024-01"), folder.open()) ==
        2);  // January 2024 counts now, and the new file
  CHECK(months.read(months.question("2023", PeriodKind::quarter), folder.open()) == 0);
  CHECK(months.read(months.question("2023", PeriodKind::week), folder.open()) == 12);  // weeks cut months
  // The rest of 2024 counts too (3), and rows without a date (5 files have one); the other months are as they were.
  CHECK(months.read(months.question(""), folder.open()) == 8);
}

TEST_CASE("whatever an answer depends on is read again when it changes", "[answer][cache]") {
  Months months(6);
  CacheFolder const folder;
  Question question = months.question("2023");
  REQUIRE(months.read(question, folder.open()) == 6);

  SECTION("one byte of one file") {
    auto text = bytes_of(months.test.folder() + "/" + Months::name(3));
    text[text.size() - 20] = text[text.size() - 20] == '1' ? '2' : '1';
    months.write(Months::name(3), text);
    CHECK(months.read(question, folder.open()) == 1);
  }
  SECTION("the first file, whose columns the others are compared with") {
    auto text = bytes_of(months.test.folder() + "/" + Months::name(0));
    months.write(Months::name(0), "note," + text.substr(0, text.find('\n') + 1) + "n,2023-01-01,p,A,1\n");
    CHECK(months.read(question, folder.open()) == 6);
  }
  SECTION("a file under another name, of which findings tell") {
    std::filesystem::rename(months.test.folder() + "/" + Months::name(3), months.test.folder() + "/other.csv");
    months.test.programme.datasets.front().source.files[3] = "other.csv";
    CHECK(months.read(question, folder.open()) == 1);
  }
  SECTION("files in another order") {
    std::swap(months.test.programme.datasets.front().source.files[2],
              months.test.programme.datasets.front().source.files[4]);
    CHECK(months.read(question, folder.open()) == 0);
  }
  SECTION("a lookup") {
    months.write("places.csv", "place,region\nA,north\nB,north\n");
    CHECK(months.read(question, folder.open()) == 6);
  }
  SECTION("the spec") { CHECK(months.read(question, folder.open("program", "another")) == 6); }
  SECTION("the program") { CHECK(months.read(question, folder.open("another", "spec")) == 6); }
  SECTION("the rows that count") {
    question.where = "hours > 3";
    CHECK(months.read(question, folder.open()) == 6);
  }
  SECTION("other measures") {
    question.indicators = {"people"};
    CHECK(months.read(question, folder.open()) == 6);
  }
  CHECK(months.read(question, folder.open("program", "spec")) + months.read(question, folder.open("another")) <= 12);
}

TEST_CASE("damaged entries are told, read again and written anew", "[answer][cache]") {
  Months months(3);
  CacheFolder const folder;
  Question const question = months.question("2023");
  REQUIRE(months.read(question, folder.open()) == 3);
  Kept const kept(folder);
  REQUIRE(kept.size() == 11);  // for each file facts and two places, one segment for all, and the key of fingerprints
  auto const damage = [&](std::string const& name, std::string const& bytes) {
    kept.restore();
    std::ofstream(folder.path() + "/" + name, std::ios::binary) << bytes;
    Diagnostics notes;
    CHECK(months.read(question, folder.open(), &notes) == kept.files_of(name, 3));
    REQUIRE(notes.size() == 1);
    CHECK(to_text(notes.front(), false) ==
          "note[damaged-cache]: the cache entry '" + name + "' is damaged; it is made again\n");
    CHECK(months.read(question, folder.open()) == 0);
  };
  std::mt19937 random(5);
  for (auto const& [name, whole] : kept) {
    for (std::size_t size = 0; size < whole.size(); size += 1 + random() % (1 + whole.size() / 8))
      damage(name, whole.substr(0, size));
    damage(name, "a file of somebody else\n");
    damage(name, kept.begin()->first == name ? kept.rbegin()->second : kept.begin()->second);
    damage(name, whole + "x");
    for (int round = 0; round < 8; ++round) {
      std::string flipped = whole;
      std::size_t const at = random() % whole.size();
      flipped[at] = static_cast<char>(flipped[at] ^ (1U << random() % 8));
      damage(name, flipped);
    }
  }
}

TEST_CASE("entries whose content is no partial are dropped and all is begun anew", "[answer][cache]") {
  Months months(4);
  CacheFolder const folder;
  Question const question = months.question("2023");
  REQUIRE(months.read(question, folder.open()) == 4);
  Kept const kept(folder);
  std::mt19937 random(6);
  for (auto const& [name, whole] : kept) {
    // As it was written, checksum included, but with content that nothing can be made of.
    std::size_t const line = whole.find('\n', 14);
    std::size_t const key_size = std::stoul(whole.substr(14));
    std::string const key = whole.substr(line + 1, key_size);
    std::string const content = whole.substr(line + 1 + key_size + 1);
    for (std::size_t const size : {content.size() - 1, content.size() / 2, std::size_t{0}}) {
      kept.restore();
      std::ofstream(folder.path() + "/" + name, std::ios::binary)
          << entry_head(key, content.substr(0, size)) << content.substr(0, size);
      CHECK(months.read(question, folder.open()) == kept.files_of(name, 4));
      CHECK(months.read(question, folder.open()) == 0);
    }
  }
}

TEST_CASE("hashes are remembered only of files that have been left alone for a while", "[cache]") {
  CacheFolder const folder;
  auto const cache = folder.open();
  CacheStore& store = *cache.store;
  SourceFile const old{"old", "/etc/debian_version"};
  auto const first = hash_file(old, false, store);
  REQUIRE(first);
  CHECK(hash_file(old, false, store)->fingerprint == first->fingerprint);
  CHECK(store.counts().files_hashed == 1);
  SourceFile const fresh{"fresh", folder.path() + "/fresh.csv"};
  std::ofstream(fresh.path) << "a\n1\n";
  auto const one = hash_file(fresh, true, store);
  REQUIRE(one);
  CHECK(one->sha256 == "309b0e45a73d3fc5325e2b6ed0a01ef8b9cde6b05a5633c1f893f970d52bfddc");
  CHECK(hash_file(fresh, true, store)->sha256 == one->sha256);
  CHECK(store.counts().files_hashed == 3);
  CHECK(one->unchanged());
  std::ofstream(fresh.path) << "a\n12\n";
  CHECK_FALSE(one->unchanged());
  CHECK_FALSE(hash_file({"none", folder.path() + "/none"}, true, store));
  CHECK_FALSE(hash_file({"folder", folder.path()}, true, store));
}
