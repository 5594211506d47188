// A document with every kind of block, in any of the five languages, for tests of renderers.
#pragma once

#include <string>
#include <vector>

#include "core/catalogue.h"
#include "reports/document.h"
#include "reports/format.h"

namespace yekun::output_test {

struct SampleWords {
  std::string title, programme, heading, sentence, group, name, label;
};

inline SampleWords words_in(std::string const& language) {
  if (language == "az")
    return {"Sosial xidmətlər: rüblük icmal",
            "Dövlət sosial xidmətləri",
            "Göstəricilər üzrə nəticələr",
            "Rübün sonunda müəssisələrdə şəxslər daimi dövlət təminatında yaşayırdı.",
            "Şəki-Zaqatala",
            "Bərdə",
            "Sakinlər"};
  if (language == "ka")
    return {"სოციალური მუშაობა: კვარტალური ანგარიში",
            "საქართველოს სოციალურ მუშაკთა ასოციაცია",
            "შედეგები ინდიკატორების მიხედვით",
            "კვარტლის ბოლოს მომსახურებას იღებდნენ ბენეფიციარები მთელი ქვეყნის მასშტაბით.",
            "იმერეთი",
            "ქუთაისი",
            "ბენეფიციარები"};
  if (language == "tk")
    return {"Sosial hyzmatlar: çärýeklik hasabat",
            "Jemgyýetde sosial hyzmatlar maksatnamasy",
            "Görkezijiler boýunça netijeler",
            "Çärýegiň ahyrynda hünärmenler ähli etraplarda ýaşaýjylara hyzmat etdiler.",
            "Mary welaýaty",
            "Baýramaly",
            "Ýaşaýjylar"};
  if (language == "ru")
    return {"Социальные услуги: квартальный отчёт",
            "Программа социальных услуг",
            "Результаты по показателям",
            "В конце квартала специалисты обслуживали жителей во всех этрапах.",
            "Марыйский велаят",
            "Байрамали",
            "Жители"};
  return {"Social services: quarterly report",
          "State social services",
          "Results by indicator",
          "At the end of the quarter people lived with permanent state support.",
          "Shaki-Zagatala",
          "Barda",
          "Residents"};
}

inline Cell number_cell(double value, int places, Catalogue const& catalogue) {
  return value_cell(Value::of(value), {.places = places}, catalogue);
}

/// A table of `rows` rows: a label, three numbers and a status; every tenth row starts a group; totals at the end.
inline TableBlock sample_table(std::size_t rows, SampleWords const& words, Catalogue const& catalogue, int number = 1) {
  TableBlock table;
  table.id = "table-" + std::to_string(number);
  table.number = number;
  table.title = words.heading;
  table.subtitle = words.programme;
  table.columns = {{words.label, "", ColumnRole::label, {}, "name"},
                   {words.label, "", ColumnRole::number, {}, "a"},
                   {"%", "", ColumnRole::number, {.percent = true, .places = 1}, "b"},
                   {catalogue.text("label.target"), "", ColumnRole::number, {}, "c"},
                   {catalogue.text("label.status"), "", ColumnRole::status, {}, "status"}};
  for (std::size_t r = 0; r < rows; ++r) {
    if (r % 10 == 0) {
      TableRow group{RowKind::group, 0, {yekun::words(words.group + " " + std::to_string(r / 10))}};
      group.cells.resize(5);
      table.rows.push_back(std::move(group));
    }
    double const value = static_cast<double>((r * 7919) % 20011);
    TableRow row{RowKind::data, 1, {yekun::words(words.name + " " + std::to_string(r))}};
    row.cells.push_back(number_cell(value, 0, catalogue));
    row.cells.push_back(value_cell(r % 7 == 3 ? Value::missing() : Value::of(value / 20011),
                                   {.percent = true, .places = 1}, catalogue));
    row.cells.push_back(number_cell(value * 1.1, 2, catalogue));
    Cell status;
    status.status = r % 3 == 0 ? Status::met : r % 3 == 1 ? Status::on_track : Status::behind;
    status.text = status_text(status.status, catalogue);
    row.cells.push_back(status);
    if (r % 9 == 4) row.cells[1].marks = {"partial"};
    table.rows.push_back(std::move(row));
  }
  TableRow total{RowKind::total, 0, {yekun::words(catalogue.text("label.total"))}};
  total.cells.push_back(number_cell(123456, 0, catalogue));
  total.cells.resize(5);
  table.rows.push_back(std::move(total));
  table.notes = {words.sentence};
  return table;
}

inline Scene sample_scene(SampleWords const& words, double width) {
  Scene scene;
  scene.width_pt = width;
  scene.height_pt = 120;
  scene.font = "Noto Sans";
  scene.title = words.heading;
  scene::Group group{"bar", "", "", {}};
  for (int i = 0; i < 5; ++i)
    group.marks.push_back(scene::Rect{{20 + 40.0 * i, 100 - 15.0 * i, 30, 15.0 * i + 10}, {0, 114, 178}});
  group.marks.push_back(scene::Text{{20, 14}, words.label, 9, true, {51, 51, 51}});
  scene.groups = {group};
  return scene;
}

inline Document sample_document(std::string const& language, std::size_t rows = 30) {
  auto const catalogue = Catalogue::load(language);
  SampleWords const words = words_in(language);
  Document document;
  document.stem = "sample-" + language;
  document.language = language;
  document.title = words.title;
  document.programme = words.programme;
  document.period_text = catalogue->locale().period(period_at(PeriodKind::quarter, date_of(2025, 7, 1), {}));
  document.as_of = date_of(2025, 10, 5);
  document.as_of_text = catalogue->locale().date_long(document.as_of);
  document.marks = mark_texts(*catalogue);
  document.blocks.emplace_back(Heading{1, words.heading, "section-1"});
  KpiRow kpis;
  for (int i = 0; i < 3; ++i) {
    Kpi kpi;
    kpi.label = words.label;
    kpi.value = number_cell(1131 + i, 0, *catalogue);
    kpi.unit = catalogue->text("unit.people.name");
    kpi.change = value_cell(Value::of(0.014 - 0.02 * i), {.percent = true, .places = 1, .sign = true}, *catalogue);
    kpi.change_to = document.period_text;
    kpis.kpis.push_back(std::move(kpi));
  }
  document.blocks.emplace_back(std::move(kpis));
  Paragraph paragraph;
  for (int i = 0; i < 6; ++i) {
    paragraph.runs.push_back({words.sentence + " "});
    paragraph.runs.push_back({catalogue->locale().whole(1131 + i) + " ", true, false, "", "residents@2025-Q3"});
  }
  paragraph.runs.push_back({"example.org", false, true, "https://example.org/"});
  Paragraph bullet{ParagraphKind::bullet, 0, 0, {{words.sentence}}};
  Paragraph numbered{ParagraphKind::numbered, 0, 2, {{words.sentence}}};
  document.blocks.emplace_back(Narrative{{paragraph, bullet, numbered}});
  document.blocks.emplace_back(sample_table(rows, words, *catalogue));
  document.blocks.emplace_back(Heading{2, words.group, "section-2"});
  for (int i = 0; i < 3; ++i) {
    ChartBlock chart;
    chart.id = "chart-" + std::to_string(i + 1);
    chart.number = i + 1;
    chart.share = i == 0 ? 1.0 : 0.5;
    chart.title = words.heading;
    chart.alt_text = words.heading + " " + std::to_string(i + 1);
    chart.scene = sample_scene(words, i == 0 ? 483 : 231);
    document.blocks.emplace_back(std::move(chart));
  }
  return document;
}

}  // namespace yekun::output_test
