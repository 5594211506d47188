#include "app/workers.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <exception>

namespace yekun {
namespace {

bool read_all(int file, void* to, std::size_t count) {
  auto* at = static_cast<char*>(to);
  while (count > 0) {
    auto const got = ::read(file, at, count);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    at += got;
    count -= static_cast<std::size_t>(got);
  }
  return true;
}

bool write_all(int file, void const* from, std::size_t count) {
  auto const* at = static_cast<char const*>(from);
  while (count > 0) {
    auto const put = ::send(file, at, count, MSG_NOSIGNAL);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    at += put;
    count -= static_cast<std::size_t>(put);
  }
  return true;
}

}  // namespace

Workers::Workers(unsigned count, std::size_t jobs, Work work) : jobs_(jobs), work_(std::move(work)) {
  workers_.resize(std::min<std::size_t>(count, jobs));
  for (auto& worker : workers_) give_job(worker);
}

Workers::~Workers() { kill_all(); }

void Workers::serve(int socket, pid_t parent) const {
  (void)::prctl(PR_SET_PDEATHSIG, SIGKILL);  // NOLINT(*-vararg)
  if (::getppid() != parent) ::_exit(1);     // it died before that was said
  std::uint64_t job = 0;
  try {
    while (read_all(socket, &job, sizeof job)) {
      std::string const result = work_(job);
      std::uint64_t const size = result.size();
      if (!write_all(socket, &size, sizeof size) || !write_all(socket, result.data(), result.size())) break;
    }
  } catch (std::exception const&) {
    ::_exit(1);
  }
  ::_exit(0);
}

bool Workers::start(Worker& worker) {
  int ends[2] = {-1, -1};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return false;
  std::lock_guard const lock(mutex_);
  pid_t const parent = ::getpid();
  pid_t const process = ended_ ? -1 : ::fork();
  if (process == 0) {
    ::close(ends[0]);
    for (auto const& other : workers_)
      if (other.socket >= 0) ::close(other.socket);
    serve(ends[1], parent);
  }
  ::close(ends[1]);
  if (process < 0) return ::close(ends[0]), false;
  worker = {process, ends[0], {}};
  return true;
}

/// The next job, in a new process where the worker has none.
void Workers::give_job(Worker& worker) {
  while (begun_ < jobs_) {
    std::uint64_t const job = begun_++;
    if (worker.process < 0 && !start(worker)) {
      unstarted_.push_back({job, {}, std::string("no process: ") + std::strerror(errno)});
      continue;
    }
    worker.job = job;
    (void)write_all(worker.socket, &job, sizeof job);  // if it died, reading its result says so
    return;
  }
  if (worker.socket < 0) return;
  std::lock_guard const lock(mutex_);
  ::close(worker.socket);  // it ends by itself
  while (::waitpid(worker.process, nullptr, 0) < 0 && errno == EINTR) {
  }
  worker = {};
}

/// How it ended.
std::string Workers::bury(Worker& worker) {
  std::lock_guard const lock(mutex_);
  int status = 0;
  ::close(worker.socket);
  ::kill(worker.process, SIGKILL);  // it closed its end: it is dead or broken
  pid_t ended = -1;
  do ended = ::waitpid(worker.process, &status, 0);
  while (ended < 0 && errno == EINTR);
  worker = {};
  if (ended > 0 && WIFSIGNALED(status))
    return fmt::format("signal {} ({})", WTERMSIG(status), ::strsignal(WTERMSIG(status)));
  return fmt::format("exit status {}", ended > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

Workers::Done Workers::take_result(Worker& worker) {
  Done out;
  out.job = *worker.job;
  std::uint64_t size = 0;
  bool whole = read_all(worker.socket, &size, sizeof size);
  if (whole) {
    out.result.resize(size);
    whole = read_all(worker.socket, out.result.data(), size);
  }
  if (!whole) {
    out.result.clear();
    out.died = bury(worker);
  }
  worker.job.reset();
  give_job(worker);
  return out;
}

std::optional<Workers::Done> Workers::next() {
  for (;;) {
    if (!unstarted_.empty()) {
      Done out = std::move(unstarted_.front());
      unstarted_.pop_front();
      return out;
    }
    std::vector<pollfd> waiting;
    std::vector<Worker*> busy;
    for (auto& worker : workers_)
      if (worker.job) {
        waiting.push_back({worker.socket, POLLIN, 0});
        busy.push_back(&worker);
      }
    if (busy.empty()) return {};
    if (::poll(waiting.data(), waiting.size(), -1) < 0 && errno != EINTR) return {};
    for (std::size_t i = 0; i < busy.size(); ++i)
      if (waiting[i].revents != 0) return take_result(*busy[i]);
  }
}

void Workers::kill_all() {
  std::lock_guard const lock(mutex_);
  ended_ = true;
  for (auto& worker : workers_)
    if (worker.process > 0) ::kill(worker.process, SIGKILL);
  for (auto& worker : workers_)
    while (worker.process > 0 && ::waitpid(worker.process, nullptr, 0) < 0 && errno == EINTR) {
    }
}

}  // namespace yekun
