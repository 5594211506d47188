#include "app/burst.h"

#include <fmt/format.h>
#include <unistd.h>

#include <condition_variable>
#include <deque>
#include <exception>
#include <filesystem>
#include <mutex>
#include <shared_mutex>
#include <thread>

#include "app/burst_outcome.h"
#include "app/inputs_digest.h"
#include "app/report_writer.h"
#include "app/wire.h"
#include "app/workers.h"
#include "output/artefacts.h"
#include "output/digest.h"
#include "output/done_list.h"
#include "reports/spec_file.h"

namespace yekun {
namespace {

constexpr unsigned kPublishers =
    4;  // they wait for the disk, which syncs several files at little more than the cost of one
constexpr std::size_t kWaiting = 8;  // reports written but not yet published

/// What a worker says: unchanged, or the written files with their hashes and what was to be said.
struct Written {
  bool unchanged = false;
  std::vector<DoneReport::File> files{};
  Diagnostics problems{};
};

std::string pack(Written const& written) {
  Packer packer;
  packer.add(std::uint64_t{written.unchanged ? 1U : 0U});
  packer.add(written.files.size());
  for (auto const& file : written.files) {
    packer.add(file.name);
    packer.add(file.sha256);
  }
  packer.add(written.problems);
  return packer.take();
}

Written unpack(std::string_view bytes) {
  Unpacker unpacker(bytes);
  Written out;
  out.unchanged = unpacker.number() != 0;
  out.files.resize(unpacker.number());
  for (auto& file : out.files) {
    file.name = unpacker.text();
    file.sha256 = unpacker.text();
  }
  out.problems = unpacker.diagnostics();
  return out;
}

Diagnostic problem(Fault fault, std::string code, std::string message, std::string hint) {
  Diagnostic out;
  out.fault = fault;
  out.code = std::move(code);
  out.message = std::move(message);
  out.hint = std::move(hint);
  return out;
}

/// What the workers share, made before they are.
struct Burst {
  PreparedReport const& report;
  std::string const& out;
  std::vector<ReportMember> members;
  ReportWriter writer;
  std::string options;
  std::vector<std::string> keys;          // of each member; empty: nothing can be said
  std::vector<DoneReport const*> done{};  // of each member, where its key is the same; else null
  std::string mark = std::to_string(::getpid());
  std::shared_mutex publishing{};  // taken whole by Ctrl-C and never given back: nothing is left half in place

  std::string mark_of(std::size_t job) const { return fmt::format("{}-{}", mark, job); }

  /// In a worker.
  Written write(std::size_t job) {
    Written result;
    if (done[job] != nullptr && is_intact(*done[job], out)) {
      result.unchanged = true;
      return result;
    }
    Artefacts artefacts(out, mark_of(job));
    result.problems = writer.write(members[job], artefacts);
    if (has_errors(result.problems)) return result;
    for (auto const& [name, path] : artefacts.hand_over()) {
      auto const bytes = read_whole(path);
      result.files.push_back({name, bytes ? sha256_hex(*bytes) : ""});
    }
    return result;
  }

  static std::optional<std::string> read_whole(std::string const& path) {
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> const file(std::fopen(path.c_str(), "rb"), std::fclose);
    if (!file) return {};
    std::error_code wrong;
    auto const size = std::filesystem::file_size(path, wrong);
    if (wrong) return {};
    std::string bytes(size, '\0');
    bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file.get()));
    return bytes;
  }

  std::string work(std::size_t job) {
    try {
      return pack(write(job));
    } catch (std::exception const& error) {
      Written failed;
      failed.problems = {problem(Fault::internal, "internal", error.what(), "this is a bug of yekun")};
      return pack(failed);
    }
  }
};

/// Puts written reports in place while the workers go on, keeps the list of what is done, and tells.
class Publishers {
 public:
  Publishers(Burst& burst, DoneList& list, BurstOutcome& outcome)
      : burst_(burst), list_(list), outcome_(outcome), files_(burst.members.size()) {
    for (unsigned i = 0; i < kPublishers; ++i) threads_.emplace_back([this] { run(); });
  }
  Publishers(Publishers const&) = delete;
  Publishers& operator=(Publishers const&) = delete;
  ~Publishers() { finish(); }

  void add(Workers::Done done) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return waiting_.size() < kWaiting; });
    waiting_.push_back(std::move(done));
    some_.notify_one();
  }

  void finish() {
    {
      std::lock_guard const lock(mutex_);
      end_ = true;
    }
    some_.notify_all();
    for (auto& thread : threads_)
      if (thread.joinable()) thread.join();
  }

  /// After finish(): the names of the files in place, in the members' order.
  std::vector<std::string> files() const {
    std::vector<std::string> out;
    for (auto const& one : files_) out.insert(out.end(), one.begin(), one.end());
    return out;
  }

 private:
  void run() {
    for (std::unique_lock lock(mutex_);;) {
      some_.wait(lock, [&] { return end_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      auto const done = std::move(waiting_.front());
      waiting_.pop_front();
      room_.notify_one();
      lock.unlock();
      Written const written = unpack(done.result);
      auto outcome = done.died.empty() ? publish(done.job, written) : crashed(done);
      lock.lock();
      bool const listed = !has_errors(outcome.problems) && !outcome.unchanged && !burst_.keys[done.job].empty();
      if (listed)
        (void)list_.add({burst_.members[done.job].value, burst_.options, burst_.keys[done.job], written.files});
      if (!has_errors(outcome.problems)) files_[done.job] = names_of(done.job, written);
      outcome_.add(done.job, std::move(outcome));
    }
  }

  std::vector<std::string> names_of(std::size_t job, Written const& written) const {
    std::vector<std::string> out;
    for (auto const& file : written.unchanged ? burst_.done[job]->files : written.files) out.push_back(file.name);
    return out;
  }

  MemberOutcome publish(std::size_t job, Written const& written) const {
    MemberOutcome out;
    out.unchanged = written.unchanged;
    out.problems = written.problems;
    if (written.unchanged || has_errors(written.problems)) return out;
    std::shared_lock const whole(burst_.publishing);
    Artefacts artefacts(burst_.out, burst_.mark_of(job));
    for (auto const& file : written.files) artefacts.add(file.name);
    auto paths = artefacts.publish();
    if (paths)
      out.paths = *std::move(paths);
    else
      out.problems.insert(out.problems.end(), paths.error().begin(), paths.error().end());
    return out;
  }

  MemberOutcome crashed(Workers::Done const& done) const {
    MemberOutcome out;
    out.problems = {problem(Fault::render, "crashed", fmt::format("the process that wrote it ended: {}", done.died),
                            "memory may have run out, or this is a bug of yekun; --threads 1 needs the least memory")};
    return out;
  }

  Burst& burst_;
  DoneList& list_;
  BurstOutcome& outcome_;
  std::mutex mutex_{};
  std::condition_variable some_{};
  std::condition_variable room_{};
  std::deque<Workers::Done> waiting_{};
  bool end_ = false;
  std::vector<std::vector<std::string>> files_{};  // in place, of each member
  std::vector<std::thread> threads_{};
};

/// The list of what is done stands beside the outputs.
std::string list_path(PreparedReport const& report, std::string const& out) {
  auto const& plan = report.plan;
  return (std::filesystem::path(out) / fmt::format(".{}-{}.yekun-done", plan.report.id, plan.period.label)).string();
}

void set_keys(Burst& burst, DoneList const& list, SourceContext const& sources, bool force) {
  auto const inputs = inputs_digest(burst.report, sources);
  for (auto const& member : burst.members) {
    burst.keys.push_back(
        inputs ? sha256_hex(fmt::format("{}\n{}\n{}\n{}", *inputs, member.value, member.name, burst.options)) : "");
    auto const* const found = list.find(member.value, burst.options);
    bool const same = !force && inputs && found != nullptr && found->key == burst.keys.back();
    burst.done.push_back(same ? found : nullptr);
  }
}

std::vector<std::string> values_of(std::vector<ReportMember> const& members) {
  std::vector<std::string> out;
  for (auto const& member : members) out.push_back(member.value);
  return out;
}

}  // namespace

Exit burst(PreparedReport const& report, std::string const& out, bool force, Run const& run,
           std::vector<std::string>& files) {
  auto const stop = [&](Diagnostics const& problems) {
    run.console.print(problems);
    return exit_of(problems);
  };
  auto members = members_of(report);
  if (!members) return stop(members.error());
  if (auto const problems = Artefacts(out, "").prepare(); has_errors(problems)) return stop(problems);
  remove_dead_leftovers(report, out);
  SourceContext const sources = source_context(report.programme, run);
  Burst all{report, out, *std::move(members), ReportWriter(report, sources), options_text(report.plan), {}};
  if (auto const problems = all.writer.read_rows(); has_errors(problems)) return stop(problems);
  Diagnostics warnings;
  auto list = DoneList::read(list_path(report, out), warnings);
  run.console.print(warnings);
  DoneList const before = list;  // workers and keys look at this one, which does not change
  set_keys(all, before, sources, force);

  BurstOutcome outcome(values_of(all.members), run.console);
  Workers workers(run.threads(), all.members.size(), [&all](std::size_t job) { return all.work(job); });
  auto const guard = run.interrupt.on_interrupt([&] {
    workers.kill_all();
    all.publishing.lock();
    remove_leftovers(out, report.plan.report.id + "-", [](long process) { return process == ::getpid(); });
  });
  {
    Publishers publishers(all, list, outcome);
    while (auto done = workers.next()) publishers.add(*std::move(done));
    publishers.finish();
    files = publishers.files();
  }
  std::shared_lock const whole(all.publishing);  // after Ctrl-C this waits until the process ends
  remove_leftovers(out, report.plan.report.id + "-", [](long process) { return process == ::getpid(); });
  if (!list.tidy()) run.console.say("what is done could not be noted: the next run writes all reports again");
  return outcome.finish(out);
}

}  // namespace yekun
