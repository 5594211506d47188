#include "indicators/id_table.h"

#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "indicators/id_union.h"

using namespace yekun;

namespace {

std::vector<std::uint32_t> numbers_of(IdTable& table, std::vector<std::string> const& texts, unsigned worker = 0) {
  std::vector<std::string_view> const views(texts.begin(), texts.end());
  std::vector<std::uint8_t> const wanted(texts.size(), 1);
  std::vector<std::uint32_t> out(texts.size());
  table.number(worker, views, wanted.data(), out.data());
  return out;
}

struct Random {
  std::uint32_t state = 1;
  std::uint32_t operator()(std::uint32_t below) { return ((state = state * 1664525U + 1013904223U) >> 8U) % below; }
};

}  // namespace

TEST_CASE("texts have the same number exactly where they are the same text, whatever their length", "[indicators]") {
  std::vector<std::string> texts{"", std::string("a\0", 2), std::string("\0", 1), "a", "aa"};
  Random random;
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (std::uint32_t size = random(12); size > 0; --size) text += std::string("ab\0", 3)[random(3)];
    texts.push_back(text);
  }
  IdTable table(1);
  auto const numbers = numbers_of(table, texts);
  std::map<std::string, std::uint32_t> known;
  std::set<std::uint32_t> used;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    auto const [at, is_new] = known.try_emplace(texts[i], numbers[i]);
    REQUIRE(at->second == numbers[i]);
    if (is_new) REQUIRE(used.insert(numbers[i]).second);
    REQUIRE(numbers[i] < table.limit());
  }
}

TEST_CASE("workers that number the same texts at once agree", "[indicators]") {
  constexpr std::size_t kTexts = 60000;
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < kTexts; ++i)
    texts.push_back((i % 3 == 0 ? "a rather long id " : "P") + std::to_string(i));
  IdTable table(2);
  std::vector<std::uint32_t> numbers[2];
  std::vector<std::thread> threads;
  for (unsigned w = 0; w < 2; ++w)
    threads.emplace_back([&, w] {
      for (std::size_t from = 0; from < kTexts; from += 2000) {
        std::vector<std::string> const part(texts.begin() + static_cast<std::ptrdiff_t>(from),
                                            texts.begin() + static_cast<std::ptrdiff_t>(from + 2000));
        auto const got = numbers_of(table, part, w);
        numbers[w].insert(numbers[w].end(), got.begin(), got.end());
      }
    });
  for (auto& thread : threads) thread.join();
  CHECK(numbers[0] == numbers[1]);
  CHECK(std::set<std::uint32_t>(numbers[0].begin(), numbers[0].end()).size() == kTexts);
}

TEST_CASE("a union of small and large sets counts and lists every id once", "[indicators]") {
  Random random;
  IdUnion unite;
  BitChunks chunks;
  for (int round = 0; round < 300; ++round) {
    std::vector<IdSet> sets(random(6));
    std::set<std::uint32_t> expected;
    std::uint32_t const limit = 1U << (4 + random(18));
    for (IdSet& set : sets)
      for (std::uint32_t left = random(random(2) == 0 ? 10 : 5000); left > 0; --left) {
        std::uint32_t const id = random(limit);
        set.add(id, limit, chunks);
        expected.insert(id);
      }
    unite.begin();
    for (IdSet const& set : sets) unite.add(set);
    REQUIRE(unite.count() == expected.size());
    std::vector<std::uint32_t> listed;
    unite.each([&](std::uint32_t id) { listed.push_back(id); });
    REQUIRE(listed.size() == expected.size());
    REQUIRE(std::set<std::uint32_t>(listed.begin(), listed.end()) == expected);
  }
}

TEST_CASE("ids that were promised have their numbers before anything else is numbered", "[indicators][cache]") {
  IdTable table(2);
  CHECK(table.empty());
  std::vector<std::string> const known{"a", "a text that is long", "b", ""};
  int filled = 0;
  table.promise(4, [&] {
    ++filled;
    (void)numbers_of(table, known);
  });
  CHECK(table.limit() >= 4);
  CHECK(filled == 0);
  std::uint32_t const limit = table.limit();
  auto const numbers = numbers_of(table, {"b", "new", "a", "a text that is long", "", "new"}, 1);
  CHECK(filled == 1);
  CHECK(numbers == std::vector<std::uint32_t>{2, numbers[1], 0, 1, 3, numbers[1]});
  CHECK(numbers[1] >= limit);
  CHECK(numbers_of(table, {"another"}, 0)[0] >= limit);
  IdTable others(1);
  others.promise(4, [&] { (void)numbers_of(others, known); });
  std::map<std::uint32_t, std::string> all;
  others.each_text([&](std::uint32_t number, std::string_view text) { all.emplace(number, text); });
  CHECK(all == std::map<std::uint32_t, std::string>{{0, "a"}, {1, "a text that is long"}, {2, "b"}, {3, ""}});
}

TEST_CASE("many ids added at once are those added one by one", "[indicators][cache]") {
  Random random;
  for (int round = 0; round < 200; ++round) {
    BitChunks chunks;
    IdSet once;
    IdSet again;
    std::uint32_t const limit = 1 + random(400'000);
    for (int part = 0; part < 3; ++part) {
      std::set<std::uint32_t> ids;
      for (std::uint32_t left = random(3000); left > 0; --left) ids.insert(random(limit));
      std::vector<std::uint32_t> list(ids.begin(), ids.end());
      if (random(3) == 0) std::reverse(list.begin(), list.end());
      once.add_all(list, limit, chunks);
      for (std::uint32_t const id : list) again.add(id, limit, chunks);
    }
    std::set<std::uint32_t> found;
    std::set<std::uint32_t> expected;
    once.each([&](std::uint32_t id) { found.insert(id); });
    again.each([&](std::uint32_t id) { expected.insert(id); });
    REQUIRE(found == expected);
    REQUIRE(once.size() == again.size());
  }
}
