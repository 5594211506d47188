// Jobs done by processes of their own, so that one that crashes takes only its job with it. They see the memory of the
// moment in which they were made: nothing is sent to them but numbers of jobs.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace yekun {

class Workers {
 public:
  /// In a worker: does job number `job` and gives back bytes. What it writes to memory stays in the worker.
  using Work = std::function<std::string(std::size_t job)>;

  struct Done {
    std::size_t job = 0;
    std::string result{};
    std::string died{};  // how the worker ended, where it did not finish the job: "signal 11 (Segmentation fault)"
  };

  /// Begins at once with jobs 0, 1, 2, ...; at most `count` at a time. Make it in the main thread: workers die with the
  /// thread that made them.
  Workers(unsigned count, std::size_t jobs, Work work);
  Workers(Workers const&) = delete;
  Workers& operator=(Workers const&) = delete;
  ~Workers();

  /// Waits for a job to be done, in the order in which they are; nullopt after the last.
  std::optional<Done> next();

  /// Ends all workers at once; no job begins any more. From any thread.
  void kill_all();

 private:
  struct Worker {
    pid_t process = -1;
    int socket = -1;
    std::optional<std::size_t> job{};
  };
  bool start(Worker& worker);
  void give_job(Worker& worker);
  Done take_result(Worker& worker);
  std::string bury(Worker& worker);
  [[noreturn]] void serve(int socket, pid_t parent) const;

  std::size_t jobs_;
  std::size_t begun_ = 0;
  Work work_;
  std::mutex mutex_{};  // kill_all() may come from the thread that waits for Ctrl-C
  bool ended_ = false;
  std::vector<Worker> workers_{};
  std::deque<Done> unstarted_{};  // jobs for which no process could be made
};

}  // namespace yekun
