#include "app/interrupt.h"

#include <unistd.h>

#include <csignal>
#include <thread>

namespace yekun {
namespace {

sigset_t awaited() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

}  // namespace

Interrupt::Interrupt() {
  sigset_t const set = awaited();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::thread([this] { wait(); }).detach();  // it lives as long as the process; main never returns before exit
}

void Interrupt::wait() {
  sigset_t const set = awaited();
  int signal = 0;
  while (sigwait(&set, &signal) != 0) {
  }
  std::lock_guard const lock(mutex_);
  if (stop_) stop_();
  if (clean_) clean_();
  _exit(128 + signal);
}

void Interrupt::set(std::function<void()> clean) {
  std::lock_guard const lock(mutex_);
  clean_ = std::move(clean);
}

void Interrupt::always_first(std::function<void()> stop) {
  std::lock_guard const lock(mutex_);
  stop_ = std::move(stop);
}

std::unique_lock<std::mutex> Interrupt::at_end() { return std::unique_lock(mutex_); }

Interrupt::Guard Interrupt::on_interrupt(std::function<void()> clean) {
  set(std::move(clean));
  return Guard(*this);
}

}  // namespace yekun
