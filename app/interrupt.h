// Ctrl-C and SIGTERM: what was begun is cleaned up, then the process ends with 130 (or 143).
#pragma once

#include <functional>
#include <mutex>
#include <string>

namespace yekun {

/// Takes SIGINT and SIGTERM out of all threads and waits for them in one of its own. Make it before other threads.
class Interrupt {
 public:
  Interrupt();
  Interrupt(Interrupt const&) = delete;
  Interrupt& operator=(Interrupt const&) = delete;
  ~Interrupt() = default;

  /// `clean` runs, in another thread, if the process is interrupted before the guard dies.
  class Guard {
   public:
    explicit Guard(Interrupt& owner) : owner_(owner) {}
    Guard(Guard const&) = delete;
    Guard& operator=(Guard const&) = delete;
    ~Guard() { owner_.set({}); }

   private:
    Interrupt& owner_;
  };
  [[nodiscard]] Guard on_interrupt(std::function<void()> clean);
  /// `stop` runs before that, whatever the process is doing.
  void always_first(std::function<void()> stop);
  /// Before the process ends by itself: does not come back if it was interrupted (what `stop` cancels fails in other
  /// threads, whose error must not decide the exit code); while the result is held, a signal changes nothing more.
  [[nodiscard]] std::unique_lock<std::mutex> at_end();

 private:
  void set(std::function<void()> clean);
  void wait();
  std::mutex mutex_{};
  std::function<void()> stop_{};
  std::function<void()> clean_{};
};

}  // namespace yekun
