#include "reports/composer.h"

#include <fmt/format.h>

#include <algorithm>

#include "charts/lay_out.h"
#include "reports/labels.h"
#include "reports/page.h"

namespace yekun {

namespace {

NarrativeValue words_value(std::string text) {
  NarrativeValue value;
  value.text = std::move(text);
  value.is_text = true;
  return value;
}

/// ASCII letters, digits and hyphens; everything else is a hyphen.
std::string to_anchor(std::string_view wish) {
  std::string anchor;
  for (char const c : wish) {
    bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain)
      anchor += c;
    else if (!anchor.empty() && anchor.back() != '-')
      anchor += '-';
  }
  while (!anchor.empty() && anchor.back() == '-') anchor.pop_back();
  return anchor.empty() ? "part" : anchor;
}

}  // namespace

Composer::Composer(Programme const& programme, ReportSpec const& report, AnswerSet const& answers,
                   ComposeContext const& context, ReportPlan plan)
    : programme_(programme),
      report_(report),
      answers_(answers),
      context_(context),
      catalogue_(context.catalogue),
      locale_(context.catalogue.locale()),
      plan_(std::move(plan)) {}

Result<Document> Composer::compose() {
  headline_ = answer_to(plan_.headline);
  history_ = answer_to(plan_.history);
  set_values();
  describe();
  std::size_t const appendix = restatements_before();
  for (std::size_t i = 0; i < report_.sections.size(); ++i) {
    if (i == appendix) add_restatements();
    add_section(report_.sections[i], i);
  }
  if (appendix == report_.sections.size()) add_restatements();
  mark_restated();
  resolve_references();
  if (has_errors(errors_)) return failure(std::move(errors_));
  return std::move(document_);
}

std::optional<Answer> Composer::answer_to(std::optional<std::size_t> question) const {
  if (!question || *question >= answers_.answers.size()) return {};
  return slice(answers_.answers[*question], plan_.asked[*question], report_.for_each, context_.member);
}

Figure const* Composer::headline(std::string const& indicator) const {
  if (!headline_ || headline_->rows.empty()) return nullptr;
  for (auto const& figure : headline_->rows.front().figures)
    if (figure.indicator == indicator) return &figure;
  return nullptr;
}

void Composer::set_values() {
  values_["period"] = words_value(locale_.period(context_.period));
  values_["previous_period"] = words_value(locale_.period(previous(context_.period, programme_.fiscal)));
  values_["programme"] = words_value(std::string(text_in(programme_.title, locale_.language())));
  values_["as_of"] = words_value(locale_.date_long(context_.as_of));
  values_["group"] = words_value(report_.for_each.empty() || context_.member.empty()
                                     ? text("label.all")
                                     : value_label(programme_, report_.for_each, context_.member, locale_.language()));
  if (!headline_) return;
  for (auto const& name : headline_->indicators) {
    Indicator const* indicator = programme_.indicator(name);
    Figure const* figure = headline(name);
    if (indicator == nullptr) continue;
    static Figure const kAbsent{};
    Figure const& f = figure == nullptr ? kAbsent : *figure;
    NumberShape const shape = shape_of(*indicator);
    auto const set = [&](std::string const& key, std::optional<Value> const& value, NumberShape const& as) {
      values_[key] = {value.value_or(Value::missing()), as, f.id};
    };
    set(name, f.value, shape);
    set(name + "_target", f.target, shape);
    set(name + "_previous", f.previous, shape);
    set(name + "_last_year", f.last_year, shape);
    set(name + "_baseline", f.baseline, shape);
    set(name + "_cumulative", f.cumulative, shape);
    set(name + "_change", f.change, change_shape(*indicator, f.kind));
    set(name + "_achievement", f.achievement, achievement_shape());
  }
}

void Composer::describe() {
  std::string const& language = locale_.language();
  document_.language = language;
  document_.stem = fmt::format("{}-{}{}-{}", report_.id, context_.period.label,
                               context_.member_name.empty() ? "" : "-" + context_.member_name, language);
  document_.title = line(report_.title, report_.place);
  document_.subtitle = line(report_.subtitle, report_.place);
  document_.programme = std::string(text_in(programme_.title, language));
  document_.period = context_.period;
  document_.period_text = locale_.period(context_.period);
  if (!context_.member.empty()) document_.period_text = values_["group"].text + " · " + document_.period_text;
  document_.as_of = context_.as_of;
  document_.as_of_text = text("label.as_of", {{"date", locale_.date_long(context_.as_of)}});
  if (!report_.status.empty()) document_.status = text("label.draft");
  for (auto const& partner : programme_.partners) document_.partners.emplace_back(text_in(partner, language));
  document_.logo_png = context_.theme.logo_png.empty() ? context_.logo_png : context_.theme.logo_png;
  document_.author = context_.author;
  document_.theme = context_.theme;
  document_.contents = report_.contents;
  document_.paper = report_.paper;
  document_.marks = mark_texts(catalogue_);
  document_.provenance.version = context_.version;
  document_.provenance.command = context_.command;
  document_.provenance.spec_sha256 = context_.spec_sha256;
  document_.provenance.receipt = context_.receipt;
  document_.provenance.as_of = to_iso(context_.as_of);
  for (auto const& facts : answers_.datasets)
    for (auto const& file : facts.summary.files) {
      auto& all = document_.provenance.files;
      bool const known = std::any_of(all.begin(), all.end(), [&](auto const& f) { return f.name == file.name; });
      if (!known) all.push_back({file.name, file.rows, file.bytes, file.sha256});
    }
}

void Composer::note_target(Section const& section, std::size_t first) {
  if (section.id.empty()) return;
  auto const number = [](int n) { return MessageArguments{{"n", static_cast<std::int64_t>(n)}}; };
  Target heading;
  for (std::size_t i = first; i < document_.blocks.size(); ++i) {
    Block const& block = document_.blocks[i];
    if (auto const* table = std::get_if<TableBlock>(&block)) {
      targets_[section.id] = {text("report.table", number(table->number)), "table-" + table->id};
      return;
    }
    if (auto const* chart = std::get_if<ChartBlock>(&block)) {
      targets_[section.id] = {text("report.figure", number(chart->number)), "figure-" + chart->id};
      return;
    }
    auto const* explore = std::get_if<ExploreBlock>(&block);
    auto const* one = explore != nullptr ? &explore->heading : std::get_if<Heading>(&block);
    if (one != nullptr) heading = {one->text, one->anchor};
  }
  if (!heading.text.empty()) targets_[section.id] = std::move(heading);
}

void Composer::resolve_references() {
  for (auto& block : document_.blocks) {
    auto* const narrative = std::get_if<Narrative>(&block);
    if (narrative == nullptr) continue;
    for (auto& paragraph : narrative->paragraphs)
      for (auto& run : paragraph.runs) {
        if (run.target.empty()) continue;
        auto const found = targets_.find(run.target);
        if (found == targets_.end()) {
          Diagnostic error;
          error.code = "unknown-reference";
          error.place = report_.place;
          error.message = fmt::format(
              "'{{ref:{}}}' has nothing to refer to: its section shows no table, chart or heading", run.target);
          errors_.push_back(std::move(error));
          continue;
        }
        run.text = found->second.text;
        run.target = found->second.anchor;
      }
  }
}

void Composer::add_section(Section const& section, std::size_t index) {
  std::size_t const first = document_.blocks.size();
  if (auto const* turn = std::get_if<BreakSection>(&section.content)) {
    landscape_ = turn->landscape;
    document_.blocks.emplace_back(PageBreak{turn->landscape});
  }
  auto const answer = answer_to(plan_.section[index]);
  if (auto const* explore = std::get_if<ExploreSection>(&section.content)) {
    if (answer) add_explore(section, *explore, *answer);
    note_target(section, first);
    return;
  }
  std::string const heading = line(section.heading, section.place);
  if (!heading.empty())
    document_.blocks.emplace_back(Heading{section.level, heading, unique_id(fmt::format("section-{}", index + 1))});
  if (auto const* kpis = std::get_if<KpiSection>(&section.content)) add_kpis(*kpis);
  if (auto const* words_ = std::get_if<TextSection>(&section.content)) add_text(*words_);
  if (auto const* table = std::get_if<TableSection>(&section.content); table != nullptr && answer)
    add_table(section, *table, *answer);
  if (auto const* chart = std::get_if<ChartSection>(&section.content); chart != nullptr && answer)
    add_chart(section, *chart, *answer);
  if (auto const* frame = std::get_if<LogframeSection>(&section.content)) add_logframe(section, *frame);
  if (auto const* quality = std::get_if<DataQualitySection>(&section.content)) add_data_quality(*quality);
  if (auto const* meaning = std::get_if<DefinitionsSection>(&section.content)) add_definitions(*meaning);
  if (std::holds_alternative<ProvenanceSection>(section.content)) add_provenance();
  note_target(section, first);
  std::string const note = line(section.note, section.place);
  bool const in_table = std::holds_alternative<TableSection>(section.content);
  if (!note.empty() && !in_table)
    document_.blocks.emplace_back(Narrative{{Paragraph{ParagraphKind::note, 0, 0, {TextRun{note}}}}});
}

void Composer::add_text(TextSection const& section) {
  std::string const pattern(text_in(section.text, locale_.language()));
  auto paragraphs = write_narrative(pattern, values_, catalogue_);
  if (!paragraphs) {
    Diagnostic error;
    error.code = "text";
    auto const place = section.places.find(locale_.language());
    if (place != section.places.end()) error.place = place->second;
    error.message = paragraphs.error();
    errors_.push_back(std::move(error));
    return;
  }
  for (auto const& paragraph : *paragraphs)
    for (auto const& run : paragraph.runs)
      if (!run.figure.empty()) show_indicator(run.figure.substr(0, run.figure.find('@')));
  document_.blocks.emplace_back(Narrative{std::move(*paragraphs)});
}

void Composer::add_chart(Section const& section, ChartSection const& content, Answer const& answer) {
  ChartSpec spec = content.chart;
  std::string const& language = locale_.language();
  LocalText const& title = spec.title.empty() ? section.title : spec.title;
  if (!title.empty()) spec.title = {{language, line(title, spec.place)}};
  if (!spec.subtitle.empty()) spec.subtitle = {{language, line(spec.subtitle, spec.place)}};
  if (!spec.source.empty()) spec.source = {{language, line(spec.source, spec.place)}};
  ChartBlock block;
  block.id = unique_id(fmt::format("chart-{}", figures_ + 1));
  block.data = chart_data(spec, answer, programme_, catalogue_);
  double const width = chart_width(page_geometry(report_.paper, landscape_, context_.theme.margin_pt), content.share);
  block.scene =
      lay_out(spec, block.data, context_.theme, catalogue_, context_.measurer, chart_size(spec, block.data, width),
              context_.tooltips ? Tooltips::written : Tooltips::left_out);
  block.title = block.data.title;
  block.alt_text = block.scene.alt_text;
  block.share = content.share;
  block.number = ++figures_;
  block.spec = std::move(spec);
  for (auto const& id : block.spec.y) show_indicator(id);
  document_.blocks.emplace_back(std::move(block));
}

std::string Composer::text(std::string_view key, MessageArguments const& arguments) const {
  return catalogue_.text(key, arguments);
}

std::string Composer::line(LocalText const& local, Place const& place) {
  std::string const pattern(text_in(local, locale_.language()));
  if (pattern.empty()) return {};
  auto written = write_line(pattern, values_, catalogue_);
  if (written) return std::move(*written);
  Diagnostic error;
  error.code = "text";
  error.place = place;
  error.message = written.error();
  errors_.push_back(std::move(error));
  return {};
}

std::string Composer::label(std::string const& indicator) const {
  return indicator_label(programme_, indicator, locale_.language());
}

std::string Composer::unique_id(std::string const& wish) {
  std::string const base = to_anchor(wish);
  std::string id = base;
  for (int n = 2; !ids_.insert(id).second; ++n) id = fmt::format("{}-{}", base, n);
  return id;
}

void Composer::number_table(TableBlock& table) {
  table.number = ++tables_;
  table.id = unique_id(table.id.empty() ? fmt::format("table-{}", tables_) : table.id);
}

void Composer::show_indicator(std::string const& id) {
  if (programme_.indicator(id) != nullptr && std::find(shown_.begin(), shown_.end(), id) == shown_.end())
    shown_.push_back(id);
}

Result<Document> compose(Programme const& programme, ReportSpec const& report, AnswerSet const& answers,
                         ComposeContext const& context) {
  auto plan = plan_report(programme, report, context.period);
  if (!plan) return failure(plan.error());
  return Composer(programme, report, answers, context, std::move(*plan)).compose();
}

std::vector<std::string> members(Programme const& programme, ReportSpec const& report, AnswerSet const& answers,
                                 Locale const& locale) {
  if (report.for_each.empty()) return {};
  std::set<std::string> found;
  for (auto const& answer : answers.answers)
    for (auto const& row : answer.rows)
      if (!row.key.empty() && row.key.front().value && !row.key.front().value->empty())
        found.insert(*row.key.front().value);
  std::vector<std::string> all(found.begin(), found.end());
  sort_values(programme, report.for_each, locale, all);
  return all;
}

}  // namespace yekun
