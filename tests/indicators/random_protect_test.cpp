// Disclosure control against a slow judge that knows nothing of the engine's cells and relations: every figure is a sum
// over the people (visits, scores) of the smallest groups, and a reader knows whatever lies in the span of the sums
// that are shown.
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "tests/indicators/random_programme.h"

using namespace yekun;
using namespace yekun::test;

namespace {

constexpr std::size_t kMonths = 3;

struct Visit {
  std::size_t person = 0;
  std::array<std::size_t, 3> group{};  // region, sex, age: of the person
  std::size_t month = 0;
  std::int64_t score = 0;
};

std::array<std::vector<std::string>, 3> const kGroups{{{"A", "B", "C", "D"}, {"f", "m"}, {"old", "young"}}};
std::array<std::string, 3> const kDimensions{"region", "sex", "age"};

std::vector<Visit> random_visits(Random& random) {
  std::vector<Visit> visits;
  std::size_t const people = 5 + below(random, 60);
  std::size_t const regions = 1 + below(random, 4);
  for (std::size_t person = 0; person < people; ++person) {
    std::array<std::size_t, 3> const group{below(random, regions), below(random, 3) / 2, below(random, 4) / 3};
    for (std::size_t left = 1 + below(random, 3); left > 0; --left)
      visits.push_back({person, group, below(random, kMonths), static_cast<std::int64_t>(below(random, 10))});
  }
  return visits;
}

std::string csv_of(std::vector<Visit> const& visits) {
  std::string out = "date,person,region,sex,age,score\n";
  for (auto const& one : visits) {
    out += "2025-0" + std::to_string(one.month + 1) + "-10,p" + std::to_string(one.person);
    for (std::size_t d = 0; d < 3; ++d) out += ',' + kGroups[d][one.group[d]];
    out += ',' + std::to_string(one.score) + '\n';
  }
  return out;
}

void add_programme(TestProgramme& test, std::vector<Visit> const& visits) {
  test.dataset("v", csv_of(visits),
               {{.name = "date", .type = Type::date},
                {.name = "person", .personal = true},
                {.name = "region"},
                {.name = "sex"},
                {.name = "age"},
                {.name = "score", .type = Type::integer}},
               {"date"});
  auto const people = [&](std::string const& id, std::string const& measure, std::string const& where) {
    test.indicator(id, "v", measure, where).unit.id = "people";
  };
  people("visitors", "count(distinct person)", "");
  people("women", "count(distinct person)", "sex = 'f'");
  people("young", "count(distinct person)", "age = 'young'");
  people("others", "count(distinct person)", "age <> 'young'");
  people("fresh", "new_people(person)", "");
  test.indicator("visits", "v", "count()").over_time = OverTime::sum;
  test.indicator("points", "v", "sum(score)").over_time = OverTime::sum;
  test.indicator("score", "v", "average(score)");
  test.formula("men", "visitors - women").unit.id = "people";
  test.formula("each", "visits / visitors").unit.id = "ratio";
  test.formula("share", "women / visitors").unit.id = "percent";
}

std::vector<std::string> const kAsked{"visitors", "women", "young", "others", "fresh", "visits",
                                      "points",   "score", "men",   "each",   "share"};

using Sum = std::map<std::size_t, std::int64_t>;  // factor of each unknown

Sum combined(Sum a, std::int64_t p, Sum const& b, std::int64_t q) {
  for (auto& [unknown, factor] : a) factor *= p;
  for (auto const& [unknown, factor] : b) a[unknown] += q * factor;
  std::erase_if(a, [](auto const& one) { return one.second == 0; });
  return a;
}

using Where = std::array<std::optional<std::size_t>, 3>;  // by dimension; nullopt: all

/// The unknowns: of each family ('p'eople of a window, 'n'ew people, 'v'isits, 's'cores of a month) and smallest group.
class Model {
 public:
  explicit Model(std::vector<Visit> const& visits) : visits_(visits) {
    std::set<std::size_t> seen;
    std::stable_sort(visits_.begin(), visits_.end(), [](auto const& a, auto const& b) { return a.month < b.month; });
    for (auto& one : visits_) first_.push_back(seen.insert(one.person).second);
  }

  Sum sum(char family, Period const& window, Where where) {
    Sum out;
    std::vector<std::size_t> months;
    for (std::size_t m = 0; m < kMonths; ++m)
      if (auto const day = date_of(2025, static_cast<int>(m) + 1, 10); window.first <= day && day < window.end)
        months.push_back(m);
    if (family == 'p') {  // whoever comes twice counts once: another window is another unknown
      add_groups(family, months, where, out);
    } else {
      for (auto const m : months) add_groups(family, {m}, where, out);
    }
    return out;
  }
  std::int64_t value(Sum const& sum) const {
    std::int64_t out = 0;
    for (auto const& [unknown, factor] : sum) out += factor * values_[unknown];
    return out;
  }

  /// nullopt where the indicator has no value there.
  std::optional<Sum> of(std::string const& indicator, Period const& window, Where where) {
    auto const with = [&](std::size_t dimension, std::size_t value) {
      auto const people = sum('p', window, where);
      if (where[dimension]) return *where[dimension] == value ? people : Sum{};
      Where more = where;
      more[dimension] = value;
      return sum('p', window, more);
    };
    auto const ratio = [&](Sum const& above, Sum const& below) -> std::optional<Sum> {
      if (value(below) == 0) return std::nullopt;
      return combined(above, value(below), below, -value(above));
    };
    if (indicator == "visitors") return sum('p', window, where);
    if (indicator == "women") return with(1, 0);
    if (indicator == "men") return with(1, 1);
    if (indicator == "young") return with(2, 1);
    if (indicator == "others") return with(2, 0);
    if (indicator == "fresh") return sum('n', window, where);
    if (indicator == "visits") return sum('v', window, where);
    if (indicator == "points") return sum('s', window, where);
    if (indicator == "score") return ratio(sum('s', window, where), sum('v', window, where));
    if (indicator == "each") return ratio(sum('v', window, where), sum('p', window, where));
    return ratio(with(1, 0), sum('p', window, where));
  }
  std::size_t size() const { return values_.size(); }

 private:
  void add_groups(char family, std::vector<std::size_t> const& months, Where const& where, Sum& out) {
    for (std::size_t i = 0; i < 16; ++i) {
      std::array<std::size_t, 3> const group{i / 4, i / 2 % 2, i % 2};
      bool inside = true;
      for (std::size_t d = 0; d < 3; ++d) inside = inside && (!where[d] || *where[d] == group[d]);
      if (!inside) continue;
      std::string name{family};
      for (auto const m : months) name += std::to_string(m);
      auto const [at, is_new] = unknowns_.emplace(name + ' ' + std::to_string(i), values_.size());
      if (is_new) values_.push_back(count(family, months, group));
      out[at->second] = 1;
    }
  }
  std::int64_t count(char family, std::vector<std::size_t> const& months, std::array<std::size_t, 3> const& group) {
    std::set<std::size_t> people;
    std::int64_t total = 0;
    for (std::size_t i = 0; i < visits_.size(); ++i) {
      auto const& one = visits_[i];
      if (one.group != group || std::find(months.begin(), months.end(), one.month) == months.end()) continue;
      if (family == 'p') people.insert(one.person);
      total += family == 's' ? one.score : family == 'v' || (family == 'n' && first_[i]) ? 1 : 0;
    }
    return family == 'p' ? static_cast<std::int64_t>(people.size()) : total;
  }

  std::vector<Visit> visits_;
  std::vector<bool> first_{};  // the person's first visit
  std::map<std::string, std::size_t> unknowns_{};
  std::vector<std::int64_t> values_{};
};

/// What a reader knows: sums, and all that follows from them by adding and subtracting multiples. Modulo a prime.
class Known {
 public:
  void add(Sum const& sum) {
    auto rest = reduced(sum);
    if (rest.empty()) return;
    auto const inverse = power(rest.begin()->second, kPrime - 2);
    for (auto& [unknown, factor] : rest) factor = factor * inverse % kPrime;
    auto const pivot = rest.begin()->first;
    rows_.emplace(pivot, std::move(rest));
  }
  bool tells(Sum const& sum) const { return reduced(sum).empty(); }

 private:
  using Row = std::map<std::size_t, std::uint64_t>;
  static constexpr std::uint64_t kPrime = 1'000'000'007;

  static std::uint64_t power(std::uint64_t base, std::uint64_t exponent) {
    std::uint64_t out = 1;
    for (; exponent > 0; exponent /= 2, base = base * base % kPrime)
      if (exponent % 2 == 1) out = out * base % kPrime;
    return out;
  }
  Row reduced(Sum const& sum) const {
    constexpr auto kSigned = static_cast<std::int64_t>(kPrime);
    Row row;
    for (auto const& [unknown, factor] : sum)
      if (factor % kSigned != 0) row[unknown] = static_cast<std::uint64_t>((factor % kSigned + kSigned) % kSigned);
    for (auto const& [pivot, known] : rows_) {
      auto const at = row.find(pivot);
      if (at == row.end()) continue;
      auto const times = kPrime - at->second;
      for (auto const& [unknown, factor] : known) row[unknown] = (row[unknown] + times * factor) % kPrime;
      std::erase_if(row, [](auto const& one) { return one.second == 0; });
    }
    return row;
  }
  std::map<std::size_t, Row> rows_{};  // by their first unknown, whose factor is 1
};

Question random_question(Random& random) {
  Question question;
  for (auto const& name : kAsked)
    if (below(random, 4) == 0) question.indicators.push_back(name);
  if (question.indicators.empty()) question.indicators = {kAsked[below(random, kAsked.size())]};
  for (auto const& name : kDimensions)
    if (below(random, 2) == 0) question.by.push_back(name);
  question.period = period("2025-Q1");
  if (below(random, 2) == 0) question.per = PeriodKind::month;
  question.totals = below(random, 3) != 0;
  return question;
}

Where where_of(Figure const& figure) {
  Where out;
  for (auto const& part : figure.place)
    for (std::size_t d = 0; d < 3; ++d)
      for (std::size_t i = 0; i < kGroups[d].size(); ++i)
        if (part.dimension == kDimensions[d] && part.value == kGroups[d][i]) out[d] = i;
  return out;
}

/// A group that a table leaves out has no rows: its people, visits and scores are known to be none.
void add_absent(Answer const& answer, Model& model, Known& known) {
  std::vector<std::size_t> asked;
  for (std::size_t d = 0; d < 3; ++d)
    if (std::count(answer.dimensions.begin(), answer.dimensions.end(), kDimensions[d]) != 0) asked.push_back(d);
  for (auto const& window : answer.periods) {
    std::set<Where> listed;
    for (auto const& row : answer.rows)
      if (row.period.first == window.first && row.period.end == window.end)
        listed.insert(where_of(row.figures.front()));
    for (std::size_t i = 0; i < 16; ++i) {
      Where where;
      std::array<std::size_t, 3> const group{i / 4, i / 2 % 2, i % 2};
      for (auto const d : asked) where[d] = group[d];
      if (listed.count(where) != 0) continue;
      for (char const family : {'p', 'n', 'v', 's'}) known.add(model.sum(family, window, where));
    }
  }
}

bool is_people(std::string const& indicator) {
  return indicator == "visitors" || indicator == "women" || indicator == "men" || indicator == "young" ||
         indicator == "others" || indicator == "fresh";
}

/// Whether the threshold alone hides the figure.
bool is_small(Figure const& figure, std::int64_t truth, Model& model, Disclosure const& disclosure) {
  if (is_people(figure.indicator)) return truth == 0 ? disclosure.zeros : truth < *disclosure.threshold;
  if (figure.indicator != "score") return false;
  return model.value(model.sum('v', figure.period, where_of(figure))) < *disclosure.threshold;
}

/// Whether a count that the figure is worked out from is hidden by the threshold alone.
bool has_small_part(Figure const& figure, Model& model, Disclosure const& disclosure) {
  std::vector<std::string> parts;
  if (figure.indicator == "men" || figure.indicator == "share") parts = {"visitors", "women"};
  if (figure.indicator == "each") parts = {"visitors"};
  return std::any_of(parts.begin(), parts.end(), [&](std::string const& part) {
    Figure of = figure;
    of.indicator = part;
    auto const sum = model.of(part, figure.period, where_of(figure));
    return sum && is_small(of, model.value(*sum), model, disclosure);
  });
}

struct Shown {
  Figure const* figure = nullptr;
  Value truth{};
  Sum sum{};
};

std::vector<Shown> all_figures(AnswerSet const& set, AnswerSet const& truth, Model& model) {
  std::vector<Shown> out;
  for (std::size_t a = 0; a < set.answers.size(); ++a) {
    REQUIRE(set.answers[a].rows.size() == truth.answers[a].rows.size());
    for (std::size_t r = 0; r < set.answers[a].rows.size(); ++r)
      for (std::size_t f = 0; f < set.answers[a].rows[r].figures.size(); ++f) {
        Figure const& figure = set.answers[a].rows[r].figures[f];
        auto const sum = model.of(figure.indicator, figure.period, where_of(figure));
        Value const value = truth.answers[a].rows[r].figures[f].value;
        if (!sum || !value.is_value()) continue;
        if (is_people(figure.indicator)) REQUIRE(to_double(value.number) == static_cast<double>(model.value(*sum)));
        out.push_back({&figure, value, *sum});
      }
  }
  return out;
}

void judge(std::vector<Shown> const& figures, AnswerSet const& set, Model& model, Disclosure const& disclosure) {
  Known known;
  bool any_small = false;
  std::map<std::string, bool> hidden;
  for (auto const& answer : set.answers) add_absent(answer, model, known);
  Known const absent = known;
  for (auto const& [figure, truth, sum] : figures) {
    bool const is_hidden = figure->value.state == State::suppressed;
    auto const id = figure_id(figure->indicator, figure->period, figure->place);
    INFO(id);
    if (!is_hidden) known.add(sum);
    if (!is_hidden) CHECK(to_text(figure->value.number) == to_text(truth.number));
    bool const small = is_small(*figure, model.value(sum), model, disclosure);
    any_small = any_small || small || has_small_part(*figure, model, disclosure);
    if (small && !sum.empty()) CHECK(is_hidden);
    CHECK(hidden.emplace(id, is_hidden).first->second == is_hidden);
  }
  for (auto const& [figure, truth, sum] : figures) {
    if (figure->indicator != "each" && figure->indicator != "share") continue;
    auto const people = hidden.find(figure_id("visitors", figure->period, figure->place));
    if (people != hidden.end() && people->second) CHECK(figure->value.state == State::suppressed);
  }
  for (auto const& [figure, truth, sum] : figures) {
    if (figure->value.state != State::suppressed) continue;
    INFO(figure_id(figure->indicator, figure->period, figure->place) << " = " << to_text(truth.number));
    CHECK(any_small);
    bool const ratio = figure->indicator == "each" || figure->indicator == "share";  // hidden with their parts only
    bool const nothing = to_double(truth.number) == 0 && !(is_people(figure->indicator) && disclosure.zeros);
    if (!ratio && !nothing && !absent.tells(sum)) CHECK_FALSE(known.tells(sum));
  }
}

void compare(Random& random, int rounds) {
  for (int round = 0; round < rounds; ++round) {
    auto const visits = random_visits(random);
    TestProgramme test;
    add_programme(test, visits);
    std::vector<Question> questions;
    for (std::size_t left = 1 + below(random, 3); left > 0; --left) questions.push_back(random_question(random));
    auto const truth = answer(test.programme, questions, test.environment());
    REQUIRE(truth);
    test.programme.disclosure.threshold = static_cast<std::int64_t>(2 + below(random, 6));
    test.programme.disclosure.zeros = below(random, 5) == 0;
    auto const set = answer(test.programme, questions, test.environment());
    REQUIRE(set);
    Model model(visits);
    std::string said;
    for (auto const& one : set->answers) said += to_csv(one);
    for (auto const& one : truth->answers) said += to_csv(one);
    INFO("round " << round << ", threshold " << *test.programme.disclosure.threshold << '\n' << said);
    judge(all_figures(*set, *truth, model), *set, model, test.programme.disclosure);
  }
}

}  // namespace

TEST_CASE("in random reports nothing hidden follows from what is shown, and nothing is hidden without need",
          "[answer][random][protect]") {
  Random random(20251123);
  compare(random, 60);
}

TEST_CASE("in many random reports nothing hidden follows from what is shown", "[.slow]") {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    Random random(seed);
    compare(random, 100);
  }
}
