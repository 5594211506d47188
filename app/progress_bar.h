// A line on the terminal while data that takes over a second is read: bytes read of all bytes.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

#include "app/reading.h"

namespace yekun {

/// "1.2 GB": decimal units, one place from megabytes on.
std::string byte_text(std::uint64_t bytes);

/// The line: name, bar, share and bytes; at most `width` columns. A file that was read to its end and is read on is
/// read again, and no share is known.
std::string progress_line(Reading const& now, std::uint64_t read, std::size_t width);

/// Draws on standard error from a thread of its own; nothing until watch(), and never for reading that ends within a
/// second. What writes to the terminal clears the line first.
class ProgressBar {
 public:
  /// `shown`: standard error is a terminal that can erase a line, and --json is not given.
  explicit ProgressBar(bool shown) : shown_(shown) {}
  ProgressBar(ProgressBar const&) = delete;
  ProgressBar& operator=(ProgressBar const&) = delete;
  ~ProgressBar();

  /// Files below this folder count.
  void watch(std::string const& folder);
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  void run();
  void look();
  void erase();

  bool shown_;
  std::mutex mutex_{};
  std::condition_variable ending_{};
  bool end_ = false;
  bool drawn_ = false;
  bool busy_ = false;  // files are open since `since_`, when `base_` bytes had been read
  Clock::time_point since_{};
  std::uint64_t base_ = 0;
  std::string folder_{};
  std::thread thread_{};
};

}  // namespace yekun
