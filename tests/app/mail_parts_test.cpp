#include "app/mail_parts.h"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>

#include "charts/lay_out.h"
#include "delivery/mail_document.h"
#include "tests/charts/chart_samples.h"
#include "tests/charts/fake_measurer.h"

namespace yekun {
namespace {

Catalogue catalogue(std::string const& language) {
  auto found = Catalogue::load(language);
  REQUIRE(found);
  return *std::move(found);
}

MailBasis basis(std::string const& language) {
  MailBasis out;
  out.document.title = "Report";
  out.document.period_text = "2025";
  out.document.language = language;
  return out;
}

std::string unfolded(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

std::vector<OutputKind> const kBoth{OutputKind::xlsx, OutputKind::pdf};

TEST_CASE(
    "What is too large to attach is named in each language, with the place where it lies, in the page and the text") {
  std::string const place = "\\\\server\\reports <2025>";
  struct Words {
    std::string language, nowhere, somewhere;
  };
  Words const all[] = {
      {"en", "Too large to attach: a.xlsx", "Too large to attach: a.xlsx. You find it at "},
      {"az", "Əlavə etmək üçün çox böyükdür: a.xlsx", "Əlavə etmək üçün çox böyükdür: a.xlsx. Buradadır: "},
      {"ka", "დასართავად მეტისმეტად დიდია: a.xlsx", "დასართავად მეტისმეტად დიდია: a.xlsx. იხილეთ აქ: "},
      {"ru", "Слишком велико для вложения: a.xlsx", "Слишком велико для вложения: a.xlsx. Находится здесь: "},
      {"tk", "Goşmak üçin örän uly: a.xlsx", "Goşmak üçin örän uly: a.xlsx. Ony şu ýerden tapyp bilersiňiz: "}};
  FileBytes const files{{"a.xlsx", std::string(3'000'000, 'x')}, {"a.pdf", "small"}};
  for (auto const& words : all) {
    MailSpec spec;
    spec.limit_bytes = 2'000'000;
    auto const mail = compose_mail(spec, basis(words.language), catalogue(words.language), files, kBoth, {});
    REQUIRE(mail);
    REQUIRE(mail->attachments.size() == 1);
    CHECK(mail->attachments[0].name == "a.pdf");
    CHECK(unfolded(mail->plain).find(words.nowhere) != std::string::npos);
    CHECK(mail->page.find(words.nowhere) != std::string::npos);
    spec.shared_path = place;
    auto const at = compose_mail(spec, basis(words.language), catalogue(words.language), files, kBoth, {});
    REQUIRE(at);
    CHECK(unfolded(at->plain).find(words.somewhere + place) != std::string::npos);
    CHECK(at->page.find(words.somewhere + "\\\\server\\reports &lt;2025&gt;") != std::string::npos);
  }
}

TEST_CASE("No message is larger than the limit, and what fits is attached") {
  auto const english = catalogue("en");
  std::size_t whole = 0;
  for (std::size_t size = 400'000; size < 560'000; size += 3'001) {
    MailSpec spec;
    spec.limit_bytes = 1'000'000;
    FileBytes const files{{"a.xlsx", std::string(size, 'x')}};
    auto mail = compose_mail(spec, basis("en"), english, files, kBoth, {});
    REQUIRE(mail);
    mail->from = mail->to = {"", "a@example.org"};
    whole += mail->attachments.size();
    CHECK(to_message(*mail).size() <= 1'000'000);
    if (size < 490'000) CHECK(mail->attachments.size() == 1);
  }
  CHECK(whole < 54);  // not all
}

TableBlock indicators() {
  TableBlock out;
  out.kind = TableKind::indicators;
  out.columns = {{"Indicator", "", ColumnRole::label, {}, "indicator"},
                 {"Unit", "", ColumnRole::text, {}, "unit"},
                 {"Value", "", ColumnRole::number, {}, "value"}};
  for (auto const& words :
       {std::array<char const*, 3>{"People", "persons", "9,556"}, {"Share", "%", "92.4%"}, {"Fields", "", "9"}}) {
    auto& row = out.rows.emplace_back();
    for (auto const* text : words) row.cells.emplace_back().text = text;
    row.cells.back().value = Value::of(1.0);
  }
  return out;
}

TEST_CASE("In a mail units stand beside the names of indicators, unless the figures have them") {
  Document document;
  document.blocks = {indicators()};
  auto const mailed = mail_document(document, catalogue("en"), samples::FakeMeasurer{});
  auto const& table = std::get<TableBlock>(mailed.blocks.front());
  CHECK(table.columns.size() == 2);
  CHECK(table.rows[0].cells[0].text == "People, persons");
  CHECK(table.rows[1].cells[0].text == "Share");
  CHECK(table.rows[2].cells[0].text == "Fields");
  CHECK(table.rows[0].cells[1].text == "9,556");
}

/// Laid out for paper.
ChartBlock chart(ChartType type, std::string const& name, double width, Catalogue const& words) {
  ChartBlock out;
  out.spec.type = type;
  out.spec.x = "region";
  out.spec.y = {"people_served"};
  out.spec.horizontal = true;
  std::vector<samples::Row> rows;
  for (auto const* region : {"Quba", "Baku", "Ganja"})
    rows.push_back({0, {region + name}, {samples::whole(std::ssize(rows) + 5)}});
  out.data = chart_data(
      out.spec,
      samples::answer({"region"}, {"people_served"}, samples::periods(PeriodKind::quarter, "2025-07-01", 1), rows),
      samples::programme(), words);
  out.scene = lay_out(out.spec, out.data, {}, words, samples::FakeMeasurer{}, {width, 280});
  return out;
}

TEST_CASE(
    "Charts as wide as the page are laid out narrower for a mail, unless that shortens a name; maps and small ones "
    "stay") {
  auto const words = catalogue("en");
  auto const width = [&](ChartBlock const& block) {
    Document document;
    document.blocks = {block};
    auto const mailed = mail_document(document, words, samples::FakeMeasurer{});
    auto const& scene = std::get<ChartBlock>(mailed.blocks.front()).scene;
    CHECK(scene.shortened.size() <= block.scene.shortened.size());
    CHECK(scene.alt_text == block.scene.alt_text);
    return scene.width_pt;
  };
  CHECK(width(chart(ChartType::bar, "", 483, words)) == 330);
  CHECK(width(chart(ChartType::bar, "", 231, words)) == 231);
  CHECK(width(chart(ChartType::tile_map, "", 483, words)) == 483);
  std::string long_name;
  while (chart(ChartType::bar, long_name, 330, words).scene.shortened.empty()) long_name += 'x';
  REQUIRE(chart(ChartType::bar, long_name, 400, words).scene.shortened.empty());
  CHECK(width(chart(ChartType::bar, long_name, 483, words)) == 400);
  while (chart(ChartType::bar, long_name, 400, words).scene.shortened.empty()) long_name += 'x';
  REQUIRE(chart(ChartType::bar, long_name, 483, words).scene.shortened.empty());
  CHECK(width(chart(ChartType::bar, long_name, 483, words)) == 483);
}

}  // namespace
}  // namespace yekun
