#include "app/progress_bar.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>
#include <utility>

namespace yekun {
namespace {

constexpr std::chrono::milliseconds kLook{100};
constexpr std::chrono::milliseconds kPatience{1000};
constexpr std::size_t kBar = 20;
constexpr std::string_view kErase = "\r\x1b[K";

void to_terminal(std::string_view text) {
  if (::write(STDERR_FILENO, text.data(), text.size()) < 0) return;  // a closed terminal needs no progress
}

std::size_t terminal_width() {
  winsize size{};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;  // NOLINT(*-vararg)
  return size.ws_col;
}

}  // namespace

std::string byte_text(std::uint64_t bytes) {
  constexpr std::array<std::string_view, 4> kUnits{"kB", "MB", "GB", "TB"};
  double value = static_cast<double>(bytes) / 1000.0;
  std::size_t unit = 0;
  for (; value >= 999.95 && unit + 1 < kUnits.size(); ++unit) value /= 1000.0;
  return unit == 0 ? fmt::format("{:.0f} kB", value) : fmt::format("{:.1f} {}", value, kUnits[unit]);
}

std::string progress_line(Reading const& now, std::uint64_t read, std::size_t width) {
  std::string const name =
      now.files.size() == 1 ? "reading " + now.files.front() : fmt::format("reading {} files", now.files.size());
  // Pieces of a text file overlap a little: what is a fiftieth more than the file is still its first reading.
  bool const again = read > now.size + now.size / 50;
  std::uint64_t const done = std::min(read, now.size);
  std::size_t const filled = now.size == 0 ? 0 : static_cast<std::size_t>(done * kBar / now.size);
  std::string const amount =
      again ? fmt::format("  {} read, more than once", byte_text(read))
            : fmt::format("  [{}{}] {} %  {} of {}", std::string(filled, '#'), std::string(kBar - filled, '-'),
                          done * 100 / std::max<std::uint64_t>(now.size, 1), byte_text(done), byte_text(now.size));
  std::string with_name = name + amount;
  bool const plain = std::all_of(name.begin(), name.end(), [](char c) { return c >= ' ' && c <= '~'; });
  if (plain && with_name.size() < width) return with_name;
  std::string bare = "reading" + amount;
  return bare.size() < width ? std::move(bare) : std::string();
}

ProgressBar::~ProgressBar() {
  {
    std::lock_guard const lock(mutex_);
    end_ = true;
  }
  ending_.notify_all();
  if (thread_.joinable()) thread_.join();
  clear();
}

void ProgressBar::watch(std::string const& folder) {
  if (!shown_) return;
  std::lock_guard const lock(mutex_);
  std::error_code wrong;
  auto const real = std::filesystem::canonical(folder.empty() ? "." : folder, wrong);
  if (wrong) return;
  folder_ = real.string();
  if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
}

void ProgressBar::clear() {
  std::lock_guard const lock(mutex_);
  erase();
}

void ProgressBar::erase() {
  if (drawn_) to_terminal(kErase);
  drawn_ = false;
}

void ProgressBar::run() {
  std::unique_lock lock(mutex_);
  while (!ending_.wait_for(lock, kLook, [this] { return end_; })) look();
}

void ProgressBar::look() {
  Reading const now = look_at_reading(folder_);
  if (now.files.empty()) {
    busy_ = false;
    return erase();
  }
  if (!busy_) {
    busy_ = true;
    since_ = Clock::now();
    base_ = now.bytes;
  }
  if (Clock::now() - since_ < kPatience) return;
  std::string const line = progress_line(now, now.bytes - base_, terminal_width());
  to_terminal(std::string(kErase) + line);
  drawn_ = true;
}

}  // namespace yekun
