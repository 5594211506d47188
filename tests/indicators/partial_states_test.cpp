// States as bytes: what is written is loaded again, and bytes that are anything else do no harm.
#include "indicators/partial_states.h"

#include <catch2/catch.hpp>
#include <random>

#include "indicators/partial_bytes.h"
#include "tests/indicators/cache_support.h"
#include "tests/indicators/partial_plan.h"

using namespace yekun;
using namespace yekun::test;

namespace {

constexpr char const* kRows =
    "date,g,n,x,person,age\n"
    "2024-03-01,a,5,0.1,p1,30\n"
    "2024-03-02,a,-7,1e300,a long id of a person,30\n"
    "2024-08-15,b,9223372036854775807,-2.5,p1,\n"
    "2024-08-16,,,,,0\n"
    ",c,1,3,p3,1\n"
    "2024-06-30,a,2,0.2,p3,-1\n";

/// The bytes that a scan of the rows gives: facts, and a segment of first contacts and groups.
std::pair<std::string, std::string> bytes_of(Dataset const& dataset, CompiledPlan const& plan) {
  CacheFolder const folder;
  std::ofstream(folder.path() + "/d.csv") << kRows;
  SourceContext context;
  context.folder = folder.path();
  auto const source = open_source(dataset, context);
  REQUIRE(source);
  IdDomains ids(2);
  auto const tables = tables_of(plan, ids);
  ScanRequest request;
  request.threads = 2;
  auto const rows = scan_rows(dataset, plan, **source, {}, tables, request);
  REQUIRE(rows);
  SegmentWriter writer(plan);
  use_ids(plan, rows->workers, writer.ids());
  writer.dictionary(tables);
  auto groups = group_bytes(plan, rows->workers, {{0, 1}, rows->facts.first_day, 0}, writer.ids());
  REQUIRE(groups);
  return {facts_bytes(rows->facts), writer.finish({contact_bytes(plan, rows->workers, writer.ids()), *groups})};
}

}  // namespace

TEST_CASE("numbers as bytes are read as they were written", "[cache]") {
  std::vector<std::uint64_t> const counts{0, 1, 127, 128, 300, std::uint64_t{1} << 63U, ~std::uint64_t{0}};
  std::vector<std::int64_t> const wholes{
      0, -1, 1, -64, 64, std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()};
  std::vector<Int128> const wides{
      0, -1, Int128{1} << 100, -(Int128{1} << 100), (Int128{1} << 64) - 1, -(Int128{1} << 64)};
  ByteWriter out;
  for (auto const value : counts) out.count(value);
  for (auto const value : wholes) out.whole(value);
  for (auto const value : wides) out.wide(value);
  out.number(-0.1);
  out.text("text");
  out.flag(true);
  ByteReader in(out.bytes());
  for (auto const value : counts) CHECK(in.count() == value);
  for (auto const value : wholes) CHECK(in.whole() == value);
  for (auto const value : wides) CHECK((in.wide() == value));
  CHECK(in.number() == -0.1);
  CHECK(in.text() == "text");
  CHECK(in.flag());
  CHECK(in.done());
  CHECK(in.count() == 0);
  CHECK(in.failed());
  ByteReader cut(
      "\x05"
      "four");  // a byte is missing
  CHECK(cut.text().empty());
  CHECK(cut.failed());
}

TEST_CASE("states of every kind are loaded as they were gathered", "[cache]") {
  Dataset const dataset = partial_dataset();
  CompiledPlan const plan = partial_plan(dataset);
  auto const [facts, segment] = bytes_of(dataset, plan);
  IdDomains ids(1);
  auto const tables = tables_of(plan, ids);
  ScanWorker worker(plan, {}, tables, 0);
  auto const loaded = load_facts(facts, plan);
  REQUIRE(loaded);
  CHECK(loaded->summary.rows == 6);
  CHECK(loaded->undated == 1);
  CHECK(loaded->first_day == date_of(2024, 3, 1).days);
  CHECK(loaded->last_day == date_of(2024, 8, 16).days);
  REQUIRE(load_partial(plan, segment, true, worker, tables));
  auto const merged = [&](std::size_t grouping, std::size_t aggregate) {
    Merged all;
    auto const& from = worker.groups()[grouping];
    for (std::uint32_t group = 1; group < from.size(); ++group) from.states[aggregate]->merge(group, all);
    return all;
  };
  CHECK(merged(0, 0).rows == 5);                                                  // undated rows are in no stretch
  CHECK((merged(0, 1).sum == Int128{std::numeric_limits<std::int64_t>::max()}));  // 5 - 7 + most + 2
  CHECK(merged(0, 2).sum_double.value() == 1e300);
  CHECK(merged(0, 3).whole == -7);
  CHECK(merged(0, 4).number == 1e300);
  CHECK(merged(0, 7).wholes.size() == 4);
  CHECK(merged(0, 8).numbers.size() == 4);
  CHECK(merged(0, 10).whole == 5);
  CHECK(merged(0, 10).day == date_of(2024, 3, 1).days);
  CHECK(merged(0, 10).order >= 1000);
  CHECK(merged(0, 11).number == -2.5);
  CHECK((merged(0, 12).sum == 5 * 30 - 7 * 30 - 2));
  CHECK(merged(0, 14).pairs.size() == 4);
  CHECK(merged(0, 15).pairs.size() == 4);
  std::vector<std::int32_t> contacts = worker.first_contacts()[0];
  std::sort(contacts.begin(), contacts.end());
  contacts.resize(4);
  CHECK(contacts == std::vector<std::int32_t>{date_of(2024, 3, 1).days, date_of(2024, 3, 2).days,
                                              date_of(2024, 6, 30).days, ScanWorker::kNever});
  CHECK(merged(1, 0).rows == 9);  // three in the half year, six in all
}

TEST_CASE("bytes that are no states are refused and do no harm", "[cache][random]") {
  Dataset const dataset = partial_dataset();
  CompiledPlan const plan = partial_plan(dataset);
  auto const [facts, segment] = bytes_of(dataset, plan);
  CHECK(load_partial(plan, facts, false));
  CHECK(load_partial(plan, segment, true));
  std::mt19937 random(3);
  for (bool const as_segment : {false, true}) {
    std::string const& whole = as_segment ? segment : facts;
    for (std::size_t size = 0; size < whole.size(); ++size)
      CHECK_FALSE(load_partial(plan, whole.substr(0, size), as_segment));
    for (int round = 0; round < 3000; ++round) {
      std::string bytes = whole;
      for (std::size_t changes = 1 + random() % 4; changes > 0; --changes) {
        std::size_t const at = random() % bytes.size();
        if (random() % 3 == 0)
          bytes.erase(at, random() % 5);
        else
          bytes[at] = static_cast<char>(random() % 2 == 0 ? random() : 0xFF);
        if (bytes.empty()) break;
      }
      (void)load_partial(plan, bytes, as_segment);  // that it ends well is the test
    }
  }
}
