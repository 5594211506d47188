#include "reports/schedule_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "reports/deliver_parser.h"
#include "reports/spec_file.h"
#include "reports/spec_reader.h"

namespace yekun {
namespace {

constexpr std::array<std::string_view, 7> kWeekdays{"monday", "tuesday",  "wednesday", "thursday",
                                                    "friday", "saturday", "sunday"};

std::vector<JsonNode> items_of(JsonNode const& node) {
  return node.kind == JsonKind::array ? node.items : std::vector<JsonNode>{node};
}

void parse_holidays(ObjectReader& reader, WorkCalendar& out) {
  std::vector<std::string> days;
  auto const* node = reader.texts("holidays", days, Empty::allowed);
  if (node == nullptr) return;
  for (auto const& item : items_of(*node)) {
    if (auto const day = parse_iso_date(item.text))
      out.holidays.insert(*day);
    else
      reader.notes().error(item.place, "bad-date", fmt::format("'{}' is not a date", item.text),
                           "write it as 2026-03-20");
  }
}

void parse_rest_days(ObjectReader& reader, WorkCalendar& out) {
  std::vector<std::string> days;
  auto const* node = reader.texts("rest_days", days, Empty::allowed);
  if (node == nullptr) return;
  out.rest_days.clear();
  for (auto const& item : items_of(*node)) {
    auto const at = std::find(kWeekdays.begin(), kWeekdays.end(), item.text);
    if (at != kWeekdays.end())
      out.rest_days.insert(static_cast<int>(at - kWeekdays.begin()) + 1);
    else
      unknown_word(item, "rest_days", std::vector<std::string>(kWeekdays.begin(), kWeekdays.end()), reader.notes());
  }
  if (out.rest_days.size() == kWeekdays.size())
    reader.notes().error(node->place, "no-working-day", "a week needs a day that is not one of 'rest_days'");
}

void parse_when(ObjectReader& reader, ScheduledJob& job) {
  std::string every;
  std::string on;
  std::string at;
  reader.required("every");
  reader.required("on");
  reader.required("at");
  auto const* node = reader.text("every", every);
  auto const* day = reader.text("on", on);
  auto const* time = reader.text("at", at);
  if (node == nullptr || day == nullptr || time == nullptr) return;
  auto const rule = parse_rule(every, on, at);
  if (rule) {
    job.when = *rule;
    return;
  }
  bool const about_time = rule.error().find("time of day") != std::string::npos;
  bool const about_day = rule.error().find("not a day") != std::string::npos;
  reader.notes().error(about_time ? time->place : about_day ? day->place : node->place, "bad-rule", rule.error());
}

ScheduledJob parse_job(JsonNode const& node, SpecNotes& notes) {
  ScheduledJob out;
  out.place = node.place;
  ObjectReader reader(node, "a job", notes);
  reader.required("id");
  reader.text("id", out.id);
  reader.required("report");
  reader.text("report", out.report);
  parse_when(reader, out);
  auto const* period = reader.text("period", out.period);
  if (period != nullptr) {
    auto const read = parse_period(out.period, PeriodContext{{}, date_of(2025, 1, 15)});
    if (!read) notes.error(period->place, "bad-period", read.error());
  }
  std::int64_t days = out.useful_days;
  if (reader.whole("useful_days", 0, 366, days) != nullptr) out.useful_days = static_cast<int>(days);
  reader.finish();
  return out;
}

void parse_jobs(JsonNode const& node, std::vector<ScheduledJob>& out, SpecNotes& notes) {
  if (node.kind != JsonKind::array) return wrong_type(node, "jobs", "a list", notes);
  for (auto const& item : node.items) {
    auto job = parse_job(item, notes);
    bool const twice = std::any_of(out.begin(), out.end(), [&](auto const& one) { return one.id == job.id; });
    if (twice && !job.id.empty())
      notes.error(job.place, "duplicate-job", fmt::format("two jobs are called '{}'", job.id),
                  "what was sent is remembered by this name; give each its own");
    out.push_back(std::move(job));
  }
}

void parse_notices(JsonNode const& node, std::optional<NoticeSpec>& out, SpecNotes& notes) {
  ObjectReader reader(node, "notices", notes);
  auto const* from = reader.required("from");
  auto const* to = reader.required("to");
  auto const* through = reader.required("through");
  reader.finish();
  NoticeSpec made;
  auto const sender = from == nullptr ? std::nullopt : read_address(*from, "from", notes);
  auto const reader_address = to == nullptr ? std::nullopt : read_address(*to, "to", notes);
  if (through != nullptr) made.through = parse_through(*through, notes);
  if (!sender || !reader_address) return;
  made.from = *sender;
  made.to = *reader_address;
  out = std::move(made);
}

void parse_root(JsonNode const& root, ScheduleSpec& out, SpecNotes& notes) {
  ObjectReader reader(root, "a schedule", notes);
  reader.optional("$schema");
  reader.required("timezone");
  auto const* zone = reader.text("timezone", out.timezone);
  if (zone != nullptr)
    if (auto const loaded = TimeZone::load(out.timezone); !loaded)
      notes.error(zone->place, "unknown-timezone", loaded.error(), "write a name such as Asia/Baku");
  parse_holidays(reader, out.calendar);
  parse_rest_days(reader, out.calendar);
  reader.text("ledger", out.ledger);
  if (auto const* who = reader.optional("notices")) parse_notices(*who, out.notices, notes);
  if (auto const* jobs = reader.required("jobs")) parse_jobs(*jobs, out.jobs, notes);
  reader.finish();
}

}  // namespace

Result<ScheduleSpec> parse_schedule(std::string const& text, std::string const& file) {
  ScheduleSpec out;
  out.file = file;
  out.folder = folder_of(file);
  SpecNotes notes;
  auto const root = parse_json(text, file);
  if (root)
    parse_root(*root, out, notes);
  else
    notes.problems = root.error();
  finish_diagnostics(notes.problems, file, text);
  if (has_errors(notes.problems)) return failure(std::move(notes.problems));
  return out;
}

Result<ScheduleSpec> read_schedule(std::string const& path) {
  auto const text = read_spec_file(path);
  if (!text) return failure(text.error());
  return parse_schedule(*text, path);
}

}  // namespace yekun
