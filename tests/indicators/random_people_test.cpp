// Random visits, stays and homes: people in time, across datasets, over lookups, split cells and combinations, against
// a slow evaluator that goes through all rows for every cell.
#include <catch2/catch.hpp>
#include <map>
#include <optional>
#include <set>

#include "tests/indicators/random_programme.h"

using namespace yekun;
using namespace yekun::test;

namespace {

struct Visit {
  std::optional<Date> date{};
  std::string person{}, home{}, kind{}, tags{};  // empty: missing
};
struct Stay {
  std::optional<Date> in{}, out{};
  std::string person{}, home{};
};
struct Register {
  std::vector<Visit> visits{};
  std::vector<Stay> stays{};
};

std::string one_of(Random& random, std::vector<std::string> const& all) { return all[below(random, all.size())]; }

Register random_register(Random& random) {
  Register out;
  Date const start = date_of(2023, 10, 20);  // with the leap day of 2024
  std::vector<std::string> const homes{"A", "B", "C", "D", ""};
  auto const person = [&] { return below(random, 12) == 0 ? "" : "p" + std::to_string(below(random, 15)); };
  auto const day = [&] { return start + static_cast<std::int32_t>(below(random, 560)); };
  out.visits.resize(below(random, 150));
  for (auto& visit : out.visits) {
    if (below(random, 15) != 0) visit.date = day();
    visit.person = person();
    visit.home = one_of(random, homes);
    visit.kind = one_of(random, {"cash", "food", "kit", ""});
    visit.tags = one_of(random, {"", "a", "b", "a;b", "b;a;c", "c;c"});
  }
  out.stays.resize(below(random, 60));
  for (auto& stay : out.stays) {
    if (below(random, 15) != 0) stay.in = day();
    stay.person = person();
    stay.home = one_of(random, homes);
    if (stay.in && below(random, 3) != 0) stay.out = *stay.in + static_cast<std::int32_t>(below(random, 90));
  }
  return out;
}

std::string iso(std::optional<Date> const& date) { return date ? to_iso(*date) : ""; }

/// C is a home without a region, D is in no list.
std::string region_of(std::string const& home) { return home == "A" ? "North" : home == "B" ? "South" : "(unknown)"; }

void add_register(TestProgramme& test, Register const& data) {
  std::string visits = "date,person,home,kind,tags\n";
  for (auto const& v : data.visits)
    visits += iso(v.date) + "," + v.person + "," + v.home + "," + v.kind + "," + v.tags + "\n";
  std::string stays = "in,out,person,home\n";
  for (auto const& s : data.stays) stays += iso(s.in) + "," + iso(s.out) + "," + s.person + "," + s.home + "\n";
  LookupSpec const home{"home", {"home"}, "homes", {"code"}, "", "", {}, {}};
  test.dataset("visits", visits,
               {{.name = "date", .type = Type::date},
                {.name = "person"},
                {.name = "home"},
                {.name = "kind"},
                {.name = "tags"}},
               {"date"})
      .lookups.push_back(home);
  test.dataset("stays", stays,
               {{.name = "in", .type = Type::date},
                {.name = "out", .type = Type::date},
                {.name = "person"},
                {.name = "home"}},
               {"in", "out"})
      .lookups.push_back(home);
  test.dataset("homes", "code,region\nA,North\nB,South\nC,\n", {{.name = "code"}, {.name = "region"}}, {});
  test.indicator("people", "visits", "count(distinct person)");
  test.indicator("stayed", "visits", "retained_people(person)");
  test.indicator("back", "visits", "returning_people(person)");
  test.indicator("fresh", "visits", "new_people(person)");
  test.indicator("living", "stays", "count(distinct person)");
  test.indicator("at_end", "stays", "count(distinct person)").over_time = OverTime::last;
  Indicator everyone;
  everyone.id = "everyone";
  everyone.union_of = {"visits.person", "stays.person"};
  test.programme.indicators.push_back(everyone);
  test.formula("before", "previous(people)");
  test.formula("year_ago", "same_period_last_year(people)");
  test.formula("so_far", "cumulative(people)");
  Dimension tag;
  tag.id = "tag";
  tag.of = "tags";
  tag.split = ";";
  Dimension package;
  package.id = "package";
  package.of = "kind";
  package.combined_by = "person";
  Dimension overlap = package;
  overlap.id = "overlap";
  overlap.overlaps = 2;
  test.programme.dimensions = {tag, package, overlap};
}

// The slow evaluator.

using Groups = std::set<std::string>;
struct Seen {
  std::string person;
  Groups groups;
};

Groups tags_of(std::string const& cell) {
  Groups out;
  for (char const c : cell)
    if (c != ';') out.insert(std::string(1, c));
  return out.empty() ? Groups{"(unknown)"} : out;
}

/// What a person got in the window, as one group or as all values and pairs.
Groups combined(Register const& data, Period const& w, std::string const& person, bool overlaps) {
  Groups kinds;
  for (auto const& visit : data.visits)
    if (visit.date && w.contains(*visit.date) && visit.person == person && !person.empty() && !visit.kind.empty())
      kinds.insert(visit.kind);
  if (kinds.empty()) return {"(unknown)"};
  Groups out;
  std::string all;
  for (auto const& kind : kinds) {
    all += (all.empty() ? "" : " + ") + kind;
    out.insert(kind);
    for (auto const& other : kinds)
      if (kind < other) out.insert(kind + " + " + other);
  }
  return overlaps ? out : Groups{all};
}

std::vector<Seen> visits_in(Register const& data, Period const& w, std::string const& by) {
  std::vector<Seen> out;
  for (auto const& visit : data.visits) {
    if (!visit.date || !w.contains(*visit.date)) continue;
    out.push_back({visit.person, by.empty()       ? Groups{""}
                                 : by == "region" ? Groups{region_of(visit.home)}
                                 : by == "tag"    ? tags_of(visit.tags)
                                                  : combined(data, w, visit.person, by == "overlap")});
  }
  return out;
}

std::vector<Seen> stays_in(Register const& data, Period const& w, std::string const& by, bool at_end) {
  std::vector<Seen> out;
  Date const last = w.end + -1;
  for (auto const& stay : data.stays) {
    if (!stay.in || *stay.in > last || (stay.out && *stay.out < w.first)) continue;
    bool const gone = stay.out && *stay.out <= last && !(*stay.out == last && *stay.in == last);
    if (at_end && gone) continue;
    out.push_back({stay.person, by.empty() ? Groups{""} : Groups{region_of(stay.home)}});
  }
  return out;
}

using People = std::map<std::string, std::set<std::string>>;  // by group; a group without people has rows
People people_of(std::vector<Seen> const& rows) {
  People out;
  for (auto const& row : rows)
    for (auto const& group : row.groups)
      if (row.person.empty())
        out[group];
      else
        out[group].insert(row.person);
  return out;
}

std::set<std::string> ever_before(Register const& data, Date day) {
  std::set<std::string> out;
  for (auto const& visit : data.visits)
    if (visit.date && *visit.date < day) out.insert(visit.person);
  return out;
}

Period moved(Period const& w, int months) {
  Period out = w;
  out.first = add_months(w.first, months);
  out.end = add_months(w.end, months);
  return out;
}

/// Values by group; nullopt: missing.
using Values = std::map<std::string, std::optional<std::size_t>>;
Values values_of(Register const& data, std::string const& indicator, Period const& w, std::string const& by) {
  int const months = w.kind == PeriodKind::quarter ? 3 : 1;
  Period from_start = w;
  from_start.first = kFirstDate;
  Period const of = indicator == "before"     ? moved(w, -months)
                    : indicator == "year_ago" ? moved(w, -12)
                    : indicator == "so_far"   ? from_start
                                              : w;
  People people;
  if (indicator == "living" || indicator == "at_end") {
    people = people_of(stays_in(data, of, by, indicator == "at_end"));
    for (auto const& [group, ids] : people_of(stays_in(data, of, by, false))) people[group];  // all left: 0
  } else {
    auto rows = visits_in(data, of, by);
    if (indicator == "everyone")
      for (auto const& stay : stays_in(data, of, by, false)) rows.push_back(stay);
    people = people_of(rows);
  }
  auto const earlier = people_of(visits_in(data, moved(w, -months), by));
  auto const known = ever_before(data, w.first);
  Values out;
  if (by.empty()) out[""] = std::nullopt;
  for (auto const& [group, ids] : people) {
    std::size_t n = 0;
    for (auto const& id : ids) {
      bool const was = earlier.contains(group) && earlier.at(group).contains(id);
      n += indicator == "stayed"  ? was
           : indicator == "back"  ? known.contains(id)
           : indicator == "fresh" ? !known.contains(id)
                                  : true;
    }
    out[group] = n;
    if (indicator == "stayed" && earlier.empty()) out[group] = std::nullopt;
  }
  return out;
}

std::string slow_csv(Register const& data, Question const& question) {
  std::string const by = question.by.empty() ? "" : question.by[0];
  std::string out = "period," + (by.empty() ? "" : by + ",") + question.indicators[0] + "\n";
  for (Period const& window : split(*question.period, *question.per, {}))
    for (auto const& [group, value] : values_of(data, question.indicators[0], window, by))
      out += window.label + "," + (by.empty() ? "" : group + ",") + (value ? std::to_string(*value) : "") + "\n";
  return out;
}

void compare(unsigned seed, int rounds) {
  Random random(seed);
  std::vector<std::string> const indicators{"people", "stayed",   "back",   "fresh",    "living",
                                            "at_end", "everyone", "before", "year_ago", "so_far"};
  for (int round = 0; round < rounds; ++round) {
    auto const data = random_register(random);
    TestProgramme test;
    add_register(test, data);
    for (auto const& indicator : indicators) {
      Question question;
      question.indicators = {indicator};
      bool const stays = indicator == "living" || indicator == "at_end" || indicator == "everyone";
      // A combination is that of its own window: asked of what happens in one.
      std::vector<std::string> const dimensions{"", "region", "tag", "package", "overlap"};
      auto const by = dimensions[below(random, stays ? 2 : indicator == "people" ? 5 : 3)];
      if (!by.empty()) question.by = {by};
      question.period = period("2024-Q1..2024-Q4");
      question.per = below(random, 2) == 0 ? PeriodKind::month : PeriodKind::quarter;
      INFO("seed " << seed << ", round " << round << ": " << indicator << " by '" << by << "'");
      std::string const expected = slow_csv(data, question);
      REQUIRE(ask_csv(test, question) == expected);
      REQUIRE(ask_csv(test, question, 3) == expected);
    }
  }
}

}  // namespace

TEST_CASE("random people over lookups, windows, unions and combinations agree with the slow evaluator",
          "[answer][random][people]") {
  compare(41, 25);
}

TEST_CASE("many random registers agree with the slow evaluator", "[.slow][answer][random][people]") {
  for (unsigned seed = 100; seed < 106; ++seed) compare(seed, 25);
}
