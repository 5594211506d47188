#include "app/workers.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <cstdlib>
#include <set>
#include <thread>

#include "app/wire.h"

using namespace yekun;

namespace {

std::vector<Workers::Done> run(unsigned count, std::size_t jobs, Workers::Work work) {
  Workers workers(count, jobs, std::move(work));
  std::vector<Workers::Done> out(jobs);
  std::size_t finished = 0;
  while (auto done = workers.next()) {
    ++finished;
    out.at(done->job) = *done;
  }
  CHECK(finished == jobs);
  return out;
}

}  // namespace

TEST_CASE("every job is done once whatever the number of workers", "[app]") {
  for (unsigned const count : {1U, 3U, 40U}) {
    auto const done =
        run(count, 25, [](std::size_t job) { return std::string(job * 1000, 'x') + std::to_string(job); });
    for (std::size_t i = 0; i < done.size(); ++i) {
      CHECK(done[i].result == std::string(i * 1000, 'x') + std::to_string(i));
      CHECK(done[i].died.empty());
    }
  }
  CHECK(run(2, 0, [](std::size_t) { return std::string(); }).empty());
}

TEST_CASE("workers are processes of their own and what they do to memory stays there", "[app]") {
  int calls = 0;
  auto const done = run(2, 6, [&calls](std::size_t) { return std::to_string(::getpid() + 0L * ++calls); });
  std::set<std::string> processes;
  for (auto const& one : done) processes.insert(one.result);
  CHECK(processes.count(std::to_string(::getpid())) == 0);
  CHECK(processes.size() <= 2);
  CHECK(calls == 0);
}

TEST_CASE("a worker that crashes takes only its job with it", "[app]") {
  auto const done = run(2, 12, [](std::size_t job) -> std::string {
    if (job == 3) ::kill(::getpid(), SIGKILL);
    if (job == 5) ::_exit(7);
    if (job == 8) throw std::runtime_error("out of luck");
    return "done";
  });
  CHECK(done[3].died == "signal 9 (Killed)");
  CHECK(done[5].died == "exit status 7");
  CHECK(done[8].died == "exit status 1");
  for (std::size_t const i : {0U, 1U, 2U, 4U, 6U, 7U, 9U, 10U, 11U}) CHECK(done[i].result == "done");
}

TEST_CASE("workers that are killed leave no process behind", "[app]") {
  Workers workers(2, 2, [](std::size_t) -> std::string {
    ::sleep(60);
    return {};
  });
  workers.kill_all();
  int finished = 0;
  while (auto done = workers.next()) {
    CHECK_FALSE(done->died.empty());
    ++finished;
  }
  CHECK(finished == 2);
}

TEST_CASE("what a worker says is read back whole", "[app]") {
  Diagnostic one;
  one.severity = Severity::warning;
  one.fault = Fault::render;
  one.code = "clipped-text";
  one.place = {"a.json", 7, 9, 3, "cost"};
  one.message = "mes\nsage";
  one.hint = "hint";
  one.source_line = "line";
  Packer packer;
  packer.add(std::uint64_t{42});
  packer.add(std::string_view("a\0b", 3));
  packer.add(Diagnostics{one, Diagnostic{}});
  std::string const bytes = packer.take();
  Unpacker unpacker(bytes);
  CHECK(unpacker.number() == 42);
  CHECK(unpacker.text() == std::string("a\0b", 3));
  auto const read = unpacker.diagnostics();
  REQUIRE(read.size() == 2);
  CHECK(to_json(read[0]) == to_json(one));
  CHECK(read[0].source_line == "line");
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
    Unpacker torn(std::string_view(bytes).substr(0, cut));
    (void)torn.number();
    (void)torn.text();
    CHECK(torn.diagnostics().size() <= 2);
  }
}
