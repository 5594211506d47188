#include "delivery/transport.h"

#include <sys/resource.h>
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace yekun {
namespace {

std::string const kMessage = "Message-ID: <one@example.org>\r\n\r\n" + std::string(200'000, 'x') + "\r\n";

struct Place {
  std::string path;
  Place() {
    std::string name = std::filesystem::temp_directory_path() / "yekun-transport-XXXXXX";
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path = name;
  }
  Place(Place const&) = delete;
  Place& operator=(Place const&) = delete;
  ~Place() { std::filesystem::remove_all(path); }
  std::string file(std::string const& name) const { return path + "/" + name; }
  std::string program(std::string const& script) const {
    std::ofstream(file("program")) << "#!/bin/sh\ncd '" << path << "'\n" << script;
    chmod(file("program").c_str(), 0755);
    return file("program");
  }
  std::string read(std::string const& name) const {
    std::ifstream in(file(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
};

Answered send(Transport& transport, bool go_on = true, int* asked = nullptr) {
  return transport.send({"from@example.org", "to@example.org"}, kMessage, [&] {
    if (asked != nullptr) ++*asked;
    return go_on;
  });
}

SendOutcome of_script(std::string const& script) {
  Place const place;
  return send(*program_transport(place.program(script))).outcome;
}

TEST_CASE("A program's exit status says what became of a message, whether it read the message or not") {
  for (auto const* before : {"cat > message; exit ", "exit "}) {
    for (auto const* status : {"71", "72", "73", "74", "75", "78", "126", "127"})
      CHECK(of_script(std::string(before) + status) == SendOutcome::later);
    for (auto const* status : {"1", "64", "65", "66", "67", "68", "69", "70", "76", "77"})
      CHECK(of_script(std::string(before) + status) == SendOutcome::refused);
    CHECK(of_script(std::string(before) + "0") == SendOutcome::accepted);
  }
  CHECK(of_script("kill -9 $$") == SendOutcome::uncertain);
}

TEST_CASE("A program gets the whole message, and is not started unless the ledger says so") {
  Place const place;
  int asked = 0;
  auto const transport = program_transport(place.program("cat > message"));
  auto const stopped = send(*transport, false, &asked);
  CHECK(stopped.outcome == SendOutcome::later);
  CHECK(asked == 1);
  CHECK_FALSE(std::filesystem::exists(place.file("message")));
  CHECK(send(*transport).outcome == SendOutcome::accepted);
  CHECK(place.read("message") == kMessage);
}

TEST_CASE("A program that hangs is stopped with all that it has started") {
  Place const place;
  auto const answer = send(*program_transport(place.program("(sleep 2; echo > late) & wait"), 1));
  CHECK(answer.outcome == SendOutcome::uncertain);
  CHECK(answer.detail == "'" + place.file("program") + "' did not end within 1 second");
  struct timespec pause {
    1, 500'000'000
  };
  nanosleep(&pause, nullptr);
  CHECK_FALSE(std::filesystem::exists(place.file("late")));
}

TEST_CASE("A program that cannot be run is tried later") {
  Place const place;
  auto const absent = send(*program_transport(place.file("absent")));
  CHECK(absent.outcome == SendOutcome::later);
  CHECK(absent.detail == "'" + place.file("absent") + "' cannot be run: No such file or directory");
  CHECK(send(*program_transport("yekun-no-such-program")).outcome == SendOutcome::later);
}

TEST_CASE("A message dropped into a folder is whole, and stays if it is there already") {
  Place const place;
  auto const drop = drop_transport(place.file("a/b"));
  CHECK(send(*drop, false).outcome == SendOutcome::later);
  CHECK(std::filesystem::is_empty(place.file("a/b")));
  CHECK(send(*drop).outcome == SendOutcome::accepted);
  CHECK(place.read("a/b/one@example.org.eml") == kMessage);
  std::ofstream(place.file("a/b/one@example.org.eml")) << "read and marked";
  int asked = 0;
  auto const again = send(*drop, true, &asked);
  CHECK(again.outcome == SendOutcome::accepted);
  CHECK(again.detail == "was there already");
  CHECK(place.read("a/b/one@example.org.eml") == "read and marked");
}

TEST_CASE("A folder that cannot be made, or has no room, takes nothing and keeps no half message") {
  Place const place;
  std::ofstream(place.file("in-the-way")) << "a file";
  auto const blocked = send(*drop_transport(place.file("in-the-way/outbox")));
  CHECK(blocked.outcome == SendOutcome::later);
  CHECK_FALSE(blocked.detail.empty());
  std::filesystem::create_directory(place.file("full"));
  rlimit old{};
  REQUIRE(getrlimit(RLIMIT_FSIZE, &old) == 0);
  auto const handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit const narrow{1000, old.rlim_max};
  REQUIRE(setrlimit(RLIMIT_FSIZE, &narrow) == 0);
  int asked = 0;
  auto const full = send(*drop_transport(place.file("full")), true, &asked);
  auto const memory = send(*program_transport("true"), true, &asked);
  setrlimit(RLIMIT_FSIZE, &old);
  std::signal(SIGXFSZ, handler);
  CHECK(full.outcome == SendOutcome::later);
  CHECK(memory.outcome == SendOutcome::later);
  CHECK(asked == 0);
  CHECK(std::filesystem::is_empty(place.file("full")));
}

}  // namespace
}  // namespace yekun
