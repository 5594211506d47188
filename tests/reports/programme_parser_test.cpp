#include "reports/programme_parser.h"

#include <catch2/catch.hpp>

using namespace yekun;

namespace {

std::string problems_of(std::string const& text) {
  auto const parsed = parse_programme(text, "programme.json");
  std::string out;
  for (auto const& one : parsed.notes.problems) out += to_text(one, false);
  return out;
}

/// A programme with one dataset and what the test puts in its place.
std::string with_indicator(std::string const& indicator) {
  return R"~({"programme": {"id": "p", "title": "P"},
 "datasets": {"d": {"source": "d.csv"}},
 "indicators": {"i": )~" +
         indicator + "}}";
}

std::string with_dataset(std::string const& dataset) {
  return R"~({"programme": {"id": "p", "title": "P"},
 "datasets": {"d": )~" +
         dataset + R"~(},
 "indicators": {}})~";
}

}  // namespace

TEST_CASE("the sketch of a programme parses into its parts", "[reports]") {
  auto const parsed = parse_programme(R"~({
  "$schema": "../schemas/programme.schema.json", "x-note": {"anything": [1]}, // a comment
  "programme": {"id": "az-social-services", "title": {"az": "Sosial", "en": "Social"}, "languages": ["az", "en"],
    "timezone": "Asia/Baku", "fiscal_year": {"start": "04-01", "named": "end"}, "start": "2020-01-01",
    "partners": ["Fund", {"az": "Nazirlik", "en": "Ministry"}], "disclosure": {"threshold": 5, "zeros": true}},
  "datasets": {
    "occupancy": {"source": "data/occupancy-*.csv", "date": "date", "key": ["date", "enterprise"],
      "columns": {"date": "date", "enterprise": "text", "capacity": "integer",
        "residents": {"type": "integer", "from": "People", "missing": ["-"]}},
      "lookup": {"enterprise": "enterprises.code", "region,year": "population.region,year",
        "rate": {"to": "rates.currency", "on": "money", "date": "date", "valid_from": "since"},
        "living": {"to": "services.place", "on": "enterprise", "date": "date", "census": ["from", "to"]}},
      "derived": {"free": "capacity - residents"},
      "rules": [{"id": "over-capacity", "expect": "residents <= capacity", "severity": "warning"},
        {"id": "size", "range": [0, null], "column": "capacity"}]},
    "services": {"source": {"file": "s.xlsx", "sheet": "List", "header": 2, "decimal": ","},
      "date": ["from", "to"], "personal": ["person_id", "birth_date"], "columns": {"birth_date": "date"},
      "reported_by": [], "rows": "pseudonymous"}},
  "dimensions": {"age_group": {"of": "age(birth_date, date)", "bands": [0, 5, 12], "order": "natural"},
    "place": {"levels": ["region", "district"]}},
  "indicators": {
    "residents": {"dataset": "occupancy", "measure": "sum(residents)", "over_time": "last", "unit": "people"},
    "rate": {"formula": "residents / residents", "unit": "percent", "direction": "decrease"},
    "people_served": {"dataset": "services", "measure": "count(distinct person_id)", "where": "status = 'delivered'",
      "baseline": {"2019": 8200}, "targets": {"2025": 9000.5}, "target_is": "to_date"},
    "everyone": {"people": ["services.person_id", "training.participant_id"]}},
  "results": [{"level": "outcome", "title": "Better lives", "indicators": ["residents"]}]})~",
                                      "a/programme.json");
  REQUIRE(parsed.notes.problems.empty());
  auto const& p = parsed.programme;
  CHECK(p.folder == "a");
  CHECK(p.fiscal.start_month == 4);
  CHECK(p.fiscal.named_by_end);
  CHECK(p.start == date_of(2020, 1, 1));
  CHECK(p.partners.at(0).at("") == "Fund");
  CHECK(p.partners.at(1).at("az") == "Nazirlik");
  CHECK(p.disclosure.threshold == 5);
  auto const& occupancy = *p.dataset("occupancy");
  CHECK(occupancy.source.files == std::vector<std::string>{"data/occupancy-*.csv"});
  CHECK(occupancy.column("residents")->from == "People");
  CHECK(occupancy.column("residents")->missing == std::vector<std::string>{"-"});
  REQUIRE(occupancy.lookups.size() == 4);
  CHECK(occupancy.lookups[0].target_columns == std::vector<std::string>{"code"});
  CHECK(occupancy.lookups[1].name == "population");
  CHECK(occupancy.lookups[1].columns == std::vector<std::string>{"region", "year"});
  CHECK(occupancy.lookups[3].census == std::vector<std::string>{"from", "to"});
  CHECK(occupancy.lookups[3].valid_from == "since");
  CHECK(occupancy.lookups[2].columns == std::vector<std::string>{"money"});
  CHECK(occupancy.rules[1].least == 0.0);
  CHECK_FALSE(occupancy.rules[1].most);
  auto const& services = *p.dataset("services");
  CHECK(services.column("person_id")->personal);
  CHECK(services.column("birth_date")->personal);
  CHECK(services.column("birth_date")->type == Type::date);
  CHECK(services.reported_by == std::vector<std::string>{});
  CHECK(services.source.dialect.decimal == ',');
  CHECK(p.dimension("age_group")->bands == std::vector<std::int64_t>{0, 5, 12});
  CHECK(p.indicator("residents")->over_time == OverTime::last);
  CHECK(p.indicator("rate")->unit.places == 1);
  CHECK(p.indicator("people_served")->baseline_period == "2019");
  CHECK(p.indicator("people_served")->targets.at(0).target == Decimal{9'000'500'000});
  CHECK(p.indicator("everyone")->union_of.size() == 2);
  CHECK(p.results.at(0).level == "outcome");
}

TEST_CASE("all mistakes of a programme are reported at once, in the order of their places", "[reports]") {
  CHECK(problems_of(R"~({"programme": {"id": "P 1", "tittle": "x"},
  "datasets": {"d": {"source": "d.csv", "date": 5}},
  "indicators": {"i": {"dataset": "d", "measure": "count(*)", "unit": "peple"}}})~") ==
        R"~(programme.json:1:22: error[bad-name]: 'P 1' cannot be a programme's id
  {"programme": {"id": "P 1", "tittle": "x"},
                       ^
  hint: use small letters a-z, digits, - and _
programme.json:1:29: error[unknown-key]: unknown key 'tittle' in 'programme'
  {"programme": {"id": "P 1", "tittle": "x"},
                              ^
  hint: did you mean 'title'?
programme.json:2:49: error[wrong-type]: expected a text or a list of texts for 'date', found a number
    "datasets": {"d": {"source": "d.csv", "date": 5}},
                                                  ^
programme.json:3:71: error[unknown-unit]: unknown unit 'peple'
    "indicators": {"i": {"dataset": "d", "measure": "count(*)", "unit": "peple"}}}
                                                                        ^
  hint: did you mean 'people'?
)~");
}

TEST_CASE("an indicator says how it is computed in exactly one way", "[reports]") {
  CHECK(problems_of(with_indicator("{}")) ==
        R"~(programme.json:3:22: error[missing-key]: indicator 'i' needs 'measure', 'formula' or 'people'
   "indicators": {"i": {}}}
                       ^
)~");
  CHECK(problems_of(with_indicator(R"~({"measure": "count(*)"})~")) ==
        R"~(programme.json:3:22: error[missing-key]: 'dataset' is missing in indicator 'i'
   "indicators": {"i": {"measure": "count(*)"}}}
                       ^
)~");
}

TEST_CASE("a connection that holds a password is refused", "[reports]") {
  CHECK(problems_of(with_dataset(R"~({"source": {"connection": "host=db password=x", "table": "t"}})~")) ==
        R"~(programme.json:2:46: error[secret-in-spec]: a connection must not hold a password
   "datasets": {"d": {"source": {"connection": "host=db password=***", "table": "t"}}},
                                               ^
  hint: name a service, or let the environment give the password
)~");
}
