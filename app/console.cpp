#include "app/console.h"

#include <unistd.h>

#include <cerrno>

namespace yekun {
namespace {

/// The whole text; errno of the failure, 0 if all was written.
int write_all(int file, std::string_view text) {
  while (!text.empty()) {
    auto const written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

}  // namespace

void Console::print(Diagnostics const& diagnostics) const {
  if (diagnostics.empty()) return;
  clear_progress();
  std::string text;
  for (auto const& one : diagnostics) text += json_ ? to_json(one) + "\n" : to_text(one, colour_);
  if (copy_ != nullptr)
    for (auto const& one : diagnostics) copy_->append(to_text(one, false));
  if (kept_ != nullptr)
    kept_->append(text);
  else
    (void)write_all(STDERR_FILENO, text);
}

void Console::say(std::string_view line) const {
  if (copy_ != nullptr) copy_->append(line).append("\n");
  if (json_ || kept_ != nullptr) return;
  clear_progress();
  (void)write_all(STDERR_FILENO, std::string(line) + "\n");
}

bool Console::write(std::string_view text) const {
  if (kept_ != nullptr) return true;
  clear_progress();
  int const code = write_all(STDOUT_FILENO, text);
  return code == 0 || code == EPIPE;
}

}  // namespace yekun
