// Any text as a programme, a report or a schedule; its mistakes are told, and each has its place in the text. The names
// of a programme are checked against no data.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/locale.h"
#include "reports/found_columns.h"
#include "reports/markdown.h"
#include "reports/names_check.h"
#include "reports/programme_parser.h"
#include "reports/report_parser.h"
#include "reports/schedule_parser.h"

namespace {

void placed(yekun::Diagnostics const& diagnostics, std::string const& text) {
  auto const lines = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  for (yekun::Diagnostic const& diagnostic : diagnostics)
    if (diagnostic.message.empty() || diagnostic.place.line > lines) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size == 0) return 0;
  std::string const text(reinterpret_cast<char const*>(data) + 1, size - 1);
  switch (data[0] % 4) {
    case 0: {
      auto const parsed = yekun::parse_programme(text, "programme.json");
      placed(yekun::check_names(parsed, {}), text);
      break;
    }
    case 1: {
      auto const parsed = yekun::parse_report(text, "report.json");
      placed(yekun::check_names(parsed, {}), text);
      break;
    }
    case 2: {
      auto const parsed = yekun::parse_schedule(text, "schedule.json");
      if (!parsed) placed(parsed.error(), text);
      break;
    }
    default: {
      static yekun::Locale const locale("ru");
      static_cast<void>(yekun::parse_markdown(text));
      static_cast<void>(locale.message(text, {{"n", std::int64_t{3}}, {"x", std::string("a")}}));
    }
  }
  return 0;
}
