#include "reports/member_names.h"

#include <catch2/catch.hpp>
#include <random>
#include <set>

using namespace yekun;

namespace {

std::string name_of(std::string const& value) { return member_names({value}).at(value); }

}  // namespace

TEST_CASE("values of any script get names in plain Latin letters", "[reports]") {
  CHECK(name_of("Quba") == "Quba");
  CHECK(name_of("region-7") == "region-7");
  CHECK(name_of("Şəki") == "Seki");
  CHECK(name_of("İsmayıllı") == "Ismayilli");
  CHECK(name_of("თბილისი") == "tbilisi");
  CHECK(name_of("კახეთი") == "kakheti");
  CHECK(name_of("Москва") == "Moskva");
  CHECK(name_of("Ahal welaýaty") == "Ahal-welayaty");
  CHECK(name_of("../../etc/passwd") == "etc-passwd");
  CHECK(name_of("a\nb\tc") == "a-b-c");
}

TEST_CASE("a value without letters and one that is too long are told apart by their hash", "[reports]") {
  CHECK(name_of("—") != name_of("…"));
  CHECK(name_of("—").substr(0, 6) == "value-");
  CHECK(name_of("—").size() == 12);
  std::string const long_one(300, 'a');
  CHECK(name_of(long_one).size() == 60);
  CHECK(name_of(long_one) != name_of(long_one + "b"));
  CHECK(name_of(std::string(60, 'a')) == std::string(60, 'a'));
}

TEST_CASE("values whose names are alike are told apart and the plain one keeps its name", "[reports]") {
  auto const names = member_names({"Şəki", "Seki", "Baku"});
  CHECK(names.at("Seki") == "Seki");
  CHECK(names.at("Baku") == "Baku");
  CHECK(names.at("Şəki").substr(0, 5) == "Seki-");
  CHECK(names.at("Şəki").size() == 11);
  auto const cases = member_names({"Quba", "QUBA"});  // one file on Windows and macOS
  CHECK(cases.at("Quba").substr(0, 5) == "Quba-");
  CHECK(cases.at("QUBA").substr(0, 5) == "QUBA-");
  CHECK(cases.at("Quba").substr(5) != cases.at("QUBA").substr(5));
}

TEST_CASE("a name does not depend on the order of the values nor on those that are not like it", "[reports]") {
  auto const one = member_names({"Şəki", "Seki", "Quba", "თბილისი"});
  auto const two = member_names({"თბილისი", "Seki", "Şəki"});
  CHECK(two.at("Şəki") == one.at("Şəki"));
  CHECK(two.at("თბილისი") == one.at("თბილისი"));
}

TEST_CASE("names of random values are different, short and plain", "[reports]") {
  std::mt19937 random(7);
  std::vector<std::string> const letters{"a", "A", "-", " ", "/", "ş", "S", "ə", "e", "ж", "ქ", "—", "..", "7", "\xff"};
  std::set<std::string> values;
  while (values.size() < 3000) {
    std::string value;
    for (auto n = random() % 5 + 1; n > 0; --n) value += letters[random() % letters.size()];
    values.insert(value);
  }
  auto const names = member_names({values.begin(), values.end()});
  std::set<std::string> seen;
  for (auto const& [value, name] : names) {
    std::string lower;
    for (char const c : name) lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    CAPTURE(value, name);
    REQUIRE(seen.insert(lower).second);
    REQUIRE(name.size() <= 60);
    REQUIRE(name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") ==
            std::string::npos);
    REQUIRE(name.front() != '-');
    REQUIRE(name.back() != '-');
  }
  CHECK(names.size() == values.size());
}
