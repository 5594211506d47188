#include "indicators/protect.h"

#include <catch2/catch.hpp>
#include <random>

#include "indicators/attacker.h"
#include "tests/indicators/formula_support.h"

using namespace yekun;
using namespace yekun::test;

namespace {

std::vector<PlacePart> at(std::string const& text) {  // "region=A,sex=f"
  std::vector<PlacePart> place;
  for (std::size_t from = 0; from < text.size();) {
    std::size_t const end = std::min(text.find(',', from), text.size());
    std::string const part = text.substr(from, end - from);
    std::size_t const equals = part.find('=');
    place.push_back({part.substr(0, equals), part.substr(equals + 1)});
    from = end + 1;
  }
  return place;
}

/// People by group, with a ratio over them, and the answers of a run.
struct Published {
  SmallProgramme p{};
  Answer answer{};

  explicit Published(std::int64_t threshold) {
    p.measure("people", "services", "count(distinct person_id)", "people");
    p.measure("sessions", "services", "count(*)", "sessions");
    p.formula("each", "sessions / people", "ratio");
    p.measure("women", "services", "count(distinct person_id)", "people").where = "score = 1";
    p.formula("men", "people - women", "people");
    if (threshold > 0) p.programme.disclosure.threshold = threshold;
  }

  LineagePtr cell(std::string const& indicator, std::string const& when, std::string const& where, Value const& value) {
    Lineage l;
    l.kind = Lineage::Kind::cell;
    l.indicator = indicator;
    l.period = period(when);
    l.place = at(where);
    l.value = value;
    return std::make_shared<Lineage const>(l);
  }

  Figure& add(std::string const& indicator, std::string const& when, std::string const& where, Value const& value) {
    Figure f;
    f.indicator = indicator;
    f.period = period(when);
    f.place = at(where);
    f.value = value;
    f.rows_used = 7;
    f.lineage = cell(indicator, when, where, value);
    AnswerRow row;
    row.period = f.period;
    row.figures = {f};
    answer.rows.push_back(row);
    return answer.rows.back().figures.front();
  }

  Figure& add_formula(std::string const& indicator, Lineage::Kind kind, LineagePtr a, LineagePtr b, Value const& value,
                      std::string const& when, std::string const& where) {
    Figure& f = add(indicator, when, where, value);
    Lineage l;
    l.kind = kind;
    l.value = value;
    l.parts = {std::move(a), std::move(b)};
    f.lineage = std::make_shared<Lineage const>(l);
    return f;
  }

  std::vector<std::string> shown() {
    protect(p.programme, p.graph(), std::span(&answer, 1));
    std::vector<std::string> out;
    for (AnswerRow const& row : answer.rows) out.push_back(text_of(row.figures[0].value));
    return out;
  }
};

using Texts = std::vector<std::string>;
std::string const kHidden = "suppressed";

}  // namespace

TEST_CASE("without a threshold nothing is suppressed", "[indicators]") {
  Published p(0);
  p.add("people", "2025-Q3", "", whole(2));
  CHECK(p.shown() == Texts{"2"});
}

TEST_CASE("counts of people below the threshold are suppressed, zeros only where asked for", "[indicators]") {
  Published p(5);
  p.add("people", "2025-Q1", "", whole(4));
  p.add("people", "2025-Q2", "", whole(5));
  p.add("people", "2025-Q3", "", whole(0));
  p.add("sessions", "2025-Q1", "", whole(3));
  CHECK(p.shown() == Texts{kHidden, "5", "0", "3"});
  CHECK(p.answer.rows[0].figures[0].rows_used == 0);
  CHECK(p.answer.rows[0].figures[0].lineage->value.state == State::suppressed);
  Published zeros(5);
  zeros.p.programme.disclosure.zeros = true;
  zeros.add("people", "2025-Q3", "", whole(0));
  CHECK(zeros.shown() == Texts{kHidden});
}

TEST_CASE("a second part is suppressed where the total would give the first away", "[indicators]") {
  Published p(5);
  p.add("people", "2025-Q3", "", whole(33));
  p.add("people", "2025-Q3", "region=A", whole(3));
  p.add("people", "2025-Q3", "region=B", whole(10));
  p.add("people", "2025-Q3", "region=C", whole(20));
  p.add("people", "2025-Q3", "region=D", whole(0));
  CHECK(p.shown() == Texts{"33", kHidden, kHidden, "20", "0"});
}

TEST_CASE("the same cell is suppressed in every answer", "[indicators]") {
  Published p(5);
  p.add("people", "2025-Q3", "region=A,sex=f", whole(3));
  Answer other = p.answer;
  other.rows[0].figures[0].place = at("sex=f,region=A");
  std::vector<Answer> answers{p.answer, other};
  protect(p.p.programme, p.p.graph(), answers);
  CHECK(text_of(answers[0].rows[0].figures[0].value) == kHidden);
  CHECK(text_of(answers[1].rows[0].figures[0].value) == kHidden);
}

TEST_CASE("a two-way table keeps margins and hides a rectangle", "[indicators]") {
  Published p(5);
  std::int64_t const counts[3][3] = {{3, 20, 30}, {12, 40, 9}, {15, 25, 50}};
  std::int64_t total = 0;
  for (int r = 0; r < 3; ++r) {
    std::int64_t row = 0;
    std::int64_t column = 0;
    for (int c = 0; c < 3; ++c) {
      p.add("people", "2025-Q3", "region=" + std::to_string(r) + ",sex=" + std::to_string(c), whole(counts[r][c]));
      row += counts[r][c];
      column += counts[c][r];
    }
    p.add("people", "2025-Q3", "region=" + std::to_string(r), whole(row));
    p.add("people", "2025-Q3", "sex=" + std::to_string(r), whole(column));
    total += row;
  }
  p.add("people", "2025-Q3", "", whole(total));
  Texts const shown = p.shown();
  CHECK(std::count(shown.begin(), shown.end(), kHidden) == 4);
  CHECK(shown[0] == kHidden);
}

TEST_CASE("ratios, changes and achievements of suppressed cells are suppressed", "[indicators]") {
  Published p(5);
  LineagePtr const sessions = p.cell("sessions", "2025-Q3", "", whole(12));
  LineagePtr const people = p.cell("people", "2025-Q3", "", whole(4));
  p.add_formula("each", Lineage::Kind::divide, sessions, people, Value::of(3.0), "2025-Q3", "");
  Figure& f = p.add("people", "2025-Q4", "", whole(40));
  f.previous = whole(4);
  f.change = Value::of(9.0);
  f.target = whole(80);
  f.achievement = Value::of(0.5);
  Figure& g = p.add("people", "2025-Q2", "", whole(2));
  g.target = whole(80);
  g.achievement = Value::of(0.025);
  CHECK(p.shown() == Texts{kHidden, "40", kHidden});
  Figure const& after = p.answer.rows[1].figures[0];
  CHECK(text_of(*after.previous) == kHidden);
  CHECK(text_of(*after.change) == kHidden);
  CHECK(text_of(*after.achievement) == "0.5");
  CHECK(text_of(*p.answer.rows[2].figures[0].achievement) == kHidden);
  CHECK(p.answer.rows[0].figures[0].lineage->parts[1]->value.state == State::suppressed);
  CHECK(text_of(p.answer.rows[0].figures[0].lineage->parts[0]->value) == "12");
}

TEST_CASE("a difference of two published counts does not give away a small group", "[indicators]") {
  Published p(5);
  p.add("people", "2025-Q3", "", whole(100));
  p.add("women", "2025-Q3", "", whole(97));
  p.add_formula("men", Lineage::Kind::subtract, p.cell("people", "2025-Q3", "", whole(100)),
                p.cell("women", "2025-Q3", "", whole(97)), whole(3), "2025-Q3", "");
  Texts const shown = p.shown();
  CHECK(shown[2] == kHidden);
  CHECK(std::count(shown.begin(), shown.end(), kHidden) == 2);
}

TEST_CASE("new people add up over time, so a quarter cannot be read off the year", "[indicators]") {
  Published p(5);
  p.p.programme.indicators[0].measure = "new_people(person_id)";
  p.add("people", "2025-Q1", "", whole(3));
  p.add("people", "2025-Q2", "", whole(30));
  p.add("people", "2025-Q3", "", whole(20));
  p.add("people", "2025-Q4", "", whole(40));
  p.add("people", "2025", "", whole(93));
  CHECK(p.shown() == Texts{kHidden, "30", kHidden, "40", "93"});
}

TEST_CASE("counts of people are rounded to a base and ratios follow", "[indicators]") {
  Published p(0);
  p.p.programme.disclosure.round_to = 5;
  p.add("people", "2025-Q3", "", whole(12));
  p.add_formula("each", Lineage::Kind::divide, p.cell("sessions", "2025-Q3", "", whole(30)),
                p.cell("people", "2025-Q3", "", whole(12)), Value::of(2.5), "2025-Q3", "");
  p.add("people", "2025-Q2", "", whole(13));
  CHECK(p.shown() == Texts{"10", "3", "15"});
}

TEST_CASE("a change worked out from rounded values stays percent where the ratio is none of percent", "[indicators]") {
  Published p(0);
  p.p.programme.disclosure.round_to = 5;
  auto const each = [&](std::int64_t sessions, std::int64_t people, std::string const& when) -> Figure& {
    return p.add_formula("each", Lineage::Kind::divide, p.cell("sessions", when, "", whole(sessions)),
                         p.cell("people", when, "", whole(people)),
                         Value::of(static_cast<double>(sessions) / static_cast<double>(people)), when, "");
  };
  Figure& f = each(30, 12, "2025-Q3");  // 30 / 10
  f.kind = IndicatorKind::ratio;
  f.previous = Value::of(2.0);
  f.change = Value::of(0.25);
  CHECK(p.shown() == Texts{"3"});
  CHECK(text_of(*p.answer.rows[0].figures[0].change) == "0.5");  // 3 / 2 - 1, not 3 - 2
}

TEST_CASE("the attacker finds what only several relations together give away", "[indicators]") {
  Residue const one{1};
  Residue const minus = Residue{} - one;
  // a + b known, b + c known, a + c known: all three are determined, though no relation has a single unknown.
  std::vector<LinearRelation> const triangle{{{0, one}, {1, one}}, {{1, one}, {2, one}}, {{0, one}, {2, one}}};
  CHECK(attack(triangle, {1, 1, 1}).determined == std::vector<std::size_t>{0, 1, 2});
  CHECK(attack({triangle[0], triangle[1]}, {1, 1, 1}).determined.empty());
  CHECK(attack({{{0, one}, {1, minus}}, {{0, one}, {1, one}}}, {1, 1}).determined == std::vector<std::size_t>{0, 1});
  CHECK(attack({{{0, one}, {1, one}}}, {1, 0}).determined == std::vector<std::size_t>{0});
  CHECK(attack({}, {1, 0}).determined.empty());
  CHECK((residue_of(-6) * inverse(residue_of(3)) + residue_of(2)).value == 0);
}

namespace {

/// Rational elimination, slow and plain: which unknowns does the linear system fix?
std::vector<bool> fixed_by(std::vector<std::vector<double>> rows, std::size_t n) {
  std::size_t rank = 0;
  std::vector<std::size_t> pivots;
  for (std::size_t c = 0; c < n && rank < rows.size(); ++c) {
    std::size_t best = rank;
    for (std::size_t r = rank; r < rows.size(); ++r)
      if (std::abs(rows[r][c]) > std::abs(rows[best][c])) best = r;
    if (std::abs(rows[best][c]) < 1e-9) continue;
    std::swap(rows[rank], rows[best]);
    double const pivot = rows[rank][c];
    for (double& x : rows[rank]) x /= pivot;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      double const factor = rows[r][c];
      if (r == rank || factor == 0) continue;
      for (std::size_t k = 0; k < n; ++k) rows[r][k] -= factor * rows[rank][k];
    }
    pivots.push_back(c);
    ++rank;
  }
  std::vector<bool> fixed(n, false);
  for (std::size_t r = 0; r < rank; ++r) {
    std::size_t entries = 0;
    for (double const x : rows[r]) entries += std::abs(x) > 1e-9;
    if (entries == 1) fixed[pivots[r]] = true;
  }
  return fixed;
}

}  // namespace

TEST_CASE("in random tables no suppressed cell follows from the published ones", "[indicators]") {
  std::mt19937 random(20251122);
  for (int round = 0; round < 40; ++round) {
    Published p(5);
    std::size_t const regions = 2 + random() % 4;
    std::size_t const groups = 2 + random() % 4;
    // Cells in the order rows are added: inner, then margins.
    std::vector<std::vector<std::int64_t>> n(regions, std::vector<std::int64_t>(groups));
    std::vector<std::int64_t> by_group(groups, 0);
    std::int64_t total = 0;
    for (std::size_t r = 0; r < regions; ++r) {
      std::int64_t row = 0;
      for (std::size_t g = 0; g < groups; ++g) {
        n[r][g] = static_cast<std::int64_t>(random() % 4 == 0 ? random() % 6 : random() % 60);
        row += n[r][g];
        by_group[g] += n[r][g];
        p.add("people", "2025-Q3", "region=" + std::to_string(r) + ",group=" + std::to_string(g), whole(n[r][g]));
      }
      p.add("people", "2025-Q3", "region=" + std::to_string(r), whole(row));
      total += row;
    }
    for (std::size_t g = 0; g < groups; ++g)
      p.add("people", "2025-Q3", "group=" + std::to_string(g), whole(by_group[g]));
    p.add("people", "2025-Q3", "", whole(total));
    Texts const shown = p.shown();
    std::size_t const cells = shown.size();
    std::vector<std::vector<double>> rows;
    auto const index = [&](std::size_t r, std::size_t g) { return r * (groups + 1) + g; };
    std::size_t const margins = regions * (groups + 1);
    for (std::size_t r = 0; r <= regions; ++r) {  // regions, then the total over groups
      std::vector<double> row(cells, 0);
      for (std::size_t g = 0; g < groups; ++g) row[r < regions ? index(r, g) : margins + g] = 1;
      row[r < regions ? index(r, groups) : margins + groups] = -1;
      rows.push_back(row);
    }
    for (std::size_t g = 0; g <= groups; ++g) {
      std::vector<double> row(cells, 0);
      for (std::size_t r = 0; r < regions; ++r) row[index(r, g)] = 1;
      row[margins + g] = -1;
      rows.push_back(row);
    }
    for (auto& row : rows)
      for (std::size_t c = 0; c < cells; ++c)
        if (shown[c] != kHidden) row[c] = 0;
    std::vector<bool> const fixed = fixed_by(rows, cells);
    for (std::size_t c = 0; c < cells; ++c) CHECK_FALSE(fixed[c]);
    for (std::size_t r = 0; r < regions; ++r)
      for (std::size_t g = 0; g < groups; ++g)
        if (n[r][g] > 0 && n[r][g] < 5) CHECK(shown[index(r, g)] == kHidden);
  }
}
