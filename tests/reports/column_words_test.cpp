#include "reports/column_words.h"

#include <catch2/catch.hpp>

#include "reports/proposal.h"

using namespace yekun;

TEST_CASE("a heading suggests what its column holds, in five languages") {
  CHECK(hints_of("Client ID") == std::set{Hint::person, Hint::identifier});
  CHECK(hints_of("İştirakçı").contains(Hint::person));
  CHECK(hints_of("Дата рождения").contains(Hint::birth));
  CHECK(hints_of("რეგიონი").contains(Hint::place));
  CHECK(hints_of("Hünärmen").contains(Hint::person));
  CHECK(hints_of("left_on").contains(Hint::end));
  CHECK(hints_of("#reached+f").contains(Hint::people));
  CHECK(hints_of("plan") == std::set{Hint::planned});
}

TEST_CASE("a word within another suggests nothing") {
  CHECK(hints_of("package").empty());
  CHECK_FALSE(hints_of("message").contains(Hint::age));
  CHECK_FALSE(hints_of("region").contains(Hint::person));
}

TEST_CASE("values that mean present are known, others are not") {
  CHECK(means_attended("İştirak etdi"));
  CHECK(means_attended("присутствовал"));
  CHECK_FALSE(means_attended("absent"));
}

TEST_CASE("plain names keep to small Latin letters, digits and _") {
  CHECK(plain_name("Ünvan kodu") == "unvan_kodu");
  CHECK(plain_name("1st") == "_1st");
  CHECK(plain_name("_uuid") == "_uuid");
  CHECK(plain_name("???").empty());
  CHECK(plain_title("home-services") == "Home services");
  CHECK(plain_title("person/target_groups/child") == "Child");
  CHECK(plain_title("Women / adults") == "Women / adults");
  CHECK(in_expression("end") == "\"end\"");
  CHECK(in_expression("Say \"hi\"") == "\"Say \"\"hi\"\"\"");
  CHECK(in_expression("hours") == "hours");
}

TEST_CASE("the first report's period has data nearly up to its end") {
  auto const until = [](Date first, Date last, Date as_of) {
    Proposal proposal;
    ProposedDataset dataset;
    dataset.date = {"day"};
    dataset.first = first;
    dataset.last = last;
    proposal.datasets = {dataset};
    return propose_period(proposal, as_of);
  };
  auto const day = [](char const* text) { return *parse_iso_date(text); };
  CHECK(until(day("2024-07-01"), day("2025-09-29"), day("2026-01-01")).label == "2025-Q3");
  CHECK(until(day("2024-07-01"), day("2025-08-01"), day("2026-01-01")).label == "2025-Q2");
  CHECK(until(day("2024-07-01"), day("2099-01-01"), day("2025-03-31")).label == "2025-Q1");  // a slip in a date
  CHECK(until(day("2025-03-03"), day("2025-03-07"), day("2026-01-01")).range == "2025-03-03..2025-03-07");
  CHECK(until(day("2015-01-01"), day("2025-12-30"), day("2026-01-01")).label == "2025");
  CHECK(until(day("2026-01-01"), day("2026-02-01"), day("2025-01-01")).label.empty());
}
